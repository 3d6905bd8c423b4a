"""The register: a long file of migrant workers is imported by the operator's command, then read at the desk.

Every person is invented.
"""

import argparse
import csv
import os
import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from random import Random

from bench.desk import Officer, spread
from bench.figures import CannotMeasure, Figure
from bench.installation import ROOT, Installation, environment

FULL, SMALL = 200_000, 20_000
HEAD = (
    "No", "Nama", "NIK", "L/P", "Tanggal Lahir", "Alamat", "Desa", "Kecamatan", "Kabupaten", "No. Paspor", "Status",
    "Negara", "Pekerjaan", "Tanggal Berangkat", "Akhir Kontrak", "Majikan", "P3MI",
)  # fmt: skip
FIRST = (
    "Agus", "Anastasia", "Bonifasius", "Dewi", "Fransiska", "Hendra", "Kornelius", "Lusia", "Maria", "Petrus", "Rini",
    "Siti", "Yohanes", "Yuliana",
)  # fmt: skip
LAST = (
    "Ajung", "Bunga", "Damianus", "Gunawan", "Kusuma", "Lestari", "Libau", "Mulyadi", "Nurhayati", "Rahman", "Saputra",
    "Tandi", "Ujai", "Wati",
)  # fmt: skip
PLACES = (
    ("Jagoi", "Jagoi Babang", "Bengkayang", "610707"), ("Sekida", "Jagoi Babang", "Bengkayang", "610707"),
    ("Siding", "Siding", "Bengkayang", "610714"), ("Temajuk", "Paloh", "Sambas", "610108"),
    ("Sebunga", "Sajingan Besar", "Sambas", "610111"), ("Entikong", "Entikong", "Sanggau", "610314"),
)  # fmt: skip
WORK = ("perkebunan", "konstruksi", "jasa", "PLRT", "industri")
STATUS = ("Bekerja di luar negeri", "Sudah pulang", "Calon", "Dideportasi")
START = date(1965, 1, 1)
# Each leaf opens fifty names.
LEAF = "/desk/register/"
LEAVES = {
    "the first leaf": LEAF,
    "the first leaf of one regency": f"{LEAF}?tempat=61.07",
    "the last leaf": f"{LEAF}?hal=999999",
}


def run(arguments):
    parser = argparse.ArgumentParser(prog="python -m bench register")
    parser.add_argument("--rows", type=int, default=SMALL, help="lines of the file")
    parser.add_argument("--full", action="store_true", help=f"{FULL:,} lines")
    parser.add_argument("--times", type=int, default=40, help="how often each leaf is asked for")
    options = parser.parse_args(arguments)
    rows = FULL if options.full else options.rows
    with Installation() as installation:
        installation.stop()
        installation.tell("register_officer")
        file = installation.folder / "register.csv"
        write(file, rows)
        found = imported(installation, file, rows)
        installation.start()
        return [*found, *read(installation, rows, options.times)]


def imported(installation, file, rows):
    """What the command says, and what the system says of it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "simpul.console", "register", "import", str(file), "--by", "bench_returns"],
        cwd=ROOT, env=environment(installation.home), capture_output=True, text=True, check=False,
    )  # fmt: skip
    seconds = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise CannotMeasure((done.stderr.strip().splitlines() or ["no words"])[-1])
    print(f"   {done.stdout.strip().splitlines()[0]}", flush=True)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [
        Figure(
            f"register of {rows:,} people imported from CSV",
            f"{rows / seconds:,.0f} rows/s ({seconds:.0f} s; {cpu / rows * 1e6:.0f} µs of processor time each, of two "
            "processes)",
            "2,000 rows/s",
        ),
        Figure("memory of the larger process", f"{after.ru_maxrss / 1024:.0f} MB at most", "constant"),
        Figure("size of the database afterwards", f"{os.path.getsize(installation.database) / 1e6:,.0f} MB"),
    ]


def read(installation, rows, times):
    """How long an officer of the province waits for a leaf of the list, with the names on it."""
    officer, found = Officer(installation, "bench_returns"), []
    for name, path in LEAVES.items():
        seconds, size = officer.get(path, times)
        queries = installation.tell("queries", username="bench_returns", paths=path)[path]["queries"]
        words = f"{spread(seconds)}; {queries} queries; {size / 1000:.0f} kB"
        target = "under 150 ms p95" if path == LEAF else ""
        found.append(Figure(f"the register at the desk, {rows:,} people: {name}", words, target))
    return found


def write(file, rows):
    """A register as a village office keeps it: names, numbers and addresses of nobody."""
    random = Random("register")
    with file.open("w", newline="", encoding="utf-8") as made:
        table = csv.writer(made, delimiter=";")
        table.writerow(HEAD)
        for number in range(1, rows + 1):
            table.writerow(line(random, number))


def line(random, number):
    village, district, regency, code = random.choice(PLACES)
    born = START + timedelta(days=random.randrange(14_600))
    woman = random.random() < 0.4
    day = born.day + 40 if woman else born.day
    left = date(2022, 1, 1) + timedelta(days=random.randrange(1_400))
    return [
        number, f"{random.choice(FIRST)} {random.choice(FIRST)} {random.choice(LAST)}",
        f"{code}{day:02d}{born:%m%y}{number % 10_000:04d}" if number % 20 else "", "P" if woman else "L",
        f"{born:%d-%m-%Y}", f"Dusun {number % 60} RT {number % 9}", village, district, regency,
        f"C{number:07d}", random.choice(STATUS), "Malaysia", random.choice(WORK), f"{left:%d-%m-%Y}",
        f"{left + timedelta(days=730):%d-%m-%Y}", f"Ladang {number % 400} Sdn Bhd", f"PT Maju {number % 40}",
    ]  # fmt: skip
