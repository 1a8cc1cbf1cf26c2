"""Two results of one batch are counted side by side; batches add up, and what is kept grows with the places alone."""

import numpy as np
import pytest

from chengnuo.core.rules.blocks import Result
from chengnuo.policies.programmes import programmes
from chengnuo.population.batch import Batch
from chengnuo.population.changes import Change
from chengnuo.population.simulate.counting import MOST_PLACES, PEOPLE, Counting, can_be_guarded
from chengnuo.population.tally import add
from chengnuo.population.trouble import Trouble

BEREAVED, CHILDCARE, SERVICES = (
    next(each for each in programmes() if each.words.key == key)
    for key in ("special-bereaved", "childcare-subsidy", "special-family-services")
)
COUNTY = Counting((BEREAVED, CHILDCARE, SERVICES), 6)
NO, OPEN = (0, 0), (2, 0)


def paid(amount):
    return 1, amount


def batch(codes=("420526101001", None, "4205"), persons=(1, 1, 0), children=(1, 0, 0)):
    """Households at these places, with so many of each role."""
    offsets = {
        role: np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        for role, sizes in (("person", persons), ("child", children))
    }
    places = np.arange(len(codes))
    return Batch(len(codes), {}, {}, {}, offsets, {}, places, (*codes, "110101"))


def results(bereaved, childcare, services):
    told = zip((BEREAVED, CHILDCARE, SERVICES), (bereaved, childcare, services), strict=True)
    return {each.words.key: result(rows) for each, rows in told}


def result(rows):
    both = np.array(rows, dtype=np.int64).reshape(-1, 2)
    return Result(both[:, 0].astype(np.uint8), both[:, 1])


BEFORE = results([paid(70), NO], [paid(30)], [(1, 0), NO, OPEN])
AFTER = results([paid(90), paid(10)], [NO], [(1, 0), (1, 0), OPEN])


@pytest.fixture
def found():
    return COUNTY.counted(COUNTY(batch(), BEFORE, AFTER))


def kinds_of(count, row):
    return {Change(kind).name: number for kind, number in enumerate(count.kinds[row].tolist()) if number}


def each_place(count):
    return [kinds_of(count, row) for row in range(len(count.kinds))]


def test_each_programme_counts_whom_it_is_about(found):
    assert found.places == ["4205", "420526", None]
    bereaved, childcare, services = found.programmes.values()
    assert each_place(bereaved) == [{}, {"MORE": 1}, {"NEWLY": 1}]
    assert each_place(childcare) == [{}, {"NO_LONGER": 1}, {}]
    assert each_place(services) == [{"UNDECIDED": 1}, {"SAME": 1}, {"NEWLY": 1}]


def test_amounts_are_summed_by_place(found):
    bereaved = found.programmes["special-bereaved"]
    assert (bereaved.before.tolist(), bereaved.after.tolist()) == ([0, 70, 0], [0, 90, 10])


def test_a_household_counts_all_its_money_and_no_services(found):
    assert each_place(found.families) == [{"NEVER": 1}, {"LESS": 1}, {"NEWLY": 1}]
    assert (found.families.before.tolist(), found.families.after.tolist()) == ([0, 100, 0], [0, 90, 10])


HALF = (paid(70), paid(90))  # decided on both sides


@pytest.mark.parametrize(
    ("before", "after", "kind", "sums"),
    [
        (OPEN, paid(30), "UNDECIDED", (70, 90)),
        (paid(30), OPEN, "UNDECIDED", (70, 90)),
        (OPEN, OPEN, "UNDECIDED", (70, 90)),
        (paid(30), NO, "LESS", (100, 90)),
    ],
)
def test_one_decided_sum_of_a_household_does_not_hide_an_undecided_one(before, after, kind, sums):
    told = COUNTY(
        batch(["420526"], [1], [1]),
        results([HALF[0]], [before], [NO]),
        results([HALF[1]], [after], [NO]),
    )
    families = COUNTY.counted(told).families
    assert each_place(families) == [{kind: 1}]
    assert (families.before.tolist(), families.after.tolist()) == ([sums[0]], [sums[1]])


