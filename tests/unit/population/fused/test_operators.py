"""Every phrase of the kernel, on every pairing of known, unknown, absent and extreme values; and where it is written."""

import pytest

from chengnuo.core.rules import Asked, Parameters, all_of, any_of, count_of, sum_of
from chengnuo.core.rules.blocks import Prepared
from chengnuo.core.rules.blocks.operations import OPERATIONS
from chengnuo.population import fused
from chengnuo.population.fused import Fused
from chengnuo.population.fused.arguments import Told, of_block
from chengnuo.population.fused.kernels import kernel
from chengnuo.population.fused.phrases import PHRASES, Number, Truth, every, some, truth
from tests.unit.core.rules.blocks.chance import programme, telling
from tests.unit.core.rules.blocks.comparing import by_block, by_scalar
from tests.unit.core.rules.blocks.every_operator import RULES, a, b, d, number, people, x, y
from tests.unit.core.rules.law import CHILD, DAY, PERSON, RATES, said
from tests.unit.population.fused.interpreting import interpreted

LAW, ASKED = Parameters(RATES), Asked(DAY)
holds = CHILD.truth("holds", said("holds"))
pays = CHILD.whole("pays", said("pays"))


@pytest.fixture(autouse=True)
def uncompiled(monkeypatch):
    monkeypatch.setattr(fused, "compiled", interpreted)


def compared(rule, unknown):
    question = telling(rule.node, "person"), LAW, ASKED, [people(rule, unknown)]
    return by_block(*question, Fused), by_scalar(*question)


@pytest.mark.parametrize("unknown", [True, False], ids=["with unknowns", "complete"])
@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_a_phrase_says_what_the_operator_does(rule, unknown):
    found, wanted = compared(rule, unknown)
    assert found == wanted


def test_no_operator_is_left_without_a_phrase():
    assert set(PHRASES) == set(OPERATIONS)


WRONG = {
    "and": "or",
    "or": "and",
    "add": "subtract",
    "multiply": "add",
    "least": "most",
    "less": "at_most",
    "year_of": "month_of",
}


@pytest.mark.parametrize("operator", WRONG)
def test_a_wrong_phrase_is_found(operator, monkeypatch):
    rule = d.year - 2000 if operator == "year_of" else RULES[operator]
    monkeypatch.setitem(PHRASES, operator, PHRASES[WRONG[operator]])
    found, wanted = compared(rule, unknown=True)
    assert found != wanted


def text(*programmes, columns=None, unsure=False, partly=()):
    case = Prepared(programmes, LAW, ASKED)
    there = {str(fact) for fact in case.facts} if columns is None else columns
    told = Told(frozenset(there), unsure, frozenset(partly))
    return kernel(case, told).text, [each.name for each in of_block(case, told)]


def body(written):
    return written.partition("):\n")[2].partition("):\n")[2]


def indent(written, phrase):
    (line,) = [line for line in body(written).splitlines() if phrase in line]
    return (len(line) - len(line.lstrip())) // 4


def test_complete_data_need_no_masks():
    rule = programme("made-up", "person", [(a & (x < 5)).node], (x + number.otherwise(y)).node)
    written, names = text(rule)
    assert "known" not in written
    assert "person_number_absent" in names
    assert [name for name in text(rule, unsure=True)[1] if name.endswith("_known")]


def test_a_column_that_is_not_there_is_no_argument():
    written, names = text(programme("made-up", "person", [(a & b).node]), columns={"person.a"})
    assert "person_b" not in written
    assert "person_a" in names


def test_what_is_the_same_for_a_household_is_written_before_its_members():
    rule = programme("made-up", "person", [a.node, (count_of(CHILD, holds) > x).node])
    written, _ = text(rule)
    assert indent(written, "for child_") == indent(written, "for person_")
    assert written.index("for child_") < written.index("for person_")


def test_an_amount_is_reckoned_only_for_whoever_is_entitled():
    rule = programme("made-up", "person", [a.node, (x < 5).node], (y + 3).node)
    written, _ = text(rule)
    assert indent(written, "outcome_0[") == indent(written, "amount_0[")
    assert indent(written, "= person_a[") < indent(written, "= person_x[") < indent(written, "= person_y[")


def test_each_programme_reads_what_it_needs_where_another_did_not():
    first = programme("first", "person", [a.node, (x < 5).node])
    second = programme("second", "person", [b.node, (x < 5).node])
    assert body(text(first, second)[0]).count("= person_x[") == 2
    once = programme("first", "person", [(x < 5).node])
    assert body(text(once, second)[0]).count("= person_x[") == 1


def test_another_day_and_rate_are_other_arguments_of_the_same_text():
    rule = programme("made-up", "person", [(d.year < 2000).node], (x + 7).node)
    same = programme("made-up", "person", [(d.year < 1990).node], (x + 9).node)
    assert text(rule)[0] == text(same)[0]


@pytest.mark.parametrize("members", [any_of, all_of, count_of])
def test_members_that_may_be_missing_are_asked_for(members):
    over = members(CHILD, holds)
    rule = programme("made-up", "household", [(over if members is not count_of else over > 1).node])
    assert "child_partly" not in text(rule)[1]
    assert "child_partly" in text(rule, partly=["child"])[1]


def test_a_sum_has_a_loop_of_its_own():
    written, _ = text(programme("made-up", "household", [(sum_of(CHILD, pays) > 3).node]))
    assert written.count("for child_") == 1
    assert "break" not in written
    assert PERSON.name not in written.partition("def kernel")[2]


def test_phrases_have_no_branches():
    assert every(None, None) is None
    assert every("a", None, "a") == "a"
    assert every("a", "b") == "(a & b)"
    assert some("a", "b") == "(a | b)"
    assert truth("h", None) == Truth("h")
    assert truth("h", "k") == Truth("(k & h)", "(k & (not h))")
    assert PHRASES["add"](None, Number("1"), Number("v", "k")) == Number("1 + v", "k")
    assert PHRASES["not"](None, Truth("y")) == Truth("(not y)")
    assert PHRASES["not"](None, Truth("y", "n")) == Truth("n", "y")
