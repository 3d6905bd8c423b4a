"""What of the truth a reading does not hold."""


def shortcomings(reading, sample):
    """What of the truth a reading does not hold, one sentence each; empty if it holds all of it."""
    rows = {(row.sheet, row.row): row.values for row in reading.rows}
    known = {(sheet, row) for sheet, row, _ in sample.people}
    if not sample.filename.endswith(("xlsx", "xls", "ods", "xlsm")):
        # A CSV has no sheets: its only one may be called anything.
        rows = {("", row): values for (_, row), values in rows.items()}
        known = {("", row) for _, row in known}
    found = [f"{place} is no person" for place in sorted(set(rows) - known)]
    for sheet, row, truth in sample.people:
        values = rows.get((sheet, row)) or rows.get(("", row))
        if values is None:
            found.append(f"row {row} of {sheet} is lost")
        else:
            found += [f"row {row}: {each}" for each in _differences(values, truth, sample)]
    return found + _unlike_printed(reading, sample)


def _differences(values, truth, sample):
    for key, expected in truth.items():
        got = values.get(key)
        if key in sample.doubtful and not got:
            continue
        if _plain(got) != _plain(expected):
            yield f"{key} is {got!r}, not {expected!r}"


def _plain(value):
    return " ".join(value.split()).casefold() if isinstance(value, str) else value or None


def _unlike_printed(reading, sample):
    found = []
    for key, number in sample.printed.items():
        if reading.totals.printed.get(key) != number:
            found.append(f"the printed {key} is {reading.totals.printed.get(key)}, not {number}")
    if sample.differs is not None and bool(reading.totals.differences) != sample.differs:
        found.append(f"differences of totals: {reading.totals.differences}")
    return found
