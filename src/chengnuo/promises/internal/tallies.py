"""What became of duties: counted once it can no longer change, on the day on which it was settled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Q
from django.db.models.functions import ExtractMonth

from chengnuo.core.deadlines import Reading
from chengnuo.core.instants import SHANGHAI
from chengnuo.foundation.refs import registry
from chengnuo.promises.models import Duty, Outcome
from chengnuo.promises.ports import Tally, ports
from chengnuo.promises.readings import ENDED_BROKEN, LIVE, where

# a promise is broken from the instant it is, whether or not it is done afterwards
SETTLED = {
    Outcome.KEPT: "ended_at",
    Outcome.KEPT_LATE: "ended_at",
    Outcome.BROKEN: "broken_at",
    Outcome.DISCHARGED: "discharged_at",
}


def tallies(begins_at: datetime, over_at: datetime) -> list[Tally]:
    """Every outcome settled, and every voice heard, from one instant to before another of the same year; five queries.

    The same whenever it is asked once `over_at` is past: a worker that slept freezes the same figures.
    """
    found = [tally for outcome in SETTLED for tally in _settled(outcome, begins_at, over_at)]
    return [*found, *ports.voices(begins_at, over_at)]


def _settled(outcome: Outcome, begins_at: datetime, over_at: datetime) -> Iterator[Tally]:
    column = SETTLED[outcome]
    became = LIVE | ENDED_BROKEN if outcome is Outcome.BROKEN else where(Reading(outcome.value), over_at)
    # what everybody sees one by one, such as that figures were owed, must not lift a count over the threshold
    rows = (
        Duty.objects.exclude(subject_kind__in=registry.public_kinds())
        .filter(became, Q(**{f"{column}__gte": begins_at, f"{column}__lt": over_at}))
        .annotate(month=ExtractMonth(column, tzinfo=SHANGHAI))
        .values_list("promise__promise", "office", "is_guarded", "month")
        .annotate(Count("pk"))
        .order_by()
    )
    for promise, office, guarded, month, count in rows:
        yield Tally(promise, office, guarded, month, outcome.value, count)
