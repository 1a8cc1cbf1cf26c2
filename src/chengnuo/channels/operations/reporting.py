"""Asking the carrier what became of what was sent, outside of any transaction; after two days nobody will know any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from chengnuo.channels.carriers import NotNow, Report, sms
from chengnuo.channels.models import ON_THEIR_WAY, Message
from chengnuo.channels.operations import writing
from chengnuo.channels.operations.sending import FIRST_PAUSE, failed

WORTH_ASKING = timedelta(hours=48)


def ask_due(*, at: datetime, limit: int) -> int:
    """Asks about a few, those first that have waited longest; returns how many. Where nobody answers, the others wait too."""
    carrier = sms()
    if carrier is None:
        return 0
    asked = 0
    agreed = Message.objects.filter(ON_THEIR_WAY, consent__withdrawn_at=None)
    # what is asked about no more stays behind in the index: the second bound passes it by
    due = agreed.filter(sent_at__gt=at - WORTH_ASKING, next_at__gt=at - WORTH_ASKING, next_at__lte=at)
    for message in due.select_related("consent__contact__case").order_by("next_at", "pk")[:limit]:
        ours = Message.objects.filter(ON_THEIR_WAY, pk=message.pk, next_at=message.next_at)
        # put off first: of two workers one asks
        if not ours.update(next_at=at + _pause(message, at)):
            continue
        asked += 1
        try:
            report = carrier.report(message=message.pk)
        except NotNow:
            break
        _write(message, report, at)
    return asked


def _pause(message: Message, at: datetime) -> timedelta:
    """As long again as since it was sent: 5, 10, 20 … minutes."""
    return max(FIRST_PAUSE, at - message.sent_at) if message.sent_at else FIRST_PAUSE


def _write(message: Message, report: Report, at: datetime) -> None:
    still = Message.objects.filter(ON_THEIR_WAY, pk=message.pk)
    if report is Report.DELIVERED:
        still.update(delivered_at=at)
        writing.arrived(message.consent.contact.case.pk, at=at)
    elif report is Report.FAILED:
        failed(still, message, report.value, at=at)
