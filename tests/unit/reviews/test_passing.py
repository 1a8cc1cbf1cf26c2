"""What follows from time alone: contacts owed in parts, silence, the seed drawn once, the end; each safe to do twice and half."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from chengnuo.channels.models import ClosedLetter, Message
from chengnuo.channels.operations import writing
from chengnuo.config import worker
from chengnuo.core.sampling import is_met
from chengnuo.foundation import outbox
from chengnuo.foundation.actor import system
from chengnuo.foundation.gate import gate
from chengnuo.foundation.pace import Pace
from chengnuo.people.roles import Role
from chengnuo.policies.loader import parameters
from chengnuo.promises.models import Duty
from chengnuo.reviews.codes import code_of, index_of
from chengnuo.reviews.models import Campaign, Check, Review
from chengnuo.reviews.operations import deciding, opening, passing, renewing
from tests.factories import county, messages, money, review_situations, reviews
from tests.factories.reviews import BEGUN, CONTACTED, DAY, DESK, HEAD, OVER

pytestmark = pytest.mark.django_db


def statuses():
    return sorted(Review.objects.values_list("status", flat=True))


def test_the_days_are_those_of_policy():
    reviews.awarded()
    campaign, today = reviews.begun(), BEGUN.date()
    known = {name: parameters().whole(f"reviews.{name}", today) for name in ("answer_within", "contact_after")}
    assert campaign.answer_until == today + timedelta(days=known["answer_within"])
    assert campaign.contact_from == today + timedelta(days=known["contact_after"])
    assert 0 < parameters().whole("reviews.sample_share", today) <= 20


def test_it_goes_in_small_parts_and_each_part_twice_changes_nothing(monkeypatch):
    monkeypatch.setattr(passing, "CHUNK", 2)
    for of in range(1, 6):
        reviews.awarded(of)
    campaign = reviews.begun()
    assert passing.pass_on(at=BEGUN + DAY) == 0
    assert [passing.pass_on(at=CONTACTED) for _ in range(4)] == [2, 2, 1, 0]
    assert Duty.objects.filter(subject_kind="review", kind="contact").count() == 5
    while statuses() != ["silent"] * 5:
        assert 0 < passing.pass_on(at=OVER) <= 4
    # nothing is owed to who is silent now, and a contact that was owed is not counted against the village; a letter that nobody sent is
    found = Duty.objects.filter(subject_kind="review").order_by("kind").values_list("kind", "outcome")
    assert set(found) == {("contact", "discharged"), ("send_out", "broken")}
    reviews.time(OVER)
    campaign = reviews.again(campaign)
    assert (campaign.status, campaign.drawn_to) == ("closed", max(Review.objects.values_list("pk", flat=True)))
    met = {pk for pk in Review.objects.values_list("pk", flat=True) if is_met(campaign.seed, pk, campaign.percent)}
    assert set(Check.objects.values_list("review", flat=True)) == met


def test_nobody_is_drawn_before_the_answers_are_over_and_whoever_has_ended_never(monkeypatch):
    monkeypatch.setattr(passing, "is_met", lambda _seed, _row, _percent: True)
    review_situations.end_came()
    review = Review.objects.get()
    reviews.time(BEGUN + 30 * DAY)
    assert (Campaign.objects.get().seed, Check.objects.count()) == (None, 0)
    deciding.end(review=review.pk, **reviews.said(HEAD))
    reviews.time(OVER)
    assert (len(bytes(Campaign.objects.get().seed)), Check.objects.count()) == (32, 0)
    assert Campaign.objects.get().status == "finished"


def test_a_campaign_without_a_silent_family_ends_by_itself():
    reviews.unchanged(reviews.reviewed(), DESK)
    reviews.time(OVER)
    campaign = Campaign.objects.get()
    assert campaign.status == "finished"
    assert [duty.outcome for duty in Duty.objects.filter(subject_id=campaign.pk)] == ["kept"]


def test_the_worker_fills_passes_and_renews_by_itself(monkeypatch):
    monkeypatch.setattr(opening, "PACE", Pace(1, most=1))
    for of in (1, 2):
        reviews.awarded(of)
    campaign = opening.begin(programme=money.PROGRAMME, year=2026, **reviews.said(HEAD))
    assert worker.go_on_reviewing(BEGUN) >= 3
    assert reviews.again(campaign).status == "running"
    while worker.go_on_reviewing(OVER):
        pass
    renewal = renewing.confirm(renewal=reviews.looked(reviews.proposed(campaign)).pk, **reviews.said(HEAD, OVER))
    while worker.go_on_reviewing(OVER):
        pass
    assert reviews.again(renewal).renewed == 2
    assert reviews.again(campaign).status == "finished"


def test_time_has_no_move_by_which_anybody_would_get_less():
    mine = [action for action, rule in gate.rules.items() if rule.cell(Role.SYSTEM)]
    ours = {action for action in mine if action.partition(".")[0] in ("campaign", "review", "renewal", "review_check")}
    assert ours == {
        "campaign.owe",
        "campaign.miss",
        "campaign.let_go",
        "campaign.fill",
        "campaign.close",
        "campaign.draw",
        "campaign.finish",
        "review.ask",
        "review.owe_contact",
        "review.fall_silent",
        "review.drop",
        "renewal.go_on",
        "review_check.draw",
    }
    assert not gate.may(system(), "review.determine")


def test_the_family_hears_of_it_in_the_way_it_agreed_to():
    award, now = reviews.awarded(), BEGUN + DAY
    case = messages.agreed(award.claim.case, at=BEGUN)
    reviews.begun()
    assert outbox.drain(now, "test", limit=1000).failed == 0
    assert messages.readings(case) == ["queued"]
    Message.objects.all().delete()
    reviews.determined(reviews.stated_anew(reviews.review_of(award), rural=False))
    assert outbox.drain(now, "test", limit=1000).failed == 0
    assert messages.readings(case) == ["queued"]


def test_that_a_review_begins_is_told_by_its_own_letter_and_what_it_determined_by_a_closed_one():
    award, now = reviews.awarded(), BEGUN + DAY
    outbox.drain(now, "test", limit=1000)
    letter = ClosedLetter.objects.get(case=award.claim.case_id)
    writing.send_out(letter=letter.pk, by=county.officer(letter.holder.key, at=now), at=now, key=uuid4())
    reviews.begun()
    outbox.drain(now, "test", limit=1000)
    assert not ClosedLetter.objects.filter(status="owed").exists()
    reviews.determined(reviews.stated_anew(reviews.review_of(award), rural=False))
    outbox.drain(now, "test", limit=1000)
    assert ClosedLetter.objects.filter(status="owed", case=award.claim.case_id).count() == 1


def test_codes_are_of_their_review_alone():
    codes = {code_of(UUID(int=number)) for number in range(300)}
    assert len(codes) == 300
    assert {len(code) for code in codes} == {16}
    assert all(code.isdecimal() for code in codes)
    assert len({index_of(code) for code in codes}) == 300
