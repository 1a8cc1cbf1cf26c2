"""The days of a review at their boundaries, whose code opens until when, and what chance, silence and a lesser sum lead to there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import F

from chengnuo.benefits.models import Due
from chengnuo.benefits.operations.awards import NotYet
from chengnuo.foundation import outbox
from chengnuo.foundation.actor import resident
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused, NotHere, Overtaken, Refused
from chengnuo.promises.models import Duty
from chengnuo.reviews import queries
from chengnuo.reviews.codes import code_of
from chengnuo.reviews.models import Campaign, Check, Contact, Review
from chengnuo.reviews.operations import answering, contacting, deciding, opening, passing, renewing
from chengnuo.reviews.operations.answering import DayTooEarly
from chengnuo.reviews.operations.contacting import NotADayAhead
from chengnuo.reviews.rights import remedies
from tests.factories import awarding, county, money, reviews
from tests.factories.reviews import BEGUN, CONTACTED, DAY, DESK, HEAD, OVER, VILLAGE_DESK, said

pytestmark = pytest.mark.django_db
LAST = BEGUN + 60 * DAY  # on which an answer is still in time
DAY_OF_CONTACT = BEGUN + 30 * DAY


def family(review, does, *, at=BEGUN, key=None, holds=None, **more):
    return does(review=review.pk, by=resident(holds or review.pk), at=at, key=key or uuid4(), **more)


def test_silence_begins_after_the_last_day_in_the_county_s_own_time():
    review = reviews.reviewed()
    assert review.campaign.answer_until == LAST.date()
    last = LAST.date()
    still = datetime(last.year, last.month, last.day, 15, 59, tzinfo=UTC)  # a minute before midnight in the county
    for at in (BEGUN, LAST, still):
        passing.pass_on(at=at)
        assert (reviews.again(review).status, Campaign.objects.get().status) == ("open", "running"), at
    after = datetime(last.year, last.month, last.day, 16, tzinfo=UTC)
    reviews.time(after)
    silent = reviews.again(review)
    assert (silent.status, silent.ready_at, Campaign.objects.get().status) == ("silent", after, "closed")


def test_an_answer_of_the_last_day_is_no_silence():
    review = reviews.reviewed()
    family(review, answering.say_unchanged, how="code", at=LAST)
    reviews.time(OVER)
    assert (reviews.again(review).status, reviews.again(review).how) == ("unchanged", "code")


def test_a_contact_is_owed_from_its_day_on_and_no_longer_than_answers_come():
    review = reviews.reviewed()
    assert review.campaign.contact_from == DAY_OF_CONTACT.date()
    for at, owed in ((DAY_OF_CONTACT - DAY, 0), (DAY_OF_CONTACT, 1), (LAST, 1), (LAST + DAY, 0)):
        with transaction.atomic():
            reviews.time(at)
            assert Duty.objects.filter(subject_id=review.pk, kind="contact").count() == owed, at
            transaction.set_rollback(True)


def test_an_appointment_is_from_tomorrow_on_and_is_kept_from_its_day_on():
    review = reviews.reviewed()
    for days, is_ahead in ((-1, False), (0, False), (1, True)):
        told = {"review": review.pk, "on": (CONTACTED + days * DAY).date(), **said(VILLAGE_DESK, CONTACTED)}
        if is_ahead:
            contacting.appoint(**told)
        else:
            with pytest.raises(NotADayAhead):
                contacting.appoint(**told)
    with pytest.raises(MoveRefused):
        contacting.contact(review=review.pk, outcome="not_reached", **said(VILLAGE_DESK, CONTACTED))
    late = CONTACTED + 5 * DAY
    found = contacting.contact(review=review.pk, outcome="letter_left", **said(VILLAGE_DESK, late))
    (kept,) = queries.contacts(found)
    assert (kept.day, found.appointed_on, found.asks_again) == ((CONTACTED + DAY).date(), None, False)


def test_whoever_holds_a_post_elsewhere_too_contacts_in_the_one_in_whose_hands_the_review_is():
    review = reviews.reviewed()
    county.also_elsewhere(VILLAGE_DESK)
    contacting.appoint(review=review.pk, on=(CONTACTED + DAY).date(), **said(VILLAGE_DESK, CONTACTED))
    contacting.contact(review=review.pk, outcome="will_answer", **said(VILLAGE_DESK, CONTACTED + DAY))
    assert Contact.objects.get(review=review).post.key == VILLAGE_DESK


def test_an_end_is_dated_today_at_the_latest_as_the_county_counts_days():
    review, day = reviews.reviewed(), BEGUN.date()
    before_midnight = datetime(day.year, day.month, day.day, 15, 59, tzinfo=UTC)
    midnight = datetime(day.year, day.month, day.day, 16, tzinfo=UTC)
    for change in ("move", "death", "statement"):
        with pytest.raises(NotYet):
            reviews.changed(review, change, on=(BEGUN + DAY).date(), at=before_midnight)
    assert reviews.changed(review, "death", on=(BEGUN + DAY).date(), at=midnight).status == "changed"


def test_a_statement_may_be_of_the_very_day_of_the_last_answer_and_of_the_family_s_code_too():
    review = reviews.reviewed()
    answered = BEGUN + 5 * DAY
    family(review, answering.say_unchanged, how="code", at=answered)
    told = {"change": "statement", "how": "code", "at": answered + DAY}
    with pytest.raises(DayTooEarly):
        family(review, answering.say_changed, on=(answered - DAY).date(), **told)
    found = family(review, answering.say_changed, on=answered.date(), **told)
    assert (found.status, found.changed_on, found.answered_by) == ("changed", answered.date(), None)


def test_a_code_dies_as_answers_close_and_the_receipt_of_the_claim_lives_on():
    review = reviews.reviewed()
    code, case = code_of(review.pk), review.award.claim.case_id
    for status, opens in (("filling", True), ("running", True), ("closed", False), ("finished", False)):
        Campaign.objects.update(status=status)
        assert (queries.by_code(code) == review.pk) is opens, status
        if opens:
            assert queries.review(resident(review.pk), review.pk).pk == review.pk
        else:
            with pytest.raises(NotHere):
                queries.review(resident(review.pk), review.pk)
            with pytest.raises(NotHere):
                family(review, answering.say_unchanged, how="code")
        assert queries.review(resident(case), review.pk).pk == review.pk
    assert family(review, answering.say_unchanged, how="code", holds=case).status == "unchanged"
    other = str((int(code) + 1) % 10**16).zfill(16)
    Campaign.objects.update(status="running")
    assert queries.by_code(other) is queries.by_code(code[:-1]) is queries.by_code("") is None


def test_a_change_is_taken_back_once_and_by_the_receipt_as_by_the_code():
    review = reviews.reviewed()
    case, key = review.award.claim.case_id, uuid4()
    with pytest.raises(MoveRefused):
        family(review, answering.take_back)
    reviews.stated_anew(review, rural=False)
    back = BEGUN + DAY
    found = family(review, answering.take_back, key=key, holds=case, at=back)
    assert (found.status, found.facts, found.ready_at, found.answered_by) == ("unchanged", None, back, None)
    with pytest.raises(AlreadyReceived):
        family(review, answering.take_back, key=key, holds=case, at=back)
    with pytest.raises(MoveRefused):
        family(review, answering.take_back, holds=case, at=back)
    # what was taken back counts nowhere: it is renewed on what was held before
    assert deciding.renew(review=review.pk, **said(DESK)).status == "renewed"
    assert list(Due.objects.filter(award=review.award, year=2026).values_list("fen", flat=True)) == [money.GRANTED]


def test_of_two_answers_at_once_one_is_told_so(monkeypatch):
    review, key = reviews.reviewed(), uuid4()
    told = {"change": "move", "on": BEGUN.date(), "how": "code"}
    first_day = answering._first_day

    def meanwhile(*given):
        Review.objects.filter(pk=review.pk).update(version=F("version") + 1)
        return first_day(*given)

    with monkeypatch.context() as patch:
        patch.setattr(answering, "_first_day", meanwhile)
        with pytest.raises(Overtaken):
            family(review, answering.say_changed, key=key, **told)
    same = reviews.again(review)
    assert (same.status, same.change, same.changed_on) == ("open", "", None)
    assert not LogEntry.objects.filter(schema="review.say_changed/1").exists()
    # nothing of it is kept, not its key either: it may be sent again
    assert family(review, answering.say_changed, key=key, **told).status == "changed"
    with pytest.raises(Refused) as other:
        family(review, answering.say_changed, key=key, **told | {"change": "death"})
    assert other.value.code not in (AlreadyReceived.code, Overtaken.code)


@pytest.mark.parametrize("known", [None, money.GRANTED - 1, money.GRANTED, money.GRANTED + 1])
def test_the_renewal_of_many_makes_nobody_less_also_where_the_year_is_determined_already(known):
    """Beside one of whom the year before came to a fen less, the same, and a fen more."""
    lasts = {of: money.GRANTED + of - 2 for of in (1, 2, 3)}
    held = {of: reviews.awarded(of) for of in lasts}
    campaign = reviews.begun()
    for of, award in held.items():
        row = Due.objects.get(award=award)
        Due.objects.filter(pk=row.pk).update(fen=lasts[of])
        if known is not None:
            row.pk, row.year, row.fen = uuid4(), 2026, known
            row.save(force_insert=True)
        reviews.unchanged(reviews.review_of(award))
    renewal = reviews.renewed(campaign)
    less = {of for of, last in lasts.items() if (known or money.GRANTED) < last}
    found = {of: reviews.review_of(award) for of, award in held.items()}
    assert {of for of, review in found.items() if review.status == "changed" and review.change == "look"} == less
    assert (renewal.renewed, renewal.left) == (3 - len(less), len(less))
    dues = {of: list(Due.objects.filter(award=a, year=2026).values_list("fen", flat=True)) for of, a in held.items()}
    assert dues == {of: [known] if known else [] if of in less else [money.GRANTED] for of in held}, "nothing twice"


def test_whoever_says_a_change_between_proposal_and_confirmation_is_not_renewed():
    one, two = reviews.awarded(1), reviews.awarded(2)
    campaign = reviews.begun()
    for award in (one, two):
        reviews.unchanged(reviews.review_of(award))
    renewal = reviews.looked(reviews.proposed(campaign))
    reviews.stated_anew(reviews.review_of(one), at=OVER, rural=False)
    renewing.confirm(renewal=renewal.pk, **said(HEAD, OVER))
    renewing.go_on(at=OVER)
    assert (renewal.wanted, reviews.again(renewal).renewed) == (2, 1)
    assert [reviews.review_of(each).status for each in (one, two)] == ["changed", "renewed"]
    assert not Due.objects.filter(award=one, year=2026).exists()


def test_an_award_that_ended_before_its_step_is_asked_nothing_and_another_errand_drops_nothing():
    gone, stays = reviews.awarded(1), reviews.awarded(2)
    campaign = opening.begin(programme=money.PROGRAMME, year=2026, **said(HEAD))
    awarding.end(award=gone.pk, ending="death", on=BEGUN.date(), **said(DESK))
    opening.go_on(at=BEGUN)
    assert (reviews.again(campaign).reviews_made, Review.objects.get().award_id) == (1, stays.pk)
    for kind, pk in (("award", stays.pk), ("award", gone.pk), ("review", stays.pk), ("claim", stays.pk)):
        passing.award_ended(SimpleNamespace(payload={"kind": kind, "id": str(pk)}), BEGUN)
        assert reviews.review_of(stays).status == "open", kind
    awarding.end(award=stays.pk, ending="move", on=BEGUN.date(), **said(DESK))
    while outbox.drain(BEGUN, "test").done:
        pass
    found = reviews.review_of(stays)
    assert found.status == "dropped"
    with pytest.raises(MoveRefused):
        family(found, answering.say_unchanged, how="code")


def test_a_seed_is_drawn_for_each_campaign_once_and_only_when_all_are_known(monkeypatch):
    monkeypatch.setattr(passing, "parameters", lambda: SimpleNamespace(whole=lambda *_said: 100))
    monkeypatch.setattr(passing, "CHUNK", 1)
    reviews.awarded(1), reviews.awarded(2, programme="special-bereaved")
    campaigns = [reviews.begun(), reviews.begun("special-bereaved")]
    assert [each.seed for each in campaigns] == [None, None]
    passing.pass_on(at=OVER)
    drawn = [each for each in map(reviews.again, campaigns) if each.seed]
    waiting = Review.objects.filter(status="open").values_list("campaign", flat=True)
    assert not {each.pk for each in drawn} & set(waiting), "none while somebody's answer is not known"
    reviews.time(OVER)
    seeds = [bytes(reviews.again(each).seed) for each in campaigns]
    assert (len(set(seeds)), Check.objects.count()) == (2, 2), "of a hundred in a hundred everybody"
    reviews.time(OVER + 9 * DAY)
    assert [bytes(reviews.again(each).seed) for each in campaigns] == seeds
    assert Check.objects.count() == 2
    told = LogEntry.objects.filter(schema__in=["campaign.close/1", "campaign.draw/1"])
    assert not [each for each in told for seed in seeds if seed.hex() in f"{each.private}{each.public}"]


def test_who_gets_less_is_told_until_which_day_it_may_be_fought():
    review = reviews.reviewed()
    assert remedies(review) is None
    assert remedies(reviews.stated_anew(review, rural=False)) is None
    found = remedies(reviews.determined(review))
    assert found.review_by == BEGUN.date() + 60 * DAY
    assert found.suit_by == date(2026, 9, BEGUN.day)
    assert remedies(Review(status="renewed", decided_on=BEGUN.date())) is None, "who goes on as before"
