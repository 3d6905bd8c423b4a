"""What Splink is told: our fields under our names, their weights, nothing that only one database understands."""

import json

import pytest
import sqlglot

from simpul.linkage.engines.settings import CERTAIN, FIELDS, LEARNED_FROM, settings
from simpul.linkage.engines.splink import shipped
from simpul.linkage.matching import compare


def test_the_fields_are_those_of_the_embedded_engine():
    assert list(FIELDS) == [name for name in compare.FIELDS if name != "place"]


@pytest.mark.parametrize("name", FIELDS)
def test_every_outcome_has_its_weight_and_they_add_up(name):
    weights = shipped()[name]
    assert tuple(weights) == FIELDS[name].labels
    for side in (0, 1):
        assert sum(pair[side] for pair in weights.values()) == pytest.approx(1, abs=0.01)
        assert all(0 < pair[side] < 1 for pair in weights.values())


@pytest.mark.parametrize("name", FIELDS)
def test_what_is_the_same_speaks_for_one_person_and_what_differs_against(name):
    weights = list(shipped()[name].values())
    assert weights[0][0] > 10 ** (name != "sex") * weights[0][1]
    assert weights[-1][0] < weights[-1][1]


@pytest.mark.parametrize("name", FIELDS)
def test_conditions_mean_the_same_to_duckdb_and_spark(name):
    field = FIELDS[name]
    for condition in (field.unknown, *(condition for _label, condition in field.outcomes)):
        ours = sqlglot.parse_one(condition, read="duckdb")
        assert ours == sqlglot.parse_one(condition, read="spark")


def test_settings_name_every_comparison_and_can_be_kept():
    told = settings(shipped()).create_settings_dict("duckdb")
    assert [each["output_column_name"] for each in told["comparisons"]] == list(FIELDS)
    assert json.loads(json.dumps(told)) == told


def test_between_lists_only_pairs_of_two_lists_are_asked_for():
    told = settings(shipped(), between_lists=True).create_settings_dict("spark")
    (rule,) = told["blocking_rules_to_generate_predictions"]
    assert "l.list <> r.list" in rule["blocking_rule"]


def test_each_rule_to_learn_from_leaves_another_field_to_the_others():
    """Splink learns nothing of a field whose columns stand in the rule, so every field needs a rule without them."""
    for name, field in FIELDS.items():
        columns = {column for _label, condition in field.outcomes for column in _columns(condition)}
        assert any(not columns & _columns(rule) for rule in LEARNED_FROM), name


def test_certain_pairs_are_told_by_known_columns():
    assert all(_columns(rule) <= {"nik", "passport", "number", "whole", "date1", "phone", "own1"} for rule in CERTAIN)


def _columns(condition):
    names = (column.name for column in sqlglot.parse_one(condition, read="duckdb").find_all(sqlglot.exp.Column))
    return {name.removesuffix("_l").removesuffix("_r") for name in names}
