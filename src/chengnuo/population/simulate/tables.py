"""The tables of a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chengnuo.core.rules import NoValue, Programme
from chengnuo.core.rules.graph import FEN
from chengnuo.core.rules.parameters import Row
from chengnuo.policies import values
from chengnuo.population import withholding
from chengnuo.population.changes import GAIN, LOSE, Change
from chengnuo.population.simulate.found import Found
from chengnuo.population.simulate.markup import Markup, element, joined
from chengnuo.population.simulate.words import amount, count, phrase, place, unit_of

KINDS = tuple(each.name.lower() for each in Change)
KIND_COLUMNS = range(2, 2 + len(KINDS))
SUMS = ("before", "after", "difference")
CODE = 12


def of_law(found: Found, language: str) -> Markup:
    """What the reform changes, beside the law as it stands."""
    heads = ("parameter", "place", "begins", "law", "reform", "certainty", "source")
    rows = [_law_row(found, row, language) for _, row in found.reform.rows]
    classes = [
        element("p", phrase("class_changed", language, name=each.words.name.in_language(language)))
        for each in found.reform.replaced.values()
    ]
    own = (
        [_table(phrase("what_changes", language), [phrase(head, language) for head in heads], rows, words=True)]
        if rows
        else []
    )
    return joined(*own, *classes)


def of_families(found: Found, language: str) -> Markup:
    """All households together: a line for each kind of change and each sum."""
    cells = _line(found.families.total, FEN, language)
    rows = [[phrase(key, language), cell] for key, cell in zip(("people", *KINDS, *SUMS), cells, strict=True)]
    return _table(phrase("families", language), [phrase("item", language), phrase("in_all", language)], rows)


def by_programme(found: Found, language: str) -> Markup:
    heads = [phrase(key, language) for key in ("programme", "people", *KINDS, *SUMS)]
    rows = [
        [each.words.name.in_language(language), *_line(found.of(each).total, unit_of(each), language)]
        for each in found.programmes
    ]
    return _table(phrase("by_programme", language), heads, rows)


def by_place(found: Found, language: str) -> Markup:
    """Households that gain and lose at each place, and what it costs there."""
    heads = [phrase(key, language) for key in ("place", "families", "gain", "lose", *SUMS)]
    rows = [[place(row.place, language), *_short(row, language)] for row in found.families.rows]
    rows.append([phrase("in_all", language), *_short(found.families.total, language)])
    return _table(phrase("by_place", language), heads, rows, total=True)


def of_programme(found: Found, programme: type[Programme], language: str) -> Markup:
    """One programme, place by place, without the kinds of change that happen to nobody anywhere."""
    name, unit, table = programme.words.name.in_language(language), unit_of(programme), found.of(programme)
    heads = [phrase(key, language) for key in ("place", "people", *KINDS, *SUMS)]
    rows = [[place(row.place, language), *_line(row, unit, language)] for row in table.rows]
    rows.append([phrase("in_all", language), *_line(table.total, unit, language)])
    kept = [
        number for number in range(len(heads)) if number not in KIND_COLUMNS or any(row[number] != "0" for row in rows)
    ]
    heads, *rows = ([row[number] for number in kept] for row in (heads, *rows))
    caption = phrase("programme_by_place", language, name=name)
    return joined(element("h3", name), _table(caption, heads, rows, total=True))


def changes(found: Found, programme: type[Programme]) -> bool:
    """Whether somebody's result changes, or may."""
    return found.of(programme).total.of(*GAIN, *LOSE, Change.UNDECIDED) != 0


def _law_row(found: Found, row: Row, language: str) -> list[str]:
    where = phrase("everywhere", language) if not row.place else place(row.place, language)
    try:
        old = _content(found.law.at(row.name, row.begins, row.place.ljust(CODE, "0"), found.asked.known), language)
    except NoValue:
        old = phrase("nothing", language)
    new = _content(row, language)
    label = row.label.in_language(language)
    return [label, where, str(row.begins), old, new, row.certainty, str(row.source)]


def _content(row: Row, language: str) -> str:
    if row.value is None:
        return phrase("repealed", language)
    if row.options:
        return row.options[str(row.value)].in_language(language)
    return values.value(row.value, row.unit, language)


def _line(row: withholding.Row, unit: str, language: str) -> list[str]:
    return [count(row.people, language), *_kinds(row, language), *_sums(row, unit, language)]


def _kinds(row: withholding.Row, language: str) -> list[str]:
    return [count(number, language) for number in row.kinds]


def _sums(row: withholding.Row, unit: str, language: str) -> list[str]:
    if not unit:
        return ["–"] * len(SUMS)
    plain = [amount(number, unit, language) for number in (row.before, row.after)]
    return [*plain, amount(row.difference, unit, language, signed=True)]


def _short(row: withholding.Row, language: str) -> list[str]:
    numbers = row.people, row.of(*GAIN), row.of(*LOSE)
    return [*(count(each, language) for each in numbers), *_sums(row, FEN, language)]


def _table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, total: bool = False, words: bool = False
) -> Markup:
    """`total`: the last row is one; `words`: the cells hold words, not numbers."""
    lines = [_row(cells) for cells in rows]
    if total:
        lines[-1] = Markup(lines[-1].replace("<tr>", '<tr class="total">', 1))
    head = element("thead", element("tr", *(element("th", each, scope="col") for each in heads)))
    table = element(
        "table", element("caption", caption), head, element("tbody", *lines), class_="words" if words else None
    )
    return element("div", table, class_="wide", tabindex="0", role="region", aria_label=caption)


def _row(cells: Sequence[str]) -> Markup:
    first, *others = cells
    return element("tr", element("th", first, scope="row"), *(element("td", each) for each in others))
