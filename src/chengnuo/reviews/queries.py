"""Reads of campaigns, reviews, renewals and checks, each through the gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from chengnuo.benefits.lifecycle import IN_FORCE
from chengnuo.benefits.models import Award
from chengnuo.core.privacy import Counts, Published, suppress
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere
from chengnuo.policies.loader import parameters
from chengnuo.reviews.codes import index_of
from chengnuo.reviews.lifecycle import (
    AGREED,
    ANSWERS_COME,
    DETERMINED,
    DIFFERS,
    ENDED,
    NOT_BEGUN,
    OPEN,
    R_DROPPED,
    RENEWED,
    SILENT,
    UNCHANGED,
)
from chengnuo.reviews.models import Amendment, Campaign, Change, Check, Contact, Renewal, Review
from chengnuo.reviews.operations.opening import may_begin as may_begin_any
from chengnuo.reviews.operations.renewing import sample as sample_of

MOST = 100
SETTLED: tuple[str, ...] = (RENEWED, DETERMINED, ENDED, R_DROPPED)


def by_code(code: str) -> UUID | None:
    """The review whose letter has this code, while its answers come in."""
    found = Review.objects.filter(code_index=index_of(code), campaign__status__in=ANSWERS_COME)
    return found.values_list("pk", flat=True).first()


def review(viewer: Actor, pk: UUID, *, action: str = "review.see") -> Review:
    """One review with which the viewer may do this. Raises NotHere."""
    found = Review.objects.filter(gate.scope(viewer, action), pk=pk)
    return NotHere.unless(found.select_related("campaign__office", "award__office", "office", "home").first())


def unsent(viewer: Actor) -> QuerySet[Review, UUID]:
    """The reviews whose letters wait in their hands, for a way to the first: a list of them would be one of who receives what."""
    waiting = Review.objects.filter(gate.scope(viewer, "review.send_out"), holder__in=viewer.posts, status=OPEN)
    return waiting.filter(letter_out_on=None, is_left_alone=False).order_by("pk").values_list("pk", flat=True)


def reviews_of_claim(viewer: Actor, claim: UUID) -> QuerySet[Review]:
    """The reviews of what a claim was granted that the viewer may see, the newest first."""
    found = Review.objects.filter(gate.scope(viewer, "review.see"), award__claim=claim)
    return found.select_related("campaign", "award").order_by("-campaign__year")


def contacts(*reviews: Review) -> Sequence[Contact]:
    """Of each review in their order."""
    return list(Contact.objects.filter(review__in=reviews).order_by("review", "number"))


def campaign(viewer: Actor, pk: UUID, *, action: str = "campaign.see") -> Campaign:
    """Raises NotHere."""
    return NotHere.unless(Campaign.objects.filter(gate.scope(viewer, action), pk=pk).select_related("office").first())


def campaigns(viewer: Actor) -> Sequence[Campaign]:
    """The newest year first."""
    return list(Campaign.objects.filter(gate.scope(viewer, "campaign.see")).order_by("-year", "programme")[:MOST])


def may_begin(viewer: Actor, on: date) -> Sequence[str]:
    """The programmes of their offices with awards to review this year, and no campaign of it yet; where policy lets them begin it."""
    if not gate.may(viewer, "campaign.begin") or not may_begin_any(viewer, on):
        return ()
    year = on.year
    begun = (
        Campaign.objects.filter(office__in=viewer.offices, year=year).exclude(status__in=NOT_BEGUN).values("programme")
    )
    found = Award.objects.filter(office__in=viewer.offices, status=IN_FORCE, begins__lt=year)
    return list(found.exclude(programme__in=begun).order_by("programme").values_list("programme", flat=True).distinct())


def progress(campaign: Campaign) -> Mapping[str, int]:
    """How many reviews are in each state; one query."""
    rows: Any = Review.objects.filter(campaign=campaign).order_by().values_list("status").annotate(n=Count("pk"))
    return dict(rows)


def how_far(progress: Mapping[str, int], on: date) -> tuple[int, int]:
    """How many of all are settled; (0, 0) where one of the two, or what is left, is too small to be shown beside the figures."""
    done, every = sum(progress.get(each, 0) for each in SETTLED), sum(progress.values())
    shown = suppress(
        Counts(("–",), ("done", "left"), ((done, every - done),)), parameters().whole("limits.small_cell", on)
    )
    return (0, 0) if None in shown.cells[0] else (done, every)


def renewals(campaign: Campaign) -> Sequence[Renewal]:
    """The newest first."""
    return list(Renewal.objects.filter(campaign=campaign).order_by("-proposed_at", "-pk")[:MOST])


def renewal(viewer: Actor, pk: UUID, *, action: str = "renewal.see") -> Renewal:
    """Raises NotHere."""
    return NotHere.unless(Renewal.objects.filter(gate.scope(viewer, action), pk=pk).select_related("campaign").first())


def sample(renewal: Renewal, on: date) -> Sequence[UUID]:
    """Some of what would be renewed, by the renewal's own seed: neither officer picks."""
    return sample_of(renewal, on)


