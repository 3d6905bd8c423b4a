"""What may be done with a person's data, each rule once; a refusal says why."""

from django.utils.translation import gettext as _

from simpul.lib.rules import NotAllowed


def check_is_not_restricted(person):
    """While the use of somebody's data is restricted (UU 27/2022 Art. 41), nothing of it goes to another agency."""
    if person.restricted_at is not None:
        raise NotAllowed(_("The use of this person's data is restricted at their request. Lift the restriction first."))


def check_is_after_birth(person, day):
    """Nothing happens to anybody before birth, as far as the year of birth tells."""
    if day and person.birth_year and day.year < person.birth_year:
        raise NotAllowed(_("This day lies before the year of birth on record (%(year)d). Check both.")
                         % {"year": person.birth_year})  # fmt: skip
