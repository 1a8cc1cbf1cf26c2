"""What somebody has answered so far: a few words in the order in which they were given. It travels in the form and is kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from chengnuo.core.rules import Asked, Fact, Programme
from chengnuo.core.rules.operators import Value
from chengnuo.policies.law_places import as_law
from chengnuo.policies.programmes import programmes
from chengnuo.policies.questions import Question, questions
from chengnuo.web.entitlements.facts import facts, facts_asked_by
from chengnuo.web.entitlements.values import NONE, UNKNOWN, Unreadable, read

ONLY, PLACE, WHO, CHILDREN, MORE = GENERAL = ("only", "place", "who", "children", "more")
ME, CHILD, BOTH = "me", "child", "both"
ELSEWHERE = "elsewhere"
MOST_CHILDREN = 9
MOST_ANSWERS = 300


@dataclass(frozen=True, order=True)
class Slot:
    """A fact of one member, counted from 1: `child.2.born`."""

    entity: str
    number: int
    name: str

    def __str__(self) -> str:
        return f"{self.entity}.{self.number}.{self.name}"

    @property
    def fact(self) -> Fact:
        """Raises KeyError for what no programme asks."""
        return facts()[self.entity][self.name]

    @property
    def question(self) -> Question:
        return questions().of(self.fact)

    @classmethod
    def of(cls, text: str) -> Slot:
        """Raises Unreadable for what is no such name."""
        entity, _dot, rest = text.partition(".")
        number, _dot, name = rest.partition(".")
        if name not in facts().get(entity, {}) or number not in map(str, range(1, MOST_CHILDREN + 1)):
            raise Unreadable(text)
        return cls(entity, int(number), name)


@dataclass(frozen=True)
class Answers:
    """`said`: what was answered, by the name of a general question or of a slot."""

    today: date
    said: Mapping[str, str] = field(default_factory=dict)

    def put(self, name: str, text: str) -> Answers:
        return Answers(self.today, {**self.said, name: text})

    def reopened(self, topics: frozenset[str]) -> Answers:
        """Without any "none" to what these situations are about: in a claim it is written down where nobody was ever asked."""
        silent = {name for name, text in self.said.items() if text == NONE and name not in GENERAL}
        silent -= {name for name in silent if Slot.of(name).question.topic not in topics}
        return Answers(self.today, {name: text for name, text in self.said.items() if name not in silent})

    def unasked(self) -> Answers:
        """As before anybody was asked whether a particular situation is to be included."""
        found = self.reopened(frozenset(questions().topics) - self.topics)
        return Answers(self.today, {name: text for name, text in found.said.items() if name != MORE})

    def fields(self) -> tuple[str, ...]:
        """As hidden fields hold them."""
        return tuple(f"{name}={text}" for name, text in self.said.items())

    @property
    def members(self) -> dict[str, int]:
        """How many of each entity the questions are about."""
        adults, children = int(self.who in (ME, BOTH)), int(self.said.get(CHILDREN, "1"))
        return {"person": adults, "child": children if self.who in (CHILD, BOTH) else 0}

    @property
    def who(self) -> str:
        """For whom it is asked: whom the chosen programmes are about, else as it was said; "" where it was not."""
        if ONLY not in self.said:
            return self.said.get(WHO, "")
        about = {entity for each in self.chosen for entity in facts_asked_by(each)}
        if "child" not in about:
            return ME
        return BOTH if "person" in about else CHILD

    @property
    def chosen(self) -> tuple[type[Programme], ...]:
        """The programmes that were chosen; all of them where none was."""
        keys = self.said.get(ONLY, "").split()
        return tuple(each for each in programmes() if not keys or each.words.key in keys)

    @property
    def topics(self) -> frozenset[str]:
        """What was wished for of that which is never asked by itself."""
        return frozenset(self.said.get(MORE, "").split()) & frozenset(questions().topics)

    @property
    def asked(self) -> Asked:
        """The question put to the law: today, at the place that was said."""
        place = self.said.get(PLACE, UNKNOWN)
        if place == UNKNOWN:
            return Asked(self.today)
        return Asked(self.today, place="" if place == ELSEWHERE else as_law(place))

    def value(self, slot: Slot) -> Value:
        """None where it was not answered, or is not known."""
        text = self.said.get(str(slot))
        return None if text is None else read(slot.fact, text, self.today)


def answers_from(lines: Iterable[str], today: date, places: Iterable[str]) -> tuple[Answers, bool]:
    """What hidden fields hold, and whether all of it could be read: what cannot is asked again."""
    known, said, whole = frozenset(places), {}, True
    for number, line in enumerate(lines):
        name, _sign, text = line.partition("=")
        if number < MOST_ANSWERS and _fits(name, text, today, known):
            said[name] = text
        else:
            whole = False
    return Answers(today, said), whole


def _fits(name: str, text: str, today: date, places: frozenset[str]) -> bool:
    if name in GENERAL:
        return _fits_general(name, text.split(" "), places)
    try:
        slot = Slot.of(name)
        read(slot.fact, text, today)
    except Unreadable:
        return False
    return True


def _fits_general(name: str, words: list[str], places: frozenset[str]) -> bool:
    """Those of which several may be chosen hold words, the others one."""
    several = {ONLY: {each.words.key for each in programmes()}, MORE: set(questions().topics)}
    if name in several and words not in ([NONE], [UNKNOWN]):
        return set(words) <= several[name]
    one = {
        PLACE: places,
        WHO: {ME, CHILD, BOTH},
        CHILDREN: set(map(str, range(1, MOST_CHILDREN + 1))),
        MORE: {NONE, UNKNOWN},
    }
    return len(words) == 1 and words[0] in one.get(name, ())
