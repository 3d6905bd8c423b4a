"""Files of a report: checked, cleaned of what tells where and by whom they were made, sealed, handed out.

A photo is decoded and encoded anew, so nothing but its pixels is kept. Films and sound lose their metadata boxes.
No file name is kept. A file is stored sealed under a random name and is only ever handed out as a download.
"""

import io
import os
import struct
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from simpul.confidentiality.data_keys import secret_of
from simpul.confidentiality.sealing import seal, unseal
from simpul.intake.models import Attachment
from simpul.journal.acts import Act
from simpul.journal.entries import enter

MOST = 10
LARGEST = 8 * 1024 * 1024
LARGEST_TOGETHER = 25 * 1024 * 1024
LONGEST_SIDE = 2560
# A picture of more pixels than any telephone takes is an attack on the memory of the server.
MOST_PIXELS = 80_000_000
PHOTOS = {"JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "MPO"}
SUFFIXES = {
    "image/jpeg": ".jpg",
    "application/pdf": ".pdf",
    "audio/ogg": ".ogg",
    "audio/mpeg": ".mp3",
    "audio/amr": ".amr",
    "audio/mp4": ".m4a",
    "video/mp4": ".mp4",
}


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
    if data[4:8] == b"ftyp":
        return _recording(data)
    for start, media_type in ((b"OggS", "audio/ogg"), (b"#!AMR", "audio/amr"), (b"ID3", "audio/mpeg")):
        if data.startswith(start):
            return Prepared(Attachment.Kind.SOUND, media_type, _without_id3(data))
    if data[:2] in {b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"}:
        return Prepared(Attachment.Kind.SOUND, "audio/mpeg", data)
    return Prepared(Attachment.Kind.PHOTO, "image/jpeg", _photo(data))


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


@transaction.atomic
def take(attachment, *, by, at):
    """The bytes of a file for an officer who may read the report; the reading is journalled."""
    data = opened(attachment)
    enter(Act.FILE_TAKEN, on=f"intake.attachment:{attachment.pk.hex[:12]}", file=attachment.report, by=by, at=at)
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


def _photo(data):
    not_readable = AttachmentError(
        _("This file cannot be taken. Send photos (JPG, PNG, WebP), PDF, voice recordings or MP4 films.")
    )
    try:
        image = Image.open(io.BytesIO(data), formats=PHOTOS)
        if image.width * image.height > MOST_PIXELS:
            raise AttachmentError(_("This picture has too many pixels. Send a screenshot of it or a smaller photo."))
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        pixels = ImageOps.exif_transpose(image).convert("RGB")
        pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError) as broken:
        if isinstance(broken, AttachmentError):
            raise
        raise not_readable from None
    clean = Image.new("RGB", pixels.size)
    clean.paste(pixels)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=85)
    return out.getvalue()


def _recording(data):
    brand = data[8:12]
    if brand in {b"heic", b"heix", b"mif1", b"hevc", b"msf1", b"avif"}:
        raise AttachmentError(_("HEIC pictures cannot be taken. Send a screenshot of the photo, or save it as JPG."))
    clean = bytearray(data)
    _blank_boxes(clean, 0, len(clean), depth=0)
    if brand in {b"M4A ", b"M4B "}:
        return Prepared(Attachment.Kind.SOUND, "audio/mp4", bytes(clean))
    return Prepared(Attachment.Kind.FILM, "video/mp4", bytes(clean))


def _blank_boxes(data, start, end, *, depth):
    """Blank the boxes of an MP4 file that hold place, device and times (udta, meta, uuid), keeping every offset."""
    while start + 8 <= end and depth < 6:
        size, kind = struct.unpack(">I4s", data[start : start + 8])
        size = size or end - start
        if size < 8 or start + size > end:
            return
        if kind in {b"udta", b"meta", b"uuid"}:
            data[start + 4 : start + 8] = b"free"
            data[start + 8 : start + size] = bytes(size - 8)
        elif kind in {b"moov", b"trak", b"mdia", b"moof", b"traf"}:
            _blank_boxes(data, start + 8, start + size, depth=depth + 1)
        start += size


def _without_id3(data):
    if not data.startswith(b"ID3") or len(data) < 10:
        return data
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    return data[10 + size :] or data
