"""The baton: a case has one holder until another post accepts it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chengnuo.cases.lifecycle import CASE
from chengnuo.cases.models import Case
from chengnuo.cases.operations.judging import parties, stand_apart
from chengnuo.cases.operations.story import step, step_all
from chengnuo.cases.ports import ports
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.plain import plain
from chengnuo.foundation.refused import Refused
from chengnuo.people import queries as people
from chengnuo.promises.operations import duties

THEIRS_ALREADY = N_("It lies in their hands already.")


class NotToThem(Refused):
    code = "not-to-them"
    sentence = N_("This case cannot be handed to that post.")
    remedy = N_("Choose a post of the office that owes the service, other than the one complained about.")


def offer(*, case: UUID, to: UUID, by: Actor, at: datetime, key: UUID) -> Case:
    """Asks another post to take the case. Until it accepts, nothing changes for the family."""
    with act("case.offer/1", by=by, at=at, key=key, said={"case": case, "to": to}) as a:
        found = a.take(Case, case)
        near = people.posts_that_take_cases(office=found.office_id, bureau=found.bureau_id, besides=parties(found))
        if to == found.holder_id or to not in {post.pk for post in near}:
            raise NotToThem
        return step(a, found, CASE.offer, facts={"to": str(to)}, offered_to_id=to)


def accept(*, case: UUID, by: Actor, at: datetime, key: UUID) -> Case:
    """Takes the case and every live duty of it. From here the new holder answers for it. Raises StandsApart."""
    with act("case.accept/1", by=by, at=at, key=key, said={"case": case}) as a:
        found = a.take(Case, case)
        taker = found.offered_to_id
        if taker:
            stand_apart(found, people.office_of(taker))
        moved = step(a, found, CASE.accept, holder_id=taker, offered_to_id=None, passed_from_id=None)
        _go_along(moved)
        return moved


def decline(*, case: UUID, words: str, by: Actor, at: datetime, key: UUID) -> Case:
    """Sends the offer back with words, or takes one's own offer back; the holder stays responsible."""
    with act("case.decline/1", by=by, at=at, key=key, said={"case": case, "words": words}) as a:
        return step(a, a.take(Case, case), CASE.decline, words=plain(words), offered_to_id=None)


def hand_out(*, cases: Sequence[UUID], to: UUID, by: Actor, at: datetime, key: UUID) -> list[tuple[Case, str]]:
    """The head offers many cases of the office to one of its posts; each is accepted by itself. Returns those that were not
    offered, with the sentence that says why. The same statements for a hundred as for one. Raises NotToThem.
    """
    with act("case.hand_out/1", by=by, at=at, key=key, said={"cases": list(cases), "to": to}) as a:
        taker = next((post for post in people.posts_below(by) if post.pk == to), None)
        if taker is None:
            raise NotToThem
        found = list(a.allowed(Case).filter(pk__in=list(cases), office=taker.office_id).order_by("pk"))
        theirs = [case for case in found if case.holder_id == to]
        others = [case for case in found if case.holder_id != to]
        head = people.head(taker.office_id).pk
        refused = step_all(a, others, CASE.offer, post=head, facts={"to": str(to)}, offered_to_id=to)
        return [(case, THEIRS_ALREADY) for case in theirs] + [(case, why.sentence) for case, why in refused]


def take_over(*, case: UUID, by: Actor, at: datetime, key: UUID) -> Case:
    """The head of the office takes a case of the office into their own hands: no case waits for somebody who is away."""
    with act("case.take_over/1", by=by, at=at, key=key, said={"case": case}) as a:
        found = a.take(Case, case)
        head = people.head(found.office_id)
        moved = step(a, found, CASE.take_over, holder_id=head.pk, offered_to_id=None, passed_from_id=None)
        _go_along(moved)
        return moved


def _go_along(case: Case) -> None:
    """Everything that is owed in it has its new holder."""
    duties.hand_over(subjects=[case.pk], holder=case.holder_id)
    ports.go_along([case.pk], holder=case.holder_id)
