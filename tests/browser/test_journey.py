"""One question a page, told as a story: forward, back, change, and never ahead."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.http import QueryDict

from chengnuo.web.journey import CHECK
from tests.browser.gallery.urls import Asking, ChannelForm, NameForm, SendForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def say(client, gallery):
    """Answers a step; returns the address it leads to."""

    def answer(step: str, **typed: str) -> str:
        return client.post(f"/ask/{step}", typed).headers.get("Location", "")

    return answer


def test_the_whole_journey(client, say):
    assert say("name", name="王强") == "/ask/channel"
    assert say("channel", channel="phone", since_year="2026", since_month="11", since_day="２４") == "/ask/phone"
    assert say("phone", phone="138 0000 0000") == "/ask/check"
    page = client.get("/ask/check", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert [text in page for text in ("王强", "By telephone", "Nov. 24, 2026", "13800000000")] == [True] * 4
    done = client.post("/ask/check", {"stamp": SendForm().stamp}).content.decode()
    assert "'phone': '13800000000'" in done
    assert client.get("/ask/check").headers["Location"] == "/ask/name"


def test_nobody_jumps_ahead_or_to_a_step_that_is_not_asked(client, say):
    assert client.get("/ask/check").headers["Location"] == "/ask/name"
    assert client.get("/ask/nowhere").headers["Location"] == "/ask/name"
    say("name", name="王强")
    say("channel", channel="counter")
    assert client.get("/ask/phone").headers["Location"] == "/ask/check"


def test_a_change_returns_to_the_check_page_unless_it_opens_a_question(client, say):
    say("name", name="王强")
    assert say("channel", channel="counter") == "/ask/check"
    assert 'value="王强"' in client.get("/ask/name").content.decode()
    assert say("name", name="李娜") == "/ask/check"
    assert say("channel", channel="phone") == "/ask/phone"
    assert client.get("/ask/check").headers["Location"] == "/ask/phone"


def test_a_mistake_keeps_the_answer_that_was_good(client, say):
    say("name", name="王强")
    assert say("name", name="") == ""
    assert client.get("/ask/channel").status_code == 200


def test_back_leads_to_the_step_before(client, say):
    say("name", name="王强")
    say("channel", channel="counter")
    assert 'href="/ask/channel"' in client.get("/ask/check").content.decode()
    assert 'class="back"' not in client.get("/ask/name").content.decode()


def test_the_session_holds_no_answer_in_clear(client, say):
    say("name", name="王强")
    stored = dict(client.session)
    assert list(stored) == ["journey.asking"]
    assert not any(part in str(stored) for part in ("王强", "name", r"\u738b"))


def begun() -> dict[str, object]:
    session: dict[str, object] = {}
    form = NameForm(QueryDict("name=王强"))
    assert form.is_valid()
    Asking(session).keep("name", form)
    return session


def test_an_altered_or_old_session_is_an_empty_journey():
    session = begun()
    assert Asking(session).next() == "channel"
    altered = {key: str(value)[:-4] + "AAA=" for key, value in session.items()}
    assert Asking(altered).next() == "name"
    with time_machine.travel(timedelta(hours=2, seconds=5)):
        assert Asking(session).next() == "name"


def test_an_optional_question_left_empty_is_answered():
    session = begun()
    journey = Asking(session)
    form = ChannelForm(QueryDict("channel=unknown&since_year=&since_month=&since_day="))
    assert form.is_valid()
    journey.keep("channel", form)
    assert Asking(session).next() == CHECK
    assert [line.value for line in Asking(session).lines(str)] == ["王强", "I do not know", "not given"]
