"""What residents said of cases that an office called done: what figures count beside the office's own word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count
from django.db.models.functions import ExtractMonth

from chengnuo.cases.lifecycle import CASE
from chengnuo.cases.models import Chapter, ResidentWord
from chengnuo.core.instants import SHANGHAI
from chengnuo.promises.ports import Tally

# told as steps of the story: a step never changes, while the case's own word may, when the case is opened again
SAID = {
    CASE.say_resolved.name: ResidentWord.RESOLVED,
    CASE.say_not.name: ResidentWord.NOT_RESOLVED,
    CASE.lapse.name: ResidentWord.NO_ANSWER,
}


def voices(begins_at: datetime, over_at: datetime) -> Iterable[Tally]:
    """Answers to promises.ports.Voices: one query."""
    steps = Chapter.objects.filter(move__in=SAID, at__gte=begins_at, at__lt=over_at).order_by()
    of_month = steps.annotate(month=ExtractMonth("at", tzinfo=SHANGHAI))
    rows = of_month.values_list("case__promise__promise", "case__office", "case__is_guarded", "month", "move")
    return [
        Tally(promise, office, guarded, month, SAID[move].value, count)
        for promise, office, guarded, month, move, count in rows.annotate(Count("pk"))
    ]
