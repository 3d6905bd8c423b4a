"""The words of the journal."""

import re

from simpul.journal.acts import READINGS, Act
from simpul.journal.models import Entry


def test_every_act_is_named_by_noun_and_verb():
    assert [act for act in Act if not re.fullmatch(r"[a-z_]+\.[a-z_]+", act)] == []


def test_every_act_fits_its_column():
    assert max(len(act) for act in Act) <= Entry._meta.get_field("act").max_length


def test_readings_are_the_acts_that_only_look():
    looking = {act for act in Act if act.endswith((".read", ".seen", ".searched", ".contact_read", ".summary_read"))}
    looking |= {Act.CASE_FACTS_SEEN, Act.FILE_TAKEN, Act.PARCEL_OPENED, Act.DOCUMENT_MADE}
    assert looking == READINGS
