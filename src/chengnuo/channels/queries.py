"""Reads of messages. Every one takes its viewer; what the gate does not show is not there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q

from chengnuo.cases.models import Case
from chengnuo.channels.carriers import sms
from chengnuo.channels.models import WAITING, Digest, Feed, Message
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotAllowed
from chengnuo.people.models import Account


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
