"""Closed letters, for families whom no message reaches: owed by whoever has the case in hand, printed and sent out one by one; or told by
telephone or in person in their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db.models import Q

from chengnuo.cases.lifecycle import CASE
from chengnuo.cases.models import Case
from chengnuo.channels.lifecycle import CLOSED_LETTER, OWED
from chengnuo.channels.models import ClosedLetter, Message, Way
from chengnuo.core.instants import local_date
from chengnuo.core.lifecycle import Move
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.ids import new_id, random_id
from chengnuo.foundation.log.erasure import erase
from chengnuo.foundation.models import Errand
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused, NotAllowed, Refused
from chengnuo.people import queries as people
from chengnuo.policies.procedures import Procedure
from chengnuo.promises import queries as promises
from chengnuo.promises.operations import duties

# who gave no name, or no village as whoever complains or objects, has nothing on an envelope; who wishes for no paper is sent none
CAN_BE_WRITTEN_TO = Q(forgotten_at=None, is_anonymous=False, contact__village__isnull=False, contact__no_paper=False)
# whoever agreed to messages gave a number: they can be called, also where no letter is wanted or no village is known
CAN_BE_TOLD = Q(forgotten_at=None, is_anonymous=False)
# what is owed to nobody any more
GONE = Q(undelivered=False) & Q(case__in=Case.objects.exclude(CAN_BE_WRITTEN_TO)) | Q(
    undelivered=True, case__in=Case.objects.exclude(CAN_BE_TOLD)
)
# after which acts something may have become new meanwhile
OUT = ("closed_letter.send_out/1", "closed_letter.tell/1")
MANY = 500


class NotAWay(Refused):
    code = "not-a-way"
    sentence = N_("A family is told by telephone or in person, or by the letter.")
    remedy = N_("Choose one of the two; of a letter say that it is on its way.")


def owe(case: UUID, *, at: datetime, news_at: datetime | None = None, undelivered: bool = False) -> ClosedLetter | None:
    """Opens the letter of a case, or leaves the one that is owed already: it says this too, unless it is printed. None where nobody can be
    written to, or after a message that was `undelivered` nobody told; or the county has not promised it.
    """
    # locked: nobody else owes the same letter, or hands the case over, meanwhile
    can = CAN_BE_TOLD if undelivered else CAN_BE_WRITTEN_TO
    found = Case.objects.filter(can, pk=case).select_for_update(of=("self",)).first()
    day, new = local_date(at), news_at or at
    if found is None or not promises.in_force(day).filter(promise__key=Procedure.TOLD_ON_PAPER).exists():
        return None
    waiting = ClosedLetter.objects.filter(case=case, status=OWED)
    owed = waiting.filter(promises.owed_about()).first()
    # one that an arriving message lets go says no more than that message; none that went out meanwhile says this
    if owed is not None and waiting.filter(pk=owed.pk).update(
        news_at=new, undelivered=owed.undelivered and undelivered
    ):
        return owed
    for freed in waiting:  # an office above freed somebody of it: not of what is new since
        _let_go(freed, at)
    # an ended case stays with a post that falls vacant
    holder = _in_office(found.holder_id, found.office_id, day)
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
            holder_id=holder,
            village_id=found.village_id,
            township_id=found.township_id,
            bureau_id=found.bureau_id,
            news_on=local_date(new),
            news_at=new,
            undelivered=undelivered,
        )
        return a.make(letter, CLOSED_LETTER.owe)


def owe_undelivered(case: UUID, *, at: datetime) -> None:
    """The last message of a case that was tried came to nothing: that its family is told otherwise is owed."""
    if _is_untold(case):
        owe(case, at=at, undelivered=True)


def arrived(case: UUID, *, at: datetime) -> None:
    """A later message arrived, and says the same: what is owed for one that did not is let go."""
    if not _is_untold(case):
        for letter in ClosedLetter.objects.filter(case=case, status=OWED, undelivered=True):
            _let_go(letter, at)


def printed(letter: UUID, *, at: datetime) -> None:
    """It was opened to be printed: the first time counts, for what is new after it may not be in the one that goes out."""
    ClosedLetter.objects.filter(pk=letter, status=OWED, printed_at=None).update(printed_at=at)


def send_out(*, letter: UUID, by: Actor, at: datetime, key: UUID) -> ClosedLetter:
    """It was posted, or handed over closed; it tells up to when it was printed. Raises MoveRefused."""
    with act("closed_letter.send_out/1", by=by, at=at, key=key, said={"letter": letter}) as a:
        found = a.take(ClosedLetter, letter)
        found.case = Case.objects.select_related("contact").get(pk=found.case_id)
        return _told(a, found, CLOSED_LETTER.send_out, way=Way.LETTER, until=found.printed_at or at)


def tell(*, letter: UUID, way: str, by: Actor, at: datetime, key: UUID) -> ClosedLetter:
    """Whoever acts told the family by telephone or in person, of everything that is new. Raises NotAWay, MoveRefused."""
    if way not in (Way.PHONE, Way.PERSON):
        raise NotAWay
    with act("closed_letter.tell/1", by=by, at=at, key=key, said={"letter": letter, "way": way}) as a:
        return _told(a, a.take(ClosedLetter, letter), CLOSED_LETTER.tell, way=Way(way), until=at)


def go_along(cases: Sequence[UUID], *, holder: UUID) -> None:
    """Bound to `cases.ports.Ports.go_along`: who hands a case over opens it no more, and could put no name on an envelope."""
    owed = ClosedLetter.objects.filter(case__in=cases, status=OWED)
    # the letters before their duties, as whoever sends one out locks them
    if owed.update(holder_id=holder):
        duties.hand_over(subjects=list(owed.values_list("pk", flat=True)), holder=holder)


def post_vacated(errand: Errand, at: datetime) -> None:
    """Heard when somebody leaves a post: what is open passes on with its letters, and a case that has ended stays. Its letter is owed
    by the nearest head who is there from that moment on, not by a post that nobody holds.
    """
    post = people.post_left(UUID(errand.payload["holding"]), on=local_date(at))
    if post is None or (head := _in_office(post, people.office_of(post), local_date(at))) == post:
        return
    owed = ClosedLetter.objects.filter(holder=post, status=OWED).exclude(case__status__in=CASE.open)
    letters = list(owed.select_for_update().order_by("pk").values_list("pk", flat=True))
    if ClosedLetter.objects.filter(pk__in=letters).update(holder_id=head):
        duties.hand_over(subjects=letters, holder=head)


def _in_office(post: UUID, office: UUID, day: date) -> UUID:
    """This post, where somebody holds it; else that of the nearest head who is there."""
    if people.holding_of(post, on=day):
        return post
    return people.head_on_duty(office, besides=post, on=day) or post


def let_go_due(*, at: datetime, limit: int = MANY) -> int:
    """Lets go what nobody can be sent any more: the case is forgotten, or the family wishes for no paper. Returns how many."""
    over = ClosedLetter.objects.filter(GONE, status=OWED).order_by("pk")
    return sum(_let_go(letter, at) for letter in over[:limit])


def forget(a: Act, cases: Sequence[UUID]) -> list[UUID]:
    """What the log knows of the letters of these cases goes with them, inside the act that forgets; returns the letters."""
    letters = list(ClosedLetter.objects.filter(case__in=cases).values_list("pk", flat=True))
    erase(ClosedLetter.kind, *map(str, letters), at=a.at)
    return letters


def _told(a: Act, letter: ClosedLetter, move: Move, *, way: Way, until: datetime) -> ClosedLetter:
    # a letter that went along with its case is in the hands of another office than the one where it was owed
    post = letter.holder_id if letter.holder_id in a.by.posts else people.post_at(letter.office_id, a.by)
    if post is None:
        raise NotAllowed
    return a.move(letter, move, out_on=local_date(a.at), way=way, told_by_id=post, tells_until=until)


def _is_untold(case: UUID) -> bool:
    """Whether the message that was tried last came to nothing."""
    tried = Message.objects.filter(Q(sent_at__isnull=False) | Q(failed_at__isnull=False), consent__contact__case=case)
    last = tried.order_by("-queued_at", "-pk").first()
    return last is not None and last.failed_at is not None


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
