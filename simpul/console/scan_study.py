"""From tables to what a scan needs: cases by place and interval, and what is expected there."""

from dataclasses import dataclass, field

from simpul.console import scan_reading, scan_time
from simpul.console.alone import Trouble
from simpul.lib.speech import _, gettext_noop

UNITS = {"year": gettext_noop("year"), "month": gettext_noop("month"), "day": gettext_noop("day")}


@dataclass
class Study:
    """What is scanned.

    cases: (places, intervals, strata); people: (places, intervals, strata) person-days or people, or None;
    intervals: None where the tables have no dates or time is left out and they have none.
    """

    model: str
    places: scan_reading.Places
    intervals: scan_time.Intervals | None
    cases: object
    people: object = None
    strata: list = field(default_factory=list)
    adjusted_for: list = field(default_factory=list)
    in_time: bool = False


def study(options, *, chosen):
    """Read the tables a command names; raises `Trouble`."""
    cases = scan_reading.opened(options.cases, chosen=chosen)
    population = scan_reading.opened(options.population, chosen=chosen) if options.population else None
    model = options.model or _model(cases, population)
    where = scan_reading.opened(options.places, chosen=chosen) if options.places else _located(cases, population)
    plane = True if options.plane else False if options.degrees else None
    places = scan_reading.places_of(where, plane=plane)
    people = None if model == "permutation" else _peopled(cases, population, model)
    scan_reading.needed(cases, "place")
    if cases.has("population") or cases.has("controls"):
        # Only a list of single cases needs no column that counts them.
        scan_reading.needed(cases, "cases")
    scan_reading.check_known(cases, places, count="cases")
    strata = _Strata(cases, people, _covariates(options, cases, people, model))
    lines = _lines(cases, places, strata)
    span = _intervals(options, lines, cases)
    counted = _counted(lines, places, strata, span)
    return Study(
        model=model,
        places=places,
        intervals=span,
        cases=counted,
        people=None if people is None else _people(people, places, strata, span, model) + _beside(population, counted),
        strata=strata.names,
        adjusted_for=[cases.headings[each] for each in strata.columns_of(cases)],
        in_time=span is not None and span.number > 1,
    )


def _model(cases, population):
    """Without a model named: what the tables allow."""
    if cases.has("controls") or _is_of_controls(population):
        return "bernoulli"
    return "poisson" if population or cases.has("population") else "permutation"


def _is_of_controls(population):
    """Whether a table counts those who are no cases, and not everybody."""
    return bool(population) and population.has("controls") and not population.has("population")


def _located(*sheets):
    """The table that has coordinates, where no table of places is given."""
    for sheet in filter(None, sheets):
        if sheet.has("latitude", "longitude") or sheet.has("x", "y"):
            return sheet
    raise Trouble(
        _(
            "No table has coordinates. Give --places GEO.csv with the columns place, latitude and longitude"
            " (or x and y), a row for each place."
        )
    )


def _peopled(cases, population, model):
    """The table that says how many people there are."""
    if population:
        if not population.has("controls"):
            scan_reading.needed(population, "population")
        scan_reading.needed(population, "place")
        return population
    if cases.has("population") or (model == "bernoulli" and cases.has("controls")):
        return cases
    raise Trouble(
        _(
            "The model %(model)s needs people: give --population POP.csv with the columns place and population,"
            " or use --model permutation, which needs none but needs dates."
        )
        % {"model": model}
    )


# --- strata


def _covariates(options, cases, people, model):
    """Headings that cases are standardised by: those named, or the columns left over that both tables have."""
    if options.no_covariates or model == "bernoulli":
        return []
    if options.covariates:
        wanted = [each.strip() for each in options.covariates.split(",") if each.strip()]
        for sheet in filter(None, (cases, people)):
            missing = [each for each in wanted if each.casefold() not in _lowered(sheet)]
            if missing:
                raise Trouble(
                    _("%(file)s has no column %(heading)s to allow for.") % {"file": sheet.file, "heading": missing[0]}
                )
        return [each.casefold() for each in wanted]
    if people is None:
        return []
    shared = set(_lowered(people)) & {cases.headings[each].casefold() for each in cases.rest}
    return [each for each in _lowered(cases) if each in shared]


def _lowered(sheet):
    return {heading.casefold(): place for place, heading in enumerate(sheet.headings) if heading}


class _Strata:
    """Combinations of covariates, numbered as they are met."""

    def __init__(self, cases, people, headings):
        self.headings, self.numbers, self.names = headings, {}, []

    def columns_of(self, sheet):
        return [_lowered(sheet)[each] for each in self.headings]

    def of(self, sheet, columns, row):
        values = tuple(row[each] for each in columns)
        if values not in self.numbers:
            self.numbers[values] = len(self.names)
            self.names.append(", ".join(f"{sheet.headings[at]} {row[at]}" for at in columns))
        return self.numbers[values]


# --- cases


def _lines(cases, places, strata):
    """[(place, moment, stratum, count, row)] of the cases."""
    lines, columns = [], strata.columns_of(cases)
    for at, row in cases.numbered():
        count = cases.number(at, row, "cases") if cases.has("cases") else 1.0
        stratum = strata.of(cases, columns, row)
        if count:
            place = places.keys[cases.key(at, row)]
            lines.append((place, cases.moment(at, row), stratum, count, at))
    if not lines:
        raise Trouble(_("%(file)s holds no case.") % {"file": cases.file})
    return lines


