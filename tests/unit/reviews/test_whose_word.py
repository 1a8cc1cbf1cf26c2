"""Whose word counts in a review, who decides on it, and what two officers answer for together."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import transaction

from chengnuo.benefits.models import Award, Due
from chengnuo.benefits.operations import awards
from chengnuo.foundation import outbox
from chengnuo.foundation.actor import resident
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere
from chengnuo.promises.models import Duty
from chengnuo.reviews import queries
from chengnuo.reviews.lifecycle import SEND_OUT
from chengnuo.reviews.models import Review
from chengnuo.reviews.operations import answering, deciding, passing, renewing
from chengnuo.reviews.operations.answering import DayTooEarly, NothingStated
from chengnuo.reviews.operations.deciding import NotSaidToEnd
from chengnuo.reviews.operations.renewing import SampleUnopened
from tests.factories import awarding, claims, county, money, review_situations, reviews
from tests.factories.reviews import BEGUN, DAY, DESK, HEAD, OVER, VILLAGE_DESK, said

pytestmark = pytest.mark.django_db


def dues(award):
    return list(Due.objects.filter(award=award, year=2026).order_by("number").values_list("fen", flat=True))


def owed(row):
    """Besides its letter, of which `test_owing` tells."""
    found = Duty.objects.filter(subject_id=row.pk).exclude(kind=SEND_OUT)
    return {duty.promise.promise.key: duty.outcome for duty in found}


def test_whoever_took_a_statement_in_decides_nothing_on_it_and_another_officer_does():
    one, two = reviews.awarded(1), reviews.awarded(2)
    reviews.begun()
    first, second = reviews.review_of(one), reviews.review_of(two)
    reviews.changed(first, "move", post=DESK)
    reviews.stated_anew(second, DESK, rural=False)
    with pytest.raises(NotHere):
        deciding.end(review=first.pk, **said(DESK))
    with pytest.raises(NotHere):
        deciding.determine(review=second.pk, **said(DESK))
    assert deciding.end(review=first.pk, **said(HEAD)).status == "ended"
    assert deciding.determine(review=second.pk, **said(HEAD)).status == "determined"


def test_what_ends_it_lies_in_this_year_or_the_last_and_never_before_the_award():
    review = reviews.reviewed()
    for early in (date(2024, 12, 31), date(2019, 1, 1)):
        for change in ("death", "move", "statement"):
            with pytest.raises(DayTooEarly):
                reviews.changed(review, change, on=early)
    assert reviews.changed(review, "death", on=date(2025, 1, 1)).status == "changed"
    # where the award is older, the year before the review is the first; where it is younger, its own
    Award.objects.update(begins=2020)
    with pytest.raises(DayTooEarly):
        reviews.changed(review, "death", on=date(2024, 12, 31), post=DESK)
    Award.objects.update(begins=2026)
    with pytest.raises(DayTooEarly):
        reviews.changed(review, "death", on=date(2025, 12, 31), post=DESK)
    assert reviews.changed(review, "death", on=date(2026, 1, 1), post=DESK).changed_on == date(2026, 1, 1)


def test_a_statement_without_a_paper_is_not_dated_before_what_was_answered():
    review = reviews.unchanged(reviews.reviewed())
    day = BEGUN.date() - DAY
    with pytest.raises(DayTooEarly):
        reviews.changed(review, "statement", on=day)
    told = {"review": review.pk, "change": "statement", "on": day, "how": "paper"}
    assert answering.say_changed(**told, **said(VILLAGE_DESK)).changed_on == day
    # a death or a move has a day of its own
    assert reviews.changed(review, "move", on=day, post=DESK).change == "move"


def test_a_second_statement_does_not_lose_the_first():
    review = reviews.reviewed()
    reviews.stated_anew(review, rural=False)
    found = reviews.stated_anew(review, DESK, spouse_rural=False)
    stated = json.loads(found.facts.reveal(by=county.officer(HEAD), reason="test", of=found.award_id))["person"][0]
    assert (stated["rural"], stated["spouse_rural"]) == (False, False)
    with pytest.raises(NothingStated):  # it says what was said
        reviews.stated_anew(review, DESK, rural=False)
    reviews.determined(review)
    assert dues(review.award) == [0]


def family(review, does, *, at=BEGUN, **more):
    return does(review=review.pk, by=resident(review.pk), at=at, key=uuid4(), **more)


def test_over_the_own_answer_of_a_family_nobody_says_a_change_without_its_code():
    review = reviews.reviewed()
    family(review, answering.say_unchanged, how="code")
    for post in (VILLAGE_DESK, DESK, HEAD):
        for change in ("statement", "move", "death"):
            with pytest.raises(NotHere):
                reviews.changed(review, change, post=post)
        with pytest.raises(NotHere):
            reviews.stated_anew(review, post, rural=False)
    assert reviews.again(review).status == "unchanged"
    # an officer with the code in their hands writes down what the family says, and it is no answer by code
    helped = replace(county.officer(VILLAGE_DESK, at=BEGUN), holds=frozenset({review.pk}))
    told = {"change": "move", "on": BEGUN.date(), "how": "code", "at": BEGUN, "key": uuid4()}
    done = answering.say_changed(review=review.pk, by=helped, **told)
    assert (done.status, done.how, done.answered_by) == ("changed", "counter", helped.account)


def test_the_code_changes_its_own_answer_and_an_answer_at_a_counter_is_anybodys_at_the_counter():
    mine, theirs = reviews.awarded(1), reviews.awarded(2)
    reviews.begun()
    review = reviews.review_of(mine)
    family(review, answering.say_unchanged, how="code")
    family(review, answering.say_changed, change="move", on=BEGUN.date(), how="code")
    with pytest.raises(NotHere):  # nor is its change made another
        reviews.changed(review, "death", post=DESK)
    assert reviews.again(review).change == "move"
    other = reviews.unchanged(reviews.review_of(theirs))
    assert reviews.changed(other, "move").status == "changed"


def test_the_family_takes_a_change_back_until_it_is_decided_whoever_wrote_it_down():
    review = reviews.reviewed()
    reviews.changed(review, "statement")
    for post in (VILLAGE_DESK, DESK, HEAD):
        with pytest.raises(NotAllowed):
            answering.take_back(review=review.pk, **said(post))
    with pytest.raises(NotHere):
        answering.take_back(review=review.pk, by=resident(uuid4()), at=BEGUN, key=uuid4())
    done = family(review, answering.take_back)
    assert (done.status, done.how, done.change, done.changed_on, done.facts) == ("unchanged", "code", "", None, None)
    assert owed(review) == {"review-determined": "discharged"}
    with pytest.raises(NotHere):  # the same officer does not say it again over their word
        reviews.changed(review, "statement", post=DESK)
    with pytest.raises(NotSaidToEnd):
        deciding.end(review=review.pk, **said(HEAD))
    assert deciding.renew(review=review.pk, **said(DESK)).status == "renewed"
    with pytest.raises(MoveRefused):
        family(review, answering.take_back)


def test_what_was_stated_with_the_receipt_is_not_struck_out_with_the_code_of_a_letter():
    """A letter may be opened by another in the house."""
    review = reviews.reviewed()
    with_receipt = resident(review.award.claim.case_id)
    facts = {"person": {"rural": False}}
    answering.state_anew(review=review.pk, facts=facts, how="code", by=with_receipt, at=BEGUN, key=uuid4())
    by_letter = {"review": review.pk, "by": resident(review.pk), "at": BEGUN}
    with pytest.raises(NotHere):
        answering.take_back(**by_letter, key=uuid4())
    with pytest.raises(NotHere):
        answering.say_changed(**by_letter, change="statement", on=BEGUN.date(), how="code", key=uuid4())
    assert reviews.again(review).facts is not None
    answering.take_back(review=review.pk, by=with_receipt, at=BEGUN, key=uuid4())
    assert reviews.again(review).status == "unchanged"


def test_what_a_person_has_to_look_at_is_not_taken_back():
    review = reviews.reviewed()
    Due.objects.filter(award=review.award).update(fen=money.GRANTED + 1)
    family(review, answering.say_unchanged, how="code")
    reviews.renewed(review.campaign)
    assert reviews.again(review).change == "look"
    with pytest.raises(MoveRefused):
        family(review, answering.take_back)
    # what they state to the county is written down, an end is not
    with pytest.raises(NotHere):
        reviews.changed(review, "statement", post=DESK)
    assert reviews.stated_anew(review, DESK, rural=False).change == "facts"


@pytest.mark.parametrize("last", [money.GRANTED - 1, money.GRANTED, money.GRANTED + 1])
def test_no_answer_and_no_single_renewal_makes_it_less_than_the_year_before(last):
    """At the counter of the county and by one officer as by the renewal of many."""
    one, two = reviews.awarded(1), reviews.awarded(2)
    reviews.begun()
    Due.objects.update(fen=last)
    goes_on = last <= money.GRANTED
    answered, single = reviews.review_of(one), reviews.unchanged(reviews.review_of(two))
    found = (reviews.unchanged(answered, DESK), deciding.renew(review=single.pk, **said(DESK)))
    assert {each.status for each in found} == {"renewed" if goes_on else "changed"}
    assert [dues(one), dues(two)] == [[money.GRANTED] if goes_on else []] * 2
    if goes_on:
        return
    assert {(each.change, owed(each)["review-determined"]) for each in found} == {("look", "")}
    assert {each.how for each in found} == {"counter"}  # the answer itself is kept
    with pytest.raises(NotHere):  # whoever took it in does not decide that it is less
        deciding.determine(review=answered.pk, **said(DESK))
    assert reviews.determined(answered).status == "determined"


def test_an_answer_is_recorded_also_where_no_sum_can_be_found(monkeypatch):
    def missing(*_given, **_more):
        raise awards.NotDecided

    review = reviews.reviewed()
    monkeypatch.setattr(awards, "next_sum", missing)
    found = reviews.unchanged(review, DESK)
    assert (found.status, found.change, found.how) == ("changed", "look", "counter")
    assert found.answered_by == county.officer(DESK).account
    assert dues(review.award) == []


def test_what_was_renewed_is_not_looked_at_by_pressing_again():
    review = reviews.unchanged(reviews.reviewed(), DESK)
    Due.objects.filter(year=2025).update(fen=money.GRANTED + 1)
    with pytest.raises(MoveRefused):
        deciding.renew(review=review.pk, **said(HEAD))
    assert reviews.again(review).status == "renewed"


def drained(at=BEGUN):
    while outbox.drain(at, "test").done:
        pass


@pytest.mark.parametrize("situation", ["open", "unchanged", "silent", "changed"])
def test_an_award_that_ends_otherwise_takes_its_review_and_what_is_owed_of_it_along(situation):
    gone, stays = reviews.awarded(1), reviews.awarded(2)
    campaign = reviews.begun()
    review, other = reviews.review_of(gone), reviews.review_of(stays)
    at = BEGUN
    if situation == "unchanged":
        reviews.unchanged(review)
    elif situation == "changed":
        reviews.stated_anew(review, rural=False)
    elif situation == "silent":
        reviews.closed(campaign)
        at = OVER
    before = reviews.again(other).status
    assert reviews.again(review).status == situation
    awarding.end(award=gone.pk, ending="death", on=BEGUN.date(), **said(DESK, at))
    drained(at)
    found = reviews.again(review)
    assert (found.status, found.facts, reviews.again(other).status) == ("dropped", None, before)
    assert "" not in owed(review).values()
    drained(at)
    assert reviews.again(review).version == found.version


def test_an_end_by_its_own_review_leaves_that_review_ended():
    review = reviews.reviewed()
    reviews.changed(review, "move")
    deciding.end(review=review.pk, **said(HEAD))
    drained()
    assert reviews.again(review).status == "ended"


@pytest.mark.usefixtures("monday")  # the looks of the grant are of that day
def test_nothing_is_confirmed_before_both_officers_have_opened_all_of_the_sample():
    for of in (1, 2):
        reviews.awarded(of)
    campaign = reviews.begun()
    for review in Review.objects.all():
        reviews.unchanged(review)
    # what was opened before it was proposed is no look at the sample
    renewal = reviews.proposed(campaign)
    reviews.looked(renewal, DESK, HEAD, at=OVER - 2 * DAY)
    for posts in ((), (DESK,), (HEAD,)):
        with transaction.atomic():
            if posts:
                reviews.looked(renewal, *posts)
            with pytest.raises(SampleUnopened):
                renewing.confirm(renewal=renewal.pk, **said(HEAD, OVER))
            transaction.set_rollback(True)
    reviews.looked(renewal)
    assert renewing.confirm(renewal=renewal.pk, **said(HEAD, OVER)).status == "running"


def test_giving_up_and_proposing_again_draws_no_other_sample(monkeypatch):
    for of in range(1, 6):
        reviews.awarded(of)
    campaign = reviews.begun()
    Review.objects.update(status="silent", ready_at=BEGUN)
    monkeypatch.setattr(renewing.parameters().__class__, "whole", lambda _self, _name, _on: 2)
    shown = []
    for number in range(3):
        renewal = reviews.proposed(campaign, OVER + number * DAY)
        shown.append(queries.sample(renewal, OVER.date()))
        renewing.drop(renewal=renewal.pk, **said(HEAD, OVER + number * DAY))
    assert len(shown[0]) == 2
    assert shown[0] == shown[1] == shown[2]


def test_what_is_guarded_is_printed_by_the_county_alone_whoever_may_see_it():
    review = reviews.reviewed()
    posts = (VILLAGE_DESK, claims.TOWNSHIP_DESK, DESK, HEAD)
    for is_guarded, printers in ((False, set(posts)), (True, {DESK, HEAD})):
        Review.objects.update(is_guarded=is_guarded)
        assert {post for post in posts if gate.allows(county.officer(post), "review.print", review)} == printers


# by which a call is owed no more: its state then
OVER_WITH = {
    "determined": lambda row: deciding.determine(review=row.pk, **said(HEAD, review_situations.NOW)),
    "unchanged": lambda row: answering.take_back(
        review=row.pk, by=resident(row.pk), at=review_situations.NOW, key=uuid4()
    ),
    # whoever calls writes down what is said
    "changed": lambda row: reviews.stated_anew(row, DESK, review_situations.NOW, rural=False),
    "ended": lambda row: deciding.end(
        review=reviews.changed(row, "move", post=DESK, at=review_situations.NOW).pk,
        **said(HEAD, review_situations.NOW),
    ),
    "dropped": lambda row: passing.award_ended(gone(row), review_situations.NOW),
}


def gone(review):
    """The errand that tells of an award that has ended, of whatever sort."""
    Award.objects.filter(pk=review.award_id).update(status="ended", ended_for="death", ends_on=date(2026, 3, 1))
    return SimpleNamespace(payload={"kind": "award", "id": str(review.award_id)})


@pytest.mark.parametrize("status", OVER_WITH)
def test_the_number_that_was_written_is_struck_out_as_soon_as_nobody_is_to_be_called(status):
    review = review_situations.call_came(phone="13800000001")
    assert review.phone
    OVER_WITH[status](review)
    assert (reviews.again(review).status, reviews.again(review).phone) == (status, None)