@pytest.mark.parametrize("seed", range(3))
def test_the_money_of_households_is_that_of_the_programmes_together(seed):
    chance = np.random.default_rng(seed)
    size = 40
    sides = []
    for _ in range(2):
        outcomes = chance.integers(0, 3, (3, size))
        amounts = np.where(outcomes == 1, chance.integers(1, 9, (3, size)), 0)
        sides.append(results(*(list(zip(*pair, strict=True)) for pair in zip(outcomes, amounts, strict=True))))
    found = COUNTY.counted(COUNTY(batch(["420526", "429006"] * 20, [1] * size, [1] * size), *sides))
    money = [found.programmes[each.words.key] for each in (BEREAVED, CHILDCARE)]
    assert found.families.before.tolist() == sum(each.before for each in money).tolist()
    assert found.families.after.tolist() == sum(each.after for each in money).tolist()
    assert found.families.kinds.sum() == size


def test_people_are_counted_by_role(found):
    people = {role: each.tolist() for role, each in found.people.items()}
    assert people == {"household": [1, 1, 1], "person": [0, 1, 1], "child": [0, 1, 0]}


@pytest.mark.parametrize(("digits", "places"), [(2, ["42", None]), (12, ["4205", "420526101001", None])])
def test_places_are_of_the_level_that_is_asked_for(digits, places):
    counting = Counting((BEREAVED, CHILDCARE, SERVICES), digits)
    assert counting.counted(counting(batch(), BEFORE, AFTER)).places == places


@pytest.mark.parametrize("cut", [1, 2])
def test_batches_add_up_to_what_they_are_together(found, cut):
    codes = ("420526101001", None, "4205")
    persons, children, total = (1, 1, 0), (1, 0, 0), {}
    for some in (slice(0, cut), slice(cut, 3)):
        people, young = sum(persons[: some.start]), sum(children[: some.start])
        part = [
            results(
                rows(side, BEREAVED)[people : people + sum(persons[some])],
                rows(side, CHILDCARE)[young : young + sum(children[some])],
                rows(side, SERVICES)[some],
            )
            for side in (BEFORE, AFTER)
        ]
        add(total, COUNTY(batch(codes[some], persons[some], children[some]), *part))
    again = COUNTY.counted(total)
    assert again.places == found.places
    for key, count in found.programmes.items():
        assert (again.programmes[key].kinds == count.kinds).all()
    assert (again.families.after == found.families.after).all()


def rows(side, programme):
    return list(zip(*(each.tolist() for each in side[programme.words.key]), strict=True))


def test_a_thousand_households_of_a_place_are_kept_as_one_line():
    many = batch(["420526"] * 1000, [1] * 1000, [0] * 1000)
    told = COUNTY(many, *[results([paid(5)] * 1000, [], [NO] * 1000)] * 2)
    assert {len(places) for places in told.values()} == {0, 1}
    assert told[f"{PEOPLE}person"] == {"420526": [1000]}
    assert told["families"]["420526"][Change.SAME] == 1000


def test_more_places_than_can_be_guarded_are_refused_at_the_first_batch_that_has_them():
    codes = [f"{number:06}" for number in range(420000, 420001 + MOST_PLACES)]
    nobody = results([], [], [NO] * len(codes))
    fits = batch(codes[1:], [0] * MOST_PLACES, [0] * MOST_PLACES)
    COUNTY(fits, *[results([], [], [NO] * MOST_PLACES)] * 2)
    with pytest.raises(Trouble, match="301 places"):
        COUNTY(batch(codes, [0] * len(codes), [0] * len(codes)), nobody, nobody)


def test_places_of_all_batches_together_are_counted_too():
    with pytest.raises(Trouble, match="302 places"):
        can_be_guarded({f"{PEOPLE}household": {str(number): [1] for number in range(302)}})


def test_a_population_without_anybody_has_no_places():
    nobody = results([], [], [])
    found = COUNTY.counted(COUNTY(batch((), (), ()), nobody, nobody))
    assert found.places == []
    assert found.families.kinds.shape == (0, len(Change))
