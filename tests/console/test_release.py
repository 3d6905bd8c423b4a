"""`simpul release verify`: a file is as it was signed, or the command says that it is not."""

import io
import json
import zipfile

import pytest

from simpul.confidentiality import signing
from simpul.console import alone
from simpul.insight import published
from tests.insight.releasing import Releasing


@pytest.fixture
def one(world):
    return Releasing(world).published()


@pytest.fixture
def verify(tmp_path):
    def run(data, *options, name="R-2026-01.json"):
        path = tmp_path / name
        path.write_bytes(data)
        out, err = io.StringIO(), io.StringIO()
        code = alone.main("release", ["verify", str(path), *options, "--language", "en"], out=out, err=err)
        return code, out.getvalue(), err.getvalue()

    return run


def test_both_files_are_as_they_were_signed(one, verify):
    for data in (published.whole(one), one.package):
        code, out, err = verify(data)
        assert (code, err) == (0, "")
        assert "R-2026-01 as it was signed" in out
        assert one.public_key in out
        assert "public page" in out
    assert one.fingerprint in verify(published.whole(one))[1]


def test_another_spelling_of_the_same_document_is_the_same(one, verify):
    told = json.loads(published.whole(one))
    assert verify(json.dumps(told, indent=2).encode())[0] == 0


def test_a_changed_number_is_found(one, verify):
    data = published.whole(one).replace(b'"count":72', b'"count":71', 1)
    assert data != published.whole(one)
    code, out, err = verify(data)
    assert (code, out) == (1, "")
    assert "was changed after it was signed" in err


@pytest.mark.parametrize(("name", "old", "new"), [("data.csv", b",72", b",71"), ("SHA256SUMS", b"data", b"dato")])
def test_a_changed_package_is_found(one, verify, name, old, new):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(one.package)) as whole, zipfile.ZipFile(made, "w") as changed:
        for entry in whole.infolist():
            data = whole.read(entry)
            changed.writestr(entry, data.replace(old, new) if entry.filename == name else data)
    code, _out, err = verify(made.getvalue())
    assert code == 1
    assert "was changed" in err


def test_a_file_that_was_put_into_a_package_is_found(one, verify):
    made = io.BytesIO(one.package)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("more.csv", "x")
    assert verify(made.getvalue())[0] == 1


def test_the_key_can_be_asked_for(one, verify):
    data = published.whole(one)
    assert verify(data, "--key", one.public_key)[0] == 0
    code, _out, err = verify(data, "--key", "AAAA")
    assert code == 1
    assert "another key" in err


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"\xff\xfe", b"PK\x03\x04", b'{"document":{},"signature":{}}', b'{"document":1}']
)
def test_what_is_no_release_is_refused_with_a_sentence(verify, data):
    code, _out, err = verify(data)
    assert code == 1
    assert "no release of open data" in err


def test_a_signature_of_something_else_does_not_fit(one, verify):
    told = json.loads(published.whole(one))
    told["signature"]["signature"] = signing.sign(b"something else")[0]
    assert "changed" in verify(json.dumps(told).encode())[2]
    told["signature"]["signature"] = 7
    assert "no release" in verify(json.dumps(told).encode())[2]


def test_a_file_that_is_not_there_is_named(tmp_path):
    err = io.StringIO()
    assert alone.main("release", ["verify", str(tmp_path / "x"), "--language", "en"], out=io.StringIO(), err=err) == 1
    assert "cannot be read" in err.getvalue()


def test_for_programs(one, verify):
    told = json.loads(verify(published.whole(one), "--json")[1])
    assert told["number"] == "R-2026-01"
    assert told["public_key"] == signing.public_key()
