"""The files of a release: the same bytes each time, with a dictionary, and nothing in them that is hidden."""

import csv
import io
import json
import zipfile

import pytest

from simpul.confidentiality import signing
from simpul.insight import release_files
from tests.insight.releasing import Releasing


@pytest.fixture
def one(world):
    return Releasing(world).published()


def files(one):
    with zipfile.ZipFile(io.BytesIO(one.package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_same_release_gives_the_same_bytes(one):
    assert release_files.document(one) == one.document
    assert release_files.package(one, sign=signing.sign) == one.package


def test_the_package_holds_data_dictionary_read_me_and_signature(one):
    found = files(one)
    assert list(found) == ["data.csv", "dictionary.csv", "README.txt", "SHA256SUMS", "signature.json"]
    rows = list(csv.DictReader(io.StringIO(found["data.csv"].decode())))
    shown = {(row["table"], row["place"], row["month"], row["sex"], row["age"]): row["count"] for row in rows}
    assert shown["returns_by_month", "", "", "", ""] == "72"
    assert shown["returns_by_person", "61.01", "", "P", "00"] == "…"
    assert one.number in found["README.txt"].decode()
    told = json.loads(found["signature.json"])
    assert signing.verifies(found["SHA256SUMS"], signature=told["signature"], public_key=told["public_key"])


def test_every_code_of_the_data_is_in_the_dictionary(one):
    found = files(one)
    words = {(row["column"], row["code"]) for row in csv.DictReader(io.StringIO(found["dictionary.csv"].decode()))}
    for row in csv.DictReader(io.StringIO(found["data.csv"].decode())):
        for column in ("table", "place", "month", "kind", "sex", "age", "service"):
            if row[column]:
                assert (column, row[column]) in words or column == "month", (column, row[column])


def test_the_dictionary_gives_names_of_htcds_where_it_has_them(one):
    told = {(each["column"], each["code"]): each["htcds"] for each in json.loads(one.document)["dictionary"]}
    assert told["sex", ""] == "HTCDS 2.0 prs_Gender"
    assert told["sex", "P"] == "Feminine"
    assert told["kind", "sexual"] == "SexualExploitation"
    assert told["kind", "several"] == ""


def test_no_hidden_number_is_in_any_file(one):
    document = json.loads(one.document)
    rows = [row for table in document["tables"] if table["code"] == "returns_by_person" for row in table["rows"]]
    girls = [row for row in rows if row.get("place") == "61.01" and row.get("age") == "00" and row.get("sex") == "P"]
    assert [row["count"] for row in girls] == [None]
    assert all(row["count"] is None or row["count"] == 0 or row["count"] >= 11 for row in rows)


def test_the_map_is_a_picture_of_its_own(one):
    assert one.picture.startswith("<svg xmlns=")
    assert one.picture.count("data-c=") == 14
    assert "<script" not in one.picture
