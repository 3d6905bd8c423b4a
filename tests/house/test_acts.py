"""Every word of the journal is written somewhere: the book promises nothing that no act does."""

import re
from pathlib import Path

from simpul.journal.acts import Act

ROOT = Path(__file__).resolve().parents[2]


def test_every_act_of_the_journal_is_entered_by_some_room():
    written = set()
    for path in (ROOT / "simpul").rglob("*.py"):
        # The list of the words, and the page that reads them aloud, write none of them.
        if path.name not in {"acts.py", "timeline.py"}:
            written |= set(re.findall(r"\bAct\.([A-Z_]+)", path.read_text(encoding="utf-8")))
    assert {act.name for act in Act} - written == set()
