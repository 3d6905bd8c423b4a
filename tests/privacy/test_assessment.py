"""The assessment is made from what the program is: fields, tags, keys, law, retention, figures; a risk has its test."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from simpul.agencies.roles import Right
from simpul.confidentiality.fields import BlindIndexField, SealedField
from simpul.lib.rules import NotAllowed
from simpul.linkage import encodings, quality
from simpul.persons.models import Person
from simpul.privacy import assessment

TESTS = Path(__file__).resolve().parents[1]


def told(officer):
    return {section.code: section for section in assessment.of_linkage(by=officer)}


def words(sections):
    return " ".join(str(cell) for s in sections.values() for row in (s.sentences, *s.facts, *s.rows) for cell in row)


def test_only_who_answers_for_the_data_reads_it(world):
    for officer in (world.wulan, world.yanti):
        assert len(told(officer)) == 11
    for officer in (world.rina, world.budi, world.tono):
        assert not officer.may(Right.READ_ASSESSMENT)
        with pytest.raises(NotAllowed):
            assessment.of_linkage(by=officer)


def test_what_is_compared_is_what_is_encoded(world):
    victim = world.victim(world.case(), name="Melati", nik="6107075208020003").person
    sent = set(encodings.evidence_of(victim))
    places = {"province", "regency", "district", "village"}
    assert sent - places == set(assessment.COMPARED) - {"home", "aliases"}
    fields = {name for name, _how in told(world.wulan)["fields"].rows}
    assert fields == {str(Person._meta.get_field(name).verbose_name) for name in assessment.COMPARED}


def test_every_field_of_every_model_stands_where_the_model_declares_it(world):
    rows = {row[0]: row[1:] for row in told(world.wulan)["kept"].rows}
    models = [Person, *apps.get_app_config("linkage").get_models()]
    assert len(rows) == len(models)
    for model in models:
        parts = [set(cell.split(", ")) - {"–"} for cell in rows[str(model._meta.verbose_name).capitalize()]]
        for field in model._meta.local_fields:
            kind = 0 if isinstance(field, SealedField) else 1 if isinstance(field, BlindIndexField) else 2
            assert str(field.verbose_name) in parts[kind], field


@pytest.mark.parametrize("risk", assessment.risks(), ids=lambda risk: risk.evidence)
def test_each_risk_names_a_test_that_is_there(risk):
    path, _colons, name = risk.evidence.partition("::")
    assert re.search(rf"^def {name}\(", (TESTS / path).read_text(encoding="utf-8"), re.MULTILINE)


def test_law_and_retention_come_from_the_catalogues_with_their_marks(world, english):
    sections = told(world.wulan)
    assert "UU 27/2022 Art. 34" in {row[0] for row in sections["basis"].rows}
    assert {row[0] for row in sections["retention"].rows} >= {"Person who is in no case"}
    assert all(row[-1] for row in (*sections["basis"].rows, *sections["retention"].rows))
    assert "not verified" in words({"open": sections["open"]})


def test_without_a_key_process_that_is_said(world):
    facts = dict(told(world.wulan)["keys"].facts)
    assert len(facts) == 5
    assert all(str(value) for value in facts.values())


def test_the_figures_are_those_that_were_measured(world, english):
    assert "Not measured" in told(world.wulan)["quality"].sentences[0]
    quality.measure(at=world.at)
    facts = dict(told(world.wulan)["quality"].facts)
    assert facts["Right among those called very likely (precision)"] == "too little was decided to say"


def test_it_names_nobody(world):
    case = world.case()
    world.victim(case, name="Melati Kusuma", nik="6107075208020003")
    everything = words(told(world.wulan))
    assert "Melati" not in everything
    assert "6107075208020003" not in everything
    assert case.number not in everything
