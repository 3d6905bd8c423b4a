import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import translation
from PIL import Image

from simpul.intake.attachments import LARGEST, LARGEST_TOGETHER, MOST
from simpul.portal.uploads import MOST_OF_EVERYBODY, MemoryQuota, checked

MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def photo(size=(8, 8), kind="PNG"):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind)
    return out.getvalue()


def uploaded(*contents):
    """The files of a request that sent these bytes."""
    files = [SimpleUploadedFile(f"{i}.bin", data) for i, data in enumerate(contents)]
    request = RequestFactory().post("/", {"files": files, "statement": "ada"})
    found = request.FILES.getlist("files")
    assert request.POST["statement"] == "ada"
    return found


def test_a_small_file_is_there_whole():
    (file,) = uploaded(b"abc")
    assert file.too_much == ""
    assert file.read() == b"abc"


def test_a_file_beyond_the_limit_is_read_and_thrown_away():
    exact, over = uploaded(bytes(LARGEST), bytes(LARGEST + 1))
    assert exact.too_much == ""
    assert exact.size == LARGEST
    assert over.too_much == "large"
    assert over.size == 0


def test_files_beyond_the_limit_together_are_thrown_away_and_later_small_ones_kept():
    files = uploaded(*[bytes(7 * MEGABYTE)] * 4, b"small")
    assert [file.too_much for file in files] == ["", "", "", "together", ""]
    assert sum(file.size for file in files) <= LARGEST_TOGETHER


def test_files_beyond_the_number_are_thrown_away():
    files = uploaded(*[b"x"] * (MOST + 2))
    assert [bool(file.too_much) for file in files] == [False] * MOST + [True] * 2


def test_many_uploads_at_once_cannot_fill_the_memory_and_room_comes_back():
    def seven_megabytes():
        handler = MemoryQuota()
        handler.new_file("files", "a.pdf", "application/pdf", None)
        for start in range(0, 7 * MEGABYTE, MEGABYTE):
            handler.receive_data_chunk(bytes(MEGABYTE), start)
        return handler.file_complete(7 * MEGABYTE)

    held = [seven_megabytes() for _i in range(12)]
    assert held[0].too_much == ""
    assert held[-1].too_much == "crowded"
    assert sum(file.size for file in held) <= MOST_OF_EVERYBODY
    _good, refused = checked(held[-1:])
    assert refused == [("a.pdf", "Many files are arriving at the moment. Send this one again in a few minutes.")]
    held.clear()
    assert seven_megabytes().too_much == ""


def test_200_megabytes_need_no_memory():
    handler = MemoryQuota()
    handler.new_file("files", "film.mp4", "video/mp4", None)
    chunk, highest = bytes(64 * 1024), 0
    for start in range(0, 200 * MEGABYTE, len(chunk)):
        handler.receive_data_chunk(chunk, start)
        highest = max(highest, handler.buffer.getbuffer().nbytes)
    file = handler.file_complete(200 * MEGABYTE)
    assert highest <= LARGEST
    assert handler.kept == 0
    _good, refused = checked([file])
    assert refused == [("film.mp4", "A file may have 8 MB at most. Send a smaller photo or a shorter recording.")]


def test_good_files_are_ready_and_bad_ones_are_named_with_a_reason():
    bomb = photo((12_000, 12_000))
    good, refused = checked(uploaded(photo(), b"MZ programme", b"", photo()[:40], bomb, b"%PDF-1.7 x"))
    assert [each.media_type for each in good] == ["image/jpeg", "application/pdf"]
    assert [name for name, _sentence in refused] == ["1.bin", "2.bin", "3.bin", "4.bin"]
    assert all(sentence.endswith(".") for _name, sentence in refused)
    assert "pixels" in refused[3][1]


def test_each_reason_has_its_sentence():
    _good, refused = checked(uploaded(*[b"%PDF-"] * (MOST + 1)))
    assert refused == [("10.bin", "At most 10 files fit in one go. Send the others afterwards.")]
    _good, refused = checked(uploaded(*[b"%PDF-" + bytes(7 * MEGABYTE)] * 4))
    assert refused == [("3.bin", "All files together may have 25 MB at most. Send this one afterwards.")]
