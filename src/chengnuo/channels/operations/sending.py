"""Sending what waits, outside of any transaction: nobody waits for the writer while a gateway thinks."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Q, QuerySet

from chengnuo.cases.models import Case
from chengnuo.channels import rules
from chengnuo.channels.carriers import Carrier, Never, NotNow, sms
from chengnuo.channels.models import WAITING, Message
from chengnuo.channels.words import text_of
from chengnuo.core.instants import local_date
from chengnuo.foundation import outbox
from chengnuo.foundation.actor import system

LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(minutes=5)
ATTEMPTS = 8
A_DAY = 24 * 3600
# a message that came to nothing: the office owes it to tell the family otherwise
UNDELIVERED = "message.failed"


def send_due(*, at: datetime, limit: int) -> int:
    """Sends what is due, one after another; returns how many were tried. Nothing goes out at night, and nothing without consent."""
    carrier = sms()
    if carrier is None:
        return 0
    tried = 0
    while tried < limit and (message := _lease(at)):
        _send(message, carrier, at)
        tried += 1
    return tried


def drop_all(at: datetime) -> None:
    """After a restore: what waited in the copy may have been sent since."""
    Message.objects.filter(WAITING).update(dropped_at=at, leased_until=None)


def _lease(at: datetime) -> Message | None:
    """The message that waits longest and that nobody is sending; committed before it is sent, so that a crash counts."""
    free = Message.objects.filter(WAITING, Q(leased_until=None) | Q(leased_until__lte=at), next_at__lte=at)
    if not free.exists():
        return None
    with transaction.atomic():
        found = free.select_for_update(skip_locked=True).order_by("next_at", "pk").first()
        if found is None:
            return None
        found.leased_until, found.attempts = at + LEASE, found.attempts + 1
        found.save(update_fields=["leased_until", "attempts"])
    return Message.objects.select_related("consent__contact__case").get(pk=found.pk)


def _send(message: Message, carrier: Carrier, at: datetime) -> None:
    consent = message.consent
    case: Case = consent.contact.case
    number = consent.contact.phone.reveal(by=system(), reason="message", of=case.pk)
    if consent.withdrawn_at or not number:
        _write(message, dropped_at=at)
        return
    later = _not_before(number, at)
    if later > at:
        _write(message, next_at=later, attempts=F("attempts") - 1)
        return
    try:
        carrier.carry(to=number, text=text_of(consent, case), message=message.pk)
    except Never:
        _fail(message, Never.__name__, at)
    except NotNow:
        _put_off(message, at)
    else:
        _count(number, at)
        _write(message, sent_at=at, next_at=at + FIRST_PAUSE)


def _put_off(message: Message, at: datetime) -> None:
    """Tries again after 5, 10, 20 … minutes; after the eighth time it has failed, and the office is told."""
    if message.attempts >= ATTEMPTS:
        _fail(message, NotNow.__name__, at)
    else:
        _write(message, next_at=at + FIRST_PAUSE * 2 ** (message.attempts - 1), last_error=NotNow.__name__)


def _fail(message: Message, error: str, at: datetime) -> None:
    failed(Message.objects.filter(WAITING, pk=message.pk), message, error, at=at, leased_until=None)


def failed(still: QuerySet[Message], message: Message, error: str, *, at: datetime, **said: object) -> None:
    """It came to nothing, and is owed otherwise: both or neither, however the worker ends."""
    with transaction.atomic():
        if still.update(failed_at=at, last_error=error, **said):
            outbox.put(UNDELIVERED, {"kind": Case.kind, "id": str(message.consent.contact.case.pk)}, at=at)


def _write(message: Message, **said: object) -> None:
    Message.objects.filter(WAITING, pk=message.pk).update(leased_until=None, **said)


def _not_before(number: str, at: datetime) -> datetime:
    """Now, or the morning on which this number may be sent something again."""
    if cache.get(_counter(number, at), 0) >= rules.most_a_day(at):
        return rules.tomorrow(at)
    return rules.awake(at)


def _count(number: str, at: datetime) -> None:
    """In the table of attempts, which names nobody: whoever asked twice is still one person."""
    key = _counter(number, at)
    cache.set(key, cache.get(key, 0) + 1, A_DAY)


def _counter(number: str, at: datetime) -> str:
    return f"messages {local_date(at)} {number}"
