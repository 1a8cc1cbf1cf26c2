"""What a couple share: children in the house and those who left it, whom they lost, and the certificate."""

import numpy as np
import pytest

from chengnuo.population.synth.couples import LAST_CERTIFICATE, MOTHER_OF_GROWN, certificate
from chengnuo.population.synth.days import YEAR, day, end_of
from tests.unit.population.synth.made import NOW, made


def test_every_household_has_one_couple_of_parents_in_its_order():
    known, pairs = made().known, made().pairs
    count = len(known.children)
    assert (pairs.household[:count] == np.arange(count)).all()
    assert not pairs.elder[:count].any()


def test_households_with_grandparents_have_a_second_couple():
    known, pairs = made().known, made().pairs
    with_elders = known.present["grandmother"] | known.present["grandfather"]
    assert pairs.elder[len(known.children) :].all()
    assert (pairs.household[pairs.elder] == np.flatnonzero(with_elders)).all()


def test_who_is_there_is_who_the_family_says():
    known, pairs = made().known, made().pairs
    count = len(known.children)
    assert (pairs.woman[:count] == known.present["woman"]).all()
    assert (pairs.man[count:] == known.present["grandfather"][pairs.household[count:]]).all()


def test_grandparents_have_children_though_none_of_theirs_is_named():
    pairs = made().pairs
    assert (pairs.here[pairs.elder] == 0).all()
    assert pairs.ever[pairs.elder].min() == 1


def test_grandparents_have_not_lost_all_their_children_for_one_lives_here():
    pairs = made().pairs
    assert (pairs.living[pairs.elder] >= 1).all()


def test_the_young_have_no_children_elsewhere():
    pairs = made().pairs
    young = pairs.woman_born > day(NOW - MOTHER_OF_GROWN)
    assert (pairs.ever == pairs.here)[young & ~pairs.elder].all()


def test_the_old_had_more_children_than_those_after_them():
    pairs = made().pairs
    grown = (pairs.here == 0) & ~pairs.elder & (pairs.woman_born <= day(NOW - MOTHER_OF_GROWN))
    old = pairs.woman_born < day(1955)
    assert pairs.ever[grown & old].mean() > pairs.ever[grown & ~old].mean() + 0.7


def test_one_child_is_the_commonest_since_1955():
    pairs = made().pairs
    grown = (pairs.here == 0) & ~pairs.elder & (pairs.woman_born <= day(NOW - MOTHER_OF_GROWN))
    since = np.bincount(pairs.ever[grown & (pairs.woman_born >= day(1955))])
    assert since.argmax() == 1


@pytest.mark.parametrize(
    ("ever", "lost"),
    [(1, 1), (2, 1), (2, 2), (3, 1)],
)
def test_the_bereaved_of_every_sort_are_there(ever, lost):
    pairs = made(households=120_000).pairs
    assert ((pairs.ever == ever) & (pairs.lost == lost)).any()


def test_nobody_lost_more_than_they_had():
    pairs = made().pairs
    assert (pairs.lost <= pairs.ever).all()
    assert (pairs.lost >= 0).all()


def test_a_grown_child_died_when_it_could_have_been_grown_and_not_after_the_year():
    pairs = made().pairs
    lost = (pairs.lost > 0) & (pairs.here == 0)
    assert pairs.lost_on[lost].max() <= end_of(NOW)
    assert ((pairs.lost_on - pairs.woman_born)[lost] >= 29 * YEAR).all()


def test_a_child_of_the_house_who_died_is_the_one_its_parents_lost():
    known, pairs = made().known, made().pairs
    count = len(known.children)
    died = known.lost >= 0
    assert (pairs.lost[:count][died] == 1).all()
    assert (pairs.lost_on[:count][died] == known.lost_on[died]).all()


def test_couples_draw_for_themselves():
    pairs = made().pairs
    assert len(set(pairs.draws.numbers.tolist())) == len(pairs.household)


def test_most_of_those_who_could_hold_the_certificate_do():
    known, pairs = made().known, made().pairs
    holds = certificate(pairs, known.children_born[0])
    could = (pairs.ever == 1) & (pairs.here == 0)
    assert 0.55 < holds[could].mean() < 0.7


def test_nobody_holds_it_for_a_child_who_was_born_too_late():
    known, pairs = made().known, made().pairs
    holds = certificate(pairs, known.children_born[0])
    late = known.children_born[0][pairs.household] > LAST_CERTIFICATE
    assert not (holds & late & (pairs.here > 0)).any()
    assert (holds & ~late & (pairs.here > 0)).any()
