"""The form of a receipt: one thing on each line."""

from simpul.desk.forms.documents import Receipt


def test_each_line_is_a_thing_with_its_number_and_remark():
    form = Receipt({"way": "dari", "things": "Paspor; 1; sobek; basah\n\n  Telepon ;2\nPakaian"})
    assert form.is_valid()
    assert form.told() == {
        "items": [("Paspor", "1", "sobek; basah"), ("Telepon", "2", ""), ("Pakaian", "", "")],
        "purpose": "", "to_the_person": False,
    }  # fmt: skip


def test_nothing_is_no_receipt():
    assert "things" in Receipt({"way": "dari", "things": " \n "}).errors
