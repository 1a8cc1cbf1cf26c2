"""One e-mail a working day for an officer who wishes it: how much is due and late, and the numbers of the cases; nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import get_language, gettext, override

from chengnuo.cases import queries as cases
from chengnuo.channels import queries
from chengnuo.channels.models import Digest
from chengnuo.core.deadlines import end_of
from chengnuo.core.instants import SHANGHAI, local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import act
from chengnuo.foundation.models.noun import Trace
from chengnuo.foundation.refused import NotHere
from chengnuo.people.queries import actor_of
from chengnuo.policies.loader import parameters
from chengnuo.promises import queries as promises

MOST = 50
AGAIN = timedelta(minutes=30)


class NoDigest(NotHere):
    code = "no-digest"
    sentence = N_("No e-mail is sent to you, so there is none to end.")
    remedy = N_("Go back to your desk.")


def choose(*, email: str, by: Actor, at: datetime, key: UUID) -> Digest:
    """From the next working day on, one e-mail each morning to this address, in the language read now."""
    with act("digest.choose/1", by=by, at=at, key=key, said={"email": email}) as a:
        a.permit()
        Digest.objects.filter(account=by.account).delete()
        owner, language = queries.owner(by), get_language() or settings.LANGUAGE_CODE
        made = Digest(account=owner, email=email, language=language, next_at=next_morning(at))
        made.save(force_insert=True)
        a.record("digest", made.pk, Trace(office=min(by.offices, default=None)), {})
        return made


def stop(*, by: Actor, at: datetime, key: UUID) -> None:
    """Ends it at once, and forgets the address. Raises NoDigest."""
    with act("digest.stop/1", by=by, at=at, key=key, said={}) as a:
        found = a.allowed(Digest).first()
        if found is None:
            raise NoDigest
        a.record("digest", found.pk, Trace(office=min(by.offices, default=None)), {})
        found.delete()


def end_all(_at: datetime) -> None:
    """After a restore: one that was stopped since the copy was made would come again, so all of them end."""
    Digest.objects.all().delete()


def send_due(*, at: datetime, limit: int) -> int:
    """Sends what is due, each outside of a transaction; one that fails is tried again in half an hour. Returns how many."""
    if not settings.MAIL:
        return 0
    due = list(Digest.objects.select_related("account").filter(next_at__lte=at).order_by("next_at")[:limit])
    for digest in due:
        if not digest.account.is_active:
            digest.delete()
            continue
        # put off first: of two workers one sends, and one that dies has sent nothing twice
        ours = Digest.objects.filter(pk=digest.pk, next_at=digest.next_at)
        if ours.update(next_at=at + AGAIN):
            _send(digest, at)
    return len(due)


def next_morning(at: datetime) -> datetime:
    """When offices open on the next working day."""
    day = promises.calendar().next_workday(local_date(at))
    opens = time.fromisoformat(str(parameters().at("limits.office_opens", day).value))
    return datetime.combine(day, opens, SHANGHAI)


def _send(digest: Digest, at: datetime) -> None:
    to = digest.email.reveal(by=system(), reason="digest")
    with override(digest.language):
        said = text_of(actor_of(digest.account, on=local_date(at)), at)
        subject = gettext("Deadlines")
    try:
        if said:
            send_mail(subject, said, None, [to])
    except (OSError, SMTPException):
        Digest.objects.filter(pk=digest.pk).update(failed_at=at)
    else:
        Digest.objects.filter(pk=digest.pk).update(next_at=next_morning(at), failed_at=None)


def text_of(reader: Actor, at: datetime) -> str:
    """What the e-mail says, in the language that is on; "" where nothing is due or late, and then none is sent."""
    today = local_date(at)
    tomorrow = promises.calendar().next_workday(today)
    mine = promises.due(reader, mine=True, by=end_of(tomorrow), most=MOST)
    below = promises.due(reader, mine=False, late_at=at, most=MOST)
    own = {duty.pk for duty in mine}
    parts = (
        (gettext("Late, in your hands"), [duty for duty in mine if duty.due_at < at]),
        (gettext("Due today"), [duty for duty in mine if at <= duty.due_at <= end_of(today)]),
        (gettext("Due on the next working day"), [duty for duty in mine if duty.due_at > max(at, end_of(today))]),
        (gettext("Late in your office and below"), [duty for duty in below if duty.pk not in own]),
    )
    said = [_line(label, duties) for label, duties in parts if duties]
    return "\n".join([*said, "", settings.PUBLIC_ADDRESS + reverse("desk:inbox")]) if said else ""


def _line(label: str, duties: Iterable[promises.Line]) -> str:
    subjects = [duty.subject_id for duty in duties]
    numbers = sorted(known.number for known in cases.named(subjects).values())
    return f"{label}: {len(subjects)}" + (f" ({', '.join(numbers)})" if numbers else "")
