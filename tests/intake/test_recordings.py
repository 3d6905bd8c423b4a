"""Films and sound keep what is seen and heard, and lose what tells where and with what they were made."""

import struct

import pytest

from simpul.intake import recordings
from tests.intake.pictures import PLACE, box, film, mp3, ogg_page, voice


@pytest.mark.parametrize("large", [False, True])
def test_a_film_loses_its_place_and_keeps_its_length_and_its_pictures(large):
    before = film(large=large)
    assert before.count(PLACE) == 4
    after = recordings.without_boxes(before)
    assert PLACE not in after
    assert len(after) == len(before)
    assert b"gambar dan suara" in after


def test_a_film_loses_the_moments_at_which_it_was_made():
    moment = struct.pack(">I", 3_800_000_000)
    assert moment in film()
    assert moment not in recordings.without_boxes(film())


def test_a_film_that_was_cut_off_loses_its_place_all_the_same():
    cut = box(b"ftyp", b"isom" + bytes(8)) + box(b"moov", box(b"udta", PLACE * 3))[:-20]
    assert PLACE in cut
    assert PLACE not in recordings.without_boxes(cut)


@pytest.mark.parametrize("size", [2, 7])
def test_a_box_smaller_than_itself_is_refused(size):
    with pytest.raises(recordings.Unreadable):
        recordings.without_boxes(box(b"ftyp", b"isom") + struct.pack(">I4s", size, b"moov") + bytes(20))


def test_sound_loses_the_tags_before_and_behind_it():
    before = mp3(behind=b"TAG" + PLACE.ljust(125, b"\0"))
    after = recordings.without_tags(before)
    assert before.count(PLACE) == 2
    assert PLACE not in after
    assert after.startswith(b"\xff\xfb")


def test_a_tag_behind_a_tag_is_lost_too():
    assert PLACE not in recordings.without_tags(mp3(tag=b"satu").replace(b"\xff\xfb", mp3(), 1))


def test_a_tag_that_swallows_the_whole_file_is_refused_and_not_kept():
    with pytest.raises(recordings.Unreadable):
        recordings.without_tags(b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + PLACE)


@pytest.mark.parametrize("vorbis", [False, True])
def test_a_voice_recording_loses_its_comments_and_its_check_sums_are_right(vorbis):
    before = voice(vorbis=vorbis)
    assert b"LOCATION=Jagoi" in before
    after = recordings.without_comments(before)
    assert b"LOCATION" not in after
    assert len(after) == len(before)
    assert b"suara" * 40 in after
    for pages in recordings._streams(after).values():
        for start, stop in pages:
            assert after[start + 22 : start + 26] == struct.pack("<I", recordings._crc(after, start, stop))


def test_the_check_sum_is_that_of_ogg():
    # "123456789" has the check value 89a1897f with this polynomial, no start value and no reflection.
    assert recordings._crc(b"123456789", 0, 9) == 0x89A1897F


def test_comments_longer_than_a_page_are_lost_too():
    long = voice(b"LOCATION=" + b"Jagoi " * 100)
    assert b"Jagoi Jagoi" in long
    assert b"Jagoi" not in recordings.without_comments(long)


@pytest.mark.parametrize("data", [b"OggS", b"OggS" + bytes(40) + b"x", ogg_page(b"OpusHead") + b"bukan ogg" * 9])
def test_something_that_only_begins_like_ogg_is_refused(data):
    with pytest.raises(recordings.Unreadable):
        recordings.without_comments(data)
