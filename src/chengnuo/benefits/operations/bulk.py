"""Many decisions at once: drawn by one officer, who opens a random sample; confirmed by another of another post; each done by itself.

What is done to each is named by the sort of a bulk (`SORTS`); the mechanism knows nothing of it. Broken off and begun again, it
does each once: every decision has the key of its item.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom
from uuid import UUID, uuid5

from chengnuo.benefits.lifecycle import BULK, BulkStatus
from chengnuo.benefits.models import Bulk, BulkItem
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refs import Ref
from chengnuo.foundation.refused import AlreadyReceived, NotAllowed, NotHere, Refused
from chengnuo.people import queries as people
from chengnuo.policies.loader import parameters

MOST, AT_A_TIME = 50, 20


class NothingToDecide(Refused):
    code = "nothing-to-decide"
    sentence = N_("Nothing here is exactly what the rules give, without a doubt and without an objection.")
    remedy = N_("What is not is decided one by one.")


class SampleUnopened(Refused):
    code = "sample-unopened"
    sentence = N_("The sample has not been opened.")
    remedy = N_("Open each of the claims that were drawn at random, and look whether it is right.")


class ChangedMeanwhile(Refused):
    code = "changed-meanwhile"
    sentence = N_("Something changed since it was drawn.")
    remedy = N_("It is decided by itself.")


@dataclass(frozen=True)
class Sort:
    """`find`: what can be decided together at an office, with the sum of each, at most so many; `does`: decides one, for this sum;
    `refusals`: what it raises about the one itself, and not about whoever presses or this machine.
    """

    find: Callable[[Actor, UUID, str, int, int], Sequence[tuple[Ref, int]]]
    does: Callable[[UUID, int, Actor, datetime, UUID], object]
    refusals: tuple[type[Refused], ...]


SORTS: dict[str, Sort] = {}


def draw(*, sort: str, programme: str, year: int, by: Actor, at: datetime, key: UUID) -> Bulk:
    """Draws what can be decided together, and the sample that has to be opened. Raises NothingToDecide."""
    said = {"sort": sort, "programme": programme, "year": year}
    with act("bulk.draw/1", by=by, at=at, key=key, said=said) as a:
        a.permit()
        office, found = _found(sort, programme, year, by)
        if office is None:
            raise NothingToDecide
        post = people.post_at(office, by)
        if by.account is None or post is None:
            raise NotAllowed
        bulk = Bulk(
            sort=sort,
            programme=programme,
            year=year,
            office_id=office,
            size=len(found),
            drawn_at=at,
            drawn_by_id=post,
            drawn_account=by.account,
        )
        a.make(bulk, BULK.draw)
        chosen = _sample(sort, [ref.id for ref, _fen in found], parameters().whole("bulk.sample", local_date(at)))
        BulkItem.objects.bulk_create(
            BulkItem(bulk=bulk, subject_kind=ref.kind, subject_id=ref.id, fen=fen, is_sample=ref.id in chosen)
            for ref, fen in found
        )
        return bulk


def open_one(*, item: UUID, by: Actor, at: datetime) -> BulkItem:
    """Marks that the one who drew it looks at one of the sample. Raises NotHere."""
    mine = Bulk.objects.filter(gate.scope(by, "bulk.propose"), status=BulkStatus.DRAWN)
    found = NotHere.unless(BulkItem.objects.filter(pk=item, is_sample=True, bulk__in=mine).first())
    if found.opened_at is None:
        found.opened_at = at
        found.save(update_fields=["opened_at"])
    return found


def propose(*, bulk: UUID, by: Actor, at: datetime, key: UUID) -> Bulk:
    """Says that the sample is right. Raises SampleUnopened."""
    with act("bulk.propose/1", by=by, at=at, key=key, said={"bulk": bulk}) as a:
        found = a.take(Bulk, bulk)
        if found.items.filter(is_sample=True, opened_at=None).exists():
            raise SampleUnopened
        return a.move(found, BULK.propose)


def confirm(*, bulk: UUID, by: Actor, at: datetime, key: UUID) -> Bulk:
    """The second officer, of another post: from now on each is decided, in this officer's name."""
    with act("bulk.confirm/1", by=by, at=at, key=key, said={"bulk": bulk}) as a:
        found = a.take(Bulk, bulk)
        post = people.post_at(found.office_id, by)
        if post is None:
            raise NotAllowed
        return a.move(found, BULK.confirm, confirmed_at=at, confirmed_by_id=post, confirmed_account=by.account)


def drop(*, bulk: UUID, by: Actor, at: datetime, key: UUID) -> Bulk:
    """Nothing more of it is decided together; what is decided already stands."""
    with act("bulk.drop/1", by=by, at=at, key=key, said={"bulk": bulk}) as a:
        return a.move(a.take(Bulk, bulk), BULK.drop)


def go_on(*, bulk: UUID, by: Actor, at: datetime, key: UUID) -> Bulk:
    """Decides the next of them, each in an act of its own; the last one ends the bulk. To press it twice, or after a crash, is safe:
    where the disk is full, or the officer has to sign in again, the rest stay as they are. Raises whatever stops it.
    """
    confirmed = Bulk.objects.filter(gate.scope(by, "bulk.go_on"), pk=bulk, status=BulkStatus.CONFIRMED)
    found = NotHere.unless(confirmed.first())
    for item in found.items.filter(done_at=None).order_by("pk")[:AT_A_TIME]:
        why = _decided(SORTS[found.sort], item, by, at)
        BulkItem.objects.filter(pk=item.pk, done_at=None).update(done_at=at, why_not=why)
    if found.items.filter(done_at=None).exists():
        return found
    with act("bulk.go_on/1", by=by, at=at, key=key, said={"bulk": bulk}) as a:
        return a.move(a.take(Bulk, bulk), BULK.go_on)


def _decided(sort: Sort, item: BulkItem, by: Actor, at: datetime) -> str:
    """The code of why not; "" where it is done, now or before a crash."""
    try:
        sort.does(item.subject_id, item.fen, by, at, uuid5(item.pk, "decide"))
    except AlreadyReceived:
        return ""
    except sort.refusals as refused:
        return str(refused.code)
    return ""


def _found(sort: str, programme: str, year: int, by: Actor) -> tuple[UUID | None, Sequence[tuple[Ref, int]]]:
    """What can be decided together at the first of the officer's offices that has any: a bulk is one office's."""
    for office in sorted(by.offices, key=str) if sort in SORTS else ():
        if found := SORTS[sort].find(by, office, programme, year, MOST):
            return office, found
    return None, []


def _sample(sort: str, subjects: Sequence[UUID], size: int) -> set[UUID]:
    """What was drawn into a sample once stays in it: nobody draws again until it misses one. Chance fills up what is left."""
    earlier = BulkItem.objects.filter(bulk__sort=sort, is_sample=True, subject_id__in=subjects)
    owed = set(earlier.values_list("subject_id", flat=True))
    others = [subject for subject in subjects if subject not in owed]
    return owed.union(SystemRandom().sample(others, min(max(size - len(owed), 0), len(others))))
