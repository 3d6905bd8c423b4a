"""Splink 5 on DuckDB, set up as its documentation does: library comparisons on every column, u from random pairs, m by
expectation maximisation over two blockings, pairs above a low cut so that its probabilities can be judged.
"""

import logging
import sys

import pandas
import splink.comparison_level_library as levels
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.linkage.reading import asked, keep_pairs

LOWEST = 0.01


def person_settings():
    blocking = [
        block_on("nik"), block_on("paspor"), block_on("phone"), block_on("dob", "sex"), block_on("first", "birth_year"),
        block_on("last", "birth_year"), block_on("first", "desa"),
        block_on("first", "last"), block_on("desa", "birth_year", "sex"), block_on("father", "birth_year"),
        block_on("substr(name, 1, 4)", "kab", "sex"),
    ]  # fmt: skip
    comparisons = [
        compare.NameComparison("name").configure(term_frequency_adjustments=True),
        compare.CustomComparison(
            [
                levels.NullLevel("birth_year"), levels.ExactMatchLevel("dob"), levels.DamerauLevenshteinLevel("dob", 1),
                levels.ExactMatchLevel("birth_year"),
                levels.CustomLevel("abs(birth_year_l::int - birth_year_r::int) <= 2"), levels.ElseLevel(),
            ],
            output_column_name="born",
        ),
        compare.DamerauLevenshteinAtThresholds("nik", [1, 2]), compare.ExactMatch("sex"),
        compare.NameComparison("father"), compare.NameComparison("mother"),
        compare.JaroWinklerAtThresholds("desa", [0.9]).configure(term_frequency_adjustments=True),
        compare.ExactMatch("kab").configure(term_frequency_adjustments=True), compare.ExactMatch("paspor"),
        compare.LevenshteinAtThresholds("phone", [1]),
    ]  # fmt: skip
    certain = [
        "l.nik = r.nik",
        "l.paspor = r.paspor",
        "l.name = r.name and l.dob = r.dob",
        "l.phone = r.phone and l.first = r.first",
    ]
    trained = [block_on("dob"), block_on("first", "birth_year"), block_on("phone")]
    return blocking, comparisons, certain, 0.5, trained


def febrl_settings():
    blocking = [
        block_on("soc_sec_id"), block_on("given_name", "surname"), block_on("date_of_birth"),
        block_on("given_name", "postcode"), block_on("surname", "postcode"), block_on("street_number", "suburb"),
        block_on("address_1", "postcode"),
        block_on("substr(given_name, 1, 3)", "substr(surname, 1, 3)"),
    ]  # fmt: skip
    comparisons = [
        compare.NameComparison("given_name").configure(term_frequency_adjustments=True),
        compare.NameComparison("surname").configure(term_frequency_adjustments=True),
        compare.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
        compare.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
        compare.ExactMatch("street_number"), compare.JaroWinklerAtThresholds("address_1", [0.9, 0.8]),
        compare.JaroWinklerAtThresholds("suburb", [0.9]), compare.LevenshteinAtThresholds("postcode", [1, 2]),
    ]  # fmt: skip
    certain = [
        "l.soc_sec_id = r.soc_sec_id",
        "l.given_name = r.given_name and l.surname = r.surname and l.date_of_birth = r.date_of_birth",
    ]
    return blocking, comparisons, certain, 0.9, [block_on("date_of_birth"), block_on("postcode")]


def frame(rows):
    table = pandas.DataFrame(rows).drop(columns=["cluster"], errors="ignore")
    return table.where(table != "", None).rename(columns={"rec_id": "unique_id"})


def main(arguments=None):
    told = asked(__doc__, arguments)
    logging.getLogger("splink").setLevel(logging.ERROR)
    settings_of = told.shape(person=person_settings, febrl=febrl_settings)
    blocking, comparisons, certain, recall, trained = settings_of()
    api = DuckDBAPI()
    tables = [api.register(frame(rows), dataset_display_name=f"list_{at}") for at, rows in enumerate(told.lists)]
    settings = SettingsCreator(
        link_type="link_only" if len(tables) == 2 else "dedupe_only", comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocking,
    )  # fmt: skip
    linker = Linker(tables if len(tables) == 2 else tables[0], settings)
    linker.training.estimate_probability_two_random_records_match(certain, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in trained:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=LOWEST).as_record_list()
    keep_pairs(told.output, ((each["unique_id_l"], each["unique_id_r"], each["match_probability"]) for each in found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
