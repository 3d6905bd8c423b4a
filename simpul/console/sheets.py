"""The sheets of the recovery kit: as they are printed for three people, and as they are read back.

The groups of a sheet are its only lines that begin with four blanks, so a file with the whole sheet can be read back
as well as the groups alone, typed from paper.
"""

from simpul.confidentiality import recovery

GROUPS_A_LINE = 6
_INDENT = "    "

_SHEET = """\
SIMPUL - {region}
Lembar pemulihan {number} dari 3 / Recovery sheet {number} of 3

Kunci / Key            {generation}
Dicetak / Printed      {printed_on:%Y-%m-%d}
Pemegang / Held by     ______________________________

{groups}

Simpan lembar ini terpisah dari dua lembar lain, tertutup, dan tidak di ruang server. Jangan difoto atau disalin ke
komputer. Satu lembar saja tidak membuka apa pun. Dua lembar bersama-sama membuka semua laporan dan berkas.
Bila opening.json hilang: dua pemegang menjalankan `simpul keys restore` dan mengetik kedua lembarnya.
Bila lembar ini hilang: beri tahu petugas pelindungan data, lalu jalankan `simpul keys rotate` dan cetak lembar baru.
Lembar dari tanggal cetak yang berbeda tidak cocok satu sama lain: musnahkan ketiga lembar lama bersama-sama.

Keep this sheet apart from the other two, sealed, and not in the server room. Do not photograph it or copy it to a
computer. One sheet alone opens nothing. Two sheets together open every report and file.
If opening.json is lost: two holders run `simpul keys restore` and type their sheets.
If this sheet is lost: tell the data protection officer, then run `simpul keys rotate` and print new sheets.
Sheets of different printings do not fit together: destroy all three old sheets at once.
"""


def printed(seed, *, generation, region, on):
    """Three pages of text for the three holders."""
    return [
        _SHEET.format(region=region, number=number, generation=generation, printed_on=on, groups=_in_lines(groups))
        for number, groups in enumerate(recovery.split(seed), start=1)
    ]


def groups_in(text):
    """The groups of one sheet out of the printed page, or the text itself where somebody typed only the groups."""
    lines = text.replace("\f", "\n").splitlines()
    indented = [line for line in lines if line.startswith(_INDENT)]
    return " ".join(" ".join(indented or lines).split())


def typed_sheets(lines):
    """Sheets typed one after the other with an empty line between them, as texts."""
    sheets = [[]]
    for line in lines:
        if line.strip():
            sheets[-1].append(line)
        elif sheets[-1]:
            sheets.append([])
    return [" ".join(sheet) for sheet in sheets if sheet]


def _in_lines(groups):
    words = groups.split()
    return "\n".join(
        _INDENT + " ".join(words[start : start + GROUPS_A_LINE]) for start in range(0, len(words), GROUPS_A_LINE)
    )
