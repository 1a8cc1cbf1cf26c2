"""Somebody who knows all published tables tries to work out what is withheld: by sums, by differences, by money at a known rate."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from chengnuo.population.changes import Change, Count
from chengnuo.population.withholding import Raw, tables

FEW = 5
BEFORE, AFTER = 100, 120  # fen: everybody is paid the same, so that money is a count
PAID_BEFORE = (Change.MORE, Change.LESS, Change.NO_LONGER, Change.SAME)
PAID_AFTER = (Change.NEWLY, Change.MORE, Change.LESS, Change.SAME)


def raw(kinds):
    kinds = np.array(kinds, dtype=np.int64)
    sums = [kinds[:, list(paid)].sum(axis=1) * rate for paid, rate in ((PAID_BEFORE, BEFORE), (PAID_AFTER, AFTER))]
    return Raw(Count(kinds, *sums), kinds.sum(axis=1))


@dataclass
class Attacker:
    """Knows for each cell how low and how high it can be, and narrows that by every sum that is published."""

    low: dict = field(default_factory=dict)
    high: dict = field(default_factory=dict)
    sums: list = field(default_factory=list)

    def told(self, cell, value):
        self.low[cell], self.high[cell] = (0, 10**6) if value is None else (value, value)

    def knows(self, cells, value):
        if value is not None:
            self.sums.append((list(cells), value))

    def narrowed(self):
        """Until no sum says more."""
        for _ in range(100):
            before = dict(self.low), dict(self.high)
            for cells, value in self.sums:
                self._narrow(cells, value)
            if before == (self.low, self.high):
                return self
        return self

    def _narrow(self, cells, value):
        low, high = sum(self.low[each] for each in cells), sum(self.high[each] for each in cells)
        for each in cells:
            self.low[each] = max(self.low[each], value - (high - self.high[each]))
            self.high[each] = min(self.high[each], value - (low - self.low[each]))


def attacker(table):
    found = Attacker()
    lines = {**dict(enumerate(table.rows)), "all": table.total}
    for name, row in lines.items():
        for kind in Change:
            found.told((name, kind), row.kinds[kind])
        found.knows([(name, kind) for kind in Change], row.people)
        found.knows([(name, kind) for kind in PAID_BEFORE], None if row.before is None else row.before // BEFORE)
        found.knows([(name, kind) for kind in PAID_AFTER], None if row.after is None else row.after // AFTER)
    for kind in Change:
        total = ("all", kind)
        column = [(number, kind) for number in range(len(table.rows))]
        if table.total.kinds[kind] is not None:
            found.knows(column, table.total.kinds[kind])
        else:
            found.high[total] = 10**6
    return found.narrowed()


def population(seed, places, small):
    """Places of some hundreds, in which now and then somebody's result changes."""
    chance = np.random.default_rng(seed)
    often = [0.01, 0.05, 0.002, 0.004, 0.1, 0.003, 0.831] if small else [0.05, 0.2, 0.0, 0.0, 0.1, 0.0, 0.65]
    return [chance.multinomial(int(chance.integers(150, 900)), often) for _ in range(places)]


@pytest.mark.parametrize("places", [2, 3, 8, 25])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_small_count_can_be_worked_out(places, seed):
    kinds = population(seed, places, small=True)
    table = tables([str(number) for number in range(places)], {"one": raw(kinds)}, FEW)["one"]
    found = attacker(table)
    for number, counts in enumerate(kinds):
        for kind, count in enumerate(counts.tolist()):
            if 0 < count < FEW:
                cell = number, Change(kind)
                assert table.rows[number].kinds[kind] is None
                assert found.high[cell] - found.low[cell] >= FEW - 1, cell


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_where_many_change_everything_may_be_known(seed):
    kinds = population(seed, 6, small=False)
    table = tables([str(number) for number in range(6)], {"one": raw(kinds)}, FEW)["one"]
    assert all(None not in row.kinds and row.difference is not None for row in (*table.rows, table.total))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_difference_of_two_tables_of_the_same_people_tells_no_more(seed):
    """Households and persons of one reform: where one withholds a place, so does the other."""
    kinds = population(seed, 12, small=True)
    others = [counts + np.array([0, 9, 0, 0, 9, 0, 40]) for counts in kinds]
    named = {"persons": raw(kinds), "families": raw(others)}
    found = tables([str(number) for number in range(12)], named, FEW)
    one, other = found.values()
    for mine, theirs in zip(one.rows, other.rows, strict=True):
        assert [kind is None for kind in mine.kinds] == [kind is None for kind in theirs.kinds]
        assert (mine.before is None) == (theirs.before is None)


def test_the_attacker_finds_what_is_not_guarded():
    """Otherwise these tests would prove nothing."""
    found = Attacker()
    for cell in "abc":
        found.told(cell, None)
    found.told("b", 7)
    found.knows("abc", 20)
    found.knows("ab", 10)
    found.narrowed()
    assert (found.low["a"], found.high["a"]) == (3, 3)
    assert (found.low["c"], found.high["c"]) == (10, 10)
