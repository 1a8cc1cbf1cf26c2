"""The yearly reviews of the demo: every page of them has something to show, and it is the same again on the next machine."""

from __future__ import annotations

from random import Random

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from chengnuo.config.management.commands.build_demo import LAST_REVIEW, REVIEWS_BEGIN
from chengnuo.core.instants import SHANGHAI, local_date
from chengnuo.core.sampling import is_met
from chengnuo.demo.cast import Cast, fill_posts
from chengnuo.demo.hours import Days
from chengnuo.demo.reviewed import ASKED, OVER, meets, reviewed
from chengnuo.demo.stage import Stage
from chengnuo.demo.support import SENSITIVE
from chengnuo.demo.year import NOW
from chengnuo.foundation import clock
from chengnuo.promises.models import Duty, Release
from chengnuo.promises.operations import releases
from chengnuo.reviews.models import Campaign, Check, Renewal, Review
from tests.factories import county, desk

pytestmark = pytest.mark.django_db


def play():
    stage, instants = Stage(batch=10), []
    with clock.frozen(NOW):
        reviewed(stage, Cast(Random(6)), Days(), begins=REVIEWS_BEGIN, last=LAST_REVIEW)
    stage.play(until=NOW, progress=lambda at, _played: instants.append(at))
    return stage, instants


@pytest.fixture
def played():
    fill_posts()
    return play()


def states(programme):
    rows = Review.objects.filter(campaign__programme=programme)
    return sorted((row.status, row.how, row.change, row.contacts) for row in rows)


def owed(kind):
    return Duty.objects.filter(kind=kind, outcome="").count()


def test_every_state_that_a_visitor_is_led_to_is_there(played):
    stage, instants = played
    assert stage.dropped == 0
    assert all(8 <= at.astimezone(SHANGHAI).hour < 18 for at in instants), "offices act in their hours"
    statuses = dict(Campaign.objects.values_list("programme", "status"))
    assert statuses == {OVER: "closed", ASKED: "running", SENSITIVE: "owed"}
    assert states(OVER) == [
        ("changed", "code", "facts", 0),
        ("renewed", "counter", "", 0),
        ("silent", "", "", 1),
        ("unchanged", "code", "", 0),
        ("unchanged", "code", "", 0),
    ]
    assert states(ASKED) == [
        ("changed", "code", "call", 0),
        ("open", "", "", 0),
        ("open", "", "", 0),
        ("unchanged", "code", "", 0),
        ("unchanged", "paper", "", 0),
    ]
    kinds = ("begin_review", "send_out", "contact", "determine", "renew", "check_it")
    assert {kind: owed(kind) for kind in kinds} == dict.fromkeys(kinds, 1) | {"contact": 2, "determine": 2}
    assert Check.objects.get().review.status == "unchanged"
    assert Renewal.objects.get().wanted == 3


def test_nobody_in_it_can_be_real(played):
    assert played[0].dropped == 0
    for claim in {row.award.claim for row in Review.objects.select_related("award__claim__case__contact")}:
        contact = claim.case.contact
        assert contact.phone.reveal(by=county.officer("health-bureau.head"), reason="test", of=claim.case_id)[:6] == (
            "100991"
        )


def test_the_same_people_stand_in_the_same_states_on_every_machine():
    def told():
        with transaction.atomic():
            play()
            rows = Review.objects.select_related("award").order_by("campaign__programme", "status", "change", "how")
            by = county.officer("health-bureau.head")
            found = sorted((row.award.name.reveal(by=by, reason="test"), row.status, row.change) for row in rows)
            transaction.set_rollback(True)
        return found

    fill_posts()
    first = told()
    assert len(first) == 10
    assert told() == first


def test_the_seed_that_is_given_meets_exactly_the_one(played):
    assert played[0].dropped == 0
    among = list(Review.objects.filter(campaign__programme=OVER).select_related("campaign"))
    for wanted in among[:2]:
        seed = meets(wanted, among)(32)
        assert [each.pk for each in among if is_met(seed, each.pk, 5)] == [wanted.pk]


def test_whoever_steps_into_the_posts_finds_every_page_with_content(played):
    assert played[0].dropped == 0
    with clock.frozen(NOW):
        review = Review.objects.get(campaign__programme=ASKED, status="open", letter_out_on=None)
        village = desk.at(Client(), review.holder.key)
        assert "The next letter of a yearly review" in desk.said(village.get("desk:inbox"))
        assert village.get("reviews:review", review.pk).status_code == 200
        head = desk.at(Client(), "health-bureau.head")
        inbox = desk.said(head.get("desk:inbox"))
        for words in ("This year's review is due", "propose and confirm the renewal", "Chance chose this one"):
            assert words in inbox, words
        for name, noun in (
            ("reviews:campaign", Campaign.objects.get(programme=OVER)),
            ("reviews:renewal", Renewal.objects.get()),
            ("reviews:check", Check.objects.get()),
        ):
            assert head.get(name, noun.pk).status_code == 200
        assert "Sample 3" in desk.said(head.get("reviews:renewal", Renewal.objects.get().pk))
        assert Client().get(reverse("reviews:door")).status_code == 200


def test_no_figures_are_owed_of_months_that_are_still_to_be_lived_through(played):
    assert played[0].dropped == 0
    since = local_date(NOW).replace(month=10, day=5)
    made = releases.owe_due(at=NOW, since=since)
    assert set(Release.objects.values_list("period", flat=True)) == {"2026-10"}
    assert releases.owe_due(at=NOW) > 0, "without it those of August and September are owed too"
    assert made > 0