def _intervals(options, lines, cases):
    """The intervals of the study, or None where nothing is dated; raises `Trouble`."""
    moments = [moment for _place, moment, _stratum, _count, _row in lines if moment]
    if not moments:
        if options.time not in (None, "none") or options.prospective:
            scan_reading.needed(cases, "date")
        return None
    first, last = _ends(options, moments)
    coarsest = min((each.unit for each in moments), key=("year", "month", "day").index)
    unit = _unit(options, coarsest, cases)
    whole = scan_time.intervals(first, last, unit=unit if unit != "none" else coarsest, every=options.every)
    _check_inside(lines, whole, cases)
    if unit != "none":
        return whole
    return scan_time.Intervals(whole.unit, whole.every, (whole.starts[0], whole.starts[-1]))


def _ends(options, moments):
    ends = []
    for name, text in (("--from", options.start), ("--to", options.end)):
        moment = text and scan_time.moment_in(text)
        if text and not moment:
            raise Trouble(
                _("%(option)s %(text)s is no date that can be read. Write 2025-03-28, 2025-03 or 2025.")
                % {"option": name, "text": text}
            )
        ends.append(moment)
    first, last = ends[0] or min(moments), ends[1] or max(moments)
    if first.first() > last.first():
        raise Trouble(_("The study ends before it begins: look at --from and --to."))
    return first, last


def _unit(options, coarsest, cases):
    unit = options.time or coarsest
    order = ("none", "year", "month", "day")
    if order.index(unit) > order.index(coarsest):
        raise Trouble(
            _("%(file)s has dates that name no more than the %(coarsest)s: --time %(unit)s asks for more.")
            % {"file": cases.file, "coarsest": _(UNITS[coarsest]), "unit": unit}
        )
    return unit


def _check_inside(lines, whole, cases):
    for _place, moment, _stratum, _count, row in lines:
        if moment is None or whole.place_of(moment) is None:
            begin, end = whole.named(0, whole.number - 1)
            raise Trouble(
                _(
                    "%(file)s, row %(row)d: its date is outside the study (%(begin)s to %(end)s)."
                    " Change --from and --to, or leave such rows out."
                )
                % {"file": cases.file, "row": row, "begin": begin, "end": end}
            )


def _counted(lines, places, strata, span):
    import numpy as np

    table = np.zeros((len(places.names), span.number if span else 1, max(len(strata.names), 1)))
    for place, moment, stratum, count, _row in lines:
        table[place, span.place_of(moment) if span else 0, stratum] += count
    return table


# --- people


def _people(sheet, places, strata, span, model):
    """(places, intervals, strata) person-days by Poisson's model, people by Bernoulli's."""
    import numpy as np

    known, columns, near = {}, strata.columns_of(sheet), span.starts[0].year if span else None
    for at, row in sheet.numbered():
        place = places.keys.get(sheet.key(at, row))
        count = _count_of_people(sheet, at, row, model)
        if place is None:
            if count > 0:
                scan_reading.check_known(sheet, places, count="population")
            continue
        stratum = strata.of(sheet, columns, row)
        moment = sheet.moment(at, row, near=near)
        by_stratum = known.setdefault(place, {}).setdefault(moment, {})
        by_stratum[stratum] = by_stratum.get(stratum, 0.0) + count
    people = np.zeros((len(places.names), span.number if span else 1, max(len(strata.names), 1)))
    spread = _Spread(span, model)
    for place, by_moment in known.items():
        values = np.zeros((len(by_moment), people.shape[2]))
        moments = sorted(by_moment, key=lambda each: each.known_on() if each else 0)
        for line, moment in enumerate(moments):
            values[line, list(by_moment[moment])] = list(by_moment[moment].values())
        people[place] = spread.over(moments) @ values
    return people


def _count_of_people(sheet, at, row, model):
    if sheet.has("population"):
        return sheet.number(at, row, "population")
    count = sheet.number(at, row, "controls")
    return count + (sheet.number(at, row, "cases") if sheet.has("cases") else 0.0)


def _beside(population, counted):
    """The cases, which a table of controls does not hold and which are people too."""
    return counted if _is_of_controls(population) else 0.0


class _Spread:
    """How populations known at some moments are spread over the intervals."""

    def __init__(self, span, model):
        self.span, self.model, self.held = span, model, {}

    def over(self, moments):
        """(intervals, moments) weights."""
        key = tuple(moments)
        if key not in self.held:
            self.held[key] = self._weights(moments)
        return self.held[key]

    def _weights(self, moments):
        import numpy as np

        from simpul.insight.methods.scan_expected import person_time

        if self.model == "bernoulli":
            return self._by_interval(moments)
        if self.span is None:
            return np.full((1, len(moments)), 1 / len(moments))
        days = [each.known_on() if each else 0 for each in moments]
        return person_time(np.array(self.span.borders), np.array(days))

    def _by_interval(self, moments):
        """People that are cases or not belong to the interval they were counted in."""
        import numpy as np

        weights = np.zeros((self.span.number if self.span else 1, len(moments)))
        for line, moment in enumerate(moments):
            at = self.span.place_of(moment) if self.span and moment else 0
            if at is not None:
                weights[at, line] = 1.0
        if self.span and self.span.number > 1 and moments == [None]:
            raise Trouble(
                _("By the model bernoulli in time, people need dates as cases do; or scan without time (--time none).")
            )
        return weights
