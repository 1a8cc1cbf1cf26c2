"""That a year's review begins, and that its letters go out, is owed: by whom, by which day, and what ends it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from chengnuo.benefits.models import Award
from chengnuo.config import worker
from chengnuo.core.instants import midnight
from chengnuo.foundation.models.log import LogEntry
from chengnuo.foundation.refused import MoveRefused, NotHere
from chengnuo.people.models import Office
from chengnuo.policies.loader import parameters
from chengnuo.promises.models import Duty, PromiseVersion
from chengnuo.promises.operations import escalation
from chengnuo.reviews import queries
from chengnuo.reviews.models import Campaign, Review
from chengnuo.reviews.operations import opening, owing
from chengnuo.reviews.operations.opening import BegunAlready, NotTheTime
from tests.factories import awarding, claims, county, desk, money, reviews
from tests.factories.reviews import BEGUN, DAY, DESK, HEAD, OVER, VILLAGE_DESK, said

pytestmark = pytest.mark.django_db
NEXT_YEAR = midnight(date(2027, 1, 1))


def duty(row, kind):
    return Duty.objects.get(subject_id=row.pk, kind=kind)


def owed(at=BEGUN):
    owing.owe_due(at=at)
    return Campaign.objects.get()


def granted_in(year):
    """The tests grant in 2026 what was due before; here it was granted when it was due."""
    Award.objects.update(granted_at=datetime(year, 6, 1, 2, tzinfo=UTC))


def test_the_head_of_the_office_that_grants_owes_the_beginning_once_by_a_day():
    for of in (1, 2):
        reviews.awarded(of)
    assert owing.owe_due(at=BEGUN) == 1
    campaign = Campaign.objects.get()
    assert (campaign.status, campaign.programme, campaign.year) == ("owed", money.PROGRAMME, 2026)
    found = duty(campaign, "begin_review")
    assert (found.holder.key, found.promise.promise.key, found.outcome) == (HEAD, "review-begun", "")
    assert found.due_at > found.opened_at
    assert owing.owe_due(at=BEGUN + DAY) == 0, "a second night owes nothing more"
    entries = LogEntry.objects.filter(ref_kind="campaign", ref_id=str(campaign.pk))
    assert [each.schema for each in entries] == ["campaign.owe/1"]


def test_it_is_dated_by_the_first_award_where_that_was_granted_later_than_the_month():
    award = reviews.awarded()
    assert duty(owed(OVER), "begin_review").opened_at == award.granted_at


def test_it_is_dated_by_the_month_of_policy_whenever_the_worker_wakes():
    reviews.awarded()
    granted_in(2025)
    month = parameters().whole("reviews.opens_in_month", OVER.date())
    found = duty(owed(OVER), "begin_review")
    assert found.opened_at == midnight(date(2026, month, 1))
    assert found.broken_at < OVER, "who slept until May is told so"


def test_before_the_month_of_policy_nothing_is_owed(monkeypatch):
    reviews.awarded()
    known = parameters()
    monkeypatch.setattr(type(known), "whole", lambda _self, name, _on: 4 if name == "reviews.opens_in_month" else 7)
    assert [owing.owe_due(at=at) for at in (BEGUN, datetime(2026, 3, 31, 15, tzinfo=UTC))] == [0, 0]
    assert owing.owe_due(at=datetime(2026, 3, 31, 16, tzinfo=UTC)) == 1, "the month begins at midnight of the county"


@pytest.mark.parametrize("why", ["no award", "first year", "ended", "office closed", "not promised"])
def test_where_nothing_is_to_be_reviewed_or_promised_nothing_is_owed(why):
    award = None if why == "no award" else reviews.awarded()
    if why == "first year":
        Award.objects.update(begins=2026)
    elif why == "ended":
        awarding.end(award=award.pk, ending="death", on=BEGUN.date(), **said(DESK))
    elif why == "office closed":
        Office.objects.filter(pk=award.office_id).update(closed_on=BEGUN.date())
    elif why == "not promised":
        PromiseVersion.objects.filter(promise__key="review-begun").update(begins=OVER.date())
    assert owing.owe_due(at=BEGUN) == 0
    assert not Campaign.objects.exists()


def test_beginning_it_in_time_keeps_it_and_its_days_are_those_of_that_day():
    reviews.awarded()
    campaign = owed()
    assert (campaign.answer_until, campaign.contact_from) == (None, None)
    assert queries.may_begin(county.officer(HEAD), BEGUN.date()) == [money.PROGRAMME]
    begun = reviews.begun()
    assert (begun.pk, begun.status) == (campaign.pk, "running")
    assert begun.answer_until == BEGUN.date() + timedelta(days=60)
    assert duty(campaign, "begin_review").outcome == "kept"
    assert queries.may_begin(county.officer(HEAD), BEGUN.date()) == []
    with pytest.raises(BegunAlready):
        reviews.begun()
    assert owing.owe_due(at=BEGUN) + owing.end_due(at=BEGUN) == 0


def test_a_review_that_was_begun_before_anybody_owed_it_is_owed_by_nobody():
    reviews.awarded()
    campaign = reviews.begun()
    assert owing.owe_due(at=BEGUN) == 0
    assert not Duty.objects.filter(subject_id=campaign.pk).exists()


def test_late_and_broken_it_goes_up_like_every_duty():
    reviews.awarded()
    campaign = owed()
    found = duty(campaign, "begin_review")
    while escalation.escalate_due(at=found.broken_at + DAY):
        pass
    told = Duty.objects.filter(parent=found)
    assert told.exists(), "the office above is asked"
    reviews.begun(at=found.broken_at + DAY)
    assert duty(campaign, "begin_review").outcome == "broken"


def test_a_year_that_went_by_stays_broken_and_the_next_one_is_owed_anew():
    reviews.awarded()
    campaign = owed()
    assert owing.end_due(at=NEXT_YEAR - timedelta(seconds=1)) == 0
    assert worker.owe_reviews(NEXT_YEAR) == 2
    assert reviews.again(campaign).status == "missed"
    assert duty(campaign, "begin_review").outcome == "broken"
    following = Campaign.objects.get(year=2027)
    assert (following.status, duty(following, "begin_review").outcome) == ("owed", "")
    with pytest.raises(NotTheTime):
        opening.begin(programme=money.PROGRAMME, year=2026, **said(HEAD, NEXT_YEAR))


def test_where_no_award_is_left_the_head_is_freed_and_begins_it_still_where_one_comes():
    award = reviews.awarded()
    campaign = owed()
    awarding.end(award=award.pk, ending="move", on=BEGUN.date(), **said(DESK))
    assert owing.end_due(at=BEGUN) == 1
    assert (reviews.again(campaign).status, duty(campaign, "begin_review").outcome) == ("let_go", "discharged")
    assert owing.owe_due(at=BEGUN) == 0
    reviews.awarded(2)
    assert reviews.begun().pk == campaign.pk


@pytest.mark.usefixtures("monday")
def test_it_stands_in_the_inbox_of_the_head_and_leads_to_where_it_begins():
    reviews.awarded()
    campaign = owed(county.MONDAY)
    head = desk.at(Client(), HEAD)
    page = desk.said(head.get("desk:inbox"))
    assert "This year's review is due: begin it." in page
    one = head.get("reviews:campaign", campaign.pk)
    assert "to be begun" in desk.said(one)
    assert "/desk/reviews/begin/" in one.content.decode()
    assert "By township" not in desk.said(one), "nothing is counted yet"
    # whoever does not begin it reads that it is owed, and no way to do it
    other = desk.at(Client(), DESK).get("reviews:campaign", campaign.pk)
    assert (other.status_code, "/desk/reviews/begin/" in other.content.decode()) == (200, False)


def test_each_letter_is_owed_by_whoever_asks_its_family_and_ends_when_it_goes_out():
    reviews.awarded(1)
    reviews.awarded(2, programme="special-bereaved")
    reviews.begun()
    reviews.begun("special-bereaved")
    near, guarded = Review.objects.order_by("is_guarded")
    assert [duty(each, "send_out").promise.promise.key for each in (near, guarded)] == ["review-letter"] * 2
    assert duty(near, "send_out").holder.key == VILLAGE_DESK
    assert duty(guarded, "send_out").office.level == "county", "what would tell too much is posted by the county"
    assert reviews.sent_out(near).letter_out_on == BEGUN.date()
    assert (duty(near, "send_out").outcome, duty(guarded, "send_out").outcome) == ("kept", "")
    with pytest.raises(MoveRefused):
        reviews.sent_out(near)
    with pytest.raises(NotHere):
        reviews.sent_out(guarded, VILLAGE_DESK)
    assert LogEntry.objects.filter(schema="review.send_out/1", ref_id=str(near.pk)).count() == 1


@pytest.mark.parametrize("how", ["unchanged", "changed", "stated_anew"])
def test_who_has_answered_needs_no_letter(how):
    review = getattr(reviews, how)(reviews.reviewed(), **({"rural": False} if how == "stated_anew" else {}))
    assert duty(review, "send_out").outcome == "discharged"
    with pytest.raises(MoveRefused):
        reviews.sent_out(review, DESK)


def test_who_wants_to_be_left_alone_gets_no_letter_either():
    review = reviews.reviewed()
    reviews.contacted(review, "leave_alone", at=BEGUN)
    assert duty(review, "send_out").outcome == "discharged"
    with pytest.raises(MoveRefused):
        reviews.sent_out(review, at=BEGUN + DAY)


def test_a_letter_that_never_went_out_is_broken_and_costs_the_family_nothing():
    review = reviews.reviewed()
    late = duty(review, "send_out")
    reviews.closed(review.campaign)
    assert (reviews.again(review).status, late.broken_at < OVER) == ("silent", True)
    assert duty(review, "send_out").outcome == "broken"
    assert reviews.renewed(Campaign.objects.get()).renewed == 1


@pytest.mark.usefixtures("monday")
def test_no_list_holds_whom_letters_go_to_and_the_desk_leads_to_the_next_alone():
    """A list of the letters of a village would be one of who receives something there."""
    review = reviews.reviewed(at=county.MONDAY)
    village = desk.at(Client(), claims.DESK)
    for shown in ("mine", "all"):
        page = village.get("desk:inbox", show=shown)
        assert not page.context["page"].rows
        assert [link.href for link in page.context["page"].alone] == [f"/desk/reviews/{review.pk}/"]
    said = desk.said(village.get("reviews:review", review.pk))
    assert "欧阳" in said
    assert "Rural" not in said, "whoever sends a letter off need not know of what"
    answer = village.send("reviews:review_deed", review.pk, "send_out")
    assert answer.url == "/desk/inbox/", "the next one waits there"
    assert not village.get("desk:inbox").context["page"].alone
    assert "The letter went out March 2, 2026" in desk.said(village.get("reviews:review", review.pk))
