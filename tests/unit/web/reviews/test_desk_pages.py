"""One review and one check at the desk: who opens the page, which deeds it offers in which state, what it says and what it never does."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from chengnuo.foundation.models.looks import Look
from chengnuo.reviews.lifecycle import ENDING
from chengnuo.reviews.models import Change, Review
from chengnuo.reviews.operations import checking, deciding
from tests.factories import county, desk, reviews, situations
from tests.factories import review_situations as situation
from tests.factories.desk import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
POSTS = situations.POSTS
TAKEN_IN = ["send_out", "say_unchanged", "state_anew", "say_changed", "ask_call"]
ANEW = ["state_anew", "say_changed", "ask_call"]
DETERMINED, ENDED = ["state_anew", "say_changed", "determine"], ["state_anew", "say_changed", "end"]
NEVER = re.compile(r"children|pregnan|birth|bank|\d{17}[\dXx]")


def at(letter):
    return desk.at(Client(), POSTS[letter])


def deeds(page, noun):
    """The names of the moves for which the page has a button."""
    return re.findall(rf'href="[^"]*{noun.pk}/([a-z_]+)/"', page.content.decode())


def reads(page_name, noun, letters):
    """Of these roles, the deeds that each is offered; None where there is no page."""
    answers = {letter: at(letter).get(page_name, noun.pk) for letter in letters}
    assert {each.status_code for each in answers.values()} <= {200, 403, 404}
    return {letter: deeds(page, noun) if page.status_code == 200 else None for letter, page in answers.items()}


OFFERED = {
    situation.asked: {"d": [*TAKEN_IN, "appoint"], "h": [*TAKEN_IN, "appoint"], "b": TAKEN_IN, "B": TAKEN_IN},
    situation.day_has_come: {
        "d": [*TAKEN_IN, "appoint", "contact"],
        "h": [*TAKEN_IN, "appoint", "contact"],
        "b": TAKEN_IN,
        "B": TAKEN_IN,
    },
    # only the office that grants it renews it; whoever answered may still think again
    situation.answer_came: {
        "d": ANEW,
        "h": ANEW,
        "b": [*ANEW, "renew"],
        "B": [*ANEW, "renew"],
    },
    situation.change_came: {"d": None, "h": None, "b": DETERMINED, "B": DETERMINED},
    situation.end_came: {"d": None, "h": None, "b": ENDED, "B": ENDED},
    situation.call_came: {"d": None, "h": None, "b": DETERMINED, "B": DETERMINED},
}


@pytest.mark.parametrize("made", OFFERED, ids=lambda each: each.__name__)
def test_a_review_offers_each_role_what_it_may_do_now_and_has_no_page_for_others(made):
    review = made()
    assert reads("reviews:review", review, "dhbB") == OFFERED[made]
    # the next village, another township, other offices, the money's, and those who oversee or keep the accounts
    assert set(reads("reviews:review", review, "DXCOfFpsam").values()) == {None}


def test_a_deed_without_a_button_is_refused_behind_its_address_too():
    review = situation.answer_came()
    for name in ("determine", "end", "renew"):
        assert at("d").get("reviews:review_deed", review.pk, name).status_code == 404, name
    # to agree on a day is for whoever goes there, and the rest is for the family or for time
    for name in ("appoint", "contact", "take_back", "fall_silent", "drop", "look", "nothing"):
        assert at("B").get("reviews:review_deed", review.pk, name).status_code == 404, name
    for name in ("determine", "end"):
        assert at("B").send("reviews:review_deed", review.pk, name).status_code == 200, name
        assert reviews.again(review).status == "unchanged", name
    assert at("b").send("reviews:review_deed", review.pk, "renew").status_code == 302
    assert reviews.again(review).status == "renewed"
    assert at("B").send("reviews:review_deed", review.pk, "renew").status_code == 200, "once"


def test_who_took_the_change_in_decides_nothing_of_it_and_their_page_says_what_was_told():
    review = reviews.changed(situation.asked(), "move", on=county.MONDAY.date(), post=reviews.DESK, at=county.MONDAY)
    assert reads("reviews:review", review, "bB") == {"b": ["state_anew", "say_changed"], "B": ENDED}
    assert at("b").get("reviews:review_deed", review.pk, "end").status_code == 404
    page = said(at("b").get("reviews:review", review.pk))
    assert "What was told moved away from the county" in page
    assert "Since March 2, 2026" in page
    # what it rests on is for whoever decides
    assert "Due for" not in page
    assert "rural resident" not in page
    assert "Due for 2025 960 yuan" in said(at("B").get("reviews:review", review.pk))


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("", "Telephone 10012345678"), ("13800000001", "Telephone, written by whoever asked to be called 13800000001")],
)
def test_whoever_calls_reads_the_number_that_was_written_or_else_the_one_that_is_held(phone, shown):
    review = situation.call_came(phone=phone)
    page = said(at("B").get("reviews:review", review.pk))
    assert shown in page
    assert ("10012345678" in page) is not bool(phone)
    looks = Look.objects.filter(label="reviews.review.phone", row=str(review.pk), reason="yearly review at the desk")
    assert looks.count() == bool(phone), "that it was opened is kept, with the reason"


def test_at_the_counter_a_number_is_written_down_too():
    review = situation.asked()
    at("d").send("reviews:review_deed", review.pk, "ask_call", how="counter", phone="12345")
    assert reviews.again(review).status == "open"
    at("d").send("reviews:review_deed", review.pk, "ask_call", how="counter", phone="138 0000 0001")
    assert "13800000001" in said(at("b").get("reviews:review", review.pk))


CHANGES = {change.value: change for change in Change}


@pytest.mark.parametrize("change", CHANGES)
def test_a_button_stands_there_if_and_only_if_its_press_goes_through(change):
    """Whatever was told: the way that would be refused is not offered, and the one that is offered is not refused."""
    review = situation.changed_by(change)
    offered = deeds(at("B").get("reviews:review", review.pk), review)
    assert set(offered) & {"determine", "end"} == {"end" if change in ENDING else "determine"}
    for name in ("determine", "end"):
        with transaction.atomic():
            answer = at("B").send("reviews:review_deed", review.pk, name)
            went = reviews.again(review).status != "changed"
            transaction.set_rollback(True)
        assert (name in offered) is went, (name, said(answer))
        assert went or "Nobody has said" in said(answer) or "What was stated ends" in said(answer)


def test_the_page_names_the_person_and_the_day_and_nothing_that_is_never_asked():
    review = situation.asked()
    village, county_ = said(at("d").get("reviews:review", review.pk)), said(at("B").get("reviews:review", review.pk))
    for page in (village, county_):
        assert "One yearly review, 2026" in page
        assert "Name 欧阳桂兰" in page
        assert "Answers until May 1, 2026" in page
        assert "Asked so far" not in page, "nobody asked yet"
    assert "Due for 2025" not in village
    assert "Are you registered as a rural resident? yes" in county_
    answers = county_.partition("What you can do")[0]
    assert not NEVER.search(answers)
    look = Look.objects.filter(reason="yearly review at the desk", account=county.officer(POSTS["d"]).account)
    assert look.exists(), "that the name was opened is kept"


def test_a_second_time_is_the_last_and_the_page_counts_them():
    review = reviews.reviewed(at=county.MONDAY)
    reviews.contacted(review, at=county.MONDAY - 2 * reviews.DAY)
    page = at("d").get("reviews:review", review.pk)
    assert "Asked so far 1 of 2 times" in said(page)
    assert "An appointment" not in said(page), "it is over"
    assert "contact" not in deeds(page, review), "nobody comes without a new one"
    reviews.contacted(review, at=county.MONDAY - reviews.DAY)
    page = at("d").get("reviews:review", review.pk)
    assert "Asked so far 2 of 2 times" in said(page)
    assert deeds(page, review) == TAKEN_IN


def test_who_wants_to_be_left_alone_is_asked_no_second_time():
    review = reviews.reviewed(at=county.MONDAY)
    reviews.contacted(review, "leave_alone", at=county.MONDAY - reviews.DAY)
    assert deeds(at("d").get("reviews:review", review.pk), review) == TAKEN_IN[1:], "and gets no letter either"
    assert reviews.again(review).status == "open"


@pytest.mark.parametrize("day", [0, -1])
def test_a_day_is_agreed_on_from_tomorrow_on(day):
    review = situation.asked()
    on = county.MONDAY.date() + day * reviews.DAY
    answer = at("d").send("reviews:review_deed", review.pk, "appoint", **desk.day("on", on.year, on.month, on.day))
    assert answer.status_code == 200
    assert reviews.again(review).appointed_on is None
    later = county.MONDAY.date() + reviews.DAY
    at("d").send("reviews:review_deed", review.pk, "appoint", **desk.day("on", later.year, later.month, later.day))
    assert "An appointment March 3, 2026" in said(at("d").get("reviews:review", review.pk))


def test_a_decided_review_offers_nothing_more_and_no_page_asks_money_back_by_itself():
    review = situation.end_came()
    deciding.end(review=review.pk, **reviews.said(reviews.HEAD, county.MONDAY))
    page = at("B").get("reviews:review", review.pk)
    assert deeds(page, review) == []
    assert "ended" in said(page)
    assert "More was paid than is due" not in said(page)
    assert at("B").get("reviews:review_deed", review.pk, "determine").status_code == 200
    sent = at("B").send("reviews:review_deed", review.pk, "determine")
    assert (sent.status_code, reviews.again(review).status) == (200, "ended")


CHECKED = {
    situation.chance_met: ["agree", "differ", "appoint"],
    situation.visit_agreed: ["agree", "differ", "appoint", "visit"],
    situation.visited_twice: ["agree", "differ", "leave"],
}


@pytest.mark.parametrize("made", CHECKED, ids=lambda each: each.__name__)
def test_a_check_is_the_other_officers_alone(made):
    check = made()
    # b decided on it: they read that it is checked, and neither a button nor what is held
    assert reads("reviews:check", check, "bB") == {"b": [], "B": CHECKED[made]}
    assert set(reads("reviews:check", check, "dhDtTXCOfFpsam").values()) == {None}
    own, other = said(at("b").get("reviews:check", check.pk)), said(at("B").get("reviews:check", check.pk))
    assert "rural resident" not in own
    assert "rural resident? yes" in other
    for name in ("agree", "differ", "appoint", "visit", "leave"):
        assert at("b").get("reviews:check_deed", check.pk, name).status_code == 404, name
    assert ("Visits so far 2 of 2" in other) is (made is situation.visited_twice)
    assert ("An appointment March 2, 2026" in other) is (made is situation.visit_agreed)
    assert not NEVER.search(other.partition("What you can do")[0])


@pytest.mark.parametrize(
    ("name", "typed", "status", "words"),
    [
        ("agree", {}, "agreed", "what is held is right"),
        ("differ", {"difference": "alive"}, "differs", "What is otherwise The person has died."),
    ],
)
def test_a_check_ends_once_and_says_how(name, typed, status, words):
    check = situation.chance_met()
    assert at("B").send("reviews:check_deed", check.pk, name, **typed).status_code == 302
    assert reviews.again(check).status == status
    page = at("B").get("reviews:check", check.pk)
    assert words in said(page)
    assert deeds(page, check) == []
    again = at("B").send("reviews:check_deed", check.pk, name, **typed)
    assert (again.status_code, reviews.again(check).status) == (200, status)
    expected = "changed" if status == "differs" else "renewed"
    assert Review.objects.get().status == expected, "a person decides, where something is otherwise"


def test_a_visit_before_its_day_and_a_difference_that_is_none_are_refused():
    check = situation.chance_met()
    tomorrow = county.MONDAY.date() + reviews.DAY
    checking.appoint(review_check=check.pk, on=tomorrow, **reviews.said(reviews.HEAD, county.MONDAY))
    early = at("B").send("reviews:check_deed", check.pk, "visit")
    assert (early.status_code, reviews.again(check).visits) == (200, 0)
    for typed in ({}, {"difference": "births"}, {"difference": ""}):
        answer = at("B").send("reviews:check_deed", check.pk, "differ", **typed)
        assert "Choose what is otherwise." in said(answer), typed
    assert reviews.again(check).status == "open"


def test_an_address_of_another_noun_opens_nothing():
    check = situation.chance_met()
    for name, noun in (("reviews:review", check.pk), ("reviews:check", check.review_id), ("reviews:renewal", check.pk)):
        assert at("B").get(name, noun).status_code == 404, name
    for name in ("reviews:review", "reviews:check", "reviews:renewal", "reviews:campaign", "reviews:letter"):
        assert at("B").get(name, uuid4()).status_code == 404, name
        asked = Client().get(reverse(name, args=[uuid4()]))
        assert asked.status_code == 302, "a visitor signs in first"
        assert "next=" in asked.url
