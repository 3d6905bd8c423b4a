"""Reads a PDF back: what stands on its pages, and everything that is in the file at all.

It knows as much of PDF as the typesetter writes, so that the tests need no other program on the machine.
"""

import re
import zlib

from django.utils import translation

from simpul.reference.citations import cited

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\s*(.*?)\s*endobj", re.S)
_TOKEN = re.compile(rb"[(]|<[0-9A-Fa-f\s]*>(?!>)|/[\w.+-]+|[A-Za-z*']+")
_BRACKET = re.compile(rb"\\.|[()]", re.S)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.S)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages(pdf):
    """The text of each page, in the order in which it is set, its runs separated by blanks."""
    objects = _objects(pdf)
    found = []
    for body in objects.values():
        if re.search(rb"/Type/Page\b(?!s)", body):
            fonts = {name: _letters(objects, number) for name, number in _fonts(objects, body)}
            content = _stream(objects[_reference(body, b"Contents")])
            found.append(" ".join(_runs(content, fonts)))
    return found


def words(pdf):
    """Everything on the pages without any blank, to look for words however their lines are broken."""
    return squeezed(" ".join(pages(pdf)))


def squeezed(text):
    return re.sub(r"\s", "", text)


def says(pdf, *parts):
    """Whether every part stands on the pages, in Indonesian where the paper cites the law."""
    found = words(pdf)
    with translation.override("id"):
        return [part for part in parts if squeezed(cited(str(part))) not in found] == []


def everything(pdf):
    """The file with all its streams unpacked, as text: what somebody finds who looks into it."""
    unpacked = b"\n".join(_stream(body) for body in _objects(pdf).values() if b"stream" in body)
    return (pdf + unpacked).decode("latin-1")


def typefaces(pdf):
    return {name.decode() for name in re.findall(rb"/FontName/(?:[A-Z]{6}\+)?([\w-]+)", pdf)}


def _objects(pdf):
    return {int(number): body for number, body in _OBJECT.findall(pdf)}


def _stream(body):
    head, _, rest = body.partition(b"stream")
    data = rest.lstrip(b"\r").removeprefix(b"\n").rpartition(b"endstream")[0]
    return zlib.decompressobj().decompress(data) if b"FlateDecode" in head else data


def _reference(body, key):
    return int(re.search(rb"/" + key + rb"\s+(\d+) 0 R", body)[1])


def _fonts(objects, page):
    """The fonts of a page by their names there; they stand in the page or in an object it points to."""
    places = [page, *(objects[int(number)] for number in re.findall(rb"/Resources\s+(\d+) 0 R", page))]
    for place in places:
        for listed in re.findall(rb"/Font<<(.*?)>>", place, re.S):
            for name, number in re.findall(rb"/([\w.+-]+)\s+(\d+) 0 R", listed):
                yield b"/" + name, int(number)


def _letters(objects, font):
    """Which text each glyph of a font stands for."""
    table = _stream(objects[_reference(objects[font], b"ToUnicode")]).partition(b"endcodespacerange")[2]
    pairs = re.findall(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>", table)
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}


def _runs(content, fonts):
    """The text of each run between BT and ET."""
    run, letters, is_text = "", {}, False
    for token in _tokens(content):
        if token in {b"BT", b"ET"}:
            is_text = token == b"BT"
            yield run
            run = ""
        elif token in fonts:
            letters = fonts[token]
        elif is_text and token[:1] in b"(<":
            run += _read(token, letters)


def _tokens(content):
    at = 0
    while found := _TOKEN.search(content, at):
        at = _end_of_string(content, found.start()) if found[0] == b"(" else found.end()
        yield content[found.start() : at]


def _end_of_string(content, start):
    """A string may hold brackets that match one another as they are."""
    depth = 0
    for found in _BRACKET.finditer(content, start):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if not depth:
            return found.end()
    raise ValueError("A string of the PDF has no end.")


def _read(token, letters):
    if token[:1] == b"<":
        glyphs = bytes.fromhex(token[1:-1].decode())
    else:
        glyphs = _ESCAPE.sub(
            lambda m: bytes([int(m[1], 8)]) if m[1].isdigit() else _ESCAPED.get(m[1], m[1]), token[1:-1]
        )
    return "".join(letters.get(int.from_bytes(glyphs[n : n + 2]), "\ufffd") for n in range(0, len(glyphs), 2))
