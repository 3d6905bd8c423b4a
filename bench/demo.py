"""Loading the invented year into an empty demonstration."""

import shutil
import sqlite3
import tempfile
import time
from pathlib import Path

from bench.figures import Figure
from bench.installation import end, free_port, serve


def run(_arguments):
    folder = Path(tempfile.mkdtemp(prefix="simpul-bench-"))
    try:
        started = time.monotonic()
        process = serve(folder / "home", free_port(), patience=600, more={"SIMPUL_DEMO": "1"})
        seconds = time.monotonic() - started
        end(process)
        counts = {table: count(folder / "home", table) for table in ("intake_report", "cases_case", "journal_entry")}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return [
        Figure(
            "first start with the invented year (keys, tables, catalogues, places, the year itself)",
            f"{seconds:.0f} s; {counts['intake_report']} reports, {counts['cases_case']} cases, "
            f"{counts['journal_entry']:,} entries in the journal",
            "the year in under 60 s",
        )
    ]


def count(home, table):
    database = sqlite3.connect(f"file:{home / 'simpul.sqlite3'}?mode=ro", uri=True)
    try:
        return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    finally:
        database.close()
