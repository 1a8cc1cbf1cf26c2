"""Families that could be: whoever looks at a household finds nothing that contradicts itself."""

import numpy as np
import pytest

from chengnuo.population.synth.adults import adults
from chengnuo.population.synth.children import children
from chengnuo.population.synth.couples import couples
from chengnuo.population.synth.days import YEAR, day, end_of
from chengnuo.population.synth.draws import Draws
from chengnuo.population.synth.families import families

NOW = 2026


@pytest.fixture(scope="module")
def made():
    known = families(Draws(3, np.arange(1, 30_001)), NOW)
    pairs = couples(known)
    grown = adults(pairs, known)
    return known, pairs, grown, children(known, pairs, grown)


def test_nobody_was_born_after_the_year(made):
    _, _, grown, named = made
    for each in (grown.given["born"].values[grown.there], named.given["born"].values):
        assert each.max() <= end_of(NOW)


def test_children_are_born_by_month_in_every_year_since_2021(made):
    born = made[3].given["born"].values
    months = {str(month) for month in born[born >= day(2021)].astype("datetime64[D]").astype("datetime64[M]")}
    assert len(months) == 72


def test_a_mother_is_eighteen_or_older_when_her_first_child_is_born(made):
    known = made[0]
    with_children = (known.children > 0) & known.present["woman"]
    age = (known.children_born[0] - known.born["woman"])[with_children] // YEAR
    assert age.min() >= 18
    assert age.max() <= 46


def test_parents_are_older_than_their_children_who_are_parents(made):
    known = made[0]
    there = known.present["grandmother"] & known.present["man"]
    assert ((known.born["man"] - known.born["grandmother"])[there] >= 20 * YEAR).all()


def test_the_children_of_a_household_count_among_those_of_its_parents(made):
    known, pairs, _, named = made
    parents = ~pairs.elder
    assert (pairs.ever[parents] >= known.children).all()
    assert (pairs.living >= 0).all()
    assert (named.given["which_child"].values <= pairs.ever[named.household]).all()
    died = np.bincount(named.household[named.given["died"].applies], minlength=len(known.children))
    assert (pairs.lost[parents][known.children > 0] == died[known.children > 0]).all()


def test_children_of_a_household_come_in_order(made):
    _, _, _, named = made
    born, same = named.given["born"].values, np.diff(named.household) == 0
    assert (np.diff(born)[same] >= 0).all()
    assert (np.diff(born)[same] == 0).any(), "no twins"


def test_a_child_dies_after_its_birth_and_within_the_year(made):
    _, _, _, named = made
    died = named.given["died"]
    assert died.applies.any()
    assert (died.values >= named.given["born"].values)[died.applies].all()
    assert died.values[died.applies].max() <= end_of(NOW)


def test_two_daughters_are_told_of_two_living_children_only(made):
    _, _, grown, _ = made
    two = grown.given["two_daughters"].values
    assert two.any()
    assert (grown.given["children_living"].values[two] == 2).all()


def test_spouses_tell_the_same_of_each_other(made):
    _, pairs, grown, _ = made
    count = len(pairs.ever)
    both = pairs.woman & pairs.man
    rural, of_spouse, wife = (grown.given[name] for name in ("rural", "spouse_rural", "wife_born"))
    assert (of_spouse.applies == np.concatenate([both, both])).all()
    assert (of_spouse.values[:count] == rural.values[count:]).all()
    assert not wife.applies[:count].any()
    assert (wife.values[count:][both] == pairs.woman_born[both]).all()


def test_a_certificate_is_held_for_an_only_child_who_was_born_in_time(made):
    _, _, grown, named = made
    holds = grown.given["certificate"].values
    assert holds.any()
    assert (grown.given["children_ever"].values[holds] == 1).all()
    for_child = named.given["certificate"].values
    assert for_child.any()
    assert named.given["born"].values[for_child].max() <= day(2015, 12, 31)


def test_who_is_retired_is_not_employed_and_only_they_have_a_pension(made):
    _, _, grown, _ = made
    retired, pension = grown.given["retired"], grown.given["pension"].values
    assert not (retired.applies & grown.given["employed"].values).any()
    assert ((pension > 0) == retired.applies).all()
    assert not (grown.given["public_body"].values & ~retired.applies).any()


def test_an_elder_who_lives_in_the_house_is_the_parent_who_is_told(made):
    known, pairs, grown, _ = made
    there = known.present["grandmother"] & ~known.present["grandfather"]
    told = grown.given["parent_born"].values[len(pairs.ever) :][: len(there)]
    assert (told[there] == known.born["grandmother"][there]).all()


@pytest.mark.parametrize("fact", ["died", "ended", "child_died", "child_grade", "complication_grade", "retired"])
def test_what_is_rare_happens_and_stays_rare(made, fact):
    grown = made[2]
    share = grown.given[fact].applies[grown.there].mean()
    assert 0.001 < share < 0.2


def test_the_subsidy_was_first_claimed_when_it_could_be(made):
    named = made[3]
    claimed = named.given["first_claimed"]
    born = named.given["born"].values.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    first = claimed.values[claimed.applies]
    assert (first >= np.maximum(born, 2025)[claimed.applies]).all()
    assert first.max() <= NOW
    assert not claimed.applies[born < 2022].any()
