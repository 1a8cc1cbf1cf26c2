"""Duties as rows, without the case behind them: for figures, which need many, and for readings, which need strange ones."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from chengnuo.core.instants import local_date
from chengnuo.people.models import Office, Post
from chengnuo.people.queries import seat
from chengnuo.promises.models import Duty, Outcome, PromiseVersion

DAY = timedelta(days=1)
# the instant at which each outcome is settled
SETTLED = {"kept": "ended_at", "kept_late": "ended_at", "broken": "broken_at", "discharged": "discharged_at"}


def duty(office, *, service="village-proof", opened=datetime(2026, 3, 2, 2, tzinfo=UTC), **fields):
    """One duty of an office (its key), due after five days and broken after ten; not yet saved."""
    owes = Office.objects.select_related("place", "above__above").get(key=office)
    where = seat(owes)
    version = PromiseVersion.objects.select_related("promise").get(promise__key=service, status="published")
    found = {
        "promise": version,
        "deadline": version.deadline,
        "kind": "serve",
        "subject_kind": "case",
        "subject_id": uuid4(),
        "office": owes,
        "holder": Post.objects.get(office=owes, is_head=True),
        "village_id": where.village,
        "township_id": where.township,
        "bureau_id": where.bureau,
        "opened_at": opened,
        "opened_on": local_date(opened),
        "due_at": opened + 5 * DAY,
        "broken_at": opened + 10 * DAY,
    }
    return Duty(**{**found, **fields})


def settle(office, outcome, at, *, count=1, **fields):
    """Duties of an office that came to an outcome at an instant."""
    days = {"kept": -2, "kept_late": -7, "broken": -10, "discharged": -2}[outcome]
    opened = at + days * DAY
    instants = {} if outcome == "broken" else {SETTLED[outcome]: at, "outcome": Outcome(outcome)}
    one = duty(office, opened=opened, **{**instants, **fields})
    rows = [Duty(**{**values(one), "id": uuid4(), "subject_id": uuid4()}) for _ in range(count)]
    return Duty.objects.bulk_create(rows)


def values(row):
    return {field.attname: getattr(row, field.attname) for field in Duty._meta.concrete_fields}
