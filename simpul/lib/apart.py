"""A workbook opened in a process of its own, with bounds on memory and time.

The tables inside an XLS or ODS file state how large they are, and whoever reads them believes it: one byte may ask for
a terabyte, and the process that asks is ended by the system. Here only a short-lived process is, and the file is
refused as damaged.
"""

import io
import pickle
import subprocess
import sys
from typing import Any, BinaryIO, cast

MOST_MEMORY = 2 * 1024**3
MOST_SECONDS = 60

# (name, rows, is hidden, merged cells) of each sheet.
Sheets = list[tuple[str, list[list[Any]], bool, list[tuple[tuple[int, int], tuple[int, int]]]]]


class Failed(Exception):
    """A workbook that could not be opened apart. `reason` is the code of a refusal."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def opened(data: bytes, *, most_rows: int, most_columns: int, most_long: tuple[int, int]) -> Sheets:
    """The sheets of a workbook; raises `Failed`.

    `most_long` is (rows, columns): a sheet with more rows than the first may have no more columns than the second.
    """
    bounds = [str(bound) for bound in (most_rows, most_columns, *most_long)]
    command = [sys.executable, "-I", __file__, *bounds, *sys.path]
    try:
        answer = subprocess.run(command, input=data, capture_output=True, timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise Failed("broken") from None
    if answer.returncode:
        raise Failed("broken")
    # What comes back was written by the function below, of cells that are numbers, texts and days.
    reason, sheets = cast("tuple[str, Sheets]", pickle.loads(answer.stdout))
    if reason:
        raise Failed(reason)
    return sheets


def _limit() -> None:
    """Bound this process. Where the system knows no bounds, the sizes are still looked at before they are used."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (("RLIMIT_AS", MOST_MEMORY), ("RLIMIT_CPU", MOST_SECONDS), ("RLIMIT_CORE", 0)):
        try:
            resource.setrlimit(getattr(resource, kind), (most, most))
        except (ValueError, OSError):
            continue


def _sheets(data: bytes, most_rows: int, most_columns: int, long: int, wide: int) -> tuple[str, Sheets]:
    import python_calamine as calamine

    found: Sheets = []
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        for about in book.sheets_metadata:
            if about.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            rows, columns = (last + 1 for last in sheet.end or (-1, -1))
            if columns > most_columns or (rows > long and columns > wide):
                return "too_wide", []
            if rows > most_rows:
                return "too_large", []
            is_hidden = about.visible != calamine.SheetVisibleEnum.Visible
            cells = sheet.to_python(skip_empty_area=False)
            found.append((about.name, cells, is_hidden, sheet.merged_cell_ranges or []))
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError) as problem:
        return "password" if "password" in str(problem).lower() else "broken", []
    return "", found


def main(arguments: list[str], data: BinaryIO, out: BinaryIO) -> None:
    """The work of the process: bytes in, sheets out."""
    sys.path.extend(arguments[4:])
    _limit()
    most_rows, most_columns, long, wide = map(int, arguments[:4])
    out.write(pickle.dumps(_sheets(data.read(), most_rows, most_columns, long, wide)))


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer)
