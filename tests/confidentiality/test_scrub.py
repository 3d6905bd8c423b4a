"""The log: whatever looks like a person is masked before it is written."""

import io
import logging

import pytest

from simpul.confidentiality.scrub import Masked, masked


@pytest.mark.parametrize(
    "personal",
    [
        "6107070101010001", "6107 0701 0101 0001", "081255550101", "+62 812-5555-0101", "(0812) 5555-0101",
        "0812 - 5555 - 0101", "0812.5555.0101", "melati.k+1@example.co.id", "4821 0937 1122 3344 5566 7788 9900",
        "NIK6107070101010001", "nik=6107070101010001;", "081255550101.", "081255550101?",
    ],
)  # fmt: skip
@pytest.mark.parametrize("sentence", ["{}", "Hubungi {} segera", "('{}',)", "ditulis:{}.", "x{}"])
def test_numbers_and_addresses_of_persons_are_masked(personal, sentence):
    found = masked(sentence.format(personal))
    assert "•••" in found
    assert not any(part in found for part in ("6107", "5555", "0101", "0937", "example"))


@pytest.mark.parametrize(
    "line", ["Not Found: /lapor/", "GET /status/ 200", "port 8000", "took 12.5 s", "L-2026", "61.07.07"]
)
def test_what_an_operator_needs_stays(line):
    assert masked(line) == line


def written(log):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Masked())
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger = logging.Logger("test")
    logger.addHandler(handler)
    log(logger)
    return stream.getvalue()


def test_a_line_is_masked_with_its_values():
    line = written(lambda log: log.warning("NIK %s of %s", "6107070101010001", {"phone": "081255550101"}))
    assert line == "WARNING NIK ••• of {'phone': '•••'}\n"


def test_a_traceback_is_masked_too():
    def log_a_failure(log):
        try:
            int("081255550101x")
        except ValueError:
            log.exception("Could not read 6107070101010001")

    lines = written(log_a_failure)
    assert "ValueError" in lines
    assert "invalid literal" in lines
    assert "081255550101" not in lines.replace('int("081255550101x")', "")
    assert "6107070101010001" not in lines


def test_the_log_of_the_installation_is_masked(settings):
    handlers = settings.LOGGING["handlers"]
    assert handlers
    assert all("masked" in handler["filters"] for handler in handlers.values())
