"""Tables as offices keep them, for the tests of `simpul scan`."""

import io

import pytest

from simpul.console import alone

PLACES = """kode;nama;lintang;bujur
A;Sambas;1.36;109.30
B;Bengkayang;0.80;109.60
C;Sanggau;0.12;110.60
D;Sintang;0.07;111.50
"""
PEOPLE = "kode,tahun,penduduk\nA,2020,5000\nB,2020,3000\nC,2020,4000\nD,2020,2000\n"
CASES = "kode,tanggal,kasus\nA,2024-01-05,3\nB,15 Maret 2024,1\nC,03/2024,1\nD,2024-06,6\nA,2024-05-30,1\n"


@pytest.fixture
def scan(tmp_path, monkeypatch):
    """Writes tables and runs the command in their folder: (code, out, err)."""
    monkeypatch.chdir(tmp_path)

    def run(*options, cases=CASES, people=PEOPLE, places=PLACES):
        for name, text in (("cases.csv", cases), ("people.csv", people), ("places.csv", places)):
            (tmp_path / name).write_text(text)
        out, err = io.StringIO(), io.StringIO()
        code = alone.main("scan", ["cases.csv", *options, "--language", "en"], out=out, err=err)
        return code, out.getvalue(), err.getvalue()

    return run


WITH_PEOPLE = ("--population", "people.csv", "--places", "places.csv", "--replicas", "19")
ALONE = ("--places", "places.csv", "--replicas", "19")
