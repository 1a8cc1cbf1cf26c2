"""What offices wrote about a duty goes with the case it was about; what was owed, by when and what became of it stays."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from chengnuo.promises.models import Duty, Escalation

GONE = "…"  # an answer that was given keeps its instant, and an answer is never empty


def forget(subjects: Sequence[UUID]) -> list[UUID]:
    """Empties the words of every duty of these subjects, inside the act of another app; returns the duties."""
    about = Duty.objects.filter(subject_id__in=subjects)
    about.filter(discharge_reason__isnull=False).update(discharge_reason=None)
    for told in Escalation.objects.filter(duty__in=about, answer__isnull=False):
        told.answer = GONE
        told.save(update_fields=["answer"])
    return list(about.values_list("pk", flat=True))
