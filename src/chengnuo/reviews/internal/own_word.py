"""What the family of an award said itself in its reviews: over that nobody changes it otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chengnuo.core.instants import local_date
from chengnuo.reviews.lifecycle import ANSWERS_COME, CHANGED
from chengnuo.reviews.models import Change, How, Review


@dataclass(frozen=True, kw_only=True)
class OwnWord:
    """What the family of an award said itself in its reviews. `unchanged_on`: when it last said, with its own code, that nothing has
    changed; None: never. `may_answer`: it can still say otherwise there. `is_undecided`: a change waits there for its decision.
    """

    unchanged_on: date | None = None
    may_answer: bool = False
    is_undecided: bool = False


def own_word(award: UUID) -> OwnWord:
    """What its family said itself. One query."""
    rows = Review.objects.filter(award=award).values_list("status", "how", "change", "ready_at", "campaign__status")
    found = list(rows)
    # that a person looks all the same was not the family's doing
    own = [row for row in found if row[1] == How.CODE and row[2] in ("", Change.LOOK) and row[3] is not None]
    return OwnWord(
        unchanged_on=max((local_date(row[3]) for row in own if row[3]), default=None),
        may_answer=any(row[4] in ANSWERS_COME for row in own),
        is_undecided=any(row[0] == CHANGED for row in found),
    )
