"""Reading registers for the peers, as any analyst would prepare them: capitals, no double spaces, dates as ISO.

Cells that say nothing are emptied. Nothing here knows Indonesian names.
"""

import argparse
import csv
import re
from typing import NamedTuple

NOTHING = {"", "-", "X", "0", "NULL", "N/A"}
MONTHS = ("JANUARI", "FEBRUARI", "MARET", "APRIL", "MEI", "JUNI", "JULI", "AGUSTUS", "SEPTEMBER", "OKTOBER", "NOVEMBER",
          "DESEMBER")  # fmt: skip
PERSON = ("name", "nik", "dob", "birth_year", "sex", "father", "mother", "desa", "kab", "paspor", "phone")


class Asked(NamedTuple):
    """What a peer is asked: the registers, each a list of rows, and where its pairs are to be written."""

    lists: list
    output: str

    def shape(self, *, person, febrl):
        """What is known of these registers: that of persons, or of the FEBRL lists."""
        return febrl if "soc_sec_id" in self.lists[0][0] else person


def asked(about, arguments=None):
    """What stands on the command line of a peer: FILE [FILE] -o PAIRS."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("files", nargs="+")
    parser.add_argument("-o", "--output", required=True)
    options = parser.parse_args(arguments)
    return Asked([rows(path) for path in options.files], options.output)


def rows(path):
    """The rows of a register, tidied."""
    with open(path, encoding="utf-8", newline="") as file:
        return [tidied(row) for row in csv.DictReader(file)]


def truth(paths, *, column="cluster"):
    """({(left_id, right_id) of the same person}, the ids): pairs within one file, or between two."""
    files = [_groups(path, column) for path in paths]
    if len(files) == 1:
        pairs = {
            tuple(sorted((one, two))) for ids in files[0].values() for at, one in enumerate(ids) for two in ids[:at]
        }
    else:
        left, right = files
        pairs = {(one, two) for cluster, ids in left.items() for one in ids for two in right.get(cluster, ())}
    return pairs, [[each for ids in groups.values() for each in ids] for groups in files]


def _groups(path, column):
    groups = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            groups.setdefault(row[column], []).append(row["rec_id"])
    return groups


def tidied(row):
    row = {column: " ".join(cell.upper().split()) if column != "rec_id" else cell for column, cell in row.items()}
    row = {column: "" if cell in NOTHING else cell for column, cell in row.items()}
    if "nik" not in row:
        return row
    nik, phone = re.sub(r"\D", "", row["nik"]), re.sub(r"\D", "", row["phone"])
    row["nik"] = nik if len(nik) == 16 and len(set(nik)) > 1 else ""
    row["phone"] = "0" + phone[2:] if phone.startswith("62") else phone
    row["dob"] = date(row["dob"])
    row["birth_year"] = row["birth_year"] or row["dob"][:4]
    parts = row["name"].split()
    row["first"], row["last"] = (parts[0], parts[-1] if len(parts) > 1 else "") if parts else ("", "")
    return row


def date(text):
    """A date as ISO, or nothing."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return text
    if found := re.fullmatch(r"(\d{1,2})[-/ ](\d{1,2}|[A-Z]+)[-/ ](\d{4})", text):
        day, month, year = found.groups()
        month = MONTHS.index(month) + 1 if month in MONTHS else int(month) if month.isdigit() else 0
        return f"{year}-{month:02}-{int(day):02}" if month else ""
    return ""


def keep_pairs(path, pairs):
    """Write [(left_id, right_id, probability)]."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("left_id", "right_id", "probability"))
        writer.writerows((left, right, f"{probability:.6f}") for left, right, probability in pairs)
