"""Write docs/rights.md from the catalogue of rights and the stories that hold the system to them.

`make rights` writes it; `tests/house/test_rights_page.py` fails when it is not what the catalogue and the stories say.
"""

import ast
import csv
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA, STORIES, PAGE = ROOT / "data", ROOT / "tests" / "stories", ROOT / "docs" / "rights.md"

HEAD = """# Rights of a victim

What a victim of trafficking is owed under UU 21/2007 Articles 43 to 55 and the laws beside it; who owes it, by when,
and which story holds the system to it. This page is made from `data/rights.csv`, `data/obligations.csv`,
`data/legal_bases.csv` and `tests/stories/` by `make rights`; change those, not this page.

A right stands on the board of a victim (`simpul/cases/board.py`) in one of these states: not yet due, not spoken of
yet, informed, requested, running, met, refused by the victim, overdue, ended without it. Refusal is a normal state: it
has a day on which the right is offered again, closes no case and takes away no other right.

Marks tell how far a fact can be trusted: V verified in the primary text, S stated by a secondary source, C sources
conflict, G not verified. "Internal" is a target of Simpul's own where the law names no time.
"""
WHEN = {
    "always": "every victim",
    "threatened": "where the victim or the family is threatened",
    "abroad": "a victim who is still abroad",
    "sexual": "where there is sexual violence or exploitation",
    "child": "a child, or somebody whose age is disputed",
    "reported": "once the case was reported to the police",
    "paid": "once restitution was paid",
    "unpaid": "once restitution is overdue",
}


def rows(name):
    """The rows of a catalogue by code."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def stories():
    """The stories that name rights: code of a right -> list of (module, promise, [tests])."""
    found = {}
    for path in sorted(STORIES.glob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for code in _names(tree):
            tests = [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name[:5] == "test_"]
            found.setdefault(code, []).append((path.name, _promise(tree), tests))
    return found


def _names(tree):
    for node in tree.body:
        is_named = isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "RIGHTS" for t in node.targets)
        if is_named:
            return ast.literal_eval(node.value)
    return ()


def _promise(tree):
    return (ast.get_docstring(tree) or "").split("\n")[0].rstrip(".")


def page():
    """The whole page as text."""
    bases, parties, told = rows("legal_bases"), rows("agency_kinds") | rows("other_parties"), stories()
    clocks, services, rights = rows("obligations"), rows("services"), rows("rights")
    lines = [HEAD, "| right | article | owed by | clocks | story |", "|---|---|---|---|---|"]
    for code, right in rights.items():
        limits = "; ".join(_limit(clocks[clock]) for clock in right["clocks"].split()) or "none"
        held = ", ".join(f"`{name}`" for name, _promise_, _tests in told.get(code, ())) or "**none**"
        article, debtor = bases[right["article"]]["english"], parties[right["duty_bearer"]]["english"]
        lines.append(f"| [{right['english']}](#{code.replace('_', '-')}) | {article} | {debtor} | {limits} | {held} |")
    for code, right in rights.items():
        lines += ["", *_section(code, right, bases, parties, clocks, services, told.get(code, ()))]
    return "\n".join(lines) + "\n"


def _section(code, right, bases, parties, clocks, services, told):
    yield f'<a id="{code.replace("_", "-")}"></a>'
    yield ""
    yield f"## {right['english']} ({right['indonesian']})"
    yield ""
    if right["hint_english"]:
        yield right["hint_english"]
        yield ""
    yield f"* Holds for: {WHEN[right['holds_when']]}."
    yield f"* Owed by: {parties[right['duty_bearer']]['english']}."
    for basis in [right["article"], *right["also"].split()]:
        yield f"* {_basis(bases[basis])}"
    if right["services"]:
        yield f"* Services: {', '.join(services[each]['english'] for each in right['services'].split())}."
    for clock in right["clocks"].split():
        yield f"* Clock “{clocks[clock]['english']}”: {_clock(clocks[clock])}"
    for name, promise, tests in told:
        yield f"* Story `tests/stories/{name}`: {promise}."
        yield from (f"  * {_sentence(test)}" for test in tests)


def _basis(row):
    validity = "".join(
        f", {word} {row[column]}" for word, column in (("from", "valid_from"), ("until", "valid_until")) if row[column]
    )
    return f"{row['english']} [{row['mark']}{validity}]: {row['hint_english']}"


def _limit(row):
    limit, target = _span(row, "limit"), _span(row, "target")
    return limit or f"{target} (internal)"


def _clock(row):
    parts = []
    if limit := _span(row, "limit"):
        parts.append(f"{limit} ({row['legal_basis']}, {row['mark']})")
    if target := _span(row, "target"):
        parts.append(f"internal target {target}")
    if row["needs"]:
        parts.append(f"begins when there is: {row['needs'].replace('_', ' ')}")
    if row["then_missed"]:
        parts.append(f"when missed, “{row['then_missed'].replace('_', ' ')}” follows")
    if row["then_met"]:
        parts.append(f"when met, “{row['then_met'].replace('_', ' ')}” follows")
    return "; ".join(parts) + "."


def _span(row, name):
    amount, unit = row[f"{name}_amount"], row[f"{name}_unit"].replace("_", " ")
    return f"{amount} {unit}" if amount else ""


def _sentence(test):
    words = test.removeprefix("test_").replace("_", " ")
    return f"{words[0].upper()}{words[1:]}."


def main():
    PAGE.write_text(page(), encoding="utf-8")
    missing = sorted(set(rows("rights")) - set(stories()))
    print(f"{PAGE.relative_to(ROOT)}: {len(rows('rights'))} rights, {len(stories())} with a story.")
    for code in missing:
        print(f"no story: {code}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
