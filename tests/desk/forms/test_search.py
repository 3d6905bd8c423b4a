"""The one box of the search."""

from simpul.desk.forms.search import SearchForm


def test_an_empty_box_asks_for_something():
    form = SearchForm({"q": "   "})
    assert not form.is_valid()
    assert form.errors["q"]


def test_blanks_around_do_not_count():
    form = SearchForm({"q": "  Melati Kusuma "})
    assert form.is_valid()
    assert form.cleaned_data["q"] == "Melati Kusuma"
