"""The report of a simulation: one HTML page that stands alone, without a script, readable on a phone, in grey and on paper."""

from __future__ import annotations

from collections.abc import Iterator

from chengnuo.population.simulate.charts import Chart, svg
from chengnuo.population.simulate.figures import charts
from chengnuo.population.simulate.found import Found
from chengnuo.population.simulate.markup import Markup, element, joined
from chengnuo.population.simulate.tables import by_place, by_programme, changes, of_families, of_law, of_programme
from chengnuo.population.simulate.words import count, phrase

HEAD = 16  # digits of a digest that are enough to compare by eye
STYLE = """
body { font: 1rem/1.6 sans-serif; color: #000; background: #fff; max-width: 60rem; margin: 1rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem; line-height: 1.3 } h2 { font-size: 1.3rem; margin-top: 2rem }
figure { margin: 1rem 0 } svg { width: 100%; max-width: 34rem; height: auto } p { overflow-wrap: anywhere } figcaption { font-weight: bold }
.wide { overflow-x: auto; max-width: 100% } td, th { white-space: nowrap } th:first-child, .words td, .words th { text-align: left; white-space: normal; min-width: 8rem }
thead th { white-space: normal } table { border-collapse: collapse; margin: .5rem 0 } caption { text-align: left; font-weight: bold }
th, td { border-bottom: 1px solid #888; padding: .25rem .6rem; text-align: right; vertical-align: top }
th:first-child, .words td { text-align: left } thead th { border-bottom: 2px solid #000 } tr.total > * { font-weight: bold }
.said { border-left: .3rem solid #000; padding-left: .8rem }
@page { size: A4 landscape }
@media print { body { max-width: none; font-size: 10pt } .wide { overflow: visible } td, th { white-space: normal; padding: .2rem .3rem; font-size: 8.5pt } figure, tr { break-inside: avoid } }
"""


def report(found: Found, language: str) -> str:
    """The whole page in a language of the settings."""
    title = phrase("heading", language, title=found.title.in_language(language))
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width"),
        element("title", title),
        element("style", Markup(STYLE)),
    )
    body = element("body", element("main", element("h1", title), *_parts(found, language)))
    return "<!doctype html>\n" + element("html", head, body, lang=phrase("language", language)) + "\n"


def _parts(found: Found, language: str) -> Iterator[Markup]:
    pictures = {chart.key: chart for chart in charts(found, language)}
    yield from _opening(found, language)
    yield element("h2", phrase("what_changes", language))
    yield of_law(found, language)
    yield element("h2", phrase("in_all", language))
    yield element("p", phrase("families_say", language))
    if found.leaves_open:
        yield element("p", phrase("undecided_say", language))
    yield of_families(found, language)
    yield element("h2", phrase("by_programme", language))
    yield joined(_figure(pictures["cost"]), _figure(pictures["winners"]), by_programme(found, language))
    yield element("h2", phrase("by_place", language))
    if "places" in pictures:
        yield _figure(pictures["places"])
    yield by_place(found, language)
    yield from (of_programme(found, each, language) for each in found.programmes if changes(found, each))
    yield from _closing(found, language)


def _opening(found: Found, language: str) -> Iterator[Markup]:
    day = found.asked.day
    people = {role: count(number, language) for role, number in found.people.items()}
    yield element("p", phrase("asked", language, day=day, year=day.year))
    yield element("p", phrase("population", language, **people))
    if found.fictional:
        yield element("p", phrase("fictional", language), class_="said")
    if found.changes_nothing:
        yield element("p", phrase("no_change", language), class_="said")


def _closing(found: Found, language: str) -> Iterator[Markup]:
    yield element("h2", phrase("how_made", language))
    withheld = phrase("withheld", language)
    yield element("p", phrase("guarded", language, threshold=found.threshold, withheld=withheld))
    yield element("p", phrase("checked", language, sample=count(found.sample, language)))
    names = "、" if language != "en" else ", "
    untouched = names.join(each.words.name.in_language(language) for each in found.untouched)
    if untouched:
        yield element("p", phrase("untouched", language, programmes=untouched))
    yield element("p", phrase("rules", language, version=found.rules[:HEAD]))


def _figure(chart: Chart) -> Markup:
    return element("figure", element("figcaption", chart.title), svg(chart), element("p", chart.says))
