"""Files: checked, cleaned, sealed, and handed out under a name that tells nothing."""

import io
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from simpul.confidentiality.sealing import SealBroken
from simpul.intake import attachments, triage
from simpul.intake.attachments import AttachmentError, prepare
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound
from tests.intake.pictures import MAKER, PLACE, bomb, film, mp3, photo, voice


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP"])
def test_a_photo_is_made_anew_and_tells_neither_place_nor_camera(form):
    before = photo(form)
    if form not in {"GIF", "BMP"}:
        assert MAKER.encode() in before
    prepared = prepare(before)
    assert (prepared.kind, prepared.media_type) == ("photo", "image/jpeg")
    assert MAKER.encode() not in prepared.data
    image = Image.open(io.BytesIO(prepared.data))
    assert image.size == (40, 30)
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_photo_taken_upright_stays_upright_without_its_mark():
    assert Image.open(io.BytesIO(prepare(photo(orientation=6)).data)).size == (30, 40)


def test_a_large_photo_becomes_small_enough_to_send_on():
    image = Image.open(io.BytesIO(prepare(photo(size=(4000, 1000))).data))
    assert image.size == (2560, 640)


def test_what_hides_behind_the_end_of_a_photo_is_gone():
    assert b"PK\x03\x04rahasia" not in prepare(photo() + b"PK\x03\x04rahasia").data


@pytest.mark.parametrize("side", [5_000, 10_000, 30_000])
def test_a_picture_that_unpacks_to_a_mountain_is_refused_before_it_unpacks(side):
    packed = bomb(side)
    assert len(packed) < 200_000
    with pytest.raises(AttachmentError, match="pi[kx]sel|pixel"):
        prepare(packed)


@pytest.mark.parametrize(
    "data",
    [
        photo()[:200],
        photo("PNG")[:60],
        b"PK\x03\x04" + bytes(200),
        b"MZ" + bytes(200),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html><script>alert(1)</script>",
        b"\x1f\x8b" + bytes(100),
        bytes(100),
        b"x",
    ],
)
def test_a_broken_picture_or_another_kind_of_file_gets_a_sentence(data):
    with pytest.raises(AttachmentError) as refused:
        prepare(data)
    assert str(refused.value).endswith(".")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_broken_file_of_any_kind_does_more_than_be_refused(data):
    whole = data.draw(st.sampled_from([photo(form) for form in ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP")] + [
        film(), voice(), mp3()]))  # fmt: skip
    broken = bytearray(whole)
    for _i in range(data.draw(st.integers(1, 12))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with suppress(AttachmentError):
        prepare(bytes(broken[: data.draw(st.integers(1, len(broken)))]))


@given(st.binary(max_size=300))
@example(b"OggS")
@example(b"ID3")
@example(b"\0\0\0\1ftyp")
def test_no_bytes_at_all_do_more_than_be_refused(data):
    with suppress(AttachmentError):
        assert prepare(data).data


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"heim", b"mif1", b"hevc", b"avif"])
def test_heic_is_refused_with_what_to_do_instead(brand):
    with pytest.raises(AttachmentError, match="HEIC"):
        prepare(film(brand=brand))


@pytest.mark.parametrize(
    ("data", "kind", "media_type"),
    [
        (film(), "film", "video/mp4"),
        (film(brand=b"M4A "), "sound", "audio/mp4"),
        (voice(), "sound", "audio/ogg"),
        (mp3(), "sound", "audio/mpeg"),
        (b"#!AMR\n" + bytes(50), "sound", "audio/amr"),
        (b"%PDF-1.7\n", "document", "application/pdf"),
    ],
)
def test_films_sound_and_documents_are_taken_without_their_place(data, kind, media_type):
    prepared = prepare(data)
    assert (prepared.kind, prepared.media_type) == (kind, media_type)
    assert PLACE not in prepared.data


