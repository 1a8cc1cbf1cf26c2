"""Unknown never becomes zero or false, whatever the rule: the tables of truth, and laws that hold for random graphs."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.rules import NOT_APPLICABLE, Rounding, all_of, any_of, count_of, least, look_up, most, sum_of, when
from tests.unit.core.rules.law import CHILD, PERSON, grounds, missing, said, value

a, b, c = (PERSON.truth(name, said(name)) for name in "abc")
x, y = (PERSON.whole(name, said(name)) for name in "xy")
day = PERSON.day("day", said("day"))
perhaps = PERSON.perhaps_whole("perhaps", said("perhaps"))
TRUTHS = (True, False, None)
holds = CHILD.truth("holds", said("holds"))
pays = CHILD.whole("pays", said("pays"), "fen")


@pytest.mark.parametrize("left", TRUTHS)
@pytest.mark.parametrize("right", TRUTHS)
def test_and_or_not_are_those_of_kleene(left, right):
    facts = {"a": left, "b": right}
    order = {False: 0, None: 1, True: 2}
    assert value(a & b, facts) is min(left, right, key=order.__getitem__)
    assert value(a | b, facts) is max(left, right, key=order.__getitem__)
    assert value(~(a & b), facts) is value(~a | ~b, facts)


@pytest.mark.parametrize(
    "rule",
    [
        x + y,
        x - y,
        x * y,
        x < y,
        x <= y,
        x == y,
        least(x, y),
        most(x, y),
        look_up(x, {1: 2}),
        x.divided(2, Rounding.UP),
    ],
)
def test_reckoning_with_an_unknown_is_unknown_even_with_nought(rule):
    assert value(rule, {"y": 0}) is None
    assert value(rule, {}) is None


def test_a_choice_that_makes_no_difference_is_known():
    assert value(when(a, x, y), {"x": 3, "y": 3}) == 3
    assert value(when(a, x, y), {"x": 3, "y": 4}) is None
    assert value(when(a, x, y), {"a": True, "x": 3}) == 3
    assert value(when(a, x, y), {}) is None


def test_that_a_fact_does_not_apply_is_known_and_an_unknown_one_is_not():
    assert value(perhaps.applies, {}) is None
    assert value(perhaps.otherwise(0), {}) is None
    assert value(perhaps.otherwise(x), {"perhaps": NOT_APPLICABLE}) is None
    assert value(perhaps.otherwise(x), {"perhaps": 4}) == 4


MEMBERS = [
    # sentence, members, all named, any, all, count, sum
    ("nobody", [], True, False, True, 0, 0),
    ("nobody is named yet", [], False, None, None, None, None),
    ("one who does", [(True, 5)], True, True, True, 1, 5),
    ("one who does, others may come", [(True, 5)], False, True, None, None, None),
    ("one who does not", [(False, 5)], False, None, False, None, None),
    ("one of two", [(True, 5), (False, 7)], True, True, False, 1, 12),
    ("one is unknown", [(True, 5), (None, 7)], True, True, None, None, 12),
    ("the other is unknown", [(False, None), (None, 7)], True, None, False, None, None),
]


@pytest.mark.parametrize(
    ("sentence", "members", "named", "any_", "all_", "count", "total"), MEMBERS, ids=[row[0] for row in MEMBERS]
)
def test_members(sentence, members, named, any_, all_, count, total):
    children = {
        "child": [{"holds": truth, "pays": fen} for truth, fen in members],
        "partly": () if named else ("child",),
    }
    rules = any_of(CHILD, holds), all_of(CHILD, holds), count_of(CHILD, holds), sum_of(CHILD, pays)
    assert [value(rule, {}, **children) for rule in rules] == [any_, all_, count, total]


def test_only_answers_that_can_change_the_result_are_asked_for():
    assert missing(a & b, {}) == ["person.a", "person.b"]
    assert missing(a & b, {"a": False}) == []
    assert missing((a & b) | c, {"b": False}) == ["person.c"]
    assert missing(when(a, x, y), {}) == ["person.a"], "the choice first"
    assert missing(when(a, x, y), {"a": False}) == ["person.y"]
    assert missing(perhaps.otherwise(x), {}) == ["person.perhaps"]
    assert missing(perhaps.otherwise(x), {"perhaps": NOT_APPLICABLE}) == ["person.x"]
    assert missing(any_of(CHILD, holds), child=[{"holds": False}, {}], partly=["child"]) == [
        "child.everybody",
        "child.holds",
    ]
    assert missing(any_of(CHILD, holds), child=[{"holds": True}, {}]) == []


GROUNDS = [
    # sentence, rule, facts, the facts that decided
    ("of an or the one that holds", a | b, {"a": False, "b": True}, {"b"}),
    ("of an or that fails both", a | b, {"a": False, "b": False}, {"a", "b"}),
    ("of an and the one that fails", a & b, {"b": False}, {"b"}),
    ("of an and that holds both", a & b, {"a": True, "b": True}, {"a", "b"}),
    ("of a choice what was chosen", when(a, x, y), {"a": False, "x": 1, "y": 2}, {"a", "y"}),
    ("of a choice that is open all", when(a, x, y), {"x": 1, "y": 1}, {"a", "x", "y"}),
    ("a fact that applies, not its default", perhaps.otherwise(x), {"perhaps": 1, "x": 2}, {"perhaps"}),
    ("one that does not, and its default", perhaps.otherwise(x), {"perhaps": NOT_APPLICABLE, "x": 2}, {"perhaps", "x"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "rule", "facts", "wanted"), GROUNDS, ids=[row[0] for row in GROUNDS])
def test_the_ground_of_a_value_is_what_decided_it(sentence, rule, facts, wanted):
    assert grounds(rule, facts) == wanted


# ---- random graphs ---------------------------------------------------------------------------------------------------
def rules():
    numbers = st.deferred(lambda: st.one_of(st.sampled_from([x, y, x * 0 + 3, perhaps.otherwise(1)]), joined))
    truths = st.deferred(lambda: st.one_of(st.sampled_from([a, b, c, perhaps.applies, day >= date(2024, 1, 1)]), logic))
    joined = st.one_of(
        st.builds(
            lambda f, left, right: f(left, right),
            st.sampled_from([least, most, lambda p, q: p + q, lambda p, q: p - q]),
            numbers,
            numbers,
        ),
        st.builds(when, truths, numbers, numbers),
        st.builds(
            lambda number, by, way: number.divided(by, way), numbers, st.integers(1, 9), st.sampled_from(Rounding)
        ),
        st.builds(lambda number: look_up(number, {0: 4, 1: 5, 2: -6}, otherwise=1), numbers),
    )
    logic = st.one_of(
        st.builds(lambda left, right: left & right, truths, truths),
        st.builds(lambda left, right: left | right, truths, truths),
        st.builds(lambda truth: ~truth, truths),
        st.builds(when, truths, truths, truths),
        st.builds(
            lambda f, left, right: f(left, right),
            st.sampled_from([lambda p, q: p < q, lambda p, q: p <= q, lambda p, q: p == q]),
            numbers,
            numbers,
        ),
    )
    return st.one_of(numbers, truths)


COMPLETE = st.fixed_dictionaries(
    {
        "a": st.booleans(), "b": st.booleans(), "c": st.booleans(), "x": st.integers(-9, 9), "y": st.integers(-9, 9),
        "perhaps": st.one_of(st.just(NOT_APPLICABLE), st.integers(0, 3)), "day": st.dates(date(2023, 1, 1), date(2025, 1, 1)),
    }
)  # fmt: skip


@given(rules(), COMPLETE, st.sets(st.sampled_from("abcxy")))
def test_an_answer_more_never_changes_what_was_known(rule, facts, hidden):
    partly = {name: fact for name, fact in facts.items() if name not in hidden}
    before, after = value(rule, partly), value(rule, facts)
    assert after is not None
    assert before is None or before == after


@given(rules(), COMPLETE, st.sets(st.sampled_from("abcxy")))
def test_whoever_answers_all_that_is_asked_gets_a_result(rule, facts, hidden):
    known = {name: fact for name, fact in facts.items() if name not in hidden}
    for _ in range(len(hidden) + 1):
        asked = {name.removeprefix("person.") for name in missing(rule, known)}
        assert asked <= hidden - set(known)
        assert bool(asked) is (value(rule, known) is None)
        known |= {name: facts[name] for name in asked}
    assert value(rule, known) == value(rule, facts)


@given(rules(), COMPLETE, st.sets(st.sampled_from("abcxy")))
def test_what_is_told_as_its_ground_is_enough_for_a_result(rule, facts, hidden):
    known = {name: fact for name, fact in facts.items() if name not in hidden}
    told = {name: fact for name, fact in known.items() if name in grounds(rule, known)}
    if (found := value(rule, known)) is not None:
        assert value(rule, told) == found


@given(rules(), rules(), COMPLETE, st.sets(st.sampled_from("abcxy")))
def test_the_order_of_evaluation_makes_no_difference(rule, other, facts, hidden):
    known = {name: fact for name, fact in facts.items() if name not in hidden}
    for first, second in ((a & b, b & a), (a | c, c | a), (least(x, y), least(y, x)), (x + y, y + x)):
        assert value(first, known) == value(second, known)
    alone = value(rule, known)
    value(other, known)
    assert value(rule, known) == alone
