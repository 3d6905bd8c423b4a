"""Files of a report: checked, cleaned of what tells where and by whom they were made, sealed, handed out.

A photo is decoded and encoded anew, so nothing but its pixels is kept. Films and sound lose their metadata boxes.
No file name is kept. A file is stored sealed under a random name and is only ever handed out as a download.
"""

import io
import os
from dataclasses import dataclass

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps

from simpul.confidentiality.data_keys import secret_of
from simpul.confidentiality.sealing import seal, unseal
from simpul.intake.access import check_may_read
from simpul.intake.models import Attachment
from simpul.intake.recordings import Unreadable, without_boxes, without_comments, without_tags
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed

MOST = 10
LARGEST = 8 * 1024 * 1024
LARGEST_TOGETHER = 25 * 1024 * 1024
LONGEST_SIDE = 2560
# A picture of more pixels than any telephone takes is an attack on the memory of the server. A JPG is made smaller
# while it is decoded; of every other kind all pixels stand in memory at once.
MOST_PIXELS, MOST_PIXELS_AT_ONCE = 80_000_000, 24_000_000
MADE_SMALLER = ("JPEG", "MPO")
PHOTOS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
SUFFIXES = {
    "image/jpeg": ".jpg",
    "application/pdf": ".pdf",
    "audio/ogg": ".ogg",
    "audio/mpeg": ".mp3",
    "audio/amr": ".amr",
    "audio/mp4": ".m4a",
    "video/mp4": ".mp4",
}


class WhyPhoto(models.TextChoices):
    """Why an officer needs to see a photo in a case with children."""

    SAFETY = "safety", gettext_lazy("To find or to protect the child")
    IDENTITY = "identity", gettext_lazy("To make sure who somebody is")
    EVIDENCE = "evidence", gettext_lazy("For the police, the prosecutor or the court")
    WISH = "wish", gettext_lazy("The child or the guardian asks for it")


class AttachmentError(ValueError):
    """A file that cannot be taken; the sentence says why and what can be sent instead."""


@dataclass(frozen=True)
class Prepared:
    """A file ready to be sealed: its kind, media type and cleaned bytes."""

    kind: str
    media_type: str
    data: bytes


def prepare(data):
    """Check and clean one file; raises `AttachmentError` with a sentence for the reporter."""
    if len(data) > LARGEST:
        raise AttachmentError(_("A file may have 8 MB at most. Send a smaller photo or a shorter recording."))
    if not data:
        raise AttachmentError(_("A file was empty. Choose it once more."))
    if data[:5] == b"%PDF-":
        return Prepared(Attachment.Kind.DOCUMENT, "application/pdf", data)
    try:
        recording = _recording(data)
    except Unreadable:
        raise AttachmentError(
            _("This recording is broken or was cut off. Send it once more, or record it anew.")
        ) from None
    return recording or Prepared(Attachment.Kind.PHOTO, "image/jpeg", _photo(data))


@transaction.atomic
def add(report, prepared, *, at):
    """Seal a prepared file into a report."""
    attachment = Attachment(
        report=report, kind=prepared.kind, media_type=prepared.media_type, size=len(prepared.data), added_at=at
    )
    sealed = seal(secret_of(report.data_key), prepared.data, context=_context(attachment))
    path = path_of(attachment)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    attachment.save(force_insert=True)
    return attachment


def asks_why(attachment):
    """Whether a file is handed out for a reason only: a photo, in a case with children."""
    case = attachment.report.case
    return attachment.kind == Attachment.Kind.PHOTO and case is not None and case.has_children


@transaction.atomic
def take(attachment, *, by, at, because="", file=None):
    """The bytes of a file for an officer who may read the report; the reading is journalled.

    `because` is a code of `WhyPhoto`; `file` the case in whose file it is opened, where that is not the report itself.
    """
    check_may_read(attachment.report, by=by, at=at)
    if asks_why(attachment) and because not in WhyPhoto.values:
        raise NotAllowed(_("A photo in a case with children is opened for a reason only. Choose the reason first."))
    data = opened(attachment)
    why = {"because": because} if because else {}
    subject = f"intake.attachment:{attachment.pk.hex[:12]}"
    enter(Act.FILE_TAKEN, on=subject, file=file or attachment.report, by=by, at=at, **why)
    return data


def opened(attachment):
    """The bytes of a file."""
    sealed = path_of(attachment).read_bytes()
    return unseal(secret_of(attachment.report.data_key), sealed, context=_context(attachment))


def path_of(attachment):
    """Where the sealed file lies."""
    return settings.FILES / attachment.pk.hex[:2] / attachment.pk.hex


def name_of(attachment):
    """A name to save the file under that tells nothing but its kind."""
    return f"{attachment.kind}-{attachment.pk.hex[:8]}{SUFFIXES[attachment.media_type]}"


def _context(attachment):
    return f"intake.attachment:{attachment.pk.hex}"


def _recording(data):
    """A film or a sound recording without what tells where, when and with what it was made; None for anything else."""
    if data[4:8] == b"ftyp":
        return _boxed(data)
    if data.startswith(b"OggS"):
        return Prepared(Attachment.Kind.SOUND, "audio/ogg", without_comments(data))
    if data.startswith(b"#!AMR"):
        return Prepared(Attachment.Kind.SOUND, "audio/amr", data)
    if data.startswith(b"ID3") or data[:2] in {b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2"}:
        return Prepared(Attachment.Kind.SOUND, "audio/mpeg", without_tags(data))
    return None


def _boxed(data):
    brand = data[8:12]
    if brand in HEIC:
        raise AttachmentError(_("HEIC pictures cannot be taken. Send a screenshot of the photo, or save it as JPG."))
    if brand in {b"M4A ", b"M4B "}:
        return Prepared(Attachment.Kind.SOUND, "audio/mp4", without_boxes(data))
    return Prepared(Attachment.Kind.FILM, "video/mp4", without_boxes(data))


def _photo(data):
    try:
        pixels = _pixels(data)
    except AttachmentError:
        raise
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except Exception:
        # A decoder that is given a broken or hostile file raises whatever it stumbles over.
        raise AttachmentError(
            _("This file cannot be taken. Send photos (JPG, PNG, WebP), PDF, voice recordings or MP4 films.")
        ) from None
    clean = Image.new("RGB", pixels.size)
    clean.paste(pixels)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=85)
    return out.getvalue()


def _pixels(data):
    """The picture upright and no larger than is needed to see what it shows."""
    image = Image.open(io.BytesIO(data), formats=PHOTOS)
    most = MOST_PIXELS if image.format in MADE_SMALLER else MOST_PIXELS_AT_ONCE
    if image.width * image.height > most:
        raise _too_many_pixels()
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    pixels = image.convert("RGB")
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return ImageOps.exif_transpose(pixels)


def _too_many_pixels():
    return AttachmentError(_("This picture has too many pixels. Send a screenshot of it or a smaller photo."))
