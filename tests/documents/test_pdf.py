"""From a template to a PDF: as it was written, in memory, the same on every machine."""

import re
from pathlib import Path

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.documents import pdf, sheets
from tests.documents.papers import AT, PAPER
from tests.documents.reading import everything, pages, squeezed, typefaces, words

OWN = {"LibertinusSerif-Regular", "LibertinusSerif-Bold", "DejaVuSansMono"}


def made(*values, title="A list"):
    """A statement with one fact for each value."""
    rows = [(str(n), value) for n, value in enumerate(values)]
    return pdf.render("statement", sheets.sheet(PAPER, title=title, blocks=[sheets.facts(rows)]), at=AT)


@pytest.mark.parametrize(
    "name",
    [
        'Tan "Ali" #strong[Baba]',
        "#panic() #import #let x = 1",
        "*a* _b_ $c$ @d <e> = + - / \\ ~ `f` -- --- ...",
        "// no comment /* either */",
        "Sa'diyah (alias O’Neill) & Ömer, Łucja – №7",
        "{page} %(page)s {{ page }}",
    ],
)
def test_a_name_comes_out_as_it_is_written(name):
    assert squeezed(name) in words(made(name))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1), max_size=20))
def test_whatever_is_typed_comes_out_as_it_is_written(values):
    found = words(made(*values))
    for value in values:
        assert squeezed(value) in found


def test_what_has_several_lines_has_them_on_paper():
    (page,) = pages(made("first\nsecond\r\nthird"))
    assert re.search(r"first\s+second\s+third", page)


def test_control_characters_are_left_out():
    assert "MelatiKusuma" in words(made("Mela\x00ti\u202e \x07Kusuma"))


def test_lazy_words_and_numbers_become_words():
    assert "Nama14" in words(pdf.render("statement", sheets.sheet(PAPER, title=gettext_lazy("Name"), blocks=[
        sheets.points([gettext_lazy("Name") + "14"], mark="number"),
    ]), at=AT))  # fmt: skip


def test_a_pdf_is_for_keeping_and_can_be_read_to_somebody():
    content = everything(made("x"))
    assert "<pdfaid:part>2</pdfaid:part>" in content
    assert "<pdfuaid:part>1</pdfuaid:part>" in content
    assert "/Lang(id)" in content
    assert "/Title(A list)" in content


def test_a_character_no_font_has_becomes_a_box_and_breaks_nothing():
    made_of = made("Tjhin 陈美兰", "Bong")
    assert "pdfaid" not in everything(made_of)
    assert "Tjhin" in words(made_of)
    assert "Bong" in words(made_of)
    assert typefaces(made_of) <= OWN


def test_the_same_words_make_the_same_file():
    assert made("Melati") == made("Melati")


def test_only_our_own_fonts_are_used():
    assert typefaces(made("Melati")) <= OWN


def test_nothing_is_written_to_a_disk(tmp_path, monkeypatch):
    for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert b"%PDF" in made("Melati Kusuma")
    assert list(tmp_path.rglob("*")) == []


def test_what_cannot_be_set_is_told_without_what_was_to_stand_on_it():
    data = sheets.sheet(PAPER, title="A list", blocks=[{"kind": "Melati Kusuma"}])
    with pytest.raises(pdf.PaperError) as refusal:
        pdf.render("statement", data, at=AT)
    assert "Melati" not in str(refusal.value)
    assert refusal.value.__cause__ is None
    assert refusal.value.__context__ is None


def test_templates_fetch_nothing_and_read_nothing_but_each_other():
    folder = Path(pdf.__file__).with_name("templates")
    templates = {path.name: path.read_text() for path in folder.iterdir()}
    assert {"letter.typ", "notice.typ", "statement.typ", "enclosed.typ", "regional.typ"} == set(templates)
    for text in templates.values():
        assert set(re.findall(r'#import "(.*?)"', text)) <= set(templates)
        assert "@preview" not in text
        assert not re.search(r"\b(read|plugin|include|eval|yaml|csv|toml|xml)\(", text)
        assert re.findall(r'json\("(.*?)"\)', text) in ([], ["data.json"])
