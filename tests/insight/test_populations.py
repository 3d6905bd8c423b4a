from simpul.insight import populations


def test_a_rate_is_per_100_000_inhabitants():
    # Bengkayang, January to June 2025: 237 of 295,966 inhabitants.
    assert round(populations.per_100_000(237, "61.07")) == 80


def test_a_place_without_a_population_has_no_rate():
    assert populations.per_100_000(3, "61.07.07") is None


def test_a_population_says_its_year_and_its_source():
    bengkayang = populations.of("61.07")
    assert bengkayang.year == 2025
    assert bengkayang.source
    assert bengkayang.mark


def test_the_province_is_the_sum_of_its_regencies():
    regencies = [f"61.{number:02d}" for number in (*range(1, 13), 71, 72)]
    assert populations.of("61").people == sum(populations.of(code).people for code in regencies)
