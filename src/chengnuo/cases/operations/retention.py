"""Forgetting: two years after its end a case keeps what figures need, and nobody's words, name or telephone."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from chengnuo.cases import queries
from chengnuo.cases.models import Case, Chapter, NewCode, Step
from chengnuo.cases.operations import photos, ratings
from chengnuo.cases.ports import ports
from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.log.erasure import erase
from chengnuo.foundation.receipts import new_number
from chengnuo.people.operations import contacts
from chengnuo.promises.operations import forgetting

INDEX_BYTES = 32
A_FEW = 5  # every word is sealed by itself
EMPTIED = ["details", "missing", "refusal_law", "about_case", "number", "receipt_index", "forgotten_at"]


def forget_old(*, at: datetime, limit: int) -> int:
    """Forgets cases whose time is over, at most so many; returns how many. Each is forgotten once."""
    over = queries.to_forget(at, limit=limit)
    return _forget(over, at) if over else 0


def forget_again(cases: Sequence[str], at: datetime) -> None:
    """After a restore: cases that were forgotten already, and that an older copy brought back with their words."""
    for start in range(0, len(cases), A_FEW):
        _forget([UUID(case) for case in cases[start : start + A_FEW]], at)


def _forget(over: Sequence[UUID], at: datetime) -> int:
    key = uuid5(NAMESPACE_URL, "forget " + " ".join(map(str, over)))
    with act("case.forget/1", by=system(), at=at, key=key, said={"cases": over}) as a:
        found = list(a.allowed(Case).filter(pk__in=over, forgotten_at=None).select_related("contact"))
        empty(a, found)
        return len(found)


def empty(a: Act, cases: Sequence[Case]) -> None:
    """Inside an act: nobody's words, name or telephone stay in these cases, in no table and in no file."""
    gone = [case.pk for case in cases]
    contacts.forget([case.contact for case in cases])
    _forget_stories(gone)
    photos.forget(gone, at=a.at)
    ratings.forget(gone)
    _forget_codes(gone, a.at)
    beside = ports.forget_beside(a, gone)
    steps = list(Step.objects.filter(case__in=gone).values_list("pk", flat=True))
    erase("duty", *map(str, forgetting.forget([*gone, *steps, *beside])), at=a.at)
    erase(Step.kind, *map(str, steps), at=a.at)
    erase(Case.kind, *map(str, gone), at=a.at)
    for case in cases:
        _empty(case, a.at)
        a.record(Case.kind, case.pk, case.trace(), {})


def _empty(case: Case, at: datetime) -> None:
    """The receipt and the number that somebody holds lead to nothing any more."""
    case.details = ""
    case.missing = case.refusal_law = case.about_case = None
    case.number, case.receipt_index = new_number(), secrets.token_bytes(INDEX_BYTES)
    case.forgotten_at = at
    case.save(update_fields=EMPTIED)


def _forget_codes(cases: Sequence[UUID], at: datetime) -> None:
    given = NewCode.objects.filter(case__in=cases)
    erase(NewCode.kind, *map(str, given.values_list("pk", flat=True)), at=at)
    given.delete()


def _forget_stories(cases: Sequence[UUID]) -> None:
    for chapter in Chapter.objects.filter(case__in=cases):
        if chapter.words or chapter.facts:
            chapter.words, chapter.facts = "", {}
            chapter.save(update_fields=["words", "facts"])
