"""The bench of posts, on a small province: both optima are exact, and beat what is chosen carelessly."""

from bench import coverage


def test_a_small_province_is_solved_exactly():
    reached, curve, watched = coverage.run(["--candidates", "40", "--posts", "3", "--journeys", "20"])
    assert "3 of 40 candidates" in reached.work
    assert "1 to 3 posts" in curve.work
    assert all("gap 0.0%" in each.value for each in (reached, watched))


def test_ways_lead_over_candidates():
    villages, people, sites = coverage.province(40)
    ways = coverage.ways(villages, people, sites, 5)
    assert len(ways) == 15
    assert all(set(way.posts) <= set(range(40)) and way.posts for way in ways)
