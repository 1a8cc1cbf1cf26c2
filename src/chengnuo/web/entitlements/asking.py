"""What is asked next: only what a programme still needs, the fewest answers first, and nothing once all is settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from chengnuo.core.rules import (
    FIGURE,
    NOT_APPLICABLE,
    PLACE,
    Asked,
    Determination,
    Fact,
    Household,
    NoValue,
    Outcome,
    Programme,
)
from chengnuo.core.rules.operators import Value
from chengnuo.policies.bound import bound
from chengnuo.policies.questions import questions
from chengnuo.web.entitlements.answers import BOTH, CHILD, CHILDREN, MORE, ONLY, WHO, Answers, Slot
from chengnuo.web.entitlements.answers import PLACE as WHERE
from chengnuo.web.entitlements.facts import facts_asked_by, hangs_on, named_with
from chengnuo.web.entitlements.values import UNKNOWN


@dataclass(frozen=True)
class Asking:
    """The questions that these answers leave, and what is reckoned from them."""

    answers: Answers

    def next(self) -> str:
        """The name of the next question; "" when there is none."""
        said, who = self.answers.said, self.answers.who
        if WHERE not in said:
            return WHERE
        if not who:
            return WHO
        if who in (CHILD, BOTH) and CHILDREN not in said:
            return CHILDREN
        if (slot := self._first()) is not None:
            return str(slot)
        return MORE if self._could_ask_more() else ""

    @property
    def left(self) -> int:
        """How many questions may follow at most: answers settle some, and open a few. 0 before it is known what is asked about."""
        if self.next() in (WHERE, WHO, CHILDREN):
            return 0
        undecided = (each for each in self.found if each.outcome is Outcome.UNDECIDED)
        return len({slot for each in undecided for slot in self.needed(each)}) + self._could_ask_more()

    @cached_property
    def programmes(self) -> tuple[type[Programme], ...]:
        """Those that were chosen and can be reckoned, without those that hang on what nobody wished to be asked."""
        unwished = frozenset(questions().topics) - self.topics
        return tuple(each for each in self._about if not hangs_on(each, unwished))

    @cached_property
    def hidden(self) -> tuple[type[Programme], ...]:
        return tuple(each for each in self._about if each not in self.programmes)

    @cached_property
    def topics(self) -> frozenset[str]:
        """Those that are asked about: wished for, or chosen with a programme."""
        if self._names_topics:
            return frozenset().union(*map(named_with, self.answers.chosen))
        return self.answers.topics

    @cached_property
    def household(self) -> Household:
        """What the answers say of the family."""
        return self._household()

    @cached_property
    def found(self) -> tuple[Determination, ...]:
        """Every programme that can be reckoned, for everybody whom it is about."""
        return tuple(each for one in self.programmes for each in self._determined.get(one, ()))

    @cached_property
    def without_number(self) -> tuple[type[Programme], ...]:
        """Those that hang on a number of law that is not held here: they are told without a result."""
        return tuple(each for each in self.programmes if each not in self._determined)

    @cached_property
    def _determined(self) -> dict[type[Programme], list[Determination]]:
        found = {one: determined(one, self.household, self.answers.asked) for one in self.programmes}
        return {one: each for one, each in found.items() if each is not None}

    def hangs_on_silence(self, found: Determination) -> bool:
        """Whether a situation that nobody was asked about might turn a refusal round: a child's death, where none is living."""
        if found.outcome is not Outcome.NOT_ENTITLED:
            return False
        unsaid = Asking(self.answers.unasked().put(MORE, UNKNOWN)).household
        others = determined(found.programme, unsaid, self.answers.asked) or ()
        return any(each.member == found.member and each.outcome is not Outcome.NOT_ENTITLED for each in others)

    def value(self, slot: Slot) -> Value:
        """The answer, or what is taken instead of asking."""
        place = self.where(slot)
        if str(place) in self.answers.said:
            return self.answers.value(place)
        return NOT_APPLICABLE if self.is_taken(slot) else None

    def where(self, slot: Slot) -> Slot:
        """Where the answer to it stands: one answer may serve for several."""
        question = slot.question
        if question.same_as and self.answers.members["person"]:
            entity, _dot, name = question.same_as.partition(".")
            return Slot(entity, 1, name)
        return Slot(slot.entity, 1, slot.name) if question.shared else slot

    def is_taken(self, slot: Slot) -> bool:
        """Not asked, and so taken as not applying. What somebody would rather not say stays unknown."""
        question = slot.question
        if question.topic in self.topics:
            return False
        return question.taken is not None or (bool(question.topic) and self.answers.said.get(MORE) != UNKNOWN)

    def needed(self, found: Determination) -> list[Slot]:
        """The questions that it waits for and that may be asked; none while it waits for the place, or for a figure of the office."""
        if PLACE in found.needs or FIGURE in found.needs:
            return []
        slots = dict.fromkeys(slot for fact in found.needs for slot in self._slots(found, fact))
        return [slot for slot in slots if str(slot) not in self.answers.said and not self._is_unwished(slot)]

    def _first(self) -> Slot | None:
        """Of the programme that waits for the fewest answers, the one that most others wait for too; one member after another."""
        undecided = [found for found in self.found if found.outcome is Outcome.UNDECIDED]
        waiting = [(each.member, slots) for each in undecided if (slots := self.needed(each))]
        if not waiting:
            return None
        member, fewest = min(waiting, key=lambda one: (one[1][0].entity, one[0], len(one[1])))
        wanted = Counter(slot for number, slots in waiting if number == member for slot in slots)
        return max(fewest, key=wanted.__getitem__)

    def _slots(self, found: Determination, fact: Fact) -> Iterator[Slot]:
        """Where it may be answered. Of whom a programme of the household waits to hear is not told: of everybody."""
        if fact.name not in facts_asked_by(found.programme).get(fact.entity, {}):
            return
        own = found.programme.who.name == fact.entity
        numbers = [found.member + 1] if own else range(1, self.answers.members.get(fact.entity, 0) + 1)
        yield from (self.where(Slot(fact.entity, number, fact.name)) for number in numbers)

    def _is_unwished(self, slot: Slot) -> bool:
        topic = slot.question.topic
        return bool(topic) and topic not in self.topics

    def _could_ask_more(self) -> bool:
        """Whether support that nobody is asked about by itself could make a difference to an adult."""
        if MORE in self.answers.said or self._names_topics or not self.answers.members["person"]:
            return False
        unsaid = Asking(self.answers.put(MORE, UNKNOWN)).household
        found = [each for one in self._about for each in determined(one, unsaid, self.answers.asked) or ()]
        return any(
            questions().of(fact).topic for each in found for fact in each.needs if each.outcome is Outcome.UNDECIDED
        )

    def _household(self) -> Household:
        members: dict[str, list[dict[str, Value]]] = {}
        for entity, count in self.answers.members.items():
            names = {name for each in self._about for name in facts_asked_by(each).get(entity, {})}
            members[entity] = [
                {name: self.value(Slot(entity, number, name)) for name in names} for number in range(1, count + 1)
            ]
        return Household({}, members)

    @cached_property
    def _about(self) -> tuple[type[Programme], ...]:
        """The chosen programmes for which the answers name everybody whom they ask about."""
        members = self.answers.members
        return tuple(
            each for each in self.answers.chosen if all(members.get(entity, 1) for entity in facts_asked_by(each))
        )

    @property
    def _names_topics(self) -> bool:
        return ONLY in self.answers.said and any(map(named_with, self.answers.chosen))


def determined(programme: type[Programme], household: Household, asked: Asked) -> list[Determination] | None:
    """None where the law holds no number for it."""
    try:
        return bound(programme, asked).determine(household)
    except NoValue:
        return None
