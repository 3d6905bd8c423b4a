"""Splink 5 as an engine: the model of Fellegi and Sunter in a database, on DuckDB or, beyond one machine, on Spark.

It sees the same evidence as the embedded engine and is asked for the same pairs. What it does not have: the strata of
place and family, the clusters that speak as one, and the trees. Lists too short to learn from are weighed with what was
learned on invented registers (`weights.json`).
"""

import json
import logging
import os
import tempfile
import warnings
from contextlib import suppress
from functools import cache
from importlib import resources

import numpy as np
from splink import DuckDBAPI, Linker
from splink.internals.exceptions import EMTrainingException

from simpul.linkage.engines import OnlyPlainRecords, evidence
from simpul.linkage.engines.settings import CERTAIN, CERTAIN_SHARE, FIELDS, LEARNED_FROM, settings
from simpul.linkage.matching import chance, compare, matcher, score

# Lists with fewer records teach too little.
LEARN_FROM = 3_000
U_PAIRS, M_PAIRS = 1.2e6, 1e6
# How much of what was learned elsewhere stays beside what these lists say: what they never show may still happen.
KEPT = 0.02
# How many pairs of one person a short list is thought to hold, for each record, where nothing is certain.
PAIRS_OF_A_RECORD = 0.02
# Beyond these odds in bits a probability is as good as certain.
MOST_BITS = 60.0


def match_on_duckdb(table, *, source=None, cut=0.5, seed=1, progress=None):
    """The `Matches` of a table, found by Splink on DuckDB within this process. Arguments as of `matcher.match`."""
    import duckdb

    with duckdb.connect(":memory:") as connection:
        # Everything needed is in the package: nothing is fetched.
        connection.execute("SET autoinstall_known_extensions = false")
        # Its bar would stand among what the command prints.
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET temp_directory = ?", [tempfile.gettempdir()])
        return match_on(DuckDBAPI(connection), table, source=source, cut=cut, seed=seed, progress=progress)


def match_on_spark(table, *, source=None, cut=0.5, seed=1, progress=None, session=None):
    """The same on Spark: on `session`, or on one that PYSPARK_SUBMIT_ARGS describes, or on this machine alone."""
    session = session or spark_session()
    from splink import SparkAPI

    _checkpoints(session)
    # The conditions need none of the functions of Splink's archive, so nothing has to be sent to the workers.
    api = SparkAPI(spark_session=session, register_udfs_automatically=False, break_lineage_method="parquet")
    return match_on(api, table, source=source, cut=cut, seed=seed, progress=progress)


