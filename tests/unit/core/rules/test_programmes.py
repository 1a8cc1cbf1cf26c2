"""Programmes as classes: what a class must say, and the three outcomes with their reasons."""

from datetime import date

import pytest

from chengnuo.core.rules import (
    NOT_APPLICABLE,
    TODAY,
    YEARS_END,
    Asked,
    Bound,
    Gives,
    Household,
    Miswritten,
    Outcome,
    Parameters,
    Programme,
    accrued,
    any_of,
    dated,
    met,
)
from tests.unit.core.rules.law import CHILD, DAY, HOUSEHOLD, PERSON, RATES, determined, row, said, value, words

born, rural = PERSON.day("born", said("born")), PERSON.truth("rural", said("rural"))
died = PERSON.perhaps_day("died", said("died"))
FACTS = {"born": date(1960, 1, 1), "rural": True, "died": NOT_APPLICABLE}


class Allowance(Programme):
    words = words(["old", "rural"], ["death"], ["last"], key="allowance")
    who = PERSON
    stands = "x.rate"
    conditions = {"old": born <= date(1966, 12, 31), "rural": rural}
    exits = {"death": died}
    amount = accrued("x.rate", last=died.otherwise(YEARS_END).month.named("last"))
    closes = born.after_months(12 * 68)


def test_entitled_with_every_reason_and_the_law_beside_it():
    found = determined(Allowance, FACTS)
    assert (found.outcome, found.amount, found.closes) == (Outcome.ENTITLED, 1800, date(2028, 1, 1))
    assert [(reason.condition.key, reason.holds) for reason in found.reasons] == [
        ("in_force", True), ("old", True), ("rural", True), ("until_death", True), ("in_time", True), ("something_due", True)
    ]  # fmt: skip
    old = found.reasons[1]
    assert [(str(fact), known) for fact, known in old.grounds.facts] == [("person.born", date(1960, 1, 1))]
    assert str(old.condition.source) == "某法第1条 (2000-01-01)"
    assert [row.value for row in found.calculation.rows] == [100, 200]
    assert [(str(step.name.en), step.unit) for step in found.calculation.steps] == [("last", "month")]
    assert (found.needs, found.failed, found.certainty, found.readings) == ((), (), "A", ())


OUTCOMES = [
    # sentence, facts, day, failed, needs
    ("too young", {"born": date(1967, 1, 1)}, DAY, ["old"], []),
    ("two fail, both are said", {"born": date(1967, 1, 1), "rural": False}, DAY, ["old", "rural"], []),
    ("one fails, what is unknown is not asked", {"rural": False, "born": None}, DAY, ["rural"], []),
    ("an answer is missing", {"rural": None}, DAY, [], ["person.rural"]),
    ("two are, the quick one first", {"rural": None, "died": None}, DAY, [], ["person.rural", "person.died"]),
    ("dead before the year", {"died": date(2025, 12, 31)}, DAY, ["until_death"], []),
    ("not in force", {}, date(1999, 12, 31), ["in_force"], []),
    ("not in force, whatever else", {"rural": False}, date(1999, 12, 31), ["in_force"], []),
    ("too late", {}, date(2028, 1, 2), ["in_time"], []),
    ("on the last day", {}, date(2028, 1, 1), [], []),
]


@pytest.mark.parametrize(("sentence", "facts", "day", "failed", "needs"), OUTCOMES, ids=[row[0] for row in OUTCOMES])
def test_outcome(sentence, facts, day, failed, needs):
    found = determined(Allowance, FACTS | facts, asked=Asked(day))
    assert [reason.condition.key for reason in found.failed] == failed
    assert [str(fact) for fact in found.needs] == needs
    wanted = Outcome.NOT_ENTITLED if failed else Outcome.UNDECIDED if needs else Outcome.ENTITLED
    assert found.outcome is wanted
    assert (found.amount is not None) is (wanted is Outcome.ENTITLED)


def test_nobody_is_owed_anything_before_their_birth_and_it_is_said_once():
    birth = CHILD.birth("born", said("born"))
    said_itself = {"there": birth <= TODAY}
    for own, key in (({"new": birth.year == 2026}, "is_born"), (said_itself, "there")):

        class Given(Programme):
            words = words(list(own), key="given")
            who = CHILD
            stands = "x.rate"
            conditions = own

        bound = Bound([Given], Parameters(RATES), Asked(date(2026, 3, 1)))
        members = {"child": [{"born": date(2026, 3, day)} for day in (1, 2)]}
        born, due = bound.determine(Household({}, members))
        assert born.outcome is Outcome.ENTITLED
        assert [reason.condition.key for reason in due.failed] == [key]


