"""The county's pages of its yearly reviews: the list, one campaign and a renewal by two; for whom, with which button, and with which counts."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.foundation import clock
from chengnuo.reviews.models import Campaign, Renewal
from chengnuo.reviews.operations import opening, renewing
from tests.factories import county, desk, money, reviews, situations
from tests.factories import review_situations as situation
from tests.factories.desk import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
POSTS = situations.POSTS
BEGIN, PROPOSE = reverse("reviews:begin"), "Propose the renewal of what has not changed"
STRANGERS = "dhDtTXpsamO"


def at(letter):
    return desk.at(Client(), POSTS[letter])


def page(letter, name, *rows):
    return said(at(letter).get(name, *rows))


def later(letter, name, *rows, on=reviews.OVER):
    """The same page when the answers are over."""
    client = Client()
    with clock.frozen(on):
        return desk.Desk(client, county.sign_in(client, POSTS[letter], at=on)).get(name, *rows)


def deeds(answer, noun):
    return re.findall(rf'href="[^"]*{noun.pk}/([a-z_]+)/"', answer.content.decode())


def test_an_empty_list_says_so_and_the_head_alone_begins():
    situation.to_be_reviewed()
    for letter in "bB":
        home = at(letter).get("reviews:home")
        assert "No review has begun yet." in said(home)
        assert (BEGIN in home.content.decode()) is (letter == "B"), letter
        assert at(letter).get("reviews:begin").status_code == (200 if letter == "B" else 404)
    # another office of the county has a list of its own, and nothing to begin
    for letter in "Cp":
        assert "No review has begun yet." in page(letter, "reviews:home")
        assert at(letter).get("reviews:begin").status_code == 404
    for letter in "dhDtTXsam":
        for name in ("reviews:home", "reviews:begin"):
            assert at(letter).get(name).status_code == 403, (letter, name)


def test_without_an_award_of_a_year_before_there_is_nothing_to_begin():
    assert BEGIN not in at("B").get("reviews:home").content.decode()
    assert at("B").get("reviews:begin").status_code == 404


def test_a_review_is_begun_once_a_year_and_only_of_a_programme_that_is_offered():
    situation.to_be_reviewed()
    head = at("B")
    for typed, sentence in (
        ({}, "Choose the programme."),
        ({"programme": ""}, "Choose the programme."),
        ({"programme": "special-bereaved"}, "Choose the programme."),
        ({"programme": "nothing"}, "Choose the programme."),
    ):
        assert sentence in said(head.send("reviews:begin", **typed)), typed
    assert not Campaign.objects.exists()
    opened = head.get("reviews:begin")
    assert "Nobody loses anything by silence." in said(opened)
    typed = {"programme": money.PROGRAMME, "stamp": desk.stamp_in(opened)}
    sent = [head.client.post(BEGIN, typed).status_code for _ in range(2)]
    assert sent[0] == 302
    assert Campaign.objects.count() == 1, "the same press twice"
    home = at("B").get("reviews:home")
    assert "Rural family allowance from sixty · 2026 families answer" in said(home)
    assert BEGIN not in home.content.decode()
    assert head.get("reviews:begin").status_code == 404


def test_the_list_has_the_newest_year_first_and_each_office_its_own():
    old = situation.campaign_runs()
    Campaign.objects.filter(pk=old.pk).update(year=2025)
    new = opening.begin(programme=money.PROGRAMME, year=2026, **reviews.said(reviews.HEAD, county.MONDAY))
    listed = at("b").get("reviews:home").content.decode()
    assert 0 < listed.index(str(new.pk)) < listed.index(str(old.pk))
    assert "· 2026 being put together" in page("b", "reviews:home")
    assert "Rural family" not in page("C", "reviews:home")
    assert at("C").get("reviews:campaign", new.pk).status_code == 404


def test_a_campaign_shows_its_days_and_offers_a_renewal_only_of_what_is_ready():
    campaign = situation.campaign_runs()
    running = page("B", "reviews:campaign", campaign.pk)
    assert "families answer" in running
    assert "Answers until May 1, 2026" in running
    assert "Silent families are asked from April 1, 2026" in running
    assert PROPOSE not in running, "nobody has answered"
    assert "Renewals" not in running
    for letter in STRANGERS:
        assert at(letter).get("reviews:campaign", campaign.pk).status_code in (403, 404), letter
    reviews.unchanged(reviews.Review.objects.get(), at=county.MONDAY)
    for letter in "bB":
        assert PROPOSE in page(letter, "reviews:campaign", campaign.pk)
    assert at("C").get("reviews:propose", campaign.pk).status_code == 404


def test_a_change_waits_for_a_person_and_is_in_no_renewal():
    campaign = situation.change_came().campaign
    assert PROPOSE not in page("B", "reviews:campaign", campaign.pk)
    sent = at("B").send("reviews:propose", campaign.pk)
    assert sent.status_code == 200
    assert not Renewal.objects.exists()


def test_the_table_shows_no_count_below_five_nor_the_sum_that_would_tell_it():
    """By the rule of every public figure: nought is shown, one to four are not."""
    found = [reviews.awarded(of) for of in range(1, 6)]
    campaign = reviews.begun(at=county.MONDAY)
    whole = at("B").get("reviews:campaign", campaign.pk)
    assert "Gufu Town 5 0 0 0 0 0 0 All together 5 0 0 0 0 0 0" in said(whole)
    assert "0 of 5 are settled." in said(whole)
    reviews.changed(reviews.review_of(found[0]), "death", on=county.MONDAY.date(), at=county.MONDAY)
    some = said(at("B").get("reviews:campaign", campaign.pk))
    assert "Gufu Town – 0 0 – 0 0 0" in some, "of four that wait and one that changed neither is told"
    assert "0 of 5 are settled." in some
    assert not [name for name in ("欧阳", "Longchi") if name in some], "neither a person nor a village"


def test_both_officers_see_the_renewal_and_who_proposed_it_does_not_confirm():
    renewal = situation.renewal_proposed()
    offered = {letter: deeds(at(letter).get("reviews:renewal", renewal.pk), renewal) for letter in "bB"}
    assert offered == {"b": ["drop"], "B": ["confirm", "drop"]}
    for letter in STRANGERS + "C":
        for name in ("reviews:renewal", "reviews:renewal_deed"):
            rows = (renewal.pk, "confirm") if name.endswith("deed") else (renewal.pk,)
            assert at(letter).get(name, *rows).status_code in (403, 404), (letter, name)
    assert at("b").get("reviews:renewal_deed", renewal.pk, "confirm").status_code == 404
    shown = page("b", "reviews:renewal", renewal.pk)
    assert "Renewal of 1 award waits for another officer" in shown
    assert "Proposed on March 2, 2026" in shown
    assert "Sample 1" in shown
    assert "欧阳" not in shown, "a sample has a number and no name"
    assert "Renewed so far" not in shown
    assert "Renewal of 1 award" in page("b", "reviews:campaign", renewal.campaign_id)


def test_a_confirmation_asks_for_a_fresh_sign_in_and_giving_up_does_not():
    renewal = situation.renewal_proposed()
    client = Client()
    stale = county.MONDAY - reviews.DAY
    officer = desk.Desk(client, county.sign_in(client, POSTS["B"], at=stale))
    answer = officer.get("reviews:renewal_deed", renewal.pk, "confirm")
    assert answer.status_code == 302
    assert reviews.again(renewal).status == "proposed"
    assert officer.get("reviews:renewal_deed", renewal.pk, "drop").status_code == 200


def test_a_renewal_that_was_given_up_or_is_done_offers_nothing_and_shows_no_sample():
    renewal = situation.renewal_proposed()
    at("b").send("reviews:renewal_deed", renewal.pk, "drop")
    given_up = at("B").get("reviews:renewal", renewal.pk)
    assert "given up" in said(given_up)
    assert "Sample 1" not in said(given_up)
    assert deeds(given_up, renewal) == []
    assert at("B").send("reviews:renewal_deed", renewal.pk, "confirm").status_code == 200
    assert reviews.again(renewal).status == "dropped"
    # everything waits as before, and can be proposed again
    assert PROPOSE in page("b", "reviews:campaign", renewal.campaign_id)
    second = reviews.looked(reviews.proposed(renewal.campaign, county.MONDAY), at=county.MONDAY)
    at("B").send("reviews:renewal_deed", second.pk, "confirm")
    done = at("B").get("reviews:renewal", second.pk)
    assert "finished" in said(done)
    assert "Renewed so far 1" in said(done)
    assert "Sample" not in said(done)
    assert deeds(done, second) == []
    assert PROPOSE not in page("b", "reviews:campaign", renewal.campaign_id)
    listed = at("b").get("reviews:campaign", renewal.campaign_id).content.decode()
    assert 0 < listed.index(str(second.pk)) < listed.index(str(renewal.pk)), "the newest first"


def test_one_that_runs_says_how_far_it_is_and_that_it_goes_on_by_itself():
    renewal = situation.renewal_proposed()
    renewing.confirm(renewal=renewal.pk, **reviews.said(reviews.HEAD, county.MONDAY))
    running = at("B").get("reviews:renewal", renewal.pk)
    assert "0 of 1 are done. It goes on by itself, also when you leave." in said(running)
    assert deeds(running, renewal) == []
    assert at("b").send("reviews:renewal_deed", renewal.pk, "drop").status_code == 200
    assert reviews.again(renewal).status == "running", "what is confirmed is not given up"


def test_when_the_answers_are_over_the_silent_are_renewed_too_and_the_office_owes_it():
    campaign = situation.campaign_runs()
    reviews.closed(campaign)
    shown = said(later("B", "reviews:campaign", campaign.pk))
    assert "the answers are over; what is unchanged is to be renewed" in shown
    assert PROPOSE in shown, "silence is no reason to end anything"
    assert "What is owed, and by when" in shown
    assert "Share that chance checks" in shown
    review = reviews.Review.objects.get()
    assert "no answer; it goes on, to be renewed" in said(later("B", "reviews:review", review.pk))
