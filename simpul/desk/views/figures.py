"""The map and the tables: where people came home to and where workers are from, as far as the officer may see."""

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import page
from simpul.desk.forms import figures as forms
from simpul.desk.views.manifests import as_file
from simpul.desk.views.register import XLSX
from simpul.documents import returns
from simpul.insight import drawing, figures, populations
from simpul.migrants.policy import sees_exact_figures
from simpul.places import outlines
from simpul.places.crossings import open_posts
from simpul.places.land import on_the_border
from simpul.places.models import Place
from simpul.places.regions import is_within, level_of

SECTION = "desk:map"
READERS = (Right.SEE_FACTS, Right.MEET_RETURNEES)
# So many places stand beside the map; the table of places has them all.
MOST_ROWS = 60
# Along these a row of bars tells more than the table alone.
ALONG = ("year", "month", "age")


@officers(*READERS)
def map_(request):
    """The map with its table beside it."""
    officer = request.user
    if level_of(officer.jurisdiction) == Place.Level.VILLAGE:
        raise Http404
    asked = forms.MapAsked(request.GET, officer=officer)
    exact = sees_exact_figures(officer, asked.region)
    by_year, (values, hidden) = _counted(asked, exact=exact)
    names = figures.places_at(asked.region, asked.level)
    shown = _measured(values, hidden, asked.measure)
    frames = _frames(asked, by_year)
    shades = drawing.classes_of([value for each in (shown, *(f[1] for f in frames)) for value in each.values()])
    unit = _("people") if asked.measure == "number" else _("per 100,000")
    rows = _rows(values, hidden, names)
    return page(
        request,
        "figures/map",
        section=SECTION,
        asked=asked,
        picture=drawing.choropleth(
            outlines.outline(asked.region, asked.level), values=shown, labels=names, title=", ".join(asked.words()),
            legend_title=str(dict(forms.SUBJECTS)[asked.subject]), unit=unit, hidden=hidden, shades=shades,
            below=figures.THRESHOLD, posts=_posts(asked.region),
        ),
        frames=drawing.slider(frames, shades=shades, label=forms.Asked.base_fields["tahun"].label, unit=unit)
        if len(frames) > 1
        else "",
        rows=rows[:MOST_ROWS],
        more=max(0, len(rows) - MOST_ROWS),
        hidden=len(hidden),
        has_rates=any(row[3] is not None for row in rows),
        exact=exact,
        threshold=figures.THRESHOLD,
        definition=figures.DEFINITIONS[asked.subject],
        population=populations.of(asked.region),
    )  # fmt: skip


@officers(*READERS)
def table(request):
    """A table of one or two dimensions, with sums, rates, and a picture where one helps."""
    asked, found = _answered(request)
    lines = list(found.table())
    return page(
        request, "figures/table", section=SECTION, asked=asked, figures=found, lines=lines, title=asked.words()[-1],
        sums=[found.total_of(code) for code, _words in found.columns], threshold=figures.THRESHOLD,
        rows_words=figures.DIMENSIONS[found.question.rows], has_rates=any(found.rates.values()),
        population=populations.of(asked.region), picture=_picture(found, lines, ", ".join(asked.words())),
        has_map=level_of(request.user.jurisdiction) != Place.Level.VILLAGE,
    )  # fmt: skip


@officers(*READERS)
def download(request):
    """The table to take along: a workbook, or with `?bentuk=csv` text that programs read."""
    officer = request.user
    asked, found = _answered(request)
    name = f"tabel-{found.question.subject}-{found.question.prefix}-{localdate(request.at):%Y-%m-%d}"
    if request.GET.get("bentuk") == "csv":
        text = returns.table_as_text(found, by=officer, at=request.at)
        return as_file(text, "text/csv; charset=utf-8", f"{name}.csv")
    return as_file(returns.table(found, words=asked.words(), by=officer, at=request.at), XLSX, f"{name}.xlsx")


def _answered(request):
    """The question of a table and its answer, as far as the officer may see."""
    officer = request.user
    region = request.GET.get("wilayah", "")
    region = region if is_within(region, officer.jurisdiction) else officer.jurisdiction
    exact = sees_exact_figures(officer, region)
    asked = forms.TableAsked(request.GET, officer=officer, exact=exact)
    return asked, figures.answer(asked.question(), exact=exact)


def _picture(found, lines, title):
    """Bars along time or age, or a pyramid of age and sex; "" where the table says it better."""
    question = found.question
    if {question.rows, question.columns} == {"age", "sex"}:
        return _pyramid(found, title)
    if question.rows not in ALONG or question.columns or not lines:
        return ""
    return drawing.bars([(str(words), _number(sum_)) for _code, words, _numbers, sum_, _rate in lines], title=title)


def _pyramid(found, title):
    """Men to the left, women to the right; whose age or sex is not known stands in the table only."""
    by_age = found.question.rows == "age"
    bands = [(code, str(words)) for code, words in (found.rows if by_age else found.columns) if code != figures.UNKNOWN]
    sexes = dict(found.columns if by_age else found.rows)

    def of(band, sex):
        return _number(found.cell(band, sex) if by_age else found.cell(sex, band))

    sides = {"left": str(sexes.get("L", "L")), "right": str(sexes.get("P", "P"))}
    rows = [(words, of(code, "L"), of(code, "P")) for code, words in bands]
    return drawing.pyramid(rows, title=title, **sides) if rows else ""


def _number(value):
    return value if isinstance(value, int) else None


def _measured(values, hidden, measure):
    if measure == "number":
        return {code: value for code, value in values.items() if code not in hidden}
    rates = {code: populations.per_100_000(value, code) for code, value in values.items() if code not in hidden}
    return {code: round(rate, 1) for code, rate in rates.items() if rate is not None}


def _counted(asked, *, exact):
    """({year: numbers and hidden codes}, the same of what is asked for). No years where one is asked for, or none is
    told apart.
    """
    told = {"prefix": asked.region, "level": asked.level, "exact": exact}
    if asked.subject != "returns" or asked.year is not None:
        return {}, figures.by_place(asked.subject, year=asked.year, **told)
    by_year = figures.by_year(years=sorted(asked.years), **told)
    return by_year, by_year[None]


def _frames(asked, by_year):
    """The same map for each year, and at the end for all."""
    found = [
        (_("all years") if year is None else str(year), _measured(values, hidden, asked.measure), hidden)
        for year, (values, hidden) in by_year.items()
    ]
    return found if len(found) > 2 else []


def _rows(values, hidden, names):
    """(code, words, number or None where hidden, rate), the highest first.

    Places without anybody are left to the map, and hidden ones where they are too many to be read.
    """
    told = hidden if len(hidden) <= MOST_ROWS else ()
    rows = [
        (code, names.get(code, code), None if code in hidden else value)
        for code, value in values.items()
        if code in told or (value and code not in hidden)
    ]
    rows.sort(key=lambda row: (row[2] is None, -(row[2] or 0), row[1]))
    return [(*row, None if row[2] is None else populations.per_100_000(row[2], row[0])) for row in rows]


def _posts(prefix):
    return [
        (post.name, *on_the_border(post.latitude, post.longitude, precision_km=post.precision_km))
        for post in open_posts(prefix=prefix)
        if post.latitude is not None
    ]
