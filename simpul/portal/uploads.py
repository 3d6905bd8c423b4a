"""Uploads are held in memory and never written to a disk before they are sealed.

What goes beyond the limits of a report is read and thrown away, so that an upload of any size costs no memory and the
form can still say, with everything typed in it, which file was too much. The same holds for the uploads of everybody
together: many large ones at once cannot fill the memory of the process.
"""

import threading
from io import BytesIO
from weakref import WeakKeyDictionary

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _

from simpul.intake.attachments import LARGEST, LARGEST_TOGETHER, MOST, AttachmentError, prepare

LARGE, TOGETHER, MANY, CROWDED = "large", "together", "many", "crowded"
MOST_OF_EVERYBODY = 64 * 1024 * 1024


class _Everybody:
    """How many bytes of uploads live in this process: a buffer counts for as long as somebody holds it."""

    def __init__(self):
        self._lock = threading.Lock()
        self._sizes = WeakKeyDictionary()

    def has_room_for(self, buffer, size):
        """Whether a buffer may grow to a size; if so, it counts with that size from now on."""
        with self._lock:
            others = sum(self._sizes.values()) - self._sizes.get(buffer, 0)
            if others + size > MOST_OF_EVERYBODY:
                return False
            self._sizes[buffer] = size
            return True


_everybody = _Everybody()


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
        elif not _everybody.has_room_for(self.buffer, self.length + len(data)):
            self._throw_away(CROWDED)
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
    if file.too_much == CROWDED:
        raise AttachmentError(_("Many files are arriving at the moment. Send this one again in a few minutes."))
    if file.too_much:
        raise AttachmentError(_("A file may have 8 MB at most. Send a smaller photo or a shorter recording."))
    return prepare(file.read())
