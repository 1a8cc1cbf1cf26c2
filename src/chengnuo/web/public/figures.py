"""How figures are shown: periods in words, live counts in bands, frozen counts in tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.core.periods import MONTH, QUARTER, Period, read
from chengnuo.people.models import Office
from chengnuo.promises.figures import OUTCOMES, Kind, Row
from chengnuo.promises.models import Release
from chengnuo.promises.published import Live
from chengnuo.web.shell import Link
from chengnuo.web.stories import WORDS
from chengnuo.web.words import DUTY, Shown, Word, band

MEANINGS = (
    ("kept", gettext_lazy("done by the day that was promised")),
    ("kept_late", gettext_lazy("done after that day, but before it counts as broken")),
    (
        "broken",
        gettext_lazy(
            "not done when half the promised time again had passed, at least five working days: broken for ever, also when it is done later"
        ),
    ),
    (
        "discharged",
        gettext_lazy(
            "the family no longer wanted it, or the office above released the office from it with a reason"
        ),
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
class Bands:
    """What one office owes now, in bands. `where` leads to its place, "" where the page is that place's own."""

    name: str
    href: str
    owed: Shown
    late: Shown
    where: str = ""


@dataclass(frozen=True)
class Line:
    """One row of frozen counts; a count that is left out is ""."""

    name: str
    href: str
    outcomes: tuple[str, ...]
    voices: tuple[str, ...]
    is_total: bool = False


OUTCOME_HEADS = tuple(DUTY[outcome].text for outcome in OUTCOMES)
VOICE_HEADS = (gettext_lazy("the office said done"), *WORDS.values())


def meanings() -> tuple[Meaning, ...]:
    return tuple(Meaning(DUTY[reading], str(text)) for reading, text in MEANINGS)


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


def all_bands(offices: Iterable[Office], live: dict[UUID, Live]) -> tuple[Bands, ...]:
    return tuple(bands_of(office, live.get(office.pk, Live())) for office in offices)


def release_links(releases: Iterable[Release], code: str) -> tuple[Link, ...]:
    return tuple(release_link(release, code) for release in releases)


def release_link(release: Release, code: str, name: str = "") -> Link:
    words = period_words(release.period)
    label = _("%(place)s: %(period)s") % {"place": name, "period": words} if name else words
    return Link(label=label, href=reverse("public:release", args=[code, release.period]))


def line_of(row: Row) -> Line:
    """A row in the reader's words. Only promises and offices have pages."""
    page = {Kind.PROMISE: "public:promise", Kind.GUARDED: "public:promise", Kind.OFFICE: "public:office"}.get(
        row.kind
    )
    voices = (row.done, *(row.counts[voice] for voice in WORDS))
    return Line(
        name=str(row.name) if row.name else str(KINDS[row.kind]),
        href=reverse(page, args=[row.key]) if page else "",
        outcomes=tuple(_shown(row.counts[outcome]) for outcome in OUTCOMES),
        voices=tuple(map(_shown, voices)),
        is_total=row.kind is Kind.TOTAL,
    )


def _shown(count: int | None) -> str:
    return "" if count is None else str(count)
