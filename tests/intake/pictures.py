"""Small files for the tests, made here so that none has to be kept: photos with a place in them, films, sound."""

import io
import struct
import zlib

from PIL import Image

from simpul.intake.recordings import _crc

PLACE = b"+00.9061+108.9872/"
MAKER = "Kamera Rahasia X9"


def photo(form="JPEG", *, size=(40, 30), orientation=1, colour=(200, 30, 30)):
    """A picture whose EXIF tells the camera, a moment and a place."""
    image = Image.new("RGB", size, colour)
    image.putpixel((0, 0), (255, 255, 255))
    exif = Image.Exif()
    exif[0x010F] = MAKER
    exif[0x0112] = orientation
    exif[0x9003] = "2026:08:01 07:30:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (0.0, 54.0, 22.0), 3: "E", 4: (108.0, 59.0, 14.0)})
    out = io.BytesIO()
    more = {} if form in {"GIF", "BMP"} else {"exif": exif}
    image.save(out, form, **more)
    return out.getvalue()


def bomb(side=30_000):
    """A PNG of a few hundred kilobytes that unpacks to a picture of side × side pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\0" + bytes(side // 8)
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(row) for _i in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def box(kind, data=b"", *, large=False):
    """A box of an MP4 file; `large` writes its size in 64 bits."""
    if large:
        return struct.pack(">I4sQ", 1, kind, len(data) + 16) + data
    return struct.pack(">I4s", len(data) + 8, kind) + data


def film(*, brand=b"isom", large=False):
    """An MP4 file that tells a place in three boxes and moments in three more."""
    times = struct.pack(">II", 3_800_000_000, 3_800_000_000)
    head = box(b"mvhd", b"\0\0\0\0" + times + b"\0\0\3\xe8" + bytes(80))
    track = box(b"tkhd", b"\0\0\0\7" + times + bytes(72)) + box(
        b"mdia", box(b"mdhd", b"\1\0\0\0" + struct.pack(">QQ", 3_800_000_000, 3_800_000_000) + bytes(16))
    )
    moov = head + box(b"trak", track + box(b"udta", PLACE)) + box(b"udta", PLACE) + box(b"meta", PLACE)
    media = box(b"mdat", b"gambar dan suara", large=large)
    return box(b"ftyp", brand + bytes(8)) + media + box(b"moov", moov) + box(b"uuid", PLACE)


def ogg_page(data, *, serial=7, number=0, kind=0):
    """One page of an Ogg stream with a right check sum."""
    lacing = b"\xff" * (len(data) // 255) + bytes([len(data) % 255])
    page = struct.pack("<4sBBqIII", b"OggS", 0, kind, 0, serial, number, 0) + bytes([len(lacing)]) + lacing + data
    return page[:22] + struct.pack("<I", _crc(page, 0, len(page))) + page[26:]


def voice(comment=b"LOCATION=Jagoi", *, vorbis=False):
    """An Ogg file with a comment."""
    name, end = (b"\x03vorbis", b"\x01") if vorbis else (b"OpusTags", b"")
    first = b"\x01vorbis" + bytes(23) if vorbis else b"OpusHead" + bytes(11)
    words = struct.pack("<I", 4) + b"Lavf" + struct.pack("<I", 1) + struct.pack("<I", len(comment)) + comment
    pages = (first, name + words + end, b"suara" * 40)
    return b"".join(ogg_page(data, number=n, kind=2 if n == 0 else 0) for n, data in enumerate(pages))


def mp3(*, tag=PLACE, behind=b""):
    """An MP3 file with an ID3 tag before it and an old one behind it."""
    size = bytes([0, 0, len(tag) >> 7, len(tag) & 0x7F])
    return b"ID3\x04\0\0" + size + tag + b"\xff\xfb" + b"suara" * 50 + behind
