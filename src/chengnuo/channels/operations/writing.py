"""Closed letters, for families whom no message reaches: owed by whoever has the case in hand, printed and sent out one by one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import Q

from chengnuo.cases.models import Case
from chengnuo.channels.lifecycle import CLOSED_LETTER, OWED
from chengnuo.channels.models import ClosedLetter
from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.ids import new_id, random_id
from chengnuo.foundation.log.erasure import erase
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused
from chengnuo.policies.procedures import Procedure
from chengnuo.promises import queries as promises
from chengnuo.promises.operations import duties

# who gave no name, or no village as whoever complains or objects, has nothing on an envelope; who wishes for no paper is sent none
CAN_BE_WRITTEN_TO = Q(forgotten_at=None, is_anonymous=False, contact__village__isnull=False, contact__no_paper=False)
MANY = 500


def owe(case: UUID, *, at: datetime) -> ClosedLetter | None:
    """Opens the letter of a case, or leaves the one that is owed already: it says this too. None where nobody can be written to,
    or the county has not promised it.
    """
    # locked: nobody else owes the same letter, or hands the case over, meanwhile
    found = Case.objects.filter(CAN_BE_WRITTEN_TO, pk=case).select_for_update(of=("self",)).first()
    day = local_date(at)
    if found is None or not promises.in_force(day).filter(promise__key=Procedure.TOLD_ON_PAPER).exists():
        return None
    waiting = ClosedLetter.objects.filter(case=case, status=OWED)
    if (owed := waiting.filter(promises.owed_about()).first()) is not None:
        return owed
    for freed in waiting:  # an office above freed somebody of it: not of what is new since
        _let_go(freed, at)
    said = {"case": case, "number": ClosedLetter.objects.filter(case=case).count() + 1}
    with act(
        "closed_letter.owe/1", by=system(), at=at, key=uuid5(case, f"closed letter {said['number']}"), said=said
    ) as a:
        letter = ClosedLetter(
            # of what is guarded no id tells an order
            pk=random_id() if found.is_guarded else new_id(),
            case=found,
            is_guarded=found.is_guarded,
            office_id=found.office_id,
            holder_id=found.holder_id,
            village_id=found.village_id,
            township_id=found.township_id,
            bureau_id=found.bureau_id,
            news_on=day,
        )
        return a.make(letter, CLOSED_LETTER.owe)


def send_out(*, letter: UUID, by: Actor, at: datetime, key: UUID) -> ClosedLetter:
    """It was posted, or handed over closed. Raises MoveRefused."""
    with act("closed_letter.send_out/1", by=by, at=at, key=key, said={"letter": letter}) as a:
        return a.move(a.take(ClosedLetter, letter), CLOSED_LETTER.send_out, out_on=local_date(at))


def go_along(cases: Sequence[UUID], *, holder: UUID) -> None:
    """Bound to `cases.ports.Ports.go_along`: who hands a case over opens it no more, and could put no name on an envelope."""
    owed = ClosedLetter.objects.filter(case__in=cases, status=OWED)
    # the letters before their duties, as whoever sends one out locks them
    if owed.update(holder_id=holder):
        duties.hand_over(subjects=list(owed.values_list("pk", flat=True)), holder=holder)


def let_go_due(*, at: datetime, limit: int = MANY) -> int:
    """Lets go what nobody can be sent any more: the case is forgotten, or the family wishes for no paper. Returns how many."""
    over = ClosedLetter.objects.filter(case__in=Case.objects.exclude(CAN_BE_WRITTEN_TO), status=OWED).order_by("pk")
    return sum(_let_go(letter, at) for letter in over[:limit])


def forget(a: Act, cases: Sequence[UUID]) -> list[UUID]:
    """What the log knows of the letters of these cases goes with them, inside the act that forgets; returns the letters."""
    letters = list(ClosedLetter.objects.filter(case__in=cases).values_list("pk", flat=True))
    erase(ClosedLetter.kind, *map(str, letters), at=a.at)
    return letters


def _let_go(letter: ClosedLetter, at: datetime) -> int:
    """One letter, in one act. Its office, or another worker, may have been faster."""
    with (
        suppress(AlreadyReceived, MoveRefused),
        act(
            "closed_letter.let_go/1", by=system(), at=at, key=uuid5(letter.pk, "let go"), said={"letter": letter.pk}
        ) as a,
    ):
        a.move(a.take(ClosedLetter, letter.pk), CLOSED_LETTER.let_go)
        return 1
    return 0