def spark_session():
    """A session of Spark. Without PYSPARK_SUBMIT_ARGS it uses the cores of this machine and no network."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as problem:
        raise ImportError("pyspark is not installed here", name="pyspark") from problem
    builder = SparkSession.builder.appName("simpul match")
    if "PYSPARK_SUBMIT_ARGS" not in os.environ:
        cores = os.cpu_count() or 2
        builder = (
            builder.master("local[*]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", str(2 * cores))
            .config("spark.default.parallelism", str(2 * cores))
        )
    return builder.getOrCreate()


def _checkpoints(session):
    """Where Spark keeps what is between two steps: a folder that all workers see, or one of this machine."""
    context = session.sparkContext
    if context._jsc.sc().getCheckpointDir().isEmpty():
        shared = context.getConf().get("spark.checkpoint.dir")
        context.setCheckpointDir(shared or tempfile.mkdtemp(prefix="simpul-spark-"))


def match_on(api, table, *, source=None, cut=0.5, seed=1, progress=None):
    """The `Matches` of a table, found by Splink through one of its databases."""
    if table.blind is not None:
        raise OnlyPlainRecords("Splink cannot compare encodings. Use the embedded engine.")
    say = progress or (lambda step: None)
    say("candidates")
    fields = _fields(table)
    if table.n < 2 or not fields:
        return _matches(table, *_no_pairs(), fields, cut, source, _model(shipped(), 1e-4))
    with _quiet():
        records = api.register(evidence.columns(table, source=source))
        say("learn")
        weights, prior = _learned(api, records, table, fields, source, seed)
        say("compare")
        told = settings(weights, fields=fields, prior=prior, between_lists=source is not None)
        found = _linker(records, told).inference.predict(threshold_match_probability=matcher.LEAST / 2)
        pairs = found.as_pyarrow_table()
    say("judge")
    left, right, bits, odds = _read(pairs, fields)
    return _matches(table, left, right, bits, odds, fields, cut, source, _model(weights, prior))


@cache
def shipped():
    """{field: {label: (m, u)}}, learned on invented registers with `python -m bench.linkage.scaling --learn`."""
    with resources.files(__package__).joinpath("weights.json").open(encoding="utf-8") as file:
        return {name: {label: tuple(pair) for label, pair in told.items()} for name, told in json.load(file).items()}


def _fields(table):
    """The fields of which there is anything to compare."""
    given = {
        "name": table.own, "father": table.father, "mother": table.mother, "identity": table.years | table.nik[:, None],
        "number": table.number, "sex": table.sexes, "village": table.village, "regency": table.regency,
        "postcode": table.postcode, "address": table.address, "passport": table.passport, "phone": table.phone,
    }  # fmt: skip
    return tuple(name for name in FIELDS if _holders(given[name]) > 1)


def _holders(column):
    return np.count_nonzero(column if column.ndim == 1 else column.any(1))


def _learned(api, records, table, fields, source, seed):
    """({field: {label: (m, u)}}, prior): u from random pairs, m by expectation-maximisation, if there is enough."""
    linker = _linker(records, settings(shipped(), fields=fields))
    everyone = chance.universe(table.n, source)
    certain = _certain(linker, everyone)
    fewest = PAIRS_OF_A_RECORD * table.n / 2
    prior = min(max(certain / CERTAIN_SHARE, fewest, 0.5) / max(everyone, 1), 0.5)
    if table.n < LEARN_FROM:
        return shipped(), prior
    linker.training.estimate_u_using_random_sampling(max_pairs=U_PAIRS, seed=seed)
    for rule in LEARNED_FROM:
        # A list without dates, or without villages, has no such pairs and teaches by the other rule alone.
        with suppress(EMTrainingException):
            linker.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=M_PAIRS)
    return smoothed(_weights(linker)), prior


def _linker(records, told):
    # Our settings are the same each time; checking them takes longer than comparing a short list.
    return Linker(records, told, log_level=None, validate_settings=False)


def _certain(linker, everyone):
    """How many pairs look like one person beyond doubt."""
    linker.training.estimate_probability_two_random_records_match(list(CERTAIN), recall=1.0)
    told = linker.misc.save_model_to_json()["probability_two_random_records_match"]
    return told * everyone


def _weights(linker):
    """What a linker has learned, {field: {label: (m, u)}}; None where it saw nothing."""
    told = {}
    for comparison in linker.misc.save_model_to_json()["comparisons"]:
        pairs = [
            (level.get("m_probability"), level.get("u_probability"))
            for level in comparison["comparison_levels"]
            if not level.get("is_null_level")
        ]
        name = comparison["output_column_name"]
        told[name] = dict(zip(FIELDS[name].labels, pairs, strict=True))
    return told


def smoothed(weights):
    """Weights with a little of what was learned elsewhere, each of m and u adding to 1."""
    kept = dict(shipped())
    for name, told in weights.items():
        sides = []
        for side in (0, 1):
            seen = np.array([pair[side] if isinstance(pair[side], float) else 0.0 for pair in told.values()])
            elsewhere = np.array([shipped()[name][label][side] for label in told])
            seen = seen / seen.sum() if seen.sum() else elsewhere
            sides.append((1 - KEPT) * seen + KEPT * elsewhere)
        kept[name] = {label: (float(m), float(u)) for label, m, u in zip(told, *sides, strict=True)}
    return kept


def _no_pairs():
    nothing = np.zeros(0, np.int64)
    return nothing, nothing, {}, np.zeros(0)


def _read(pairs, fields):
    """(left, right, {field: bits}, odds in bits) of Splink's answer, sorted."""
    one, other = pairs["id_l"].to_numpy().astype(np.int64), pairs["id_r"].to_numpy().astype(np.int64)
    left, right = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((right, left))
    bits = {name: pairs[f"mw_{name}"].to_numpy().astype(np.float32)[order] for name in fields}
    odds = np.clip(pairs["match_weight"].to_numpy().astype(np.float64), -MOST_BITS, MOST_BITS)
    return left[order], right[order], bits, odds[order]


