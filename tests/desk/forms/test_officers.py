"""Forms of officers."""

from simpul.desk.forms.officers import NewOfficer, Place


def test_a_sign_in_name_is_small_and_plain(world):
    told = {"full_name": "Ayu", "agency": world.uptd.pk, "role": "companion"}
    form = NewOfficer(told | {"username": "Ayu_1"}, by=world.tono)
    assert form.is_valid()
    assert form.cleaned_data["username"] == "ayu_1"
    assert "username" in NewOfficer(told | {"username": "ayu lestari"}, by=world.tono).errors
    assert "username" in NewOfficer(told | {"username": "Rina"}, by=world.tono).errors


def test_only_agencies_of_the_own_region_are_offered(world):
    assert world.uptd in Place(by=world.tono).fields["agency"].queryset
    assert world.uptd_sambas not in Place(by=world.dewi).fields["agency"].queryset
