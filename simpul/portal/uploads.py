"""Uploads are held in memory and never written to a disk before they are sealed.

What goes beyond the limits of a report is read and thrown away, so that an upload of any size costs no memory and the
form can still say, with everything typed in it, which file was too much.
"""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _

from simpul.intake.attachments import LARGEST, LARGEST_TOGETHER, MOST, AttachmentError, prepare

LARGE, TOGETHER, MANY = "large", "together", "many"


class Held(InMemoryUploadedFile):
    """A file in memory. `too_much` says why its bytes were thrown away; empty when they are all here."""

    too_much = ""


class MemoryQuota(FileUploadHandler):
    """Keeps at most `MOST` files of `LARGEST` bytes each and `LARGEST_TOGETHER` in all; the rest is not kept."""

    def __init__(self, request=None):
        super().__init__(request)
        self.files = self.kept = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.files += 1
        self.buffer, self.length = BytesIO(), 0
        self.too_much = MANY if self.files > MOST else ""

    def receive_data_chunk(self, raw_data, start):
        if not self.too_much:
            self._keep(raw_data)

    def file_complete(self, file_size):
        self.buffer.seek(0)
        held = Held(self.buffer, self.field_name, self.file_name, self.content_type, self.length, self.charset)
        held.too_much = self.too_much
        return held

    def _keep(self, data):
        if self.length + len(data) > LARGEST:
            self._throw_away(LARGE)
        elif self.kept + len(data) > LARGEST_TOGETHER:
            self._throw_away(TOGETHER)
        else:
            self.buffer.write(data)
            self.length += len(data)
            self.kept += len(data)

    def _throw_away(self, why):
        self.kept -= self.length
        self.buffer, self.length, self.too_much = BytesIO(), 0, why


def checked(files):
    """Files ready to be sealed, and those that cannot be taken as pairs of name and sentence."""
    good, refused = [], []
    for file in files:
        try:
            good.append(_prepared(file))
        except AttachmentError as problem:
            refused.append((file.name, str(problem)))
    return good, refused


def _prepared(file):
    if file.too_much == MANY:
        raise AttachmentError(_("At most %(most)d files fit in one go. Send the others afterwards.") % {"most": MOST})
    if file.too_much == TOGETHER:
        raise AttachmentError(_("All files together may have 25 MB at most. Send this one afterwards."))
    if file.too_much:
        raise AttachmentError(_("A file may have 8 MB at most. Send a smaller photo or a shorter recording."))
    return prepare(file.read())
