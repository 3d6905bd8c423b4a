"""Forms of alerts: only what stands in the lists."""

import pytest

from simpul.desk.forms.alerts import Found, Wording


@pytest.mark.django_db
def test_an_alert_is_closed_with_a_code_of_the_catalogue():
    assert Found({"outcome": "chance"}).is_valid()
    assert not Found({"outcome": "somebody"}).is_valid()
    assert set(Found().fields) == {"outcome"}


def test_the_days_are_a_number_of_the_list():
    form = Wording({"days": "14"})
    assert form.is_valid()
    assert form.cleaned_data == {"days": 14}
    assert not Wording({"days": "3"}).is_valid()
