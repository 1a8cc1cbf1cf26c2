"""The law that a process keeps bound: the same results, bound once for each question."""

from datetime import date

import pytest

from chengnuo.core.rules import Asked, Bound
from chengnuo.policies.bound import bound
from chengnuo.policies.loader import parameters
from chengnuo.policies.outlook import outlook
from tests.unit.policies.families import ASKED, CHILD, PERSON, Household, programmes


def anew(programme, asked, readings=()):
    return Bound([programme], parameters().with_readings(dict(readings)), asked)


FAMILY = Household({}, {"person": [PERSON], "child": [CHILD]})


@pytest.mark.parametrize("programme", programmes(), ids=lambda each: each.words.key)
def test_what_is_kept_finds_the_same_and_the_same_outlook(programme):
    for now in Bound([programme], parameters(), ASKED).determine(FAMILY):
        (kept,) = [each for each in bound(programme, ASKED).determine(FAMILY) if each.member == now.member]
        assert (kept.outcome, kept.amount, kept.needs) == (now.outcome, now.amount, now.needs)
        assert str(outlook(kept, FAMILY, ASKED)) == str(outlook(now, FAMILY, ASKED, anew))


def test_a_question_is_bound_once_and_another_one_anew():
    programme = programmes()[0]
    assert bound(programme, ASKED) is bound(programme, Asked(date(2026, 12, 31), place="420526000000"))
    assert bound(programme, ASKED) is not bound(programme, Asked(date(2027, 12, 31), place="420526000000"))


def test_places_that_the_programmes_own_law_does_not_tell_apart_share_it():
    known = {each.words.key: each for each in programmes()}
    national, local = known["childcare-subsidy"], known["yichang-kindergarten-grant"]
    at = [Asked(date(2026, 12, 31), place=place) for place in ("420526000000", "420581001000", "110101000000")]
    assert len({id(bound(national, asked)) for asked in at}) == 1
    here, near, elsewhere = (bound(local, asked) for asked in at)
    assert here is near
    assert here is not elsewhere


def test_another_reading_is_bound_for_itself():
    (programme,) = [each for each in programmes() if each.words.key == "childcare-subsidy"]
    other = (("childcare.claimed_in_second_year", "made_up"),)
    (usual,), (made_up,) = (
        bound(programme, ASKED, each).determine(Household({}, {"child": [CHILD]})) for each in ((), other)
    )
    assert (usual.amount, made_up.amount) == (360_000, 720_000)
