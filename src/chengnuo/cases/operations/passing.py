"""Somebody leaves a post: what lay in its hands passes to a head, and is offered to whoever fills the post next.

Heard from the outbox, on the day itself. The newcomer accepts one case after the other; until then the head answers for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Q

from chengnuo.cases import queries
from chengnuo.cases.lifecycle import CASE, UNDER_WAY
from chengnuo.cases.models import Case
from chengnuo.cases.operations.judging import desk_above, parties
from chengnuo.cases.operations.story import step_all
from chengnuo.cases.ports import ports
from chengnuo.core.instants import local_date
from chengnuo.core.lifecycle import Move
from chengnuo.foundation import outbox
from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.models import Errand
from chengnuo.people import queries as people
from chengnuo.promises.operations import duties

A_CHUNK = 100  # nobody waits longer for the writer


def post_vacated(errand: Errand, at: datetime) -> None:
    """Passes a chunk of the post's open cases to the nearest head who is there, from the office upward; the rest follows as
    an errand of its own. Where no head is there, all stay: whoever fills the post finds them.
    """
    left, today = UUID(errand.payload["holding"]), local_date(at)
    post = people.post_left(left, on=today)
    head = people.head_on_duty(people.office_of(post), besides=post, on=today) if post else None
    if post is None or head is None or _is_last_judge(people.office_of(head), post):
        return
    # what came in afterwards is the newcomer's own
    found = _open(CASE.open, holder=post, received_at__lte=datetime.fromisoformat(errand.payload["until"]))
    if not found:
        return
    follower = post if people.holding_of(post, on=today) else None
    with act("case.pass_on/1", by=system(), at=at, key=uuid5(errand.pk, "pass on"), said={"cases": _ids(found)}) as a:
        asked = [case for case in found if case.offered_to_id not in (None, head)]
        offered = [case for case in found if follower and case.status in UNDER_WAY.of and case not in asked]
        free = [case for case in found if case not in asked + offered]
        _move(a, asked, CASE.pass_on, holder_id=head, passed_from_id=post)
        _move(a, offered, CASE.pass_on, holder_id=head, passed_from_id=post, offered_to_id=follower)
        _move(a, free, CASE.pass_on, holder_id=head, passed_from_id=post, offered_to_id=None)
        duties.hand_over(subjects=_ids(found), holder=head)
        ports.go_along(_ids(found), holder=head)
        _lift_complaints(a, found)
    _go_on(errand, at, found)


def post_filled(errand: Errand, at: datetime) -> None:
    """Offers the newcomer a chunk of what passed from their post to a head and still lies there."""
    post = UUID(errand.payload["post"])
    if people.holding_of(post, on=local_date(at)) is None:
        return
    found = _open(UNDER_WAY.of, passed_from=post, offered_to=None)
    if found:
        with act("case.pass_on/1", by=system(), at=at, key=uuid5(errand.pk, "offer"), said={"cases": _ids(found)}) as a:
            _move(a, found, CASE.offer, offered_to_id=post)
        _go_on(errand, at, found)


def _is_last_judge(office: UUID, post: UUID) -> bool:
    """Whether an office with none above it judges something of a post: then nobody else could."""
    judged = Case.objects.filter(queries.judged_by(office), holder=post, status__in=CASE.open)
    return people.reception_above(office) is None and judged.exists()


def _lift_complaints(a: Act, cases: Sequence[Case]) -> None:
    """What complains of these cases, or is among them, goes up where it lies with an office that has the case now. The case
    itself passes like any other: staying behind would tell of the complaint (charter, right 4).
    """
    about = Q(pk__in=_ids(cases)) | Q(about_case__in=_ids(cases))
    for complaint in _open(CASE.open, about, about_case__isnull=False):
        office = complaint.holder.office_id
        if office in parties(complaint) and (above := desk_above(office, complaint.about_case)):
            seat = people.seat(above.office).columns
            _move(a, [complaint], CASE.pass_on, holder_id=above.pk, passed_from_id=None, offered_to_id=None, **seat)
            duties.hand_over(subjects=[complaint.pk], holder=above.pk)


def _open(statuses: Iterable[str], *which: Q, **more: Any) -> list[Case]:
    found = Case.objects.filter(*which, status__in=statuses, closed_at=None, **more).order_by("received_at", "pk")
    return list(found.select_for_update(of=("self",))[:A_CHUNK])


def _move(a: Act, cases: Sequence[Case], move: Move, **evidence: Any) -> None:
    a.permit()
    if cases:
        step_all(a, cases, move, **evidence)


def _go_on(errand: Errand, at: datetime, found: Sequence[Case]) -> None:
    if len(found) == A_CHUNK:
        outbox.put(errand.topic, errand.payload, at)


def _ids(cases: Sequence[Case]) -> list[UUID]:
    return [case.pk for case in cases]
