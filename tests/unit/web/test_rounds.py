"""One request of a browser within a journey: what leads where, and that what is sent counts once."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from chengnuo.foundation.refused import AlreadyReceived, KeyUsedOtherwise, NotAllowed
from chengnuo.web.forms import ActForm, Form, Text
from chengnuo.web.journey import Journey, Step
from chengnuo.web.rounds import Round, heading

pytestmark = pytest.mark.django_db


class WordsForm(Form):
    words = Text(ask="Write.", label="What?")


class TwoForm(WordsForm):
    name = Text(ask="Write.", label="Who?")


class SendForm(ActForm):
    scope = "test.send"


class Telling(Journey):
    name = "telling"
    steps = (Step("words", WordsForm), Step("more", WordsForm))


@dataclass(frozen=True)
class Told(Round):
    refused: Exception | None = None
    keys: list[UUID] = field(default_factory=list)

    schema = "test.send/1"
    form = SendForm

    def address(self, step):
        return f"/tell/{step}/" if step else ""

    def question(self, step, form):
        return HttpResponse(f"{step}: {form.errors.as_json()}")

    def check(self, form):
        return HttpResponse(f"check: {form.errors.as_json()}")

    def send(self, key):
        if self.refused:
            raise self.refused
        self.keys.append(key)
        return "made"

    def done(self, row):
        return redirect(f"/done/{row}/")


def request(session, typed=None, **more):
    query = QueryDict(mutable=True)
    query.update(typed or {})
    warned = SimpleNamespace(add=lambda *_said: None)
    method = "GET" if typed is None else "POST"
    return SimpleNamespace(method=method, POST=query, session=session, _messages=warned, **more)


@pytest.fixture
def session():
    return {}


def told(session, step, typed=None, **more):
    return Told(request(session, typed), Telling(session), **more).answer(step)


@pytest.fixture
def full(session):
    for step in ("words", "more"):
        told(session, step, {"words": "一"})
    return session


def test_a_good_answer_leads_on_and_a_bad_one_is_asked_again(session):
    assert told(session, "words").content == b"words: {}"
    assert b"Write." in told(session, "words", {"words": ""}).content
    assert told(session, "words", {"words": "一"}).url == "/tell/more/"
    assert told(session, "more", {"words": "二"}).url == "/tell/check/"
    assert told(session, "check").content == b"check: {}"


@pytest.mark.parametrize("step", ["more", "check", "nowhere"])
def test_nobody_jumps_ahead(session, step):
    assert told(session, step).url == "/tell/words/"


def test_the_way_back_is_the_step_before_or_where_it_begins(full):
    here = Told(request(full), Telling(full))
    assert (here.back("words"), here.back("more").href, here.back("check").href) == (
        None,
        "/tell/words/",
        "/tell/more/",
    )


def test_what_is_sent_is_done_once_and_the_answers_are_gone(full):
    keys = []
    assert told(full, "check", {"stamp": SendForm().stamp}, keys=keys).url == "/done/made/"
    assert len(keys) == 1
    assert not Telling(full).typed


@pytest.mark.parametrize(
    ("refused", "leads"),
    [(AlreadyReceived("case", "first"), "/done/first/"), (KeyUsedOtherwise(), "/tell/check/")],
)
def test_a_repeat_leads_to_what_was_made_and_other_words_to_the_check(full, refused, leads):
    assert told(full, "check", {"stamp": SendForm().stamp}, refused=refused).url == leads


def test_what_is_refused_or_too_old_is_said_above_the_answers(full):
    assert (
        NotAllowed.sentence.encode() in told(full, "check", {"stamp": SendForm().stamp}, refused=NotAllowed()).content
    )
    assert b"open for more than a day" in told(full, "check", {"stamp": "old"}).content
    assert Telling(full).next() == "check"


def test_a_form_that_comes_back_when_its_words_are_gone_begins_anew(session):
    assert told(session, "check", {"stamp": SendForm().stamp}).url == "/tell/words/"


def test_one_question_is_its_own_heading():
    assert heading(WordsForm()) == ("What?", True)
    assert heading(TwoForm())[1] is False


class Beginning(Told):
    """One whose journey has a page where it begins."""

    def address(self, step):
        return f"/tell/{step}/" if step else "/tell/"


def beginning(session, step, typed=None, **more):
    return Beginning(request(session, typed), Telling(session), **more).answer(step)


def test_from_the_first_question_back_to_where_it_begins(session):
    assert Beginning(request(session), Telling(session)).back("words").href == "/tell/"


def test_what_the_log_does_not_tell_any_more_leads_to_no_row(full):
    before = AlreadyReceived("case", "")
    assert beginning(full, "check", {"stamp": SendForm().stamp}, refused=before).url == "/done//"
    assert Telling(full).typed, "the session is what the first press makes of it: a second one saves nothing over it"


def test_only_what_is_sent_from_the_check_is_done(full):
    keys = []
    assert told(full, "words", {"stamp": SendForm().stamp, "words": "三"}, keys=keys).url == "/tell/check/"
    assert told(full, "check", keys=keys).status_code == 200
    assert keys == []
    assert Telling(full).typed["words"]["words"] == ["三"], "an answer may be changed until it is sent"


def test_the_stamp_of_the_page_is_the_key_and_each_page_has_its_own(full):
    keys, form = [], SendForm()
    refused = {"refused": NotAllowed(), "keys": keys}
    told(full, "check", {"stamp": form.stamp}, **refused)
    assert keys == [], "what was refused is not done"
    told(full, "check", {"stamp": form.stamp}, keys=keys)
    assert keys == [SendForm({"stamp": form.stamp}).key]


@pytest.mark.parametrize("stamp", ["", "old", "\x00", "9" * 5000])
def test_a_stamp_that_is_none_of_ours_sends_nothing_and_loses_nothing(full, stamp):
    keys = []
    assert told(full, "check", {"stamp": stamp}, keys=keys).status_code == 200
    assert keys == []
    assert Telling(full).next() == "check"


def test_other_words_under_a_used_stamp_are_said_and_kept(full):
    said = []
    asked = request(full, {"stamp": SendForm().stamp})
    asked._messages = SimpleNamespace(add=lambda _level, words, *_more: said.append(words))
    assert Told(asked, Telling(full), refused=KeyUsedOtherwise()).answer("check").url == "/tell/check/"
    assert said == [f"{KeyUsedOtherwise.sentence} {KeyUsedOtherwise.remedy}"]
    assert Telling(full).next() == "check"
