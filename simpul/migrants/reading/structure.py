"""The shape of a sheet: where its tables begin, how many rows their headings take, and what each row below is.

A list made for the eye carries titles, groups of headings, numbers under the headings, sections, sums, notes and
signatures around its people. Each row is told apart by what stands in it, so that none is lost and none is taken for
a person that is not.
"""

import re
from dataclasses import dataclass

from simpul.lib.texts import folded
from simpul.migrants.reading import heading_words, headings, values

MOST_HEADER_ROWS = 4
PERSON, BLANK, NUMBERS, TOTAL, SECTION, RECAP, FOOT, HEADER, MORE, NOTE = (
    "person", "blank", "numbers", "total", "section", "recap", "foot", "header", "more", "note",
)  # fmt: skip

_TOTAL = re.compile(r"^(?:grand\s*total|sub\s*-?\s*total|sub\s*jumlah|jumlah|total|jml|jlh|jumlh)\b", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"^(?:mengetahui|menyetujui|nip\b|nrp\b|pangkat|kepala\b|plt\b|a n kepala|an kepala|konsul\b|petugas|yang menerima"
    r"|yang menyerahkan|dibuat oleh|disusun oleh|koordinator|ketua tim|penanggung jawab|hormat kami|ttd\b|tertanda"
    r"|pembina|penata\b|sekretaris|kasubbag|pelaksana fungsi|atas nama|prepared by|head of|camat\b|lurah\b|kades\b"
    r"|kepala desa|pejabat|komandan|yang membuat|penerima|diserahkan oleh|diterima oleh|saksi)"
)
_PLACE_AND_DAY = re.compile(r"^[A-Za-z .'-]{3,30},?\s*(?:tanggal\s*)?\d{1,2}\s+[A-Za-z]{3,10}\s+\d{4}$")
_FOOTNOTE = re.compile(
    r"^(?:\*+|\d?\)|ket(?:erangan)?\s*[:.]|catatan|note\b|nb\b|n\.b|sumber|keterangan$|dicetak|printed)", re.IGNORECASE
)
_ENUMERATION = re.compile(r"^(?:[A-Z]|[IVX]{1,5}|\d{1,2})\s*[.)]\s+(?=\D)")
_COUNT = re.compile(r"\s*[:=(–-]?\s*\(?\s*(\d{1,5})\s*(?:orang|org|pmi|wni|jiwa|people)?\s*\)?\s*$", re.IGNORECASE)
_DATA = re.compile(r"\d{4}|\d\d?[-/]\d\d?[-/]\d")
_RECAP = re.compile(r"^(?:rekap|rekapitulasi|ringkasan|rincian|summary|recapitulation|recap|resume)\b")
_PAGE = re.compile(r"^(?:hal(?:aman)?|page)\b\.?\s*:?\s*\d+", re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """One table: the row its headings begin in, the row its people may begin in, and the one they end before."""

    top: int
    begin: int
    end: int
    first: int
    last: int
    parts: tuple
    header: frozenset = frozenset()

    def keys(self):
        """The headings, for telling tables of the same form."""
        return tuple(headings.key_of(parts) for parts in self.parts)


def texts_of(sheet):
    """The cells as texts, with merged cells filled: to the right everywhere, downwards below their first row too."""
    rows = [[values.text_of(cell) if cell != "" else "" for cell in row] for row in sheet.rows]
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    return rows


def without_sums_beside(rows):
    """(rows without them, their rows): lists of sums that stand beside a table, apart by an empty column."""
    width = max(map(len, rows), default=0)
    used = [any(row[column] for row in rows) for column in range(width)]
    bands = _runs(used)
    if len(bands) < 2:
        return rows, []
    cells = {band: sum(bool(text) for row in rows for text in row[band[0] : band[1]]) for band in bands}
    main = max(bands, key=cells.get)
    beside = [band for band in bands if band != main and _holds_sums(rows, band)]
    if not beside:
        return rows, []
    hidden = {column for band in beside for column in range(*band)}
    kept = [["" if column in hidden else text for column, text in enumerate(row)] for row in rows]
    return kept, [row[band[0] : band[1]] for band in beside for row in rows if any(row[band[0] : band[1]])]


def _runs(used):
    runs, first = [], None
    for column, is_used in enumerate([*used, False]):
        if is_used and first is None:
            first = column
        elif not is_used and first is not None:
            runs.append((first, column))
            first = None
    return runs


def _holds_sums(rows, band):
    """Whether most lines of some columns are a label and counts."""
    lines = [[text for text in row[band[0] : band[1]] if text] for row in rows]
    pairs = [line for line in lines if len(line) > 1]
    sums = [line for line in pairs if _is_sum(line)]
    beside = [
        line for line, row in zip(lines, rows, strict=True) if len(line) > 1 and sum(map(bool, row)) > len(line) + 1
    ]
    if sum(map(_is_sum, beside)) < 0.5 * len(beside):
        return False
    is_titled = any(is_recap_title(text) or _TOTAL.match(text) for line in lines for text in line)
    # Ticks and running numbers beside people are no sums, though a sum stands below them.
    is_sums = len(sums) > 1 and len(sums) >= max(0.6 * len(pairs), 0.4 * len(lines))
    return is_titled and is_sums and band[1] - band[0] < 7 and not _tells_of_people(rows, band)


def _is_sum(line):
    """A label and counts: "Laki-laki | 12"."""
    is_label = not is_count(line[0]) and not _DATA.search(line[0])
    return is_label and all(is_count(text) for text in line[1:])


def _tells_of_people(rows, band):
    """Whether the last column of a band is headed as only a column of people is: over counts stands JUMLAH, L, or P."""
    texts = {row[band[1] - 1] for row in rows} - {""}
    found = [headings.of((text,)) for text in texts if _may_be_heading(text)]
    return any(match.code and not match.is_weak and not match.code.startswith("sex") for match in found)


def blocks_of(rows, merged, known=frozenset()):
    """The tables of a sheet, from top to bottom; a repeated header on a new page begins none.

    `known` are headings that a sender used before, folded.
    """
    cores = _header_cores(rows, known)
    found, covered = [], -1
    for core in cores:
        if core <= covered:
            continue
        top, bottom = _span(rows, core, covered + 1)
        found.append((top, bottom))
        covered = bottom
    blocks = []
    for number, (top, bottom) in enumerate(found):
        end = found[number + 1][0] if number + 1 < len(found) else len(rows)
        parts = _parts(rows, merged, top, bottom)
        if blocks and blocks[-1][3] == _significant(parts):
            blocks[-1] = (*blocks[-1][:2], end, *blocks[-1][3:])
            continue
        blocks.append((top, bottom + 1, end, _significant(parts), parts))
    split = []
    for top, begin, end, _key, parts in blocks:
        split += _side_by_side(rows, top, begin, end, parts)
    return split


def is_form(rows):
    """Whether the headings stand beneath each other, as in a form, a list turned on its side, or a message."""
    if any(is_header_row(row) for row in rows):
        return False
    width = max(map(len, rows), default=0)
    return any(_lists_headings([row[column] for row in rows[:200] if row[column]]) for column in range(min(width, 4)))


def _lists_headings(texts):
    labels = [_ENUMERATION.sub("", text.partition(":")[0].strip()) for text in texts]
    found = [headings.of((label,)).code for label in labels if label and _is_short(label)]
    codes = {code for code in found if code}
    return len(codes) > 2 and "name" in codes and sum(map(bool, found)) >= 0.6 * len(texts)


def without_header(rows):
    """One block for a sheet that has no headings at all."""
    width = max(map(len, rows), default=0)
    return Block(0, 0, len(rows), 0, width, ((),) * width)


def is_header_row(row, known=frozenset()):
    """Whether a row consists of headings, as the first row of a table and its repetition on each page do."""
    filled = hits = strong = 0
    for text in row:
        if not text:
            continue
        filled += 1
        if _DATA.search(text) and strong < 4:
            return False
        if known and folded(text) in known:
            hits, strong = hits + 1, strong + 1
            continue
        if filled > 6 and not hits:
            return False
        if _may_be_heading(text):
            match = headings.of((text,))
            hits += bool(match.code)
            strong += bool(match.code) and not match.is_weak
    return (strong >= 2 and hits >= 0.5 * filled) or strong >= 5


def is_number_row(row):
    """Whether a row counts the columns: 1 2 3 4, (1) (2) (3), and letters alike."""
    numbers = [text.strip("().- ") for text in row if text]
    if len(numbers) > 3 and [number.lower() for number in numbers] == list(
        "abcdefghijklmnopqrstuvwxyz"[: len(numbers)]
    ):
        return True
    if len(numbers) < 3 or not all(number.isdecimal() and len(number) < 3 for number in numbers):
        return False
    counted = [int(number) for number in numbers]
    steps = sum(b - a == 1 for a, b in zip(counted, counted[1:], strict=False))
    return counted[0] in (1, 2) and steps >= 0.7 * (len(counted) - 1)


def is_total(row):
    """Whether a row is a sum: its first text says so."""
    texts = [text for text in row if text and not text.isdecimal()][:2]
    return any(_TOTAL.match(_ENUMERATION.sub("", text)) for text in texts)


def section_text(text):
    """(text, count) of a section row: "A. KABUPATEN SAMBAS (12 orang)" is KABUPATEN SAMBAS and 12."""
    text = _ENUMERATION.sub("", text).strip(" :.-*")
    match = _COUNT.search(text)
    if match and match.start() > 0:
        return text[: match.start()].strip(" :.-("), int(match[1])
    return text, None


def is_signature(text):
    """Whether a row begins the place for signatures below a list."""
    return bool(_PLACE_AND_DAY.match(text) or _SIGNATURE.match(folded(text)))


def is_recap_title(text):
    """Whether a text begins a recapitulation."""
    return bool(_RECAP.match(folded(text)))


def is_footnote(text):
    return bool(_FOOTNOTE.match(text) or _PAGE.match(text)) or len(text.split()) > 9


def _header_cores(rows, known):
    found = [number for number, row in enumerate(rows) if is_header_row(row, known)]
    return found or _misspelt_cores(rows) or _wordy_cores(rows)


def _wordy_cores(rows):
    """The first row of words alone above rows that hold numbers: headings that nobody knows."""
    for number, row in enumerate(rows[:15]):
        texts = [text for text in row if text]
        if len(texts) < 3 or any(sign.isdigit() for text in texts for sign in text):
            continue
        below = [each for each in rows[number + 1 : number + 21] if sum(map(bool, each)) * 2 >= len(texts)]
        for column, text in enumerate(row):
            cells = [each[column] for each in below if each[column]]
            if text and cells and sum(any(map(str.isdigit, cell)) for cell in cells) >= 0.8 * len(below):
                return [number]
    return []


def _misspelt_cores(rows):
    """The row with headings that are misspelt or few, where no row is plainly a header."""
    best, most = None, 0
    for number, row in enumerate(rows[:40]):
        texts = [text for text in row if text and _is_short(text)]
        found = [headings.of((text,), is_spelled=True) for text in texts]
        hits = sum(bool(match.code) and not match.is_weak for match in found)
        # "No | Nama | L/P": one plain heading is enough where the others can be nothing else.
        is_plain = hits >= 2 or (hits and (found[0].code == "name" or all(match.code for match in found)))
        if hits > most and is_plain and hits * 2 >= sum(map(bool, row)) - sum(match.is_weak for match in found):
            best, most = number, hits
    return [] if best is None else [best]


def _may_be_heading(text):
    if not _is_short(text):
        return False
    first = text.split(None, 1)[0].lower().strip(".,:/()*-")
    return (
        first in heading_words.WORDS
        or first in heading_words.EXPANDED
        or first in heading_words.FILLERS
        or not first.isalpha()
    )


def _is_short(text):
    return len(text) <= headings.LONGEST and not text.isdecimal()


def _span(rows, core, earliest):
    """The first and last row of a header around its fullest row."""
    top = bottom = core
    while top > earliest and core - top < 2 and _belongs_above(rows[top - 1]):
        top -= 1
    while bottom + 1 < len(rows) and bottom - top + 1 < MOST_HEADER_ROWS and _belongs_below(rows, bottom):
        bottom += 1
    return top, bottom


def _belongs_above(row):
    texts = [text for text in row if text]
    if not texts or not all(_is_short(text) for text in texts):
        return False
    if len(texts) == 1:
        return headings.is_group(texts[0])
    return sum(headings.is_like_heading(text) for text in texts) >= 0.7 * len(texts)


def _belongs_below(rows, bottom):
    row, above = rows[bottom + 1], rows[bottom]
    texts = [(column, text) for column, text in enumerate(row) if text]
    if not texts or is_number_row(row) or is_total(row):
        return False
    like = sum(headings.is_like_heading(text) for _, text in texts)
    if like < 0.7 * len(texts) or any(not _is_short(text) for _, text in texts):
        return False
    if row == above or _is_repeated(row, above):
        return False
    # Values such as "L" and "Paspor" read like headings, and a section "PEREMPUAN" too: alone they are none.
    if len(texts) == 1:
        column, text = texts[0]
        return bool(above[column]) and not set(heading_words.tokens(text)) <= heading_words.WEAK | heading_words.FILLERS
    return True


def _is_repeated(row, above):
    same = sum(bool(text) and text == other for text, other in zip(row, above, strict=False))
    return same >= 3


def _parts(rows, merged, top, bottom):
    """For each column its headings from top to bottom, groups spread over the columns they span."""
    width = len(rows[top])
    lines = [list(rows[number]) for number in range(top, bottom + 1)]
    for first, left, last, right in merged:
        if top <= first <= bottom:
            text = rows[first][left] if left < width else ""
            for row in range(first, min(last, bottom) + 1):
                for column in range(left, min(right, width - 1) + 1):
                    lines[row - top][column] = text
    for upper, lower in zip(lines, lines[1:], strict=False):
        _spread(upper, lower)
    return tuple(tuple(line[column] for line in lines) for column in range(width))


def _spread(upper, lower):
    """A group that was not merged stands over its first column; the columns to its right are blank above."""
    group = ""
    for column, text in enumerate(upper):
        if text:
            group = text if lower[column] and lower[column] != text else ""
        elif group and lower[column]:
            upper[column] = group
        else:
            group = ""


def _significant(parts):
    return tuple(headings.key_of(each) for each in parts if any(each))


def _side_by_side(rows, top, begin, end, parts):
    """Tables that stand beside each other: apart by an empty column, or with the same headings begun anew."""
    spans = _bands(rows, begin, end, parts)
    return [
        Block(top, begin, end, first, last, parts, frozenset(tuple(row[first:last]) for row in rows[top:begin]))
        for first, last in spans
    ]


def _bands(rows, begin, end, parts):
    used = [any(each) or any(rows[row][column] for row in range(begin, end)) for column, each in enumerate(parts)]
    bands, first = [], None
    for column in [*range(len(parts)), None]:
        if column is not None and used[column]:
            if first is not None and _begins_anew(parts, first, column):
                bands.append((first, column))
                first = column
            first = column if first is None else first
        elif first is not None:
            bands.append((first, len(parts) if column is None else column))
            first = None
    return _joined(rows, begin, end, bands, parts)


def _begins_anew(parts, first, column):
    """Whether the headings of a table start again in a column: NO NAMA UMUR NO NAMA UMUR."""
    keys = [headings.key_of(each[-1:]) or headings.key_of(each) for each in parts[first:]]
    size = column - first
    return size >= 2 and bool(keys[0]) and keys[0] == keys[size] and keys[1:size] == keys[size + 1 : 2 * size]


def _joined(rows, begin, end, bands, parts):
    """Bands that belong to one table: an empty column between columns filled in the same rows is only a gap."""
    if len(bands) < 2:
        return bands
    named = [any(_code(each) == "name" for each in parts[first:last]) for first, last in bands]
    if sum(named) != 1:
        return bands if any(named) else [(bands[0][0], bands[-1][1])]
    # Recapitulations and signatures below tell nothing of what stands beside the people.
    stop = next(
        (row for row in range(begin + 1, end) if is_total(rows[row]) or any(map(is_recap_title, rows[row]))), end
    )
    filled = [{row for row in range(begin, stop) if any(rows[row][first:last])} for first, last in bands]
    home = named.index(True)
    first, last = bands[home]
    apart = []
    for number, band in enumerate(bands):
        if number != home and _belongs(rows, band, filled[number], filled[home], parts):
            first, last = min(first, band[0]), max(last, band[1])
        elif number != home:
            apart.append(band)
    return [(first, last), *(band for band in apart if not first < band[0] < last)]


def _belongs(rows, band, filled, main, parts):
    """Whether a band beyond an empty column is part of the table: known headings, or cells beside most people."""
    lines = [[text for text in rows[row][band[0] : band[1]] if text] for row in sorted(filled)]
    sums = [line for line in lines if len(line) > 1 and is_count(line[-1]) and not is_count(line[0])]
    if lines and len(sums) > 0.6 * len(lines) and band[1] - band[0] < 5 and not _code(parts[band[1] - 1]):
        return False
    shared = len(filled & main)
    if any(_code(each) for each in parts[band[0] : band[1]]):
        return shared >= 0.5 * min(len(filled), len(main))
    return shared >= 0.8 * max(len(main), 1)


def common_group(block):
    """The text that stands over all columns of a table, as LAKI-LAKI over one of two tables side by side."""
    tops = {parts[0] for parts in block.parts[block.first : block.last] if len(parts) > 1 and any(parts)}
    return tops.pop() if len(tops) == 1 else ""


def _code(parts):
    return headings.of(tuple(parts)).code


def is_count(text):
    """Whether a text is a count of people: "12", "12 orang"."""
    return bool(re.fullmatch(r"\d{1,5}(?:\s*(?:orang|org|pmi|wni|jiwa))?\.?", text, re.IGNORECASE))
