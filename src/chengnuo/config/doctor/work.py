"""Whether the worker does its work: errands, the log's numbers and heads, escalation.

While the demo's year is being filled in, its past is still happening: what waits then, waits rightly.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Q

from chengnuo.channels import queries as channels
from chengnuo.config.doctor.finding import Finding
from chengnuo.config.worker import year_is_being_filled
from chengnuo.core.instants import day_begins
from chengnuo.foundation.log import heads
from chengnuo.foundation.models import Errand, LogEntry
from chengnuo.foundation.models.noun import ANONYMOUS
from chengnuo.promises.models import Duty
from chengnuo.promises.readings import LIVE

AN_HOUR = timedelta(hours=1)
TWO_HOURS = timedelta(hours=2)
A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)
WAKE_IT = "Look whether the worker runs (./run starts it; else: ./run manage work), and at what it wrote last."


def dead_errands(_at: datetime) -> Iterator[Finding]:
    dead = Errand.objects.filter(dead_at__isnull=False).values_list("topic", "last_error")
    for topic, error, count in dead.annotate(n=Count("pk")).order_by("topic", "last_error"):
        yield Finding(
            f"{count} errands of {topic} were given up after {error or 'no error that was noted'}.",
            "Mend the cause, then say: ./run manage revive_errands (docs/how-to/mend-a-dead-errand.md).",
        )


def errands_waiting(at: datetime) -> Iterator[Finding]:
    waiting = Errand.objects.filter(done_at=None, dead_at=None, next_at__lt=at - AN_HOUR).count()
    if waiting:
        yield Finding(f"{waiting} errands have been due for longer than an hour.", WAKE_IT)


def entries_without_number(at: datetime) -> Iterator[Finding]:
    """Anonymous entries wait for the next day; they are late an hour after it began."""
    if year_is_being_filled():
        return
    since = at - AN_HOUR
    late = ~Q(group=ANONYMOUS) | Q(written_at__lt=day_begins(since))
    waiting = LogEntry.objects.filter(late, seq=None, written_at__lt=since).count()
    if waiting:
        yield Finding(f"{waiting} entries of the log have waited for a number longer than an hour.", WAKE_IT)


def no_head(at: datetime) -> Iterator[Finding]:
    """The log grew, and nobody signed it: what follows the last head rests on receipts alone."""
    if year_is_being_filled():
        return
    newest = heads.last()
    beyond = LogEntry.objects.filter(seq=newest.size if newest else 0, written_at__lt=at - TWO_HOURS)
    if (newest is None or newest.at < at - TWO_HOURS) and beyond.exists():
        last = f"since {newest.at:%Y-%m-%d %H:%M} UTC" if newest else "yet"
        yield Finding(f"The log has grown, and no head was signed {last}.", WAKE_IT)


def sleeping_escalation(at: datetime) -> Iterator[Finding]:
    if year_is_being_filled():
        return
    asleep = Duty.objects.filter(LIVE, next_at__lt=at - A_DAY).count()
    if asleep:
        yield Finding(f"{asleep} duties should have gone up a level more than a day ago, and nobody was told.", WAKE_IT)


def failing_messages(at: datetime) -> Iterator[Finding]:
    """Some numbers never work; a gateway that does not fails with all of them."""
    sent, failed = channels.sent_and_failed(since=at - A_WEEK)
    if failed > sent:
        yield Finding(
            f"In the last week {failed} messages to families did not reach the telephone, and {sent} were sent.",
            "Look at CHENGNUO_SMS and its token, and ask whoever runs the gateway (docs/how-to/send-messages.md). "
            "The offices see which families they must call or write to.",
        )


def messages_waiting(at: datetime) -> Iterator[Finding]:
    waiting = channels.stuck(at - A_DAY)
    if waiting:
        yield Finding(
            f"{waiting} messages to families have waited for longer than a day.",
            f"{WAKE_IT} If nothing is meant to send messages any more, say so to the offices: what waits is not sent.",
        )
