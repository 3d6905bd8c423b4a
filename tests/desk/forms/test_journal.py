"""The journal, narrowed."""

from simpul.agencies.models import Officer
from simpul.desk.forms.journal import Narrowed


def test_what_cannot_be_read_narrows_nothing(world):
    form = Narrowed({"petugas": "9999", "tindakan": "x", "berkas": " K-2026-0001 "}, officers=Officer.objects.all())
    form.is_valid()
    assert form.cleaned_data == {"berkas": "K-2026-0001"}
