"""Two officers at one record: fingerprints that tell nothing, both versions side by side, a choice for each value."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from simpul.cases import files, victims
from simpul.cases.models import Case, Involvement
from simpul.confidentiality import data_keys
from simpul.desk import versions
from simpul.desk.forms import cases as forms
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from tests.lasting import at_once, lasting, transactional_db  # noqa: F401

FIRST, HERS, MINE = "Dibawa ke Serian.", "Dibawa ke Kuching.", "Dibawa ke Sibu."


@pytest.fixture
def case(today_world):
    case = today_world.case(kinds=["unpaid_work"])
    files.summarise(case, summary=FIRST, by=today_world.rina, at=today_world.at)
    return case


def summary(case):
    return f"/desk/kasus/{case.number}/ringkasan/"


def facts(case):
    return f"/desk/kasus/{case.number}/uraian/"


def shown(client, address):
    """The fingerprints that a page carries when it is opened."""
    return {"versi": client.get(address).context["form"].versions.shown}


def rewritten(world, case, words=HERS):
    """Yanti changes the summary from her own desk."""
    files.summarise(Case.objects.get(pk=case.pk), summary=words, by=world.yanti, at=world.later(minutes=5))


def choice(page, name, side):
    """The value of a choice as the page offers it."""
    found = re.search(rf'name="pilih_{name}" value="({side}:[0-9a-f]+)"', page.content.decode())
    return {f"pilih_{name}": found[1]}


def test_a_form_that_nobody_interfered_with_is_kept(today_world, desk, case):
    rina = desk(today_world.rina)
    answer = rina.post(summary(case), shown(rina, summary(case)) | {"summary": MINE})
    assert answer.status_code == 302
    assert Case.objects.get().summary.opened() == MINE


def test_a_fingerprint_tells_nothing_and_belongs_to_one_record_and_one_field(today_world, desk, case):
    other = today_world.case()
    files.summarise(other, summary=FIRST, by=today_world.rina, at=today_world.at)
    rina = desk(today_world.rina)
    prints = [shown(rina, summary(each))["versi"] for each in (case, other)]
    assert prints[0] != prints[1]
    assert all(re.fullmatch(r"summary:[0-9a-f]{24}", each) for each in prints)


def test_whoever_comes_second_sees_both_versions_and_overwrites_nothing(today_world, desk, case):
    rina = desk(today_world.rina)
    typed = shown(rina, summary(case)) | {"summary": MINE}
    rewritten(today_world, case)
    answer = rina.post(summary(case), typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert HERS in page
    assert MINE in page
    assert "Yanti Sari" in page
    assert 'role="alert"' in page
    assert Case.objects.get().summary.opened() == HERS


def test_sending_the_page_again_without_choosing_overwrites_nothing(today_world, desk, case):
    rina = desk(today_world.rina)
    typed = shown(rina, summary(case)) | {"summary": MINE}
    rewritten(today_world, case)
    again = rina.post(summary(case), typed).context["form"].versions.shown
    answer = rina.post(summary(case), typed | {"versi": again, "pilih_summary": "saya:"})
    assert answer.status_code == 409
    assert Case.objects.get().summary.opened() == HERS


def test_what_the_officer_chose_is_kept(today_world, desk, case):
    rina = desk(today_world.rina)
    typed = shown(rina, summary(case)) | {"summary": MINE}
    rewritten(today_world, case)
    page = rina.post(summary(case), typed)
    edited = typed | {"summary": f"{HERS} {MINE}"} | choice(page, "summary", "saya")
    assert rina.post(summary(case), edited).status_code == 302
    assert Case.objects.get().summary.opened() == f"{HERS} {MINE}"


def test_leaving_what_stands_writes_nothing(today_world, desk, case):
    rina = desk(today_world.rina)
    typed = shown(rina, summary(case)) | {"summary": MINE}
    rewritten(today_world, case)
    page = rina.post(summary(case), typed)
    written = Entry.objects.filter(act=Act.CASE_SUMMARISED).count()
    assert rina.post(summary(case), typed | choice(page, "summary", "sekarang")).status_code == 302
    assert Case.objects.get().summary.opened() == HERS
    assert Entry.objects.filter(act=Act.CASE_SUMMARISED).count() == written


def test_a_choice_counts_only_for_the_version_it_was_made_for(today_world, desk, case):
    rina = desk(today_world.rina)
    typed = shown(rina, summary(case)) | {"summary": MINE}
    rewritten(today_world, case)
    chosen = typed | choice(rina.post(summary(case), typed), "summary", "saya")
    rewritten(today_world, case, "Dibawa ke Miri.")
    answer = rina.post(summary(case), chosen)
    assert answer.status_code == 409
    assert "Dibawa ke Miri." in answer.content.decode()
    assert Case.objects.get().summary.opened() == "Dibawa ke Miri."


def test_a_form_without_fingerprints_does_not_pass_for_one_that_saw_everything(today_world, desk, case):
    assert desk(today_world.rina).post(summary(case), {"summary": MINE, "versi": "kacau:balau x"}).status_code == 409
    assert Case.objects.get().summary.opened() == FIRST


def test_two_who_typed_the_same_have_nothing_to_choose(today_world, desk, case):
    rina = desk(today_world.rina)
    typed = shown(rina, summary(case)) | {"summary": f" {HERS}\r\n"}
    rewritten(today_world, case)
    assert rina.post(summary(case), typed).status_code == 302


def test_a_value_the_officer_never_touched_is_shown_with_what_stands_now_marked(today_world, desk, case):
    rina = desk(today_world.rina)
    typed = shown(rina, facts(case)) | {"place": "", "kinds": ["unpaid_work"], "modus": "", "in_danger": "on"}
    typed |= place_of(case)
    files.describe(
        Case.objects.get(), kinds=["sexual", "unpaid_work"], by=today_world.yanti, at=today_world.later(minutes=1)
    )
    page = rina.post(facts(case), typed)
    assert page.status_code == 409
    assert [row.field.name for row in page.context["form"].versions.rows] == ["kinds"]
    assert re.search(r'value="sekarang:[0-9a-f]+" required checked', page.content.decode())
    assert "Yanti Sari" in page.content.decode()
    assert rina.post(facts(case), typed | choice(page, "kinds", "sekarang")).status_code == 302
    case = Case.objects.get()
    assert case.kinds == ["sexual", "unpaid_work"]
    assert case.in_danger


def place_of(case):
    """The place of the case as its form sends it back."""
    words = versions.path_names([case.place_id])[case.place_id]
    return {"place": words, "place_kode": case.place_id, "place_untuk": words}


def test_looking_up_a_place_keeps_the_fingerprints_of_the_first_page(today_world, desk, case):
    rina = desk(today_world.rina)
    first = shown(rina, facts(case))
    files.describe(Case.objects.get(), in_danger=True, by=today_world.yanti, at=today_world.at)
    typed = first | place_of(case) | {"kinds": ["unpaid_work"], "cari": "place"}
    page = rina.post(facts(case), typed)
    assert page.context["form"].versions.shown == first["versi"]
    typed.pop("cari")
    assert rina.post(facts(case), typed).status_code == 409
    assert Case.objects.get().in_danger


def test_a_person_is_corrected_by_two_field_by_field(today_world, desk):
    part = today_world.victim(today_world.case(), phone="0812 5555 0101", birth_date=date(2009, 1, 2))
    address = f"/desk/kasus/{part.case.number}/orang/{part.pk}/ubah/"
    rina = desk(today_world.rina)
    typed = shown(rina, address) | {
        "name": "Melati K.", "phone": "0812 5555 0202", "birth_date": "2009-01-02", "birth_year": "2009",
    }  # fmt: skip
    victims.correct(
        Involvement.objects.get(), phone="0812 5555 0303", address="Jalan Raya 5", by=today_world.yanti,
        at=today_world.at,
    )  # fmt: skip
    page = rina.post(address, typed)
    assert page.status_code == 409
    rows = {row.field.name: row for row in page.context["form"].versions.rows}
    assert set(rows) == {"phone", "address"}
    assert (rows["phone"].theirs, rows["phone"].is_untouched) == ("0812 5555 0303", False)
    assert rows["address"].is_untouched
    chosen = typed | choice(page, "phone", "saya") | choice(page, "address", "sekarang")
    assert rina.post(address, chosen).status_code == 302
    person = Involvement.objects.get().person
    assert person.name.opened() == "Melati K."
    assert person.phone.opened() == "0812 5555 0202"
    assert person.address.opened() == "Jalan Raya 5"
    assert Entry.objects.filter(act=Act.PERSON_CORRECTED).latest("number").facts["fields"] == ["name", "phone"]


def test_an_error_elsewhere_keeps_the_choices_and_everything_typed(today_world, desk):
    part = today_world.victim(today_world.case(), phone="0812 5555 0101")
    address = f"/desk/kasus/{part.case.number}/orang/{part.pk}/ubah/"
    rina = desk(today_world.rina)
    typed = shown(rina, address) | {"name": "Melati Kusuma", "phone": "0812 5555 0202", "nik": "123"}
    victims.correct(Involvement.objects.get(), phone="0812 5555 0303", by=today_world.yanti, at=today_world.at)
    page = rina.post(address, typed)
    assert page.status_code == 409
    again = rina.post(address, typed | choice(page, "phone", "sekarang"))
    told = again.content.decode()
    assert again.status_code == 422
    assert re.search(r'name="pilih_phone" value="sekarang:[0-9a-f]+" required checked', told)
    for text in ("0812 5555 0202", "0812 5555 0303", 'value="123"'):
        assert text in told


def test_of_two_who_keep_at_once_one_is_asked(lasting, desk):  # noqa: F811
    case = lasting.case()
    files.summarise(case, summary=FIRST, by=lasting.rina, at=lasting.at)
    clients = [desk(lasting.rina), desk(lasting.yanti)]
    typed = [shown(client, summary(case)) | {"summary": f"Versi {n}"} for n, client in enumerate(clients)]
    acts = [lambda c=c, t=t: c.post(summary(case), t).status_code for c, t in zip(clients, typed, strict=True)]
    assert sorted(at_once(*acts)) == [302, 409]


def test_what_was_erased_is_changed_no_more_and_says_so(today_world, desk, case):
    rina = desk(today_world.rina)
    typed = shown(rina, summary(case)) | {"summary": MINE}
    data_keys.destroy(case.data_key, of=case, by=today_world.rina, at=today_world.at)
    answer = rina.post(summary(case), typed)
    assert answer.status_code == 403
    assert MINE not in answer.content.decode()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, ""),
        (False, None),
        ([], ""),
        ("a\r\nb ", "a\nb"),
        (["b", "a"], ["a", "b"]),
        (Decimal("1500.00"), Decimal("1500")),
        (datetime(2026, 8, 3, 2, 0, 31, tzinfo=UTC), datetime(2026, 8, 3, 2, 0, tzinfo=UTC)),
    ],
)
def test_what_looks_the_same_is_the_same(one, other):
    assert versions._written(one) == versions._written(other)


def test_nothing_and_zero_are_two_things():
    assert versions._written(0) != versions._written(None)


def test_a_value_is_told_in_the_words_of_its_field(world):
    field = forms.Facts().fields
    assert versions._words(field["kinds"], ["sexual"]) not in ("", "sexual")
    assert versions._words(field["in_danger"], True) not in ("", "True")
    assert "Bengkayang" in versions._words(field["place"], world.uptd.place)
    assert versions._words(field["modus"], "") == ""
