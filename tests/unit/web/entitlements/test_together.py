"""What must hold of any answers: their order counts for nothing, one child's say nothing of another's, and a question answered
with what is so never takes away what was sure before.
"""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from chengnuo.core.rules import Outcome
from chengnuo.policies.course import course_of
from chengnuo.web.entitlements.answers import Answers, Slot, answers_from
from chengnuo.web.entitlements.asking import Asking
from chengnuo.web.entitlements.values import NONE, UNKNOWN, bounds, written
from tests.unit.web.entitlements.asked import HERE, TODAY, answers

PLACES = (HERE, "420500000000", "421088000000", "429006000000", "elsewhere", UNKNOWN)
TOPICS = (NONE, UNKNOWN, "loss", "disability complications", "loss disability complications own_disability")


def one_of(slot: Slot, random: Random) -> str:
    """An answer that a person may give."""
    fact, unknown = slot.fact, random.random() < 0.1
    if unknown or (fact.perhaps and random.random() < 0.5):
        return UNKNOWN if unknown else NONE
    if fact.kind == "truth":
        return written(random.random() < 0.5)
    if fact.kind == "day":
        oldest, newest = (1940, 1985) if fact.entity == "person" else (2010, 2026)
        return f"{random.randint(oldest, newest)}-0{random.randint(1, 9)}-{random.randint(10, 26)}"
    least, most = bounds(fact, TODAY)
    return str(random.randint(least, min(most, least + 4)))


def family(seed: int) -> Answers:
    """Somebody who goes through all questions to the end, each at the next place."""
    random = Random(seed)
    given = {"who": random.choice(["me", "child", "both"]), "children": str(random.randint(1, 3))}
    now = answers(place=PLACES[seed % len(PLACES)], **given)
    while name := Asking(now).next():
        now = now.put(name, random.choice(TOPICS) if name == "more" else one_of(Slot.of(name), random))
    return now


def results(now: Answers) -> list[tuple[str, int, Outcome, int | None]]:
    return [(each.programme.words.key, each.member, each.outcome, each.amount) for each in Asking(now).found]


FAMILIES = [family(seed) for seed in range(16)]
every_family = pytest.mark.parametrize("now", FAMILIES, ids=range(len(FAMILIES)))


def test_the_families_are_of_all_kinds():
    outcomes = {outcome for now in FAMILIES for _key, _member, outcome, _amount in results(now)}
    assert outcomes == set(Outcome)
    assert {now.said["who"] for now in FAMILIES} == {"me", "child", "both"}
    assert len({now.said["place"] for now in FAMILIES}) == len(PLACES)


@every_family
def test_hidden_fields_bring_back_what_was_answered(now):
    found, whole = answers_from(now.fields(), TODAY, PLACES)
    assert whole
    assert found == now


@every_family
def test_the_order_of_answers_counts_for_nothing(now):
    shuffled = list(now.said.items())
    Random(1).shuffle(shuffled)
    assert sorted(results(Answers(TODAY, dict(shuffled)))) == sorted(results(now))
    assert Asking(Answers(TODAY, dict(shuffled))).next() == ""


@every_family
def test_whose_questions_have_ended_has_none_that_the_result_still_presses_for(now):
    """What is named as missing was asked and not known, or may not be asked."""
    asking = Asking(now)
    assert not [slot for found in asking.found if found.outcome is Outcome.UNDECIDED for slot in asking.needed(found)]


@every_family
def test_one_child_s_answers_say_nothing_of_another_s(now):
    if now.members["child"] < 2:
        now = now.put("who", "child").put("children", "2")
    before = [each for each in results(now) if each[1] == 0 and each[0] != "special-family-services"]
    other = now.put("child.2.born", "2019-05-05").put("child.2.chinese", "no").put("child.2.which_child", "1")
    assert [each for each in results(other) if each[1] == 0 and each[0] != "special-family-services"] == before


@every_family
def test_what_is_known_besides_settles_nothing_otherwise(now):
    """Whoever answers one question less may read "not yet decided", and never another result."""
    whole = {(key, member): (outcome, amount) for key, member, outcome, amount in results(now)}
    for name in [name for name in now.said if "." in name][:6]:
        for key, member, outcome, amount in results(now.put(name, UNKNOWN)):
            if outcome is not Outcome.UNDECIDED:
                assert whole.get((key, member), (outcome, amount)) == (outcome, amount), (name, key)


@every_family
def test_years_follow_each_other_without_a_gap(now):
    asking = Asking(now)
    for found in asking.found:
        spans = course_of(found, asking.household, now.asked).spans
        assert (found.outcome is Outcome.ENTITLED) == bool(spans and spans[0].first == TODAY.year)
        for one, then in pairwise(spans):
            assert then.first == one.last + 1
            assert (one.found.amount, one.opens) != (then.found.amount, then.opens)
        assert all(span.last is None or span.last >= span.first for span in spans)
        assert all(span.last is not None for span in spans[:-1])
