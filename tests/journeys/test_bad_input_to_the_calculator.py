"""Whatever is sent to the calculator: a page that says what to do, never a failure, and nothing of it is run."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengnuo.web.entitlements.answers import answers_from
from chengnuo.web.entitlements.asking import Asking
from tests.factories import bad
from tests.factories.calculator import BABY, HERE, Calculator
from tests.unit.web.entitlements.asked import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
FIRST = {"answer": [f"place={HERE}", "who=child", "children=1"]}
TYPED = {
    "child.1.born": ({"said_year": "25", "said_month": "3", "said_day": "2"}, "Write the year with four digits"),
    "child.1.which_child": ({"said": "second"}, "Write a number in digits"),
    "child.1.chinese": ({"said": "perhaps"}, "Choose one of these"),
    "place": ({"said": "110000000000"}, "Choose one of these"),
    "who": ({"said": "everybody"}, "Choose one of these"),
    "children": ({"said": "0"}, "Choose one of these"),
    "more": ({"said": ["grief"]}, "Choose one of these"),
}


@pytest.mark.parametrize("at", TYPED)
def test_what_cannot_be_taken_is_said_above_the_same_question_and_the_rest_stays(at):
    typed, sentence = TYPED[at]
    phone = Calculator()
    phone.post(**FIRST, at=at, **typed)
    assert phone.last.status_code == 200
    assert sentence in phone.page
    assert phone.at == at
    assert phone.form()["answer"] == FIRST["answer"]


@pytest.mark.parametrize(
    "line",
    [
        "child.1.born=2025-02-30",
        "child.1.born=x",
        "who=everybody",
        "person.7.name=x",
        "<script>alert(1)</script>",
        "child.1.which_child=999",
        "\0",
    ],
)
def test_a_hidden_field_that_was_tampered_with_is_asked_again(line):
    phone = Calculator()
    phone.post(answer=[f"place={HERE}", line], at="who", said="child")
    assert phone.last.status_code == 200
    assert "An answer could not be read, so it is asked again." in phone.page
    assert line not in phone.form()["answer"]
    assert "<script>alert" not in phone.page


@pytest.mark.parametrize(
    "sent",
    [
        {"at": "nothing", "said": "x"},
        {"at": "child.1.born", "instead": "none"},
        {"at": "child.1.born", "instead": "<b>"},
        {"at": "person.1.rural"},
        {"to": "nothing"},
        {"to": "back"},
        {"to": "back", "at": "nothing"},
        {"to": "result"},
        {"to": "check"},
        {"to": "child.9.born"},
        {"language": "xx"},
        {"language": "en"},
        {"instead": "?"},
    ],
)
def test_a_press_that_no_page_offers_leads_to_a_page_that_does(sent):
    phone = Calculator()
    phone.post(**FIRST, **sent)
    assert phone.last.status_code == 200
    assert phone.at or "Check your answers" in phone.page or "Begin" in phone.page


def test_to_say_that_none_applies_where_there_must_be_one_counts_as_not_known():
    phone = Calculator()
    phone.post(**FIRST, at="child.1.born", instead="none")
    assert "child.1.born=?" in phone.form()["answer"]


def test_the_result_is_not_shown_while_a_question_is_open_or_an_answer_unread():
    phone = Calculator()
    phone.post(**FIRST, to="result")
    assert phone.at == "child.1.born"
    phone.answers(BABY)
    phone.post(answer=[*phone.form()["answer"], "child.1.born=x"], to="result")
    assert "Check your answers" in phone.page


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_another_method_is_no_way_in(client, method):
    assert getattr(client, method)("/entitlements/").status_code == 405


@pytest.mark.parametrize(("label", "typed"), bad.ODD.items())
def test_odd_words_are_never_run(label, typed):
    phone = Calculator()
    phone.post(**FIRST, at="child.1.which_child", said=typed)
    assert phone.last.status_code == 200
    assert not [each for each in bad.RUN if each in phone.page]


WORDS = st.text(max_size=12) | st.sampled_from(
    ["place", "who", "children", "more", "only", "child.1.born", "person.1.rural", "?", "none", "2025-03-02"]
)


@given(st.lists(st.tuples(WORDS, WORDS).map("=".join), max_size=12))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_the_fields_hold_there_is_a_next_question_or_a_result(lines):
    found, _whole = answers_from(lines, TODAY, (HERE, "elsewhere", "?"))
    asking = Asking(found)
    assert isinstance(asking.next(), str)
    assert len(asking.found) < 200
