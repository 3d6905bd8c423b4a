"""Coverage against the published San Francisco instance: 205 census tracts, 16 candidate stores, 5 km.

The instance is the one of spopt's documentation. Where the data do not lie here, it is skipped.
"""

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from simpul.insight.methods import coverage

SHARED = Path(os.environ.get("SIMPUL_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data" / "stats"
WITHIN = 5000

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="The San Francisco instance is not here (SIMPUL_SHARED).")


def rows(name):
    with (SHARED / name).open(encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def city():
    """(distance (205, 16) in metres, people (205,)), joined by the tract's name and not by the order of the rows."""
    people = {row["NAME"]: float(row["POP2000"]) for row in rows("SF_demand_205_centroid_uniform_weight.csv")}
    ways = rows("SF_network_distance_candidateStore_16_censusTract_205_new.csv")
    tracts = sorted(people)
    stores = sorted({row["name"] for row in ways}, key=lambda name: int(name.split("_")[1]))
    distance = np.full((len(tracts), len(stores)), np.inf)
    for row in ways:
        distance[tracts.index(row["DestinationName"]), stores.index(row["name"])] = float(row["distance"])
    return distance, np.array([people[tract] for tract in tracts])


def test_eight_stores_reach_every_tract(city):
    plan = coverage.fewest(city[0] <= WITHIN)
    assert len(plan.sites) == 8


def test_four_stores_reach_most_people(city):
    distance, people = city
    plan = coverage.most(distance <= WITHIN, people, 4)
    assert plan.value == 875_247
    assert plan.gap == 0
    assert (distance[:, plan.sites] <= WITHIN).any(1).mean() == pytest.approx(0.897561, abs=1e-6)


def test_the_least_total_way(city):
    plan = coverage.median(*city, 4)
    assert plan.value == pytest.approx(2_848_268_129.7145, abs=1e-3)


def test_the_shortest_longest_way(city):
    assert coverage.centre(city[0], 4).value == pytest.approx(7403.0638, abs=1e-4)


def test_people_joined_by_the_order_of_rows_would_give_another_number(city):
    """The rows of the two files stand in different orders: taken as they stand, other tracts get other people."""
    distance, people = city
    names = [row["NAME"] for row in rows("SF_demand_205_centroid_uniform_weight.csv")]
    in_file_order = people[[sorted(names).index(name) for name in names]]
    assert coverage.most(distance <= WITHIN, in_file_order, 4).value != 875_247
