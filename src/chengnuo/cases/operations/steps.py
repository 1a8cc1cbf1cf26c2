"""Steps of other offices inside a case: asked for, answered, sent back and taken back; each with a deadline of its own.

The family does not go from office to office, and its own clock never waits: the case's office answers for the whole of it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengnuo.cases.lifecycle import CASE, STEP, StepStatus
from chengnuo.cases.models import Case, Step, StepSort
from chengnuo.cases.operations.judging import parties, stand_apart
from chengnuo.cases.operations.story import tell
from chengnuo.core.lifecycle import Move
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.ids import new_id, random_id
from chengnuo.foundation.plain import plain
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.people import queries as people
from chengnuo.people.models import Post


class NothingAsked(Refused):
    code = "nothing-asked"
    sentence = N_("The other office reads these words and nothing else: they cannot be empty.")
    remedy = N_("Write in one or two plain sentences what it should do or say.")


class NotThatOffice(Refused):
    code = "not-that-office"
    sentence = N_("That office cannot be asked for a step in this case.")
    remedy = N_("Choose an office from the list: those of the county, and the one above or below.")


class NobodyToHelp(Refused):
    code = "nobody-to-help"
    sentence = N_("The office above works on this case itself already.")
    remedy = N_("Ask another office for a step.")


def ask(*, case: UUID, office: UUID, words: str, needs_name: bool, by: Actor, at: datetime, key: UUID) -> Step:
    """Asks another office for one thing; its counter has it from now on. Raises NothingAsked, NotThatOffice."""
    said = {"case": case, "office": office, "words": words, "needs_name": needs_name}
    with act("step.ask/1", by=by, at=at, key=key, said=said) as a:
        found = a.take(Case, case, action="case.ask_step")
        desks = {desk.office_id: desk for desk in people.may_be_asked(found, parties(found))}
        if office not in desks:
            raise NotThatOffice
        return _ask(a, found, CASE.ask_step, desks[office], plain(words), needs_name=needs_name)


def ask_help(*, case: UUID, words: str, by: Actor, at: datetime, key: UUID) -> Step:
    """Asks the office above to help with a case that stays where it is. Raises NothingAsked, NobodyToHelp."""
    with act("step.ask/1", by=by, at=at, key=key, said={"case": case, "words": words}) as a:
        found = a.take(Case, case, action="case.ask_help")
        desk = people.reception_above(found.office_id)
        if desk is None or desk.office_id in {people.office_of(found.holder_id), *parties(found)}:
            raise NobodyToHelp
        return _ask(a, found, CASE.ask_help, desk, plain(words), needs_name=False)


def answer(*, step: UUID, words: str, by: Actor, at: datetime, key: UUID) -> Step:
    """The office that was asked has done it; its words stand in the story that the family reads. Raises StandsApart."""
    with act("step.answer/1", by=by, at=at, key=key, said={"step": step, "words": words}) as a:
        return _end(a, step, STEP.answer, plain(words))


def cannot(*, step: UUID, words: str, by: Actor, at: datetime, key: UUID) -> Step:
    """It cannot be done or confirmed, with the reason; that is an answer too. Raises StandsApart."""
    with act("step.cannot/1", by=by, at=at, key=key, said={"step": step, "words": words}) as a:
        return _end(a, step, STEP.cannot, plain(words))


def hand_back(*, step: UUID, words: str, by: Actor, at: datetime, key: UUID) -> Step:
    """It is not this office's to do; whoever asked for it asks elsewhere."""
    with act("step.hand_back/1", by=by, at=at, key=key, said={"step": step, "words": words}) as a:
        return _end(a, step, STEP.hand_back, plain(words))


def take_back(*, step: UUID, by: Actor, at: datetime, key: UUID) -> Step:
    """Whoever holds the case needs it no longer; the other office owes nothing more."""
    with act("step.take_back/1", by=by, at=at, key=key, said={"step": step}) as a:
        return _end(a, step, STEP.take_back, "")


def drop_all(a: Act, case: Case) -> None:
    """Inside an act that ends the case at the family's word: nobody is asked for anything any more."""
    if case.open_steps:
        a.move_all(list(Step.objects.filter(case=case, status=StepStatus.ASKED)), STEP.drop)


def _ask(a: Act, case: Case, move: Move, desk: Post, words: str, *, needs_name: bool) -> Step:
    if not words:
        raise NothingAsked
    a.move(case, move, open_steps=case.open_steps + 1)
    asked = Step(
        pk=random_id() if case.is_guarded else new_id(),
        case=case,
        chapter=tell(a, case, move, words=words),
        sort=StepSort.HELP if move is CASE.ask_help else StepSort.FACT,
        needs_name=needs_name,
        is_guarded=case.is_guarded,
        asked_by_id=case.holder_id,
        asked_at=a.at,
        holder=desk,
        about_office_id=case.about_office_id,
        **people.seat(desk.office).columns,
    )
    return a.make(asked, STEP.ask)


def _end(a: Act, step: UUID, move: Move, words: str) -> Step:
    # the case before its step, in this order everywhere: two acts never wait for each other
    case = Case.objects.select_for_update(of=("self",)).filter(steps=step).first()
    if case is None:
        raise NotHere
    found = a.take(Step, step)
    if move.ends:  # it takes part; what it sends back it leaves alone
        stand_apart(case, found.office_id)
    moved = a.move(found, move)
    case.open_steps -= 1
    case.save(update_fields=["open_steps"])
    tell(a, case, move, words=words, asked=moved.holder_id)
    return moved
