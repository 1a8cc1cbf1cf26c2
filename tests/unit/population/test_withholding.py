"""No small count is shown, and none can be worked out from what is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.population.changes import Change, Count
from chengnuo.population.withholding import Raw, everybody, tables

FEW = 5


def raw(*rows):
    """A table of these lines; everybody who is paid receives 10 before and 12 after."""
    kinds = np.array(rows, dtype=np.int64)
    paid = kinds[:, : Change.SAME + 1].sum(axis=1)
    return Raw(Count(kinds, paid * 10, paid * 12), kinds.sum(axis=1))


def line(*, never=1_000, **kinds):
    counts = {each.name.lower(): 0 for each in Change} | {"never": never} | kinds
    return [counts[each.name.lower()] for each in Change]


def shown(*rows, **others):
    named = {"one": raw(*rows)} | others
    return tables([str(number) for number in range(len(rows))], named, FEW)


def test_where_nothing_is_small_everything_is_shown():
    table = shown(line(more=10), line(more=20, newly=5))["one"]
    assert [row.kinds for row in table.rows] == [tuple(line(more=10)), tuple(line(more=20, newly=5))]
    assert [row.difference for row in (*table.rows, table.total)] == [20, 50, 70]


def test_a_small_count_is_withheld_and_with_it_what_gives_it_away():
    table = shown(line(more=3), line(more=20), line(more=30))["one"]
    column = [row.kinds[Change.MORE] for row in table.rows]
    assert column[0] is None
    assert column.count(None) == 2
    assert table.total.kinds[Change.MORE] == 53


def test_money_is_withheld_where_a_count_of_its_row_is():
    table = shown(line(more=3), line(more=20), line(more=30))["one"]
    for row in table.rows:
        assert (row.before is None) == (row.after is None) == (None in row.kinds)


def test_the_money_of_all_does_not_give_away_that_of_one_programme():
    """Three families at 700 each are 2,100 in the sum of all, and the others' money is known."""
    one, few = raw(line(more=50), line(more=40)), raw(line(newly=3, never=1_047), line(never=1_040))
    money = Count(one.count.kinds, one.count.before + few.count.before, one.count.after + few.count.after)
    all_of_them = {"one": one, "few": few, "families": Raw(money, one.people)}
    found = tables(["P1", "P2"], all_of_them, FEW, "families")
    assert found["few"].total.after is None
    assert found["one"].total.after == 90 * 12
    assert (found["families"].total.before, found["families"].total.after) == (None, None)
    assert found["families"].total.kinds[Change.MORE] == 90
    assert found["families"].rows[1].after == 40 * 12, "where no programme's is withheld it is told"


def test_a_small_total_is_withheld_everywhere():
    table = shown(line(newly=2), line(newly=1))["one"]
    assert table.total.kinds[Change.NEWLY] is None
    assert table.total.before is None


def test_one_place_alone_is_guarded_by_its_total():
    table = shown(line(newly=2, more=9))["one"]
    assert table.rows[0].kinds == table.total.kinds
    assert table.rows[0].kinds.count(None) == 2


def test_what_one_table_withholds_at_a_place_all_withhold():
    found = shown(line(more=3), line(more=20), line(more=30), other=raw(line(more=40), line(more=50), line(more=60)))
    hidden = [[row.kinds[Change.MORE] is None for row in table.rows] for table in found.values()]
    assert hidden[0] == hidden[1]


def test_a_place_of_few_people_is_withheld_with_another():
    assert everybody(np.array([3, 900, 40]), FEW) == [None, 900, None, 943]


def test_kinds_are_told_together_only_where_each_is_shown():
    table = shown(line(more=3, newly=9), line(more=20, newly=9), line(more=30, newly=9))["one"]
    assert table.rows[0].of(Change.NEWLY, Change.MORE) is None
    assert table.total.of(Change.NEWLY, Change.MORE) == 80


counts = st.one_of(st.just(0), st.integers(1, 9), st.integers(10, 400))
lines = st.lists(st.lists(counts, min_size=len(Change), max_size=len(Change)), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(lines)
def test_no_small_count_is_shown_and_none_alone_in_its_line_is_withheld(rows):
    table = shown(*rows)["one"]
    every = [*table.rows, table.total]
    for row in every:
        assert not [count for count in (*row.kinds, row.people) if count is not None and 0 < count < FEW]
        if row.people is not None:
            assert row.kinds.count(None) != 1
    for kind in Change:
        column = [row.kinds[kind] for row in table.rows]
        if table.total.kinds[kind] is not None:
            assert column.count(None) != 1


@pytest.mark.parametrize("places", [1, 2, 7])
def test_what_is_shown_adds_up(places):
    table = shown(*[line(more=50 + number) for number in range(places)])["one"]
    assert sum(row.kinds[Change.MORE] for row in table.rows) == table.total.kinds[Change.MORE]
