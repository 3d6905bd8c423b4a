"""Which figures of a benchmark are kept in docs/performance.md."""

import types

import pytest

from bench import __main__ as bench
from bench import figures


@pytest.mark.parametrize(
    ("arguments", "is_kept"),
    [(["page"], True), (["page", "--dry"], False), (["page", "--only", "form"], False),
     (["page", "--only", "form", "--keep"], True)],
)  # fmt: skip
def test_what_was_measured_in_part_is_kept_only_when_asked(monkeypatch, arguments, is_kept):
    kept = []
    monkeypatch.setattr(bench, "import_module", lambda _name: types.SimpleNamespace(run=lambda _options: []))
    monkeypatch.setattr(bench.signal, "signal", lambda *_asked: None)
    monkeypatch.setattr(figures, "keep", lambda name, _found: kept.append(name))
    assert bench.main(arguments) == 0
    assert bool(kept) is is_kept