def test_a_file_of_more_than_8_mb_is_refused():
    assert prepare(b"%PDF-" + bytes(attachments.LARGEST - 5))
    with pytest.raises(AttachmentError, match="8"):
        prepare(b"%PDF-" + bytes(attachments.LARGEST))


def test_an_empty_file_is_refused():
    with pytest.raises(AttachmentError):
        prepare(b"")


def added(report, at, data=b"%PDF-1.7 rahasia"):
    return attachments.add(report, prepare(data), at=at)


def test_a_file_lies_sealed_under_a_name_that_tells_nothing(world, now):
    attachment = added(world.report(), now)
    path = attachments.path_of(attachment)
    assert b"rahasia" not in path.read_bytes()
    assert path.name == attachment.pk.hex
    assert path.stat().st_mode & 0o077 == 0
    assert attachments.opened(attachment) == b"%PDF-1.7 rahasia"


def test_the_name_of_a_file_tells_its_kind_and_nothing_else(world, now):
    report = world.report()
    for data, kind in ((photo(), "photo"), (film(), "film"), (voice(), "sound"), (b"%PDF-", "document")):
        name = attachments.name_of(added(report, now, data))
        assert name.startswith(f"{kind}-")
        assert report.number not in name
        assert len(name) <= 22


def test_every_kind_that_is_taken_has_an_ending():
    assert set(attachments.SUFFIXES) >= {
        prepare(data).media_type for data in (photo(), film(), film(brand=b"M4A "), voice(), mp3(), b"%PDF-")
    }


def test_a_file_that_was_altered_or_exchanged_on_the_disk_does_not_open(world, now):
    report = world.report()
    one, other = added(report, now), added(report, now)
    path = attachments.path_of(one)
    path.write_bytes(attachments.path_of(other).read_bytes())
    with pytest.raises(SealBroken):
        attachments.opened(one)


def test_taking_a_file_is_written_down(world, now):
    report = world.report()
    attachment = added(report, now)
    assert attachments.take(attachment, by=world.rina, at=now) == b"%PDF-1.7 rahasia"
    entry = Entry.objects.order_by("-number").first()
    assert (entry.act, entry.officer_id, entry.file) == ("file.taken", world.rina.pk, f"intake.report:{report.pk}")


def test_who_may_not_read_the_report_does_not_take_its_files(world, now):
    attachment = added(world.report(), now)
    entries = Entry.objects.count()
    for officer in (world.siti, world.budi, world.dewi, world.tono):
        with pytest.raises(NotFound):
            attachments.take(attachment, by=officer, at=now)
    assert Entry.objects.count() == entries


def test_nobody_takes_a_file_before_acknowledging_the_duty_of_secrecy(world, now):
    attachment = added(world.report(), now)
    world.rina.acknowledged_at = None
    with pytest.raises(NotAllowed):
        attachments.take(attachment, by=world.rina, at=now)


def test_a_photo_in_a_case_with_children_is_handed_out_for_a_reason_only(world, now):
    report = world.report(children="yes", files=[prepare(photo()), prepare(b"%PDF-1 surat")])
    triage.accept(report, by=world.rina, at=now)
    pictured, written = (world.anew(report).attachments.get(kind=kind) for kind in ("photo", "document"))
    assert attachments.asks_why(pictured)
    assert not attachments.asks_why(written)
    for because in ("", "penasaran"):
        with pytest.raises(NotAllowed):
            attachments.take(pictured, because=because, by=world.rina, at=now)
    assert not Entry.objects.filter(act="file.taken").exists()
    assert attachments.take(pictured, because="safety", by=world.rina, at=now)
    assert attachments.take(written, by=world.rina, at=now)
    assert Entry.objects.filter(act="file.taken").first().facts == {"because": "safety"}


def test_a_photo_where_no_child_is_known_of_asks_for_nothing(world, now):
    report = world.report(children="no", files=[prepare(photo())])
    triage.accept(report, by=world.rina, at=now)
    assert attachments.take(world.anew(report).attachments.get(), by=world.rina, at=now)
