"""Reads of messages and of what is told on paper. Every one takes its viewer; what the gate does not show is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q

from chengnuo.cases.models import Case, CaseKind, Chapter
from chengnuo.channels.carriers import sms
from chengnuo.channels.models import WAITING, ClosedLetter, Digest, Feed, Message
from chengnuo.core.instants import midnight
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotAllowed, NotHere
from chengnuo.people.models import Account

A_DAY = timedelta(days=1)
# what a family learns of by paper: what the office did with the request, not what the family did itself
MOVES = ("accept", "ask_once", "ask_late", "pause", "resume", "answer", "cannot", "finish", "refuse")


class News(NamedTuple):
    """What a slip of the day needs of a case, under the names of the columns: no name, no service."""

    pk: UUID
    number: str
    status: str
    answer_by: datetime | None
    contact__language: str
    contact__village: UUID | None


def can_tell() -> bool:
    """Whether anything is set up that carries messages: else nobody is asked about them."""
    return sms() is not None


def can_mail() -> bool:
    """Whether anything is set up that sends e-mail to officers."""
    return bool(settings.MAIL)


def digest_of(viewer: Actor) -> Digest | None:
    """What this officer chose for themselves."""
    return Digest.objects.filter(account=viewer.account).first()


def messages_of(viewer: Actor, case: UUID) -> list[Message]:
    """What was sent in a case, the newest first."""
    seen = Case.objects.filter(gate.scope(viewer, "message.see"), pk=case)
    return list(Message.objects.filter(consent__contact__case__in=seen).order_by("-queued_at", "-pk"))


def letters_of(viewer: Actor, case: UUID) -> list[ClosedLetter]:
    """What was to be told on paper in a case, and was, the newest first: whoever may see its messages sees this too."""
    seen = Case.objects.filter(gate.scope(viewer, "message.see"), pk=case)
    return list(ClosedLetter.objects.filter(case__in=seen).order_by("-news_on", "-pk"))


def is_untold(newest_first: Sequence[Message]) -> bool:
    """Whether the last one that was tried came to nothing: somebody must tell the family otherwise."""
    tried = [each for each in newest_first if each.sent_at or each.failed_at]
    return bool(tried and tried[0].failed_at)


def sent_and_failed(*, since: datetime) -> tuple[int, int]:
    """How many messages went out, and how many came to nothing, on the way too."""
    sent, failed = Q(sent_at__gte=since, failed_at=None), Q(failed_at__gte=since)
    ended = Message.objects.aggregate(sent=Count("pk", filter=sent), failed=Count("pk", filter=failed))
    return ended["sent"], ended["failed"]


def stuck(since: datetime) -> int:
    """How many should have gone out before an instant and still wait."""
    return Message.objects.filter(WAITING, next_at__lt=since).count()


def owner(by: Actor) -> Account:
    """The account of whoever chooses for themselves. Raises NotAllowed for somebody who signed in nowhere."""
    if by.account is None:
        raise NotAllowed
    return Account.objects.get(pk=by.account)


def feed_of(viewer: Actor) -> Feed | None:
    """The calendar address that this officer has now."""
    return Feed.objects.filter(account=viewer.account, ended_at=None).first()


def news(viewer: Actor, day: date) -> list[News]:
    """All requests in the viewer's own hands of which a day brought something new, in the order of a round through the villages.

    None of a complaint, nor of what is guarded: a slip passes through other hands, and those must not learn of it. None for who
    wishes for none.
    """
    begins = midnight(day)
    told = Chapter.objects.filter(case=OuterRef("pk"), move__in=MOVES, at__gte=begins, at__lt=begins + A_DAY)
    open_to_all = Case.objects.filter(
        sort=CaseKind.REQUEST, is_guarded=False, forgotten_at=None, contact__no_paper=False
    )
    found = open_to_all.filter(gate.scope(viewer, "day_slip.print"), Exists(told))
    return list(found.order_by("contact__village__order", "number").values_list(*News._fields, named=True))


def closed_letter(viewer: Actor, pk: UUID, *, action: str = "closed_letter.see") -> ClosedLetter:
    """One letter with which the viewer may do this, with its case and office. Raises NotHere."""
    found = (
        ClosedLetter.objects.filter(gate.scope(viewer, action), pk=pk)
        .select_related("case__contact", "office", "told_by__office")
        .first()
    )
    if found is None:
        raise NotHere
    return found


def closed_letters_named(viewer: Actor, letters: Iterable[UUID]) -> dict[UUID, tuple[str]]:
    """The numbers of the cases of these letters, as far as the viewer may see them."""
    found = ClosedLetter.objects.filter(gate.scope(viewer, "closed_letter.see"), pk__in=list(letters))
    return {pk: (number,) for pk, number in found.values_list("pk", "case__number")}
