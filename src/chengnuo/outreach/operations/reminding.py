"""Before somebody's time runs out: a message to whoever agreed to messages, and a duty of the office that holds their claim or award."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db.models import Exists, OuterRef

from chengnuo.benefits.lifecycle import AwardStatus, ClaimStatus
from chengnuo.benefits.models import Award, Claim, Due
from chengnuo.channels.operations import queueing
from chengnuo.core.instants import local_date, midnight
from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import act
from chengnuo.foundation.refused import AlreadyReceived, NotHere
from chengnuo.outreach.lifecycle import OWED, REMINDER
from chengnuo.outreach.models import Reminder, Told
from chengnuo.people import queries as people
from chengnuo.people.models import Consent, Office, Post, Purpose
from chengnuo.people.queries import Seat
from chengnuo.policies.windows import near

AT_A_TIME = 100
MOST_A_NIGHT = 5_000  # of a programme: the last days of a window are thirty nights


def owe_due(*, at: datetime) -> int:
    """Opens a reminder for each open claim that waits for its person, and each award that is not renewed yet, when the last day is
    near; returns how many that were.
    """
    owed, seats = 0, _Seats()
    for programme, closes in near(local_date(at)).items():
        found: list[Claim | Award] = [*_claims(programme, closes), *_awards(programme, closes)]
        made = [reminder for each in found if (reminder := seats.reminder(each, closes)) is not None]
        parts = [made[start : start + AT_A_TIME] for start in range(0, len(made), AT_A_TIME)]
        owed += sum(_owe(part, closes, at) for part in parts)
    return owed


def settle_due(*, at: datetime) -> int:
    """Lets go of reminders of what was done meanwhile: the family answered, the award was renewed or has ended."""
    renewed = Due.objects.filter(award=OuterRef("award"), year=OuterRef("year"))
    owed = Reminder.objects.filter(status=OWED)
    found = list(owed.filter(award__isnull=False).filter(Exists(renewed))[:MOST_A_NIGHT])
    found += list(owed.exclude(award=None).exclude(award__status=AwardStatus.IN_FORCE)[:MOST_A_NIGHT])
    found += list(owed.exclude(claim=None).exclude(claim__status=ClaimStatus.WAITING)[:MOST_A_NIGHT])
    settled = list({reminder.pk: reminder for reminder in found}.values())
    for start in range(0, len(settled), AT_A_TIME):
        part = settled[start : start + AT_A_TIME]
        key = uuid5(part[0].pk, f"settle {len(part)}")
        with suppress(AlreadyReceived), act("reminder.settle/1", by=system(), at=at, key=key, said={}) as a:
            held = list(a.allowed(Reminder).filter(pk__in=[each.pk for each in part]))
            a.move_all(held, REMINDER.settle, ended_on=local_date(at))
    return len(settled)


def tell(*, reminder: UUID, told: str, by: Actor, at: datetime, key: UUID) -> Reminder:
    """The person was told, or could not be found. Nothing is lost by that: nobody stops receiving by silence. Raises NotHere."""
    with act("reminder.tell/1", by=by, at=at, key=key, said={"reminder": reminder, "told": told}) as a:
        if told not in Told.values:
            raise NotHere
        return a.move(a.take(Reminder, reminder), REMINDER.tell, told=told, ended_on=local_date(at))


def _claims(programme: str, closes: date) -> Sequence[Claim]:
    """Of this year, waiting for the family, of which nobody was reminded yet."""
    reminded = Reminder.objects.filter(claim=OuterRef("pk"), year=closes.year)
    waiting = Claim.objects.filter(programme=programme, year=closes.year, status=ClaimStatus.WAITING)
    return list(waiting.filter(~Exists(reminded)).select_related("office").order_by("pk")[:MOST_A_NIGHT])


def _awards(programme: str, closes: date) -> Sequence[Award]:
    """In force since before this year, with no sum determined for it."""
    renewed = Due.objects.filter(award=OuterRef("pk"), year=closes.year)
    reminded = Reminder.objects.filter(award=OuterRef("pk"), year=closes.year)
    held = Award.objects.filter(programme=programme, status=AwardStatus.IN_FORCE, begins__lt=closes.year)
    found = held.filter(~Exists(renewed), ~Exists(reminded)).select_related("office", "claim")
    return list(found.order_by("pk")[:MOST_A_NIGHT])


class _Seats:
    """The counter and the seat of each office, looked up once a night."""

    def __init__(self) -> None:
        self.known: dict[UUID, tuple[Post, Seat] | None] = {}

    def of(self, office: UUID) -> tuple[Post, Seat] | None:
        if office not in self.known:
            post = people.counter_of(office)
            self.known[office] = (post, people.seat(post.office)) if post else None
        return self.known[office]

    def reminder(self, about: Claim | Award, closes: date) -> Reminder | None:
        """None where the office has closed: then nobody is there to remind."""
        office: Office = about.office
        found = self.of(office.pk)
        if found is None:
            return None
        post, seat = found
        of = {"claim": about} if isinstance(about, Claim) else {"award": about}
        guarded = {"is_guarded": about.is_guarded}
        return Reminder(**of, year=closes.year, closes_on=closes, holder=post, **guarded, **seat.columns)


def _agreed(made: list[Reminder]) -> set[UUID]:
    """The cases whose people agreed to messages."""
    cases = [case for each in made if (case := each.case_id) is not None]
    agreed = Consent.objects.filter(purpose=Purpose.MESSAGES, withdrawn_at=None, contact__case__in=cases)
    return set(agreed.values_list("contact__case", flat=True))


def _owe(made: list[Reminder], closes: date, at: datetime) -> int:
    """One act, with the messages of those who agreed to them. What was opened before the worker was killed is not opened again."""
    first = made[0].claim_id or made[0].award_id
    key = uuid5(first, f"remind {closes}") if first else made[0].pk
    over = midnight(closes + timedelta(days=1))
    with suppress(AlreadyReceived), act("reminder.owe/1", by=system(), at=at, key=key, said={"closes": closes}) as a:
        agreed = _agreed(made)
        for each in made:
            case = each.case_id
            each.messaged = case in agreed and queueing.queue(case, at=at, reminds_of=over) is not None
        a.make_all(made, REMINDER.owe, action="reminder.owe")
        return len(made)
    return 0
