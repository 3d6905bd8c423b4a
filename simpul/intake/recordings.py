"""Recordings: films and sound without the marks that tell where, when and with which device they were made.

What is seen and heard stays as it is, byte by byte. Only what surrounds it is blanked, so that no player is confused:
the boxes of MP4 and MOV keep their sizes, the pages of Ogg theirs, and the tags around MP3 are cut off.
"""

import struct

# Boxes that hold others, boxes that tell, and boxes that begin with two times (ISO/IEC 14496-12).
_HOLDING = {b"moov", b"trak", b"mdia", b"moof", b"traf"}
_TELLING = {b"udta", b"meta", b"uuid", b"free", b"skip"}
_TIMED = {b"mvhd", b"tkhd", b"mdhd"}
_DEEPEST = 6
_LAST_PAGES = 64
_CRC = []


class Unreadable(ValueError):
    """The recording is not built as its kind is, so nobody can say what it tells."""


def without_boxes(data):
    """An MP4 or MOV file with its telling boxes blanked and its times set to zero; every offset stays."""
    clean = bytearray(data)
    _blank(clean, 0, len(clean), depth=0)
    return bytes(clean)


def _blank(data, start, end, *, depth):
    while start + 8 <= end:
        size, kind, head = _box(data, start, end)
        # What claims to reach beyond the end was cut off; it is treated as what is left of it.
        stop = min(start + size, end)
        if kind in _TELLING:
            data[start + 4 : start + 8] = b"free"
            data[start + head : stop] = bytes(stop - start - head)
        elif kind in _TIMED:
            _zero_times(data, start + head, stop)
        elif kind in _HOLDING and depth < _DEEPEST:
            _blank(data, start + head, stop, depth=depth + 1)
        start = stop


def _box(data, start, end):
    size, kind = struct.unpack_from(">I4s", data, start)
    head = 8
    if size == 1:
        # A box of 4 GB or more, or one that a camera left room for, has its size after its name.
        if start + 16 > end:
            raise Unreadable
        head, (size,) = 16, struct.unpack_from(">Q", data, start + 8)
    size = size or end - start
    if size < head:
        raise Unreadable
    return size, kind, head


def _zero_times(data, start, stop):
    length = 16 if data[start : start + 1] == b"\x01" else 8
    first, last = start + 4, min(start + 4 + length, stop)
    data[first:last] = bytes(max(last - first, 0))


def without_tags(data):
    """An MP3 file without the ID3 tags before it and the ID3v1 tag behind it."""
    while data.startswith(b"ID3") and len(data) >= 10:
        footer = 10 if data[5] & 0x10 else 0
        size = 0
        for byte in data[6:10]:
            size = size << 7 | byte & 0x7F
        data = data[10 + size + footer :]
    if data[-128:-125] == b"TAG":
        data = data[:-128]
    if not data:
        raise Unreadable
    return data


def without_comments(data):
    """An Ogg file whose comments (RFC 3533, RFC 7845, Vorbis I) say nothing: same length, check sums made anew.

    The comments are the second packet of a stream. They are written over by a maker's name of blanks that fills their
    place, so that no page moves.
    """
    clean = bytearray(data)
    for pages in _streams(clean).values():
        places = _second_packet(clean, pages)
        packet = bytes(clean[at] for at in places)
        if packet.startswith((b"OpusTags", b"\x03vorbis")):
            for at, byte in zip(places, _silent(packet), strict=True):
                clean[at] = byte
            for start, stop in pages:
                clean[start + 22 : start + 26] = struct.pack("<I", _crc(clean, start, stop))
    return bytes(clean)


def _streams(data):
    """The first pages of each stream as (start, stop), by the stream's number."""
    found, start = {}, 0
    while start + 27 <= len(data):
        if data[start : start + 4] != b"OggS":
            raise Unreadable
        segments = data[start + 27 : start + 27 + data[start + 26]]
        stop = start + 27 + len(segments) + sum(segments)
        pages = found.setdefault(bytes(data[start + 14 : start + 18]), [])
        if len(pages) < _LAST_PAGES and stop <= len(data):
            pages.append((start, stop))
        start = stop
    if not found:
        raise Unreadable
    return found


def _second_packet(data, pages):
    """Where the bytes of the second packet lie."""
    places, number = [], 0
    for start, _stop in pages:
        at = start + 27 + data[start + 26]
        for length in data[start + 27 : at]:
            if number == 1:
                places.extend(range(at, at + length))
            at += length
            number += length < 255
            if number > 1:
                return places
    raise Unreadable


def _silent(packet):
    """Comments of the same length that hold no comment."""
    opus = packet.startswith(b"OpusTags")
    name = packet[: 8 if opus else 7]
    end = b"" if opus else b"\x01"
    room = len(packet) - len(name) - 8 - len(end)
    if room < 0:
        raise Unreadable
    return name + struct.pack("<I", room) + b" " * room + struct.pack("<I", 0) + end


def _crc(data, start, stop):
    """The check sum of an Ogg page: CRC-32 with the polynomial 04c11db7, over the page with its check sum at zero."""
    if not _CRC:
        _CRC.extend(_row(number) for number in range(256))
    crc = 0
    for at in range(start, stop):
        byte = 0 if start + 22 <= at < start + 26 else data[at]
        crc = (crc << 8 & 0xFFFFFFFF) ^ _CRC[crc >> 24 ^ byte]
    return crc


def _row(number):
    crc = number << 24
    for _bit in range(8):
        crc = (crc << 1 ^ 0x04C11DB7) & 0xFFFFFFFF if crc & 0x80000000 else crc << 1
    return crc
