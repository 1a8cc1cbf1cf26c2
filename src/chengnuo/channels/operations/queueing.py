"""Messages that wait: what a family is told becomes one, or joins the one that waits already. Where nobody agreed, nothing is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from chengnuo.cases.lifecycle import CaseStatus
from chengnuo.cases.models import Case
from chengnuo.channels import rules
from chengnuo.channels.carriers import sms
from chengnuo.channels.models import WAITING, Message
from chengnuo.core.instants import local_date, midnight
from chengnuo.people.models import Consent, Purpose
from chengnuo.promises import queries as promises
from chengnuo.promises.models import Duty
from chengnuo.promises.readings import LIVE

AGREED = Q(purpose=Purpose.MESSAGES, withdrawn_at=None)


def queue(case: UUID, *, at: datetime, reminds_of: datetime | None = None) -> Message | None:
    """Leaves one message for whoever agreed to them; what waits unsent already says it too. None: nobody did, or nothing sends."""
    if sms() is None:
        return None
    agreed = Consent.objects.select_for_update().filter(AGREED, contact__case=case).first()
    if agreed is None:
        return None
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    waiting = agreed.messages.filter(WAITING, free).first()
    if waiting is None:
        return Message.objects.create(consent=agreed, queued_at=at, next_at=_first(agreed, at), reminds_of=reminds_of)
    if reminds_of:
        waiting.reminds_of = reminds_of
        waiting.save(update_fields=["reminds_of"])
    return waiting


def remind(*, at: datetime, limit: int) -> int:
    """Reminds families whose own time to answer ends soon: of the one list, and of the word whether it is done. Returns how many."""
    found = [*_lists(at, limit), *_words(at, limit)][:limit]
    for case, ends in found:
        with transaction.atomic():
            queue(case, at=at, reminds_of=ends)
    return len(found)


def _first(agreed: Consent, at: datetime) -> datetime:
    """Some hours after the last one, so that several things of a day become one message."""
    last = agreed.messages.filter(sent_at__isnull=False).order_by("-sent_at").first()
    return max(at, last.sent_at + rules.apart(at)) if last and last.sent_at else at


def _lists(at: datetime, limit: int) -> list[tuple[UUID, datetime]]:
    """Families that were sent the one list, and when their time to answer it ends."""
    still = Duty.objects.filter(LIVE, subject_id=OuterRef("pk"), parent=None, pause_ends_at__isnull=False)
    ends = Subquery(still.values("pause_ends_at")[:1])
    return _to_remind(Case.objects.filter(status=CaseStatus.WAITING), ends, at, limit)


def _words(at: datetime, limit: int) -> list[tuple[UUID, datetime]]:
    """Families that have not said yet whether it is done, and when silence counts."""
    return _to_remind(Case.objects.filter(status=CaseStatus.DONE), F("answer_by"), at, limit)


def _to_remind(cases: QuerySet[Case], ends: F | Subquery, at: datetime, limit: int) -> list[tuple[UUID, datetime]]:
    """Whose time ends soon, who agreed to messages, and who was not reminded of it yet."""
    agreed = Consent.objects.filter(AGREED, contact=OuterRef("contact"))
    reminded = Message.objects.filter(consent__contact=OuterRef("contact"), reminds_of=OuterRef("ends"))
    found = cases.filter(Exists(agreed)).annotate(ends=ends)
    soon = found.filter(~Exists(reminded), ends__gt=at, ends__lte=_soon(at))
    return list(soon.order_by("ends", "pk").values_list("pk", "ends")[:limit])


def _soon(at: datetime) -> datetime:
    """The end of the day that lies the reminder's working days ahead."""
    day = promises.calendar().plus_workdays(local_date(at), rules.reminds_before(at))
    return midnight(day + timedelta(days=1))