def test_nothing_due_is_said_where_nothing_else_explains_it():
    class Nothing(Programme):
        words = words([], key="nothing")
        who = PERSON
        stands = "x.rate"
        conditions = {}
        amount = dated("x.rate", "fen a month") * 0

    found = determined(Nothing, {})
    assert [reason.condition.key for reason in found.failed] == ["something_due"]


def test_a_result_is_as_sure_as_the_least_sure_number_of_law():
    rows = [RATES[0], row("x.rate", 200, date(2026, 7, 1), certainty="C")]
    assert determined(Allowance, FACTS, rows=rows).certainty == "C"
    assert determined(Allowance, FACTS, rows=rows, asked=Asked(date(2025, 1, 1))).certainty == "A"


class ForTheHousehold(Programme):
    words = words(["somebody"], key="household")
    who = HOUSEHOLD
    gives = Gives.SERVICE
    stands = "x.rate"
    conditions = {"somebody": any_of(PERSON, met(Allowance))}


class ForAChild(Programme):
    words = words(["new"], key="child")
    who = CHILD
    stands = "x.rate"
    conditions = {"new": CHILD.day("born", said("born")) > date(2025, 1, 1)}


def test_one_for_each_member_and_one_for_the_household():
    people, children = [FACTS, FACTS | {"rural": False}], [{"born": date(2026, 1, 1)}]
    bound = Bound([ForTheHousehold, Allowance, ForAChild], Parameters(RATES), Asked(DAY))
    found = bound.determine(Household({}, {"person": people, "child": children}))
    assert [(each.programme.words.key, each.member, each.outcome) for each in found] == [
        ("household", 0, "entitled"), ("allowance", 0, "entitled"), ("allowance", 1, "not entitled"), ("child", 0, "entitled")
    ]  # fmt: skip
    assert found[0].amount is None


def test_what_others_answered_stands_in_no_reason():
    (found,) = Bound([ForTheHousehold], Parameters(RATES), Asked(DAY)).determine(Household({}, {"person": [FACTS]}))
    assert [fact for reason in found.reasons for fact in reason.grounds.facts] == []


def miswritten(**lines):
    complete = {"words": words(["rural"]), "who": PERSON, "stands": "x.rate", "conditions": {"rural": rural}}
    return type("Miswritten", (Programme,), {**complete, **lines})


WRONG = [
    ("nothing at all", lambda: type("Empty", (Programme,), {}), "Empty.*does not say words, who, stands, conditions"),
    ("a condition without words", lambda: miswritten(words=words([])), "has conditions without words: rural.*the same keys"),
    ("a number for a condition", lambda: miswritten(conditions={"rural": CHILD.whole("n", said("n"))}), "has a condition rural that is neither"),
    ("yes for a condition", lambda: miswritten(conditions={"rural": True}), "has a condition rural that is neither true nor false"),
    ("words without a condition", lambda: miswritten(words=words(["rural", "old"])), "has words without conditions: old"),
    ("an exit without words", lambda: miswritten(exits={"death": died}), "has exits without words: death.*Exits"),
    ("a fact of somebody else", lambda: miswritten(who=HOUSEHOLD), r"made-up.*asks for person.rural.*any_of\(PERSON"),
    (
        "a fact of somebody else among members",
        lambda: miswritten(who=HOUSEHOLD, conditions={"rural": any_of(CHILD, rural)}),
        "The rule is about one household",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "written", "said"), WRONG, ids=[row[0] for row in WRONG])
def test_a_class_that_does_not_hold_together_is_refused(sentence, written, said):
    with pytest.raises(Miswritten, match=f"(?s){said}"):
        written()


def test_a_rule_of_another_programme_is_its_whole_condition():
    assert value(met(Allowance), FACTS) is True
    assert value(met(Allowance), FACTS | {"rural": False}) is False
    assert value(met(Allowance) & (date(2020, 1, 1) < TODAY), {}) is None
