"""Determines programmes for one household, with every reason."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from chengnuo.core.rules.asked import Asked, Law
from chengnuo.core.rules.determination import Determination, Grounds, Outcome, Reason, Step
from chengnuo.core.rules.facts import Fact, Household
from chengnuo.core.rules.graph import Node, reads
from chengnuo.core.rules.operators import NOT_APPLICABLE, Value
from chengnuo.core.rules.parameters import NoValue, Parameters, Row
from chengnuo.core.rules.programme import HOUSEHOLD, Programme, roots
from chengnuo.core.rules.steps import Values
from chengnuo.core.rules.tape import Tape
from chengnuo.core.text3 import Text3

# the slots of facts and of named steps, and the rows of law, that a result rests on
_Slots = tuple[list[tuple[int, Fact]], list[tuple[int, Text3, str]], tuple[Row, ...]]

MOST_KEPT = 1000  # ways through a condition: families take few of them


class Bound:
    """Programmes bound to the law of one question. It is used again for every household that the question is asked for."""

    def __init__(self, programmes: Iterable[type[Programme]], parameters: Parameters, asked: Asked) -> None:
        law = Law(parameters, asked)
        self._each = [_BoundProgramme(programme, law) for programme in programmes]

    def determine(self, household: Household, member: int | None = None) -> list[Determination]:
        """One for each programme and member whom it is about; or for that member alone."""
        return [found for each in self._each for found in each.determine(household, member)]


class _BoundProgramme:
    def __init__(self, programme: type[Programme], law: Law) -> None:
        self.programme, self.law = programme, law
        self._tape = Tape(roots(programme), law)
        self._conditions = [(each, _Traced(each.holds.node, self._tape, programme)) for each in programme.lines]
        self._amount = None if programme.amount is None else _Traced(programme.amount.node, self._tape, programme)
        self._closes = None if programme.closes is None else self._tape.slots[programme.closes.node]

    def determine(self, household: Household, member: int | None = None) -> Iterator[Determination]:
        entity = self.programme.who.name
        shared = {HOUSEHOLD: household.facts}
        members: Sequence[Mapping[str, Value]] = household.members.get(entity, ())
        scopes = [shared] if entity == HOUSEHOLD else [{**shared, entity: member} for member in members]
        for number, scope in enumerate(scopes):
            if member in (None, number):
                yield self._found(number, self._tape.run(household, scope))

    def _found(self, member: int, values: Values) -> Determination:
        reasons = tuple(
            [Reason(condition, values[traced.slot], traced.grounds(values)) for condition, traced in self._conditions]
        )
        closes = None if self._closes is None else values[self._closes]
        holds = [reason.holds for reason in reasons]
        if False in holds:
            return Determination(self.programme, member, Outcome.NOT_ENTITLED, reasons, closes=closes)
        found = Determination(self.programme, member, Outcome.ENTITLED, reasons, closes=closes)
        if self._amount is not None:
            found.amount, found.calculation = values[self._amount.slot], self._amount.grounds(values)
        if None in holds:
            found.outcome, found.amount, found.needs = Outcome.UNDECIDED, None, self._needs(values, reasons)
        return found

    def _needs(self, values: Values, reasons: Iterable[Reason]) -> tuple[Fact, ...]:
        """The condition that waits for the fewest answers comes first: one answer may settle everything."""
        open_ones = [reason.condition.holds.node for reason in reasons if reason.holds is None]
        lists = [self._tape.missing(values, node) for node in open_ones]
        return tuple(dict.fromkeys(fact for each in sorted(lists, key=len) for fact in each))


class _Traced:
    """What a root rests on: looked up once, so that a household costs only the reading of its values."""

    def __init__(self, root: Node, tape: Tape, programme: type[Programme]) -> None:
        self.slot, self._tape = tape.slots[root], tape
        own = list(tape.below(root))
        names = programme.words.steps
        self._facts = {tape.slots[node]: node.data for node in own if isinstance(node.data, Fact)}
        self._steps = {
            tape.slots[node]: (names[str(node.data)], node.kind)
            for node in own
            if node.operator == "named" and node.data in names
        }
        rows = [(tape.slots[node], row) for node in own for row in _rows(node, tape.law)]
        # which reading counts is settled before any household is asked about: it touches the result whatever the answers
        self._readings = tuple(dict.fromkeys(row for _, row in rows if row.options))
        self._rows: dict[int, list[Row]] = {}
        for slot, row in rows:
            if not row.options:
                self._rows.setdefault(slot, []).append(row)

        self._turns = _turns(*tape.deciding(self.slot))
        self._kept: dict[Hashable, _Slots] = {}

    def grounds(self, values: Values) -> Grounds:
        """Whose turns were taken alike, theirs are found in the same slots."""
        turns = self._turns(values)
        if (kept := self._kept.get(turns)) is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            kept = self._kept[turns] = self._among(self._tape.grounds(values, self.slot))
        facts, steps, rows = kept
        return Grounds(
            tuple([(fact, values[slot]) for slot, fact in facts]),
            tuple([Step(name, unit, values[slot]) for slot, name, unit in steps]) if steps else (),
            rows,
        )

    def _among(self, slots: list[int]) -> _Slots:
        facts = [(slot, self._facts[slot]) for slot in slots if slot in self._facts]
        steps = [(slot, *self._steps[slot]) for slot in slots if slot in self._steps]
        # a row of law is one object: its name need not be compared again for every household
        rows = {id(row): row for slot in slots if slot in self._rows for row in self._rows[slot]}
        return facts, steps, (*rows.values(), *self._readings)


def _turns(truths: list[int], perhaps: list[int]) -> Callable[[Values], Hashable]:
    """Reads which turns were taken. Most conditions have none, or one; then nothing is put together for every household."""
    of: Callable[[Values], Hashable] = itemgetter(*truths) if truths else lambda _: ()
    match truths, perhaps:
        case _, []:
            return of
        case [], [only]:
            return lambda values: values[only] is NOT_APPLICABLE
    return lambda values: (of(values), *[values[slot] is NOT_APPLICABLE for slot in perhaps])


def _rows(node: Node, law: Law) -> list[Row]:
    if node.operator == "accrued":
        return law.rows(str(node.data))
    if not (name := reads(node)):
        return []
    try:
        row = law.row(name)
    except NoValue:
        return law.perhaps_begun(name) if node.operator == "in_force" else []
    return [] if row is None else [row]
