"""Who lives together: the table of kinds is met, and ages follow from one another."""

import csv

import numpy as np
import pytest

from chengnuo.population.synth.days import YEAR, day, end_of
from chengnuo.population.synth.draws import Draws
from chengnuo.population.synth.families import ADULTS, GROWN, KINDS, families, kinds, persons_in_100_households
from tests.unit.population.synth.made import HOUSEHOLDS, NOW, made


def rows():
    with KINDS.open(encoding="utf-8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_the_weights_are_of_ten_thousand_households():
    assert sum(int(row["weight"]) for row in rows()) == 10_000


def test_every_kind_is_another_one():
    said = [tuple(row[name] for name in row if name not in {"family", "weight"}) for row in rows()]
    assert len(set(said)) == len(said)


def test_whoever_has_no_child_in_the_house_has_an_age():
    for row in rows():
        alone = row["children"] == "0" and any(row[each] == "1" for each in ADULTS)
        assert (int(row["from"]) >= 18) == alone, row["family"]
        assert int(row["from"]) <= int(row["to"])


def test_grandparents_live_with_parents():
    for row in rows():
        if "1" in {row["grandmother"], row["grandfather"]}:
            assert row["woman"] == row["man"] == "1"


def test_households_are_about_as_large_as_in_the_census():
    assert 240 <= persons_in_100_households() <= 280


def test_the_size_of_a_household_counts_everybody():
    known = made().known
    adults = sum(known.present[each].astype(int) for each in ADULTS)
    assert (known.size == adults + known.children).all()


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["family"])
def test_every_kind_comes_as_often_as_it_weighs(row):
    known = made().known
    same = known.children == int(row["children"])
    for each in ADULTS:
        same &= known.present[each] == (row[each] == "1")
    alike = [
        int(other["weight"]) for other in rows() if all(other[name] == row[name] for name in (*ADULTS, "children"))
    ]
    assert abs(same.mean() * 10_000 - sum(alike)) < 60


def test_some_households_are_empty():
    known = made().known
    assert 0 < (known.size == 0).sum() < HOUSEHOLDS / 200


@pytest.mark.parametrize(
    ("children", "adults"),
    [(0, {"woman"}), (1, {"woman", "man"}), (2, {"man", "woman"})],
)
def test_a_child_never_lives_alone(children, adults):
    known = made().known
    there = known.children == children
    if children:
        assert sum(known.present[each][there].astype(int) for each in adults).min() >= 1


def test_the_youngest_child_is_a_minor():
    known = made().known
    there = known.children > 0
    youngest = np.choose(np.maximum(known.children - 1, 0), known.children_born)[there]
    assert youngest.min() >= day(NOW - GROWN + 1)
    assert youngest.max() <= end_of(NOW)


def test_children_are_six_years_apart_at_most():
    known = made().known
    two = known.children == 2
    gap = (known.children_born[1] - known.children_born[0])[two]
    assert gap.min() == 0
    assert YEAR < np.median(gap) < 5 * YEAR
    assert gap.max() <= 6 * YEAR


def test_twins_are_as_rare_as_is_said():
    known = made(households=60_000).known
    two = known.children == 2
    share = (known.children_born[1] == known.children_born[0])[two].mean()
    assert abs(share - 0.015) < 0.006


def test_some_children_come_to_parents_of_more_than_forty():
    """An adopted child counts as the law counts it."""
    known = made().known
    there = (known.children == 1) & known.present["woman"]
    ages = (known.children_born[0] - known.born["woman"])[there] // YEAR
    assert 0 < (ages > 36).mean() < 0.02


@pytest.mark.parametrize(
    ("alone", "low", "high"),
    [
        ({"woman", "man"}, 22, 88),
        ({"woman"}, 18, 95),
        ({"man"}, 18, 93),
    ],
)
def test_who_has_no_child_in_the_house_is_of_an_age_that_the_table_says(alone, low, high):
    known = made().known
    there = known.children == 0
    for each in ADULTS:
        there &= known.present[each] == (each in alone)
    eldest = known.born["woman" if "woman" in alone else "man"][there]
    ages = (end_of(NOW) - eldest) // YEAR
    assert ages.min() >= low
    assert ages.max() <= high + 2


def test_husbands_are_mostly_the_elder_and_never_by_more_than_six_years():
    known = made().known
    both = known.present["woman"] & known.present["man"]
    older = (known.born["woman"] - known.born["man"])[both]
    assert older.max() <= 6 * YEAR
    assert older.min() >= -2 * YEAR
    assert (older > 0).mean() > 0.6


def test_a_man_alone_is_of_the_age_that_the_table_says():
    known = made().known
    alone = known.present["man"] & ~known.present["woman"] & (known.children == 0)
    ages = (end_of(NOW) - known.born["man"][alone]) // YEAR
    assert ages.min() >= 17


def test_who_dies_is_one_of_the_children_who_are_named():
    known = made().known
    assert (known.lost < known.children).all()
    assert (known.lost[known.children == 0] == -1).all()
    assert 0.001 < (known.lost >= 0).mean() < 0.004


@pytest.mark.parametrize("year", [2018, 2026, 2035])
def test_families_of_another_year_are_as_old_in_that_year(year):
    known = made(year=year, households=5_000).known
    ages = (end_of(year) - known.born["woman"][known.present["woman"]]) // YEAR
    assert 40 < np.median(ages) < 55


def test_a_household_is_the_same_alone_as_among_others():
    alone = families(Draws(3, np.array([17])), NOW)
    among = made().known
    assert alone.children[0] == among.children[16]
    assert all(alone.born[each][0] == among.born[each][16] for each in ADULTS)


def test_the_table_holds_numbers_by_column():
    assert set(kinds()) == {"weight", *ADULTS, "children", "from", "to"}
    assert all(len(column) == len(rows()) for column in kinds().values())