def check(viewer: Actor, pk: UUID, *, action: str = "review_check.see") -> Check:
    """Raises NotHere."""
    found = Check.objects.filter(gate.scope(viewer, action), pk=pk)
    return NotHere.unless(found.select_related("review__award__village", "review__campaign", "office").first())


def named(viewer: Actor, reviews: Iterable[UUID]) -> dict[UUID, tuple[str, int]]:
    """Programme and year of these reviews, for a list of what is owed."""
    found = Review.objects.filter(gate.scope(viewer, "review.see"), pk__in=list(reviews)).values_list(
        "pk", "award__programme", "campaign__year"
    )
    return {pk: (programme, year) for pk, programme, year in found}


def campaigns_named(viewer: Actor, campaigns: Iterable[UUID]) -> dict[UUID, tuple[str, int]]:
    """Programme and year of these campaigns."""
    found = Campaign.objects.filter(gate.scope(viewer, "campaign.see"), pk__in=list(campaigns)).values_list(
        "pk", "programme", "year"
    )
    return {pk: (programme, year) for pk, programme, year in found}


def checks_named(viewer: Actor, checks: Iterable[UUID]) -> dict[UUID, tuple[str, int]]:
    """Programme and year of what these checks look at."""
    rows = Check.objects.filter(gate.scope(viewer, "review_check.see"), pk__in=list(checks))
    found = rows.values_list("pk", "review__award__programme", "review__campaign__year")
    return {pk: (programme, year) for pk, programme, year in found}


# each review is counted in one column, so that the sums are sums
COLUMNS: Mapping[str, Q] = {
    "waits": Q(status=OPEN),
    "unchanged": Q(status=UNCHANGED) | (Q(status=RENEWED) & ~Q(how="")),
    "silent": Q(status=SILENT) | Q(status=RENEWED, how=""),
    "changed": Q(status__in=["changed", DETERMINED]),
    "ended_death": Q(status=ENDED, change=Change.DEATH),
    "ended_move": Q(status=ENDED, change=Change.MOVE),
    "ended_statement": Q(status=ENDED, change=Change.STATEMENT),
}
CHECKED: Mapping[str, Q] = {
    "agreed": Q(check_of__status=AGREED),
    "differs": Q(check_of__status=DIFFERS),
    "still": Q(check_of__isnull=False) & ~Q(check_of__status__in=[AGREED, DIFFERS]),
}


def figures(campaign: Campaign, on: date) -> tuple[Published, Published]:
    """By township, what became of the reviews and of the sample; without small counts, and without any from which one could be found."""
    rows: Any = Review.objects.filter(campaign=campaign).order_by("home__above__order", "home__above")
    return tuple(_published(rows, columns, on) for columns in (COLUMNS, CHECKED))  # type: ignore[return-value]  # two of them


def _published(rows: Any, columns: Mapping[str, Q], on: date) -> Published:
    counted = {name: Count("pk", filter=condition) for name, condition in columns.items()}
    found = list(rows.values("home__above__name").annotate(**counted))
    names = tuple(str(row["home__above__name"] or "–") for row in found) or ("–",)
    cells = tuple(tuple(row[name] for name in columns) for row in found) or (tuple(0 for _ in columns),)
    return suppress(Counts(names, tuple(columns), cells), parameters().whole("limits.small_cell", on))


def amendment(viewer: Actor, pk: UUID, *, action: str = "amendment.at_desk") -> Amendment:
    """One change to an award with which the viewer may do this. Raises NotHere."""
    found = Amendment.objects.filter(gate.scope(viewer, action), pk=pk)
    return NotHere.unless(
        found.select_related("award__village", "office", "proposed_by__office", "confirmed_by__office").first()
    )


def amendments(viewer: Actor, award: UUID) -> list[Amendment]:
    """The changes to an award that the viewer may see, the newest first; its family those that count."""
    return list(Amendment.objects.filter(gate.scope(viewer, "amendment.see"), award=award).order_by("-proposed_at"))


def amendments_named(viewer: Actor, amendments: Iterable[UUID]) -> dict[UUID, tuple[str]]:
    """The sort of those of these changes that the viewer may see, for a list of what is owed."""
    seen = Amendment.objects.filter(gate.scope(viewer, "amendment.see"), pk__in=list(amendments))
    return {pk: (sort,) for pk, sort in seen.values_list("pk", "sort")}
