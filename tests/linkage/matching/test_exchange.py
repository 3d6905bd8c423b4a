"""Files of encodings: they come back as they were made, and hold nothing that names anybody."""

import io
import json
import zipfile

import numpy as np
import pytest

from simpul.linkage.matching import encode, exchange, files, keys
from simpul.linkage.matching.exchange import NoEncodings

SECRET = bytes(range(32))


@pytest.fixture
def ring():
    return keys.KeyRing.from_secret(SECRET, "2026")


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        "ID,Nama,NIK,Tgl Lahir,Desa,Kab,Instansi,Siapa\n"
        "r1,SITI SYARIFAH BINTI OMAR,6101155208900001,12-08-1990,Jagoi,Bengkayang,LSM,p1\n"
        "r2,YOHANES,,,Tebas,Sambas,POLRI,p2\n"
    )
    return list(files.opened(path, truth="Siapa").lines(aside=pytest.fail, this_year=2026))


@pytest.fixture
def path(tmp_path, lines, ring):
    path = tmp_path / "list.encodings"
    with open(path, "wb") as file:
        exchange.write(file, exchange.encoded(iter(lines), ring))
    return path


def test_encodings_come_back_as_they_were_made(path, lines, ring):
    found = exchange.read(path)
    assert (found.ids, found.sources, found.truths) == (["r1", "r2"], ["LSM", "POLRI"], ["p1", "p2"])
    assert found.fingerprint == ring.fingerprint
    assert np.array_equal(found.rows, encode.encode([line.record for line in lines], ring))


def test_nothing_in_the_file_names_anybody(path):
    content = path.read_bytes()
    assert b"r1" in content
    for text in ("SITI", "SYARIFAH", "SARIPAH", "OMAR", "YOHANES", "6101155208900001", "1990", "JAGOI", "Tebas"):
        assert text.encode() not in content
        assert text.encode("utf-16-le") not in content


def test_a_long_list_is_encoded_in_blocks(lines, ring, monkeypatch):
    whole = exchange.encoded(iter(lines), ring)
    monkeypatch.setattr(encode, "AT_ONCE", 1)
    told = []
    assert np.array_equal(exchange.encoded(iter(lines), ring, told=told.append).rows, whole.rows)
    assert exchange.encoded(iter(()), ring).rows.shape == (0, encode.WIDTH)


def test_another_key_and_another_epoch_are_told_apart(lines, ring):
    ours = exchange.encoded(iter(lines), ring)
    wrong = exchange.encoded(iter(lines), keys.KeyRing.from_secret(b"x" * 32, "2026"))
    older = exchange.encoded(iter(lines), keys.KeyRing.from_secret(SECRET, "2025"))
    exchange.check_same_key([ours, ours], ["a", "b"])
    for other, problem in ((wrong, keys.WrongKey), (older, keys.OtherEpoch)):
        with pytest.raises(problem, match="a"):
            exchange.check_same_key([ours, other], ["a", "b"])
        shared = np.intersect1d(ours.rows[ours.rows != 0], other.rows[other.rows != 0])
        assert len(shared) == 0


def _changed(path, **parts):
    with np.load(path) as held:
        arrays = {name: held[name] for name in held.files}
    arrays |= parts
    with open(path, "wb") as file:
        np.savez(file, **{name: value for name, value in arrays.items() if value is not None})


def _json(value):
    return np.frombuffer(json.dumps(value).encode(), np.uint8)


@pytest.mark.parametrize(
    "parts",
    [
        {"ids": None}, {"ids": _json(["r1"])}, {"ids": _json(["r1", "r1"])}, {"ids": _json([1, 2])}, {"ids": _json({})},
        {"about": _json([])}, {"about": np.zeros(3, np.uint8)}, {"about": _json({"simpul encodings": 99})},
        {"rows": np.zeros((2, 3), np.uint64)}, {"rows": np.zeros((2, encode.WIDTH))}, {"rows": np.zeros(2, np.uint64)},
        {"rows": np.array([{}, {}], object)},
    ],
)  # fmt: skip
def test_a_file_that_was_altered_is_refused(path, parts):
    _changed(path, **parts)
    with pytest.raises(NoEncodings):
        exchange.read(path)


@pytest.mark.parametrize("content", [b"", b"Nama,NIK\nANI,1\n", b"PK\x03\x04broken", b"\x93NUMPY\x01\x00"])
def test_what_holds_no_encodings_is_refused(tmp_path, content):
    path = tmp_path / "none"
    path.write_bytes(content)
    with pytest.raises(NoEncodings) as problem:
        exchange.read(path)
    assert problem.value.reason == "encodings"


def test_an_archive_of_something_else_is_refused(tmp_path):
    path = tmp_path / "none.npz"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("about", "hello")
    with pytest.raises(NoEncodings):
        exchange.read(path)


def test_encodings_of_another_version_are_told_apart(path):
    _changed(path, about=_json({"simpul encodings": 1, "layout": "[]", "fingerprint": "k"}))
    with pytest.raises(NoEncodings) as problem:
        exchange.read(path)
    assert problem.value.reason == "version"


def test_writing_needs_nothing_but_a_file(lines, ring):
    held = io.BytesIO()
    exchange.write(held, exchange.encoded(iter(lines), ring))
    assert held.getvalue().startswith(b"PK")
