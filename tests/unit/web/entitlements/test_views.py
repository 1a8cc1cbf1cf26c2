"""What a press does: forward, back, to one question, to the result; and what no page of ours sends."""

import re

import pytest

from tests.factories.calculator import ADDRESS, BABY, LETTER, Calculator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
WHOLE = [f"{name}={text}" for name, text in BABY.items()]


@pytest.fixture
def phone():
    return Calculator()


def begun(phone: Calculator, lines: list[str], **said: object) -> str:
    phone.post(answer=lines, **said)
    return phone.page


@pytest.mark.parametrize(
    "to", ["result", "check", "place", "child.1.born", "back", "nowhere", "", "\0", "child.99.born"]
)
def test_wherever_somebody_wants_to_go_a_page_answers_and_is_kept_nowhere(phone, to):
    begun(phone, WHOLE, to=to, at="child.1.born")
    assert phone.last.status_code == 200
    assert phone.last["Cache-Control"] == "no-store"
    assert "sessionid" not in phone.client.cookies


def test_the_result_waits_for_what_is_still_asked(phone):
    page = begun(phone, WHOLE[:4], to="result")
    assert phone.at.startswith("child.1.")
    assert "What you are entitled to" not in page


def test_an_answer_that_cannot_be_read_is_asked_again_and_said_to_be(phone):
    lines = [line for line in WHOLE if "born" not in line]
    page = begun(phone, [*lines, "child.1.born=2025-02-30"], to="result")
    assert phone.at == "child.1.born"
    assert "An answer could not be read" in page
    assert "2025-02-30" not in page


def test_with_an_answer_that_cannot_be_read_the_rest_is_checked_before_it_counts(phone):
    page = begun(phone, [*WHOLE, "child.1.weight=9"], to="result")
    assert "Check your answers" in page
    assert "child.1.weight" not in page


@pytest.mark.parametrize("instead", ["none", "?"])
def test_a_button_answers_what_may_be_answered_so(phone, instead):
    begun(phone, WHOLE[:6], at="child.1.first_claimed", instead=instead)
    assert f"child.1.first_claimed={instead}" in phone.form()["answer"]


def test_a_button_that_the_page_does_not_have_answers_not_known(phone):
    begun(phone, WHOLE[:3], at="child.1.born", instead="none")
    assert "child.1.born=?" in phone.form()["answer"]


def test_a_mistake_keeps_the_answers_and_asks_again(phone):
    begun(phone, WHOLE[:3], at="child.1.born", said_year="2025", said_month="13", said_day="1")
    assert phone.at == "child.1.born"
    assert phone.form()["answer"] == WHOLE[:3]
    assert 'value="13"' in phone.page, "what was typed is shown again"


def test_a_question_that_is_none_begins_with_what_is_asked_next(phone):
    begun(phone, [], at="child.1.weight", said="9")
    assert phone.at == "place"


def test_a_language_that_is_none_changes_nothing(phone):
    page = begun(phone, WHOLE[:3], language="tlh")
    assert '<html lang="en">' in page
    assert phone.form()["answer"] == WHOLE[:3]


@pytest.mark.parametrize("odd", ["<script>", "'\" onload=", "\u202e", "%00", "{{ 7 }}", "a" * 5000])
def test_what_nobody_typed_comes_back_in_no_page(phone, odd):
    for said in ({"answer": [f"child.1.born={odd}", odd]}, {"at": odd}, {"to": odd}, {"at": "place", "said": odd}):
        phone.post(**said)
        assert phone.last.status_code == 200
        assert odd not in re.sub(r"(?s)<script.*?</script>", "", phone.page)


def test_a_letter_is_made_of_the_answers_it_is_sent(client):
    sent = client.post(LETTER, {"answer": WHOLE, "letter": "childcare-subsidy.1"})
    assert (sent.status_code, sent["Content-Type"], sent["Cache-Control"]) == (200, "application/pdf", "no-store")
    assert client.post(LETTER, {"answer": WHOLE[:1], "letter": "childcare-subsidy.1"}).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_nothing_else_is_taken(client, method):
    assert getattr(client, method)(ADDRESS).status_code == 405
