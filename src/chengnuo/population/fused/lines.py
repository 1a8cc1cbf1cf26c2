"""Writes the lines of a plan, each where it is first needed: facts, operators, and loops over members."""

from __future__ import annotations

from collections.abc import Hashable
from typing import cast

from chengnuo.core.rules.blocks.bounds import as_number, may_be
from chengnuo.core.rules.blocks.days import FIRST_DAY
from chengnuo.core.rules.blocks.plan import Line, Plan
from chengnuo.core.rules.facts import Fact
from chengnuo.core.rules.graph import AGGREGATES, TRUTH
from chengnuo.core.rules.programme import HOUSEHOLD
from chengnuo.population.fused.arguments import Told, of_fact
from chengnuo.population.fused.phrases import PHRASES, Answer, Number, Said, Truth, every, some, truth
from chengnuo.population.fused.writer import Writer


class Lines:
    """`writer`: where they are written; `told`: what is known of the columns. `numbers`, `sums`: those of the law, which are told when
    the kernel is run, so that another day, place or rate needs no other kernel.
    """

    def __init__(self, plan: Plan, told: Told) -> None:
        self.plan, self.writer = plan, Writer()
        self._told, self._facts = told, plan.facts()
        self.numbers: list[int] = []
        self.sums: list[tuple[int, ...]] = []

    def said(self, number: int) -> Said:
        """What a line is called here. It is written if it has no name yet."""
        line = self.plan.lines[number]
        return self.writer.known(number, line) or self.writer.remember(number, line, self._written(line))

    def _written(self, line: Line) -> Said:
        if line.operator == "constant":
            return self._constant(line)
        if isinstance(line.data, Fact):
            return self._fact(line.data)
        if line.operator in AGGREGATES:
            return self._members(line)
        arguments = [self.said(each) for each in line.arguments]
        return self.writer.kept(PHRASES[line.operator](self._data(line), *arguments))

    def _data(self, line: Line) -> Hashable:
        if line.operator != "accrued":
            return line.data
        january, sums = cast("tuple[int, tuple[int, ...]]", line.data)
        if sums not in self.sums:
            self.sums.append(sums)
        return self._number(january), self.sums.index(sums)

    def _number(self, number: int) -> str:
        self.numbers.append(number)
        return f"law_{len(self.numbers) - 1}"

    def _constant(self, line: Line) -> Said:
        if line.data is None:
            return _nothing(line.kind)
        return Truth(str(line.data)) if line.kind == TRUTH else Number(self._number(as_number(line)))

    def _fact(self, fact: Fact) -> Said:
        if str(fact) not in self._told.columns:
            nothing = _nothing(fact.kind)
            return Answer(nothing[0], "False", "False") if fact.perhaps else nothing
        let, row, stem = self.writer.let, self.writer.rows[fact.entity], of_fact(fact)
        known = let("known", f"{stem}_known[{row}]") if self._told.unsure else None
        absent = let("absent", f"{stem}_absent[{row}]") if fact.perhaps else None
        value = let("value", f"{stem}[{row}]")
        if fact.kind != TRUTH:
            self._bring_within(fact, value, [known, absent and f"(not {absent})"])
        if absent is not None:
            return Answer(value, known, absent)
        return self.writer.kept(truth(value, known)) if fact.kind == TRUTH else Number(value, known)

    def _bring_within(self, fact: Fact, value: str, counts: list[str | None]) -> None:
        """What counts and is beyond its bounds ends the run; what does not count is brought within them."""
        bounds = may_be(fact)
        with self.writer.under(f"if {value} < {bounds.least} or {value} > {bounds.most}:"):
            with self.writer.under(f"if {every(*counts) or True}:"):
                self.writer.write(f"return {self._facts.index(fact) + 1}")
            self.writer.write(f"{value} = {bounds.least}")

    def _members(self, line: Line) -> Said:
        entity = str(line.data)
        partly = f"{entity}_partly[{HOUSEHOLD}]" if entity in self._told.partly else None
        if line.operator in {"count", "sum"}:
            return self._sum(line, entity, partly)
        found, open_ = self.writer.name("found"), self.writer.name("open")
        self.writer.write(f"{found} = False")
        self.writer.write(f"{open_} = {partly or False}")
        with self.writer.each(entity):
            each = cast("Truth", self.said(line.arguments[0]))
            decides, leaves = (each.fails, each.yes) if line.operator == "all" else (each.yes, each.fails)
            with self.writer.under(f"if {decides}:"):
                self.writer.write(f"{found} = True")
                self.writer.write("break")
            self.writer.write(f"{open_} = {open_} | (not {leaves})")
        other = f"(not {found}) & (not {open_})"
        return self.writer.kept(Truth(other, found) if line.operator == "all" else Truth(found, other))

    def _sum(self, line: Line, entity: str, partly: str | None) -> Said:
        total, known = self.writer.name("total"), self.writer.name("known")
        self.writer.write(f"{total} = 0")
        self.writer.write(f"{known} = not {partly or False}")
        with self.writer.each(entity):
            each = self.said(line.arguments[0])
            if isinstance(each, Truth):
                each = Number(f"1 if {each.yes} else 0", None if each.no is None else some(each.yes, each.no))
            self.writer.write(f"{total} += {each[0]}")
            if each[1] is not None:
                self.writer.write(f"{known} = {known} & {each[1]}")
        return Number(total, known)


def _nothing(kind: str) -> Said:
    """What nobody knows: whatever stands there does no harm."""
    return Truth("False", "False") if kind == TRUTH else Number(str(FIRST_DAY), "False")
