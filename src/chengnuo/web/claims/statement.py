"""What is stated for one claim: of the calculator's answers those that its programme asks about its one member, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chengnuo.core.rules import Programme
from chengnuo.policies.machine_form import plain
from chengnuo.web.entitlements.answers import CHILDREN, MORE, ONLY, PLACE, WHO, Answers, Slot
from chengnuo.web.entitlements.asking import Asking
from chengnuo.web.entitlements.facts import facts_asked_by, topics_of
from chengnuo.web.entitlements.home import home_on
from chengnuo.web.entitlements.values import NONE, UNKNOWN, Unreadable

# what nobody is asked in a claim: the programme is chosen, of this county, for one
SETTLED = (ONLY, PLACE, CHILDREN, WHO)


def stated(answers: Answers, programme: type[Programme], member: int) -> Answers:
    """For a claim of this member, counted from 1, who is the first and only one here. What was not known is asked again."""
    return settled(Answers(answers.today, dict(_kept(answers, programme, member))), programme)


def settled(answers: Answers, programme: type[Programme]) -> Answers:
    """With what nobody is asked in a claim, whatever the form held."""
    rest = {name: text for name, text in answers.said.items() if name not in SETTLED}
    return Answers(answers.today, {ONLY: programme.words.key, PLACE: home_on(answers.today).code, CHILDREN: "1"} | rest)


def facts_of(asking: Asking) -> dict[str, list[dict[str, Any]]]:
    """As `policies.household` reads them: with what was taken instead of asking, and nothing where it is not known."""
    members = asking.household.members.items()
    return {
        entity: [{name: plain(value) for name, value in sorted(each.items())} for each in found]
        for entity, found in members
        if found
    }


def _kept(answers: Answers, programme: type[Programme], member: int) -> Iterator[tuple[str, str]]:
    for name, text in answers.said.items():
        if text == UNKNOWN or name in SETTLED:
            continue
        if name == MORE:
            yield MORE, " ".join(sorted(set(text.split()) & topics_of(programme))) or NONE
        elif (slot := _slot(name, programme, member)) is not None:
            yield str(slot), text


def _slot(name: str, programme: type[Programme], member: int) -> Slot | None:
    """Where the answer stands in the claim; None where it is about somebody else, or nothing that the programme asks."""
    try:
        slot = Slot.of(name)
    except Unreadable:
        return None
    own = slot.entity == programme.who.name and not slot.question.shared
    asked = slot.name in facts_asked_by(programme).get(slot.entity, {})
    return Slot(slot.entity, 1, slot.name) if asked and slot.number == (member if own else 1) else None
