"""Why: what decided it and nothing else, with the text that says so, in the reader's language."""

from datetime import date

import pytest
from django.utils import translation

from chengnuo.policies.course_words import OF_EVERY_PROGRAMME
from chengnuo.policies.programmes import programmes
from chengnuo.web.entitlements.reasons import HOLDS, SURE, numbers_of, readings_of, reasons_of, shown, untested_of
from tests.unit.policies.families import told

KEYS = [programme.words.key for programme in programmes()]


@pytest.mark.parametrize("key", KEYS)
def test_every_reason_has_its_name_its_mark_and_its_text(key):
    found = told(key)[0]
    for each in reasons_of(found):
        assert each.name
        assert each.mark in "✓✗?"
        assert each.word in HOLDS.values()
        assert each.source.endswith(")"), "the text and its day"


@pytest.mark.parametrize("key", KEYS)
def test_what_failed_stands_alone_and_what_holds_only_where_nothing_failed(key):
    found = told(key)[0]
    marks = {each.mark for each in reasons_of(found)}
    assert marks == {"✗"} if found.failed else "✗" not in marks
    if not found.failed:
        assert not [each for each in shown(found) if each.condition.key in OF_EVERY_PROGRAMME]


@pytest.mark.parametrize("key", KEYS)
def test_every_number_tells_how_sure_it_is_and_none_twice(key):
    numbers = numbers_of(told(key)[0])
    assert len(set(numbers)) == len(numbers)
    plain = {str(words) for words in SURE.values()}
    assert all(each.sure in plain or "to be checked: is " in each.sure for each in numbers)
    assert all(each.value and each.begins and each.source for each in numbers)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("elder-care-leave", "to be checked: is it 60 years?"),
        ("only-child-retirement", "from a secondary source; to be checked: is 2016-01-01 its first day?"),
    ],
)
def test_what_is_still_to_be_checked_of_a_number_is_asked_beside_it(key, said):
    assert said in {each.sure for each in numbers_of(told(key)[0])}


def test_a_reason_tells_the_facts_that_its_name_does_not():
    facts = {each.name: each.facts for each in reasons_of(told("childcare-subsidy")[0])}
    assert facts["the child is a Chinese national"] == "", "the condition says it"
    assert "the child's date of birth: 2025-03-02" in facts.values()


def test_what_was_taken_without_asking_is_no_reason_and_what_was_answered_is():
    assert not [each for each in reasons_of(told("childcare-subsidy")[0]) if "die" in each.name]
    died = told("childcare-subsidy", died=date(2026, 5, 1), claimed=date(2026, 3, 1))[0]
    assert [each for each in reasons_of(died) if "die" in each.name or "die" in each.facts]


def test_what_is_unknown_is_marked_so():
    marks = {each.name: each.mark for each in reasons_of(told("childcare-subsidy", chinese=None)[0])}
    assert marks["the child is a Chinese national"] == "?"
    assert "✓" in marks.values()


def test_a_question_that_the_texts_leave_open_stands_once_with_all_its_other_answers():
    ahead = told("childcare-subsidy")[1]
    (reading,) = readings_of(ahead.otherwise * 2)
    assert len(reading.others) == 2 * len(ahead.otherwise)
    assert reading.taken not in {option for option, _result in reading.others}
    assert readings_of(()) == ()


def test_what_is_not_tested_is_told_to_who_is_entitled_alone():
    assert untested_of(told("rural-incentive")[0])
    assert not untested_of(told("rural-incentive", rural=False)[0])
    assert not untested_of(told("rural-incentive", rural=None)[0])


@pytest.mark.parametrize(("language", "name"), [("zh-hans", "孩子有中国国籍"), ("zh-hant", "孩子有中國國籍")])
def test_reasons_are_in_the_reader_s_language_and_texts_in_their_own(language, name):
    found, ahead = told("childcare-subsidy")
    with translation.override(language):
        reasons, (reading,) = reasons_of(found), readings_of(ahead.otherwise)
        assert name in {each.name for each in reasons}
        assert "7,200元" in reading.others[0][1]
        assert all("元" in each.value for each in numbers_of(found) if "yuan" in each.value or "元" in each.value)
    assert {each.source for each in reasons} == {each.source for each in reasons_of(found)}


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "符合"), ("zh-hant", "符合"), ("en", "holds")])
def test_a_condition_holds_and_stores_nothing(language, said):
    with translation.override(language):
        assert HOLDS[True].text == said
