"""The form of emergency access."""

from simpul.desk.forms.emergency import EmergencyAccess


def test_a_number_is_read_as_people_type_it():
    form = EmergencyAccess({"number": " k-2026-0012 ", "reason": "Korban terancam."})
    assert form.is_valid()
    assert form.cleaned_data["number"] == "K-2026-0012"


def test_a_reason_is_asked_for():
    assert "reason" in EmergencyAccess({"number": "K-2026-0012"}).errors
