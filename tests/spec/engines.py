"""The engines of matching, each with what it is allowed to be off by, and why one cannot run here."""

import shutil
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple


class Engine(NamedTuple):
    """`same` is the least probability of two who are one person, `apart` the most of two who are not."""

    module: str
    function: str
    needs: tuple
    same: float = 0.5
    apart: float = 0.5
    # Two answers to one question may differ by so much.
    steady: float = 1e-9

    def match(self, table, **options):
        return getattr(import_module(self.module), self.function)(table, **options)

    def lacks(self):
        """What is missing here, or ""."""
        missing = [name for name in self.needs if not (shutil.which(name) if name == "java" else find_spec(name))]
        return f"needs {', '.join(missing)}: make spark" if missing else ""


SPLINK = "simpul.linkage.engines.splink"
ENGINES = {
    "embedded": Engine("simpul.linkage.matching.matcher", "match", ()),
    # Sums run in another order where several threads share the work.
    "splink-duckdb": Engine(SPLINK, "match_on_duckdb", ("splink", "duckdb"), steady=1e-6),
    "splink-spark": Engine(SPLINK, "match_on_spark", ("splink", "pyspark", "java"), steady=1e-6),
}
