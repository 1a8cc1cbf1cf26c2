"""How figures are shown: periods in words, live counts in bands, frozen counts in tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.core.deadlines import Reading, reading
from chengnuo.core.periods import MONTH, QUARTER, Period, read
from chengnuo.people.models import Office
from chengnuo.policies.loader import parameters
from chengnuo.promises.figures import OUTCOMES, VOICES, Kind, Row
from chengnuo.promises.models import Outcome, Release
from chengnuo.promises.published import Listed, Live
from chengnuo.web.named import Named
from chengnuo.web.shell import Link
from chengnuo.web.words import DUTY, WORDS, Shown, Word, band, due_words, local_day

MEANINGS = (
    ("kept", gettext_lazy("done by the day that was promised")),
    ("kept_late", gettext_lazy("done after that day, but before it counts as broken")),
    (
        "broken",
        gettext_lazy(
            "not done when another %(percent)d%% of the promised time had passed, at least %(days)d working days: broken for ever, also when it is done later"
        ),
    ),
    (
        "discharged",
        gettext_lazy("the family no longer wanted it, or the office above freed the office from it, with a reason"),
    ),
)
KINDS = {
    Kind.TOTAL: gettext_lazy("All of these together"),
    Kind.COMMITTEES: gettext_lazy("All village and residents' committees together"),
}


@dataclass(frozen=True)
class Meaning:
    word: Word
    text: str


@dataclass(frozen=True)
class Bands(Named):
    """What one office owes now, in bands. `where` leads to its place, "" where the page is that place's own."""

    name: str
    href: str
    owed: Shown
    late: Shown
    where: str = ""


@dataclass(frozen=True)
class Tables:
    """The addresses of the live figures of a page, as tables."""

    csv: str
    json: str


def tables(page: str, key: str) -> Tables:
    csv, json = (reverse(f"public:{page}_live", args=[key, form]) for form in ("csv", "json"))
    return Tables(csv, json)


@dataclass(frozen=True)
class Listing:
    """A release in a list. `word` and `says` where it was not published in time, or is still awaited; then `href` is ""."""

    label: str
    href: str
    word: Word | None = None
    says: str = ""


@dataclass(frozen=True)
class Count:
    """One frozen count under its heading; `number` is "" where it is left out."""

    head: str
    number: str


@dataclass(frozen=True)
class Line:
    name: str
    href: str
    shown: tuple[Count, ...]
    is_total: bool = False


VOICE_HEADS = {"done": gettext_lazy("the office said done"), **{voice: WORDS[voice] for voice in VOICES}}
OUTCOME_HEADS = {outcome: DUTY[outcome].text for outcome in OUTCOMES}
PAGES = {Kind.PROMISE: "public:promise", Kind.GUARDED: "public:promise", Kind.OFFICE: "public:office"}


def meanings(on: date) -> tuple[Meaning, ...]:
    """What the words mean under the parameters of a day."""
    known = parameters()
    grace = {"percent": known.whole("limits.grace_percent", on), "days": known.whole("limits.grace_least_days", on)}
    return tuple(Meaning(DUTY[reading], str(text) % grace) for reading, text in MEANINGS)


def period_words(period: str) -> str:
    """2026-03 as people say it, and 2026-Q1, and 2026."""
    found: Period = read(period)
    if found.length == MONTH:
        return date_format(found.begins, "YEAR_MONTH_FORMAT")
    if found.length == QUARTER:
        return _("%(year)d, quarter %(number)d") % {"year": found.year, "number": found.number}
    return _("the year %(year)d") % {"year": found.year}


def bands_of(office: Office, live: Live, where: str = "") -> Bands:
    return Bands(
        name=str(office),
        href=reverse("public:office", args=[office.key]),
        owed=band(live.owed),
        late=band(live.late),
        where=where,
    )


def listings(found: Iterable[Listed], code: str, told: Mapping[UUID, str], *, now: datetime) -> tuple[Listing, ...]:
    """`told` says who had to answer for a release that is late."""
    return tuple(_listing(each, code, told.get(each.release.pk, ""), now) for each in found)


def _listing(each: Listed, code: str, told: str, now: datetime) -> Listing:
    link = release_link(each.release, code)
    stands = reading(each.duty, now) if each.duty else Reading.KEPT
    word = None if stands is Reading.KEPT else DUTY[stands]
    return Listing(
        link.label, link.href if each.release.published_at else "", word, f"{promised_by_day(each)} {told}".strip()
    )


def promised_by_day(each: Listed) -> str:
    """By when it was promised, where it was not published by then; else ""."""
    duty = each.duty
    if duty is None or duty.outcome == Outcome.KEPT:
        return ""
    if each.release.published_at is None:
        return _("To be published by %(day)s.") % {"day": due_words(duty)}
    days = {"due": due_words(duty), "day": local_day(each.release.published_at)}
    return _("Promised by %(due)s, published on %(day)s.") % days


def release_link(release: Release, code: str, name: str = "") -> Link:
    words = period_words(release.period)
    label = _("%(place)s: %(period)s") % {"place": name, "period": words} if name else words
    return Link(label=label, href=reverse("public:release", args=[code, release.period]))


def outcome_line(row: Row) -> Line:
    """What became of the promises of a row."""
    return Line(name_of(row), _page(row), _counts(row, OUTCOME_HEADS), row.kind is Kind.TOTAL)


def voice_line(row: Row) -> Line:
    """How often the office had said done, and what residents said of it."""
    return Line(name_of(row), _page(row), _counts(row, VOICE_HEADS), row.kind is Kind.TOTAL)


def full_line(row: Row) -> Line:
    """Both, for rows that are few."""
    return Line(name_of(row), _page(row), _counts(row, OUTCOME_HEADS) + _counts(row, VOICE_HEADS))


def heads(of: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(map(str, of.values()))


def is_heard(row: Row) -> bool:
    """Whether anything was said, or left out, of what a row counts."""
    return any(row.counts[voice] != 0 for voice in VOICES)


def name_of(row: Row) -> str:
    return str(row.name) if row.name else str(KINDS[row.kind])


def _page(row: Row) -> str:
    return reverse(PAGES[row.kind], args=[row.key]) if row.kind in PAGES else ""


def _counts(row: Row, of: Mapping[str, object]) -> tuple[Count, ...]:
    counts = {**row.counts, "done": row.done}
    return tuple(Count(str(head), "" if counts[column] is None else str(counts[column])) for column, head in of.items())
