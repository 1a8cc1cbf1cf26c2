"""Counts by place are guarded: who knows every line, and how many people live where, cannot work out a small one."""

import csv

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.population import summary
from chengnuo.population.summary import ALL, HEADS, MOST_PLACES, lines, most_places, table
from chengnuo.population.tally import add
from chengnuo.population.withholding import everybody
from tests.unit.population.test_attacked import Attacker

FEW, RATE = 5, 700
OUTCOMES = ("not_entitled", "entitled", "undecided")


def row(refused, entitled, undecided=0):
    """Everybody who is entitled receives the same, so that money is a count."""
    return [refused, entitled, undecided, entitled * RATE]


def found(tally):
    return {(line.programme, line.place): line for line in lines(tally, FEW)}


def attacked(tally, key):
    """What somebody knows of one programme: all its lines, and how many people live at each place, where that may be known."""
    told, attacker = found(tally), Attacker()
    living = everybody(np.array([sum(counts[:3]) for counts in tally[key].values()]), FEW)
    for place, people in zip((*tally[key], ALL), living, strict=True):
        line = told[key, place]
        cells = [(place, outcome) for outcome in OUTCOMES]
        for cell, count in zip(cells, (line.not_entitled, line.entitled, line.undecided), strict=True):
            attacker.told(cell, count)
        attacker.knows(cells, people)
        attacker.knows([(place, "entitled")], None if line.amount is None else line.amount // RATE)
    for number, outcome in enumerate(OUTCOMES):
        if (
            total := (told[key, ALL].not_entitled, told[key, ALL].entitled, told[key, ALL].undecided)[number]
        ) is not None:
            attacker.knows([(place, outcome) for place in tally[key]], total)
    return attacker.narrowed()


COUNTS = st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 40, 300]), min_size=3, max_size=3)
PLACES = st.lists(COUNTS.filter(any), min_size=1, max_size=6)


@settings(deadline=None)
@given(places=PLACES)
def test_no_small_count_is_told_or_can_be_worked_out(places):
    tally = {"key": {str(place): row(*counts) for place, counts in enumerate(places)}}
    attacker = attacked(tally, "key")
    for place, counts in tally["key"].items():
        for outcome, count in zip(OUTCOMES, counts, strict=False):
            if 0 < count < FEW:
                low, high = attacker.low[place, outcome], attacker.high[place, outcome]
                assert high - low >= FEW - 1


def test_three_of_ten_thousand_are_not_the_rest_of_another_line():
    """Nearly everybody is refused: the line of all would give the three away by how many there are."""
    tally = {
        "rare": {"420526": row(9_997, 3)},
        "common": {"420526": row(2_000, 8_000)},
    }
    told = found(tally)
    for place in ("420526", ALL):
        assert told["common", place] == ("common", place, 8_000, 2_000, 0, 8_000 * RATE)
        assert told["rare", place] == ("rare", place, None, None, 0, None)


def test_a_small_count_takes_another_with_it_and_the_totals_stand():
    told = found({"key": {"1": row(90, 3), "2": row(500, 50), "3": row(200, 20)}})
    assert told["key", "1"][2:] == (None, None, 0, None)
    assert told["key", ALL] == ("key", ALL, 73, 790, 0, 73 * RATE)
    assert sum(told["key", place].entitled is None for place in "123") == 2


def test_where_no_count_is_small_everything_is_told():
    told = found({"key": {"1": row(90, 30, 9), "": row(8, 7)}})
    assert told["key", "1"] == ("key", "1", 30, 90, 9, 30 * RATE)
    assert told["key", summary.UNKNOWN].entitled == 7
    assert told["key", ALL] == ("key", ALL, 37, 98, 9, 37 * RATE)


def test_the_threshold_is_the_one_that_is_given():
    tally = {"key": {"1": row(90, 30), "2": row(90, 30)}}
    assert all(line.entitled is None for line in lines(tally, 31) if line.place != ALL)


def test_a_programme_that_is_about_nobody():
    assert list(lines({"key": {}}, FEW)) == [("key", ALL, 0, 0, 0, 0)]


@pytest.mark.parametrize("count", [MOST_PLACES, MOST_PLACES + 1])
def test_of_more_places_than_can_be_guarded_only_all_are_told(count):
    tally = {"key": {f"{number:06}": row(50, 20) for number in range(count)}}
    *places, total = lines(tally, FEW)
    assert len(places) == (count if count <= MOST_PLACES else 0)
    assert total.entitled == 20 * count
    assert most_places(tally) == count


def test_the_line_of_too_many_places_is_guarded_too():
    tally = {"key": {f"{number:06}": row(50, int(number < 3)) for number in range(MOST_PLACES + 1)}}
    (total,) = lines(tally, FEW)
    assert total[2:] == (None, None, 0, None)


@pytest.mark.parametrize(
    "more", [{"key": {"1": [1, 2, 3, 4]}}, {"key": {"2": [1, 2, 3, 4]}}, {"other": {"1": [1, 2, 3, 4]}}]
)
def test_tallies_are_added(more):
    total = {"key": {"1": [1, 1, 1, 1]}}
    add(total, more)
    assert sum(sum(row) for places in total.values() for row in places.values()) == 14


def test_the_table_of_a_terminal_is_in_columns():
    rows = table(list(lines({"key": {"420526": [5, 1000, 0, 123456]}}, FEW))).splitlines()
    assert len({len(row) for row in rows}) == 1
    assert rows[1].split() == ["key", "420526", "1,000", "5", "0", "123,456"]


def test_what_is_withheld_says_so_in_the_terminal_and_is_empty_in_the_file(tmp_path):
    told = list(lines({"key": {"420526": row(400, 3)}}, FEW))
    assert table(told).splitlines()[1].split() == ["key", "420526", "withheld", "withheld", "0", "withheld"]
    summary.write(told, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8") as file:
        heads, first, _ = csv.reader(file)
    assert (tuple(heads), first) == (HEADS, ["key", "420526", "", "", "0", ""])


def test_counts_are_plain_numbers():
    _, total = lines({"key": {"1": row(50, 20)}}, FEW)
    assert all(type(each) is int for each in total[2:])
