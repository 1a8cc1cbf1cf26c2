"""A review from its question to what follows: unchanged, changed, ended, silent; each law of the part as a story."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from chengnuo.benefits.models import Award, Due
from chengnuo.benefits.operations.awards import NotYet
from chengnuo.foundation.actor import resident, visitor
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere
from chengnuo.promises.models import Duty
from chengnuo.reviews import queries
from chengnuo.reviews.codes import code_of
from chengnuo.reviews.lifecycle import SEND_OUT
from chengnuo.reviews.models import Check, Contact, Review
from chengnuo.reviews.operations import answering, checking, contacting, deciding, opening, renewing
from chengnuo.reviews.operations.anew import NeverAsked, asked_again
from chengnuo.reviews.operations.answering import DayNeeded, NothingStated
from chengnuo.reviews.operations.contacting import NotADayAhead
from chengnuo.reviews.operations.deciding import NotSaidToEnd, SaidToEnd
from chengnuo.reviews.operations.opening import BegunAlready, NothingToReview, NotTheTime, TheHeadBegins
from chengnuo.reviews.operations.renewing import NothingToRenew, RenewedAlready
from tests.factories import awarding, claims, county, money, reviews
from tests.factories.reviews import BEGUN, CONTACTED, DAY, DESK, HEAD, OVER, VILLAGE_DESK, said

pytestmark = pytest.mark.django_db


def dues(award):
    return list(Due.objects.filter(award=award, year=2026).order_by("number").values_list("fen", flat=True))


def owed(row):
    """Besides its letter, of which `test_owing` tells."""
    found = Duty.objects.filter(subject_id=row.pk).exclude(kind=SEND_OUT)
    return {duty.promise.promise.key: duty.outcome for duty in found}


def test_the_head_begins_it_when_policy_says_and_each_award_with_a_year_behind_it_is_asked_once():
    old, young = reviews.awarded(1), money.awarded(2)
    with pytest.raises(TheHeadBegins):
        opening.begin(programme=money.PROGRAMME, year=2026, **said(DESK))
    with pytest.raises(NotTheTime):
        opening.begin(programme=money.PROGRAMME, year=2027, **said(HEAD))
    with pytest.raises(NothingToReview):
        opening.begin(programme="special-bereaved", year=2026, **said(HEAD))
    with pytest.raises(NothingToReview):
        opening.begin(programme=money.PROGRAMME, year=2026, **said("civil-affairs.head"))
    with pytest.raises(NotAllowed):
        opening.begin(programme=money.PROGRAMME, year=2026, **said(VILLAGE_DESK))
    campaign = reviews.begun()
    assert (campaign.status, campaign.reviews_made) == ("running", 1)
    assert [each.award_id for each in Review.objects.all()] == [old.pk] != [young.pk]
    assert opening.go_on(at=BEGUN) == 0
    with pytest.raises(BegunAlready):
        opening.begin(programme=money.PROGRAMME, year=2026, **said(HEAD))


def test_the_family_answers_with_its_code_in_one_step_and_nobody_else_does():
    review = reviews.reviewed()
    assert queries.by_code(code_of(review.pk)) == review.pk
    assert queries.by_code("0" * 16) is None
    by = {"how": "code", "at": BEGUN, "key": uuid4()}
    for stranger in (visitor(), resident(uuid4())):
        with pytest.raises((NotHere, NotAllowed)):
            answering.say_unchanged(review=review.pk, by=stranger, **by)
    done = answering.say_unchanged(review=review.pk, by=resident(review.pk), **by)
    assert (done.status, done.answered_by, dues(review.award)) == ("unchanged", None, [])
    # a named officer renews it: the year is determined on what is held
    done = deciding.renew(review=review.pk, **said(DESK))
    assert (done.status, dues(review.award)) == ("renewed", [money.GRANTED])
    with pytest.raises(MoveRefused):
        deciding.renew(review=review.pk, **said(HEAD))
    assert dues(review.award) == [money.GRANTED]


def test_the_receipt_of_its_claim_opens_it_too_and_the_county_renews_at_its_counter_in_the_same_step():
    review = reviews.reviewed()
    holder = resident(review.award.claim.case_id)
    assert (
        [queries.review(holder, review.pk)] == list(queries.reviews_of_claim(holder, review.award.claim_id)) == [review]
    )
    assert reviews.unchanged(review, DESK).status == "renewed"
    assert dues(review.award) == [money.GRANTED]


def test_what_is_guarded_never_comes_before_a_village():
    plain, guarded = reviews.reviewed(1), reviews.reviewed(2, "special-bereaved")
    assert (plain.village_id, guarded.village_id) == (county.village().pk, None)
    assert guarded.office.key == "health-bureau"
    with pytest.raises(NotHere):
        queries.review(county.officer(VILLAGE_DESK), guarded.pk)


def test_a_change_of_facts_is_determined_anew_within_its_time_also_where_it_is_less():
    review = reviews.reviewed()
    done = reviews.stated_anew(review, rural=False)
    assert (done.status, owed(done)) == ("changed", {"review-determined": ""})
    assert done.office.key == "health-bureau"
    with pytest.raises(NotSaidToEnd):
        deciding.end(review=review.pk, **said(HEAD))
    with pytest.raises(NotAllowed):
        deciding.determine(review=review.pk, **said(VILLAGE_DESK))
    assert reviews.determined(review).status == "determined"
    assert dues(review.award) == [0]
    assert owed(done) == {"review-determined": "kept"}
    assert reviews.again(review).facts is None


def test_births_are_never_asked_and_nothing_new_is_no_change():
    review = reviews.reviewed()
    asked = asked_again(money.PROGRAMME)["person"]
    assert "rural" in asked
    assert not [name for name in asked if "child" in name or "daughter" in name]
    for name, value in (("children_ever", 2), ("children_living", 0), ("died", "2026-01-01"), ("child_died", "none")):
        with pytest.raises(NeverAsked):
            reviews.stated_anew(review, **{name: value})
    with pytest.raises(NothingStated):
        reviews.stated_anew(review, rural=True)


def test_it_ends_by_the_persons_own_word_a_move_or_death_from_the_right_day():
    for of in (1, 2, 3):
        reviews.awarded(of)
    reviews.begun()
    for of, reason in enumerate(("statement", "move", "death"), 1):
        award = Award.objects.get(person_index=claims.Numbers(claims.number(of)).index(money.PROGRAMME))
        review = reviews.review_of(award)
        with pytest.raises(DayNeeded):
            reviews.changed(review, reason, on=None)
        with pytest.raises(NotYet):
            reviews.changed(review, reason, on=(BEGUN + DAY).date())
        reviews.changed(review, reason, on=date(2026, 2, 10))
        with pytest.raises(SaidToEnd):
            reviews.determined(review)
        assert deciding.end(review=review.pk, **said(DESK)).status == "ended"
        award = reviews.again(award)
        assert (award.status, award.ended_for, award.ends_on) == ("ended", reason, date(2026, 2, 10))


def test_a_silent_family_is_asked_twice_at_most_by_appointment():
    review = reviews.reviewed()
    assert owed(review) == {}
    with pytest.raises(MoveRefused):
        contacting.contact(review=review.pk, outcome="not_reached", **said(VILLAGE_DESK))
    reviews.time(CONTACTED)
    assert owed(review) == {"review-contact": ""}
    with pytest.raises(NotADayAhead):
        contacting.appoint(review=review.pk, on=CONTACTED.date(), **said(VILLAGE_DESK, CONTACTED))
    reviews.appointed(review)
    with pytest.raises(MoveRefused):  # its day has not come
        contacting.contact(review=review.pk, outcome="not_reached", **said(VILLAGE_DESK, CONTACTED))
    reviews.contacted(review)
    assert owed(review) == {"review-contact": "kept"}
    reviews.time(CONTACTED + DAY)
    contacts = Duty.objects.filter(subject_id=review.pk, kind="contact")
    assert sorted(contacts.values_list("outcome", flat=True)) == ["", "kept"]
    reviews.contacted(review, at=CONTACTED + 2 * DAY)
    reviews.time(CONTACTED + 4 * DAY)
    with pytest.raises(MoveRefused):
        reviews.appointed(review, at=CONTACTED + 4 * DAY)
    assert (Contact.objects.count(), contacts.count()) == (2, 2)


def test_whoever_wants_to_be_left_alone_is_not_asked_again_and_goes_on():
    review = reviews.reviewed()
    reviews.time(CONTACTED)
    reviews.contacted(review, "leave_alone")
    reviews.time(CONTACTED + 2 * DAY)
    with pytest.raises(MoveRefused):
        reviews.appointed(review, at=CONTACTED + 2 * DAY)
    assert "" not in owed(review).values()


def test_silence_stops_nothing_after_the_campaign_the_award_goes_on_and_is_paid():
    review = reviews.reviewed()
    campaign = reviews.closed(review.campaign)
    assert (campaign.status, reviews.again(review).status) == ("closed", "silent")
    assert owed(campaign) == {"review-renewed": ""}
    assert reviews.again(review.award).status == "in_force"
    assert reviews.renewed(campaign).renewed == 1
    assert dues(review.award) == [money.GRANTED]
    batch = money.exported(money.fund())
    assert [each.award_id for each in money.payments(batch)] == [review.award_id]
    reviews.time(OVER)
    assert (reviews.again(campaign).status, owed(campaign)) == ("finished", {"review-renewed": "kept"})


def test_a_late_answer_counts_like_any_other():
    review = reviews.reviewed()
    reviews.closed(review.campaign)
    assert reviews.unchanged(review, at=OVER).status == "unchanged"


def test_two_officers_renew_all_and_neither_of_them_alone():
    one, two = reviews.awarded(1), reviews.awarded(2)
    campaign = reviews.begun()
    with pytest.raises(NothingToRenew):
        reviews.proposed(campaign)
    reviews.unchanged(reviews.review_of(one))
    renewal = reviews.proposed(campaign)
    assert (renewal.wanted, list(queries.sample(renewal, OVER.date()))) == (1, [reviews.review_of(one).pk])
    with pytest.raises(RenewedAlready):
        reviews.proposed(campaign)
    with pytest.raises(NotHere):  # whoever proposed it
        renewing.confirm(renewal=renewal.pk, **said(DESK, OVER))
    # what became ready later is not in what was shown
    reviews.unchanged(reviews.review_of(two), at=OVER + DAY)
    reviews.looked(renewal)
    renewing.confirm(renewal=renewal.pk, **said(HEAD, OVER + DAY))
    renewing.go_on(at=OVER + DAY)
    assert (reviews.again(renewal).status, reviews.again(renewal).renewed) == ("done", 1)
    assert (dues(one), dues(two)) == ([money.GRANTED], [])
    due = Due.objects.get(award=one, year=2026)
    assert due.determined_by.key == HEAD
    renewing.drop(renewal=reviews.proposed(campaign, OVER + 2 * DAY).pk, **said(HEAD, OVER + 2 * DAY))
    assert reviews.renewed(campaign, OVER + 3 * DAY).renewed == 1


def test_what_would_be_less_or_is_not_settled_is_left_to_a_person_and_what_has_ended_is_left_out():
    less, gone = reviews.awarded(1), reviews.awarded(2)
    campaign = reviews.begun()
    Due.objects.filter(award=less).update(fen=money.GRANTED + 1)
    reviews.unchanged(reviews.review_of(less))
    reviews.unchanged(reviews.review_of(gone))
    awarding.end(award=gone.pk, ending="move", on=BEGUN.date(), **said(DESK))
    renewal = reviews.renewed(campaign)
    assert (renewal.renewed, renewal.left) == (0, 1)
    assert reviews.review_of(less).status == "changed"
    assert owed(reviews.review_of(less)) == {"review-determined": ""}
    assert reviews.review_of(gone).status == "dropped"
    assert (dues(less), dues(gone)) == ([], [])


def test_the_sample_is_drawn_once_checked_by_another_officer_and_stops_nothing(monkeypatch):
    monkeypatch.setattr("chengnuo.reviews.operations.passing.is_met", lambda _seed, _row, _percent: True)
    review = reviews.reviewed()
    reviews.unchanged(review, DESK)
    campaign = reviews.closed(review.campaign)
    seed = bytes(campaign.seed)
    assert (campaign.percent, len(seed), Check.objects.count()) == (5, 32, 1)
    reviews.time(OVER + DAY)
    assert (bytes(reviews.again(campaign).seed), Check.objects.count()) == (seed, 1)
    check = reviews.checked()
    assert owed(check) == {"review-check": ""}
    with pytest.raises(NotHere):  # the first officer
        checking.agree(review_check=check.pk, **said(DESK, OVER))
    checking.differ(review_check=check.pk, difference="place", **said(HEAD, OVER))
    assert (reviews.again(check).status, owed(check)) == ("differs", {"review-check": "kept"})
    assert (reviews.again(review).status, owed(review)) == ("changed", {"review-determined": ""})
    # meanwhile it is paid as before
    assert len(money.payments(money.exported(money.fund()))) == 1
    assert reviews.determined(review, OVER).status == "determined"


def test_a_check_visits_twice_at_most_and_nothing_follows_where_nobody_is_met(monkeypatch):
    monkeypatch.setattr("chengnuo.reviews.operations.passing.is_met", lambda _seed, _row, _percent: True)
    review = reviews.reviewed()
    reviews.closed(review.campaign)
    check = reviews.checked()
    with pytest.raises(MoveRefused):
        checking.visit(review_check=check.pk, **said(HEAD, OVER))
    for day in (0, 2):
        with pytest.raises(MoveRefused):
            checking.leave(review_check=check.pk, **said(HEAD, OVER + day * DAY))
        checking.appoint(review_check=check.pk, on=(OVER + (day + 1) * DAY).date(), **said(HEAD, OVER + day * DAY))
        checking.visit(review_check=check.pk, **said(HEAD, OVER + (day + 1) * DAY))
    with pytest.raises(MoveRefused):
        checking.appoint(review_check=check.pk, on=(OVER + 9 * DAY).date(), **said(HEAD, OVER + 4 * DAY))
    assert checking.leave(review_check=check.pk, **said(HEAD, OVER + 4 * DAY)).status == "left"
    assert reviews.again(review).status == "silent"
    assert reviews.renewed(review.campaign).renewed == 1


def test_the_figures_show_no_small_cell():
    review = reviews.reviewed()
    answers, checks = queries.figures(review.campaign, BEGUN.date())
    assert answers.cells == ((None, 0, 0, 0, 0, 0, 0),) or None in answers.cells[0]
    assert checks.columns == ("agreed", "differs", "still")
    assert queries.progress(review.campaign) == {"open": 1}


@pytest.mark.parametrize(
    ("progress", "shown"),
    [
        ({}, (0, 0)),
        ({"open": 40}, (0, 40)),
        ({"renewed": 30, "determined": 10}, (40, 40)),
        ({"renewed": 30, "open": 30}, (30, 60)),
        ({"renewed": 1}, (0, 0)),
        ({"renewed": 1, "open": 40}, (0, 0)),
        ({"renewed": 40, "changed": 1}, (0, 0)),
        ({"renewed": 40, "dropped": 1, "silent": 1, "unchanged": 1}, (0, 0)),
    ],
)
def test_how_far_it_is_shows_no_small_count_and_none_by_difference(progress, shown):
    assert queries.how_far(progress, BEGUN.date()) == shown
