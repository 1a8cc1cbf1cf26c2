"""The fields themselves, under everything: an answer of the right kind or one clear sentence, never an error of the machine."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from chengnuo.cases.models import Case
from chengnuo.foundation.actor import resident
from chengnuo.web.county.draft_fields import LIMITS, Count, TimeLimit, count_of
from chengnuo.web.county.draft_form import BasisLine, NeedLine
from chengnuo.web.county.holidays import days_in
from chengnuo.web.fields import UNSEEN, Choice, Choices, Day, Digits, Text, Yuan, legible
from chengnuo.web.forms import ActForm
from tests.factories import bad
from tests.factories.family import Browser

ASK = "Say it."
FIELDS = {
    "text": Text(ask=ASK),
    "digits": Digits(ask=ASK, shape=r"\d{16}", wrong="Sixteen digits."),
    "choice": Choice(ask=ASK, options=[("a", "A")]),
    "choices": Choices(ask=ASK, options=[("a", "A")]),
    "yuan": Yuan(ask=ASK),
    "count": Count(ask=ASK, most=20),
}
anything = st.text(st.characters(codec="utf-8"), max_size=60)


def told(clean, typed):
    """What came of it, and the sentences where nothing did; any other error fails the test."""
    try:
        return clean(typed), []
    except ValidationError as wrong:
        return None, wrong.messages


@pytest.mark.parametrize("name", list(FIELDS))
@given(typed=anything)
@example(typed="\x00")
@example(typed="9" * 5000)
@example(typed="0" * 14 + "9" * 12)
def test_a_field_answers_or_says_one_sentence(name, typed):
    value = [typed] if name == "choices" else typed
    _answer, said = told(FIELDS[name].clean, value)
    assert all(bad.is_sentence(each) for each in said)


@given(
    kind=st.sampled_from(list(LIMITS)) | anything,
    parts=st.lists(anything | st.integers(-(10**30), 10**30).map(str), min_size=3, max_size=3),
)
def test_a_time_limit_is_chosen_or_one_sentence(kind, parts):
    _answer, said = told(TimeLimit(ask=ASK).clean, [kind, *parts])
    assert all(bad.is_sentence(each) for each in said)


@given(parts=st.lists(anything | st.integers(-(10**30), 10**30).map(str), min_size=3, max_size=3))
@example(parts=["9" * 25, "1", "1"])
@example(parts=["9" * 5000, "1", "1"])
@example(parts=["0", "0", "0"])
@example(parts=["", "", "\x85"])
def test_a_day_is_a_day_or_a_sentence(parts):
    day, said = told(Day(ask=ASK).clean, parts)
    assert day or said
    assert all(bad.is_sentence(each) for each in said)


@pytest.mark.parametrize(("label", "parts"), list(bad.NO_DAY.items()))
def test_what_is_no_day_is_said(label, parts):
    with pytest.raises(ValidationError):
        Day(ask=ASK).clean(list(parts))


@pytest.mark.parametrize("field", [Count(ask=ASK), Yuan(ask=ASK)])
@pytest.mark.parametrize("label", list(bad.NO_NUMBER))
def test_what_is_no_number_is_said(field, label):
    with pytest.raises(ValidationError, match="Write"):
        field.clean(bad.NO_NUMBER[label])


@pytest.mark.parametrize("said", ["0" * 12 + "1", "0" * 14 + "9" * 12])
def test_noughts_before_a_number_hide_nothing_behind_them(said):
    with pytest.raises(ValidationError, match="from 0 to 20"):
        Count(ask=ASK, most=20).clean(said)


@given(anything)
def test_what_is_legible_stays_so_and_holds_nothing_unseen(text):
    said = legible(text)
    assert legible(said) == said
    assert not UNSEEN.search(said)
    assert said == said.strip()
    assert not said or any(sign.isprintable() and not sign.isspace() for sign in said)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        *((value, "") for value in bad.NOTHING.values()),
        ("张\x00桂花", "张桂花"),
        ("张\u202e桂花\u202c", "张桂花"),
        ("\x00 王 \x07", "王"),
        ("一\r\n二\t三", "一\r\n二\t三"),
        ("👩🏽‍🦽", "👩🏽‍🦽"),
        ("２０２６", "2026"),
        ("שלום", "שלום"),
    ],
)
def test_what_nobody_sees_is_dropped_and_what_is_read_is_kept(typed, kept):
    assert legible(typed) == kept


@given(anything)
@example("0000-01-01")
@example("9999-12-31 to 10000-01-01")
@example("0001-01-01 to 9999-12-31")
def test_days_of_a_notice_are_days_or_a_sentence(text):
    _days, said = told(days_in, text)
    assert all(each.startswith("“") for each in said)


@pytest.mark.parametrize("typed", [*bad.NO_NUMBER.values(), "", "٣", "9999"])
def test_a_count_of_lines_that_is_none_counts_nothing(typed):
    query = QueryDict(mutable=True)
    query["needs-count"] = typed
    assert count_of(query, "needs") == 0


@pytest.mark.parametrize("line", [NeedLine, BasisLine])
@pytest.mark.parametrize("value", [*bad.ODD.values(), "长" * 5001, "\x00"])
def test_a_line_of_a_draft_says_what_it_lacks(line, value):
    form = line(dict.fromkeys(line().fields, value))
    assert not form.is_valid()
    assert all(bad.is_sentence(said) for errors in form.errors.values() for said in errors)


class Sending(ActForm):
    words = Text(ask=ASK)


@given(stamp=anything)
@example(stamp="tests|x:1:2")
@example(stamp="\x00")
def test_no_text_is_a_stamp_but_ours(stamp):
    form = Sending({"words": "x", "stamp": stamp})
    assert not form.is_valid()
    assert form.stamp != stamp
    assert Sending({"words": "x", "stamp": form.stamp}).is_valid(), "the fresh stamp is good"
    assert Sending({"words": "x", "stamp": form.stamp}).key == form.key


@pytest.mark.django_db
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=anything, name=anything.filter(legible))
@example(words=bad.ODD["html"], name=bad.ODD["an attribute"])
@example(words=bad.ODD["typst"], name=bad.ODD["a formula"])
@example(words="", name="\x00王")
def test_whatever_a_family_writes_goes_through_the_whole_journey(monday, words, name):
    """Asked, checked, sent and read again on the page, and on paper; sealed in between, and kept as it was typed."""
    with bad.undone():
        phone = Browser()
        if len(legible(name)) > 40:
            name = legible(name)[:40].strip() or "王"
        case = Case.objects.get(pk=phone.ask(words={"words": words}, name={"name": name}))
        me = resident(case.pk)
        assert case.contact.name.reveal(by=me, reason="test", of=case.pk) == legible(name)
        assert (case.details.reveal(by=me, reason="test") if case.details else "") == legible(words)
        phone.open(f"/request/{case.pk}/")
        assert bad.shows_words(phone.page, legible(words))
        assert phone.client.get(f"/request/{case.pk}/slip.pdf").content.startswith(b"%PDF")