def _model(weights, prior):
    """What was learned, in the form of the embedded engine; each field's levels are those of `settings.FIELDS`."""
    m = {name: np.array([pair[0] for pair in told.values()]) for name, told in weights.items()}
    u = {name: np.array([pair[1] for pair in told.values()]) for name, told in weights.items()}
    log = {name: np.tile(np.log(m[name] / u[name]), (score.STRATA, 1)) for name in m}
    return score.Model(log, np.full(score.STRATA, np.log(prior / (1 - prior))), m, u)


def _matches(table, left, right, bits, odds, fields, cut, source, model):
    p = 1 / (1 + np.exp2(-odds))
    if source is not None:
        p = once_on_a_list(left, right, odds, source, table.n)
    kept = np.flatnonzero(p >= matcher.LEAST)
    left, right, p, odds = left[kept], right[kept], p[kept], odds[kept]
    weights = {name: bits[name][kept] if name in bits else np.zeros(len(kept), np.float32) for name in compare.FIELDS}
    # Village and regency are told as one, as the embedded engine does.
    weights["place"] = weights["village"] + weights["regency"]
    weights["village"], weights["regency"] = np.zeros_like(weights["place"]), np.zeros_like(weights["place"])
    after = np.log2(np.clip(p, 1e-15, 1 - 1e-15) / (1 - np.clip(p, 1e-15, 1 - 1e-15)))
    weights["context"] = np.where(np.abs(after - odds) > 0.01, after - odds, 0).astype(np.float32)
    levels = compare.levels(table, left, right)
    return matcher.Matches(left, right, p, levels, weights, model, persons(left, right, p, cut, table.n, source))


def once_on_a_list(left, right, odds, source, n):
    """The probabilities, (p,), where a record has one partner on another list at most: its candidates there share one.

    Of several that are equally likely none is: with odds a, b, ... each is a / (1 + a + b + ...).
    """
    lists = int(source.max(initial=0)) + 1
    odds = np.exp2(odds)
    sums = np.zeros(n * lists)
    np.add.at(sums, left * lists + source[right], odds)
    np.add.at(sums, right * lists + source[left], odds)
    rivals = sums[left * lists + source[right]] + sums[right * lists + source[left]] - 2 * odds
    return odds / (1 + odds + np.maximum(rivals, 0))


def persons(left, right, p, cut, n, source=None):
    """The person of each record, (n,), joined from the surest pair down; two records of one list stay two persons."""
    label, members = list(range(n)), {}
    chosen = np.flatnonzero(p >= cut)
    for pair in chosen[np.argsort(-p[chosen], kind="stable")]:
        one, other = _root(label, left[pair]), _root(label, right[pair])
        if one == other:
            continue
        if source is not None:
            ours, theirs = (members.get(each) or {source[each]} for each in (one, other))
            if ours & theirs:
                continue
            members[min(one, other)] = ours | theirs
        label[max(one, other)] = min(one, other)
    roots = np.array([_root(label, row) for row in range(n)], np.int64)
    return np.unique(roots, return_inverse=True)[1]


def _root(label, row):
    while label[row] != row:
        label[row] = label[label[row]]
        row = label[row]
    return row


class _quiet:
    """Splink talks to analysts; an officer is told by us."""

    def __enter__(self):
        self.logger = logging.getLogger("splink")
        self.before = self.logger.level
        self.logger.setLevel(logging.ERROR)
        self.warned = warnings.catch_warnings()
        self.warned.__enter__()
        warnings.simplefilter("ignore")

    def __exit__(self, *problem):
        self.warned.__exit__(*problem)
        self.logger.setLevel(self.before)
