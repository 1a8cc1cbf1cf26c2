"""An officer's day at the desk: takes what was offered, asks once, is answered, pauses, finishes; every step through HTTP."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from chengnuo.cases.models import Chapter
from tests.factories import cases, county, desk

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def here(client, monday):
    return desk.at(client, cases.DESK)


def test_from_the_inbox_to_done(here, monday):
    case = cases.ask(at=county.MONDAY)
    assert case.number in desk.said(here.get("inbox"))
    asked = here.send("deed", case.pk, "ask_once", missing=[], other="户口簿\n一张照片", words="带来就办")
    assert asked.headers["Location"] == reverse("desk:case", args=[case.pk])
    said = desk.said(here.get("case", case.pk))
    assert "waiting for an answer" in said
    assert "· 户口簿 · 一张照片" in said
    here.send("deed", case.pk, "supply", words="都带来了")
    here.send("deed", case.pk, "pause", reason="other_office", words="等户政核对")
    assert "paused" in desk.said(here.get("case", case.pk))
    here.send("deed", case.pk, "resume")
    here.send("deed", case.pk, "finish", result="办好了，请来取。")
    said = desk.said(here.get("case", case.pk))
    assert "the office says: done" in said
    assert cases.buttons(case, cases.DESK) == set()
    moves = Chapter.objects.filter(case=case).order_by("at", "pk").values_list("move", flat=True)
    assert set(moves) == {"receive", "ask_once", "supply", "pause", "resume", "finish"}


def test_handing_over_and_taking(here, client):
    case = cases.ask(at=county.MONDAY)
    head = cases.post_of(f"{county.VILLAGE}.head")
    here.send("deed", case.pk, "offer", to=str(head))
    other = desk.at(client, f"{county.VILLAGE}.head")
    assert "You have been asked to take these" in desk.said(other.get("inbox"))
    other.send("deed", case.pk, "accept")
    case.refresh_from_db()
    assert (case.holder_id, cases.duty_of(case).holder_id) == (head, head)


@pytest.mark.parametrize(
    ("deed", "typed", "why"),
    [
        ("finish", {"result": ""}, "Say in plain words what was done."),
        ("finish", {"result": "她怀孕了，办好了"}, "never records"),
        ("pause", {"reason": "", "words": "等"}, "Choose the reason."),
        ("pause", {"reason": "holiday", "words": "等"}, "Choose the reason."),
        ("offer", {"to": ""}, "Choose who should take the case."),
        ("offer", {"to": "00000000-0000-0000-0000-000000000000"}, "Choose who should take the case."),
        ("ask_once", {"missing": [], "other": " \n "}, "The list of what is missing is empty."),
        ("ask_once", {"missing": [], "other": "上环证明"}, "never records"),
        ("refuse", {"reasons": "户口不在本村", "law": ""}, "Name the law and its article."),
        ("refuse", {"reasons": "怀孕的不办", "law": "第三条"}, "never records"),
    ],
)
def test_what_cannot_be_done_is_said_and_what_was_typed_stays(here, deed, typed, why):
    case = cases.ask(at=county.MONDAY)
    response = here.send("deed", case.pk, deed, **typed)
    assert response.status_code == 200
    assert why in desk.said(response)
    for field in ("result", "words", "other", "reasons", "law"):
        assert typed.get(field, "").strip() in response.content.decode()
    case.refresh_from_db()
    assert (case.status, case.version) == ("received", 0)


def test_words_that_may_not_be_kept_are_kept_nowhere(here, client):
    case = cases.ask(at=county.MONDAY)
    cases.offer(case, f"{county.VILLAGE}.head", at=county.MONDAY)
    response = desk.at(client, f"{county.VILLAGE}.head").send("deed", case.pk, "decline", words="她怀孕了，我不接")
    assert "never records" in desk.said(response)
    assert Chapter.objects.filter(case=case, move="decline").count() == 0


def test_a_form_sent_twice_counts_once_and_says_so(here):
    case = cases.ask(at=county.MONDAY)
    address = reverse("desk:deed", args=[case.pk, "finish"])
    typed = {"result": "办好了", "stamp": desk.stamp_in(here.get("deed", case.pk, "finish"))}
    for _ in range(2):
        assert here.client.post(address, typed, **desk.ENGLISH).status_code == 302
    assert "It was received once and counts once." in desk.said(here.get("case", case.pk))
    assert Chapter.objects.filter(case=case, move="finish").count() == 1


def test_a_deed_that_came_too_late_says_what_happened_in_the_meantime(here):
    case = cases.ask(at=county.MONDAY)
    address = reverse("desk:deed", args=[case.pk, "finish"])
    stamp = desk.stamp_in(here.get("deed", case.pk, "finish"))
    cases.withdraw(case, at=county.MONDAY)
    response = here.client.post(address, {"result": "办好了", "stamp": stamp}, **desk.ENGLISH)
    assert "something else happened in the meantime" in desk.said(response)


@pytest.mark.parametrize("deed", ["nonsense", "receive", "say_resolved", "lapse"])
def test_deeds_that_are_none_are_not_there(here, deed):
    case = cases.ask(at=county.MONDAY)
    assert here.get("deed", case.pk, deed).status_code == 404


def test_a_stranger_finds_nothing(client, monday):
    case = cases.ask(at=county.MONDAY)
    stranger = desk.at(client, f"{cases.ELSEWHERE}.desk")
    assert stranger.get("case", case.pk).status_code == 404
    assert stranger.get("deed", case.pk, "finish").status_code == 404


def test_another_method_than_reading_and_sending_is_refused(here):
    case = cases.ask(at=county.MONDAY)
    assert here.client.delete(reverse("desk:deed", args=[case.pk, "finish"])).status_code == 405
