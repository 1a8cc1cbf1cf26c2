"""What may happen to a review, a renewal and a check: tables written by hand, by situation, compared with the real operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.db import transaction

from chengnuo.foundation.refused import MoveRefused, Refused
from chengnuo.reviews.lifecycle import CAMPAIGN, CHECK, RENEWAL, REVIEW
from chengnuo.reviews.models import Renewal, Review
from chengnuo.reviews.operations import answering, checking, contacting, deciding, renewing, sending
from tests.factories import awarding, money, review_situations, reviews
from tests.factories.reviews import BEGUN, CONTACTED, DAY, DESK, HEAD, OVER, VILLAGE_DESK, said

pytestmark = pytest.mark.django_db
NO = "-"
LATE = OVER + DAY


def asked() -> Review:
    return reviews.reviewed()


def appointed() -> Review:
    return reviews.appointed(asked(), at=OVER)


def asked_twice() -> Review:
    return reviews.contacted(reviews.contacted(asked()), at=CONTACTED + 2 * DAY)


def unchanged() -> Review:
    return reviews.unchanged(asked())


def silent() -> Review:
    review = asked()
    reviews.closed(review.campaign)
    return reviews.again(review)


def stated_anew() -> Review:
    return reviews.stated_anew(asked(), rural=False)


def said_to_end() -> Review:
    return reviews.changed(asked())


def letter_out() -> Review:
    return reviews.sent_out(asked())


def call_wanted() -> Review:
    return answering.ask_call(review=asked().pk, how="paper", **said(VILLAGE_DESK))


def renewed() -> Review:
    return reviews.unchanged(asked(), DESK)


def determined() -> Review:
    return reviews.determined(stated_anew())


def ended() -> Review:
    review = said_to_end()
    return deciding.end(review=review.pk, **said(HEAD))


# what somebody at the county tries; at the end of each name the day stands still at LATE
TRIES: Mapping[str, Callable[[Review], Any]] = {
    "say_unchanged": lambda row: answering.say_unchanged(review=row.pk, how="paper", **said(DESK, LATE)),
    "say_changed": lambda row: answering.say_changed(
        review=row.pk, change="move", on=BEGUN.date(), how="paper", **said(DESK, LATE)
    ),
    "state_anew": lambda row: answering.state_anew(
        review=row.pk, facts={"person": {"spouse_rural": False}}, how="paper", **said(DESK, LATE)
    ),
    "ask_call": lambda row: answering.ask_call(review=row.pk, how="paper", **said(DESK, LATE)),
    "send_out": lambda row: sending.send_out(review=row.pk, **said(DESK, LATE)),
    "renew": lambda row: deciding.renew(review=row.pk, **said(DESK, LATE)),
    "determine": lambda row: deciding.determine(review=row.pk, **said(DESK, LATE)),
    "end": lambda row: deciding.end(review=row.pk, **said(DESK, LATE)),
}
# by situation, what each of these leads to; a hyphen: it is refused, and nothing has changed
REVIEWS: Mapping[Callable[[], Review], tuple[str, ...]] = {
    #            say_unchanged say_changed state_anew ask_call   send_out renew      determine     end
    asked:       ("renewed",   "changed",  "changed", "changed", "open",  NO,        NO,           NO),
    letter_out:  ("renewed",   "changed",  "changed", "changed", NO,      NO,        NO,           NO),
    appointed:   ("renewed",   "changed",  "changed", "changed", "open",  NO,        NO,           NO),
    asked_twice: ("renewed",   "changed",  "changed", "changed", "open",  NO,        NO,           NO),
    unchanged:   (NO,          "changed",  "changed", "changed", NO,      "renewed", NO,           NO),
    silent:      ("renewed",   "changed",  "changed", "changed", NO,      "renewed", NO,           NO),
    stated_anew: (NO,          "changed",  "changed", NO,        NO,      NO,        "determined", NO),
    call_wanted: (NO,          "changed",  "changed", NO,        NO,      NO,        "determined", NO),
    said_to_end: (NO,          "changed",  "changed", NO,        NO,      NO,        NO,           "ended"),
    renewed:     (NO,          NO,         NO,        NO,        NO,      NO,        NO,           NO),
    determined:  (NO,          NO,         NO,        NO,        NO,      NO,        NO,           NO),
    ended:       (NO,          NO,         NO,        NO,        NO,      NO,        NO,           NO),
}  # fmt: skip


def outcome(tries: Callable[[Any], Any], row: Any) -> str:
    """Where it leads; everything is as it was afterwards."""
    before = reviews.again(row)
    with transaction.atomic():
        try:
            found = str(tries(row).status)
        except Refused:
            found = NO
            same = reviews.again(row)
            assert (same.status, same.version) == (before.status, before.version)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("situation", REVIEWS, ids=lambda each: each.__name__)
def test_a_review(situation):
    row = situation()
    assert tuple(outcome(tries, row) for tries in TRIES.values()) == REVIEWS[situation]


CONTACTS: Mapping[str, Callable[[Review], Any]] = {
    "appoint": lambda row: contacting.appoint(review=row.pk, on=(LATE + DAY).date(), **said(_holder(row), LATE)),
    "contact": lambda row: contacting.contact(review=row.pk, outcome="will_answer", **said(_holder(row), LATE)),
}
ASKED: Mapping[Callable[[], Review], tuple[str, ...]] = {
    #            appoint contact
    asked:       ("open", NO),
    appointed:   ("open", "open"),
    asked_twice: (NO,     NO),
    unchanged:   (NO,     NO),
    silent:      (NO,     NO),
    stated_anew: (NO,     NO),
    renewed:     (NO,     NO),
    ended:       (NO,     NO),
}  # fmt: skip


def _holder(row: Review) -> str:
    return DESK if row.village_id is None else VILLAGE_DESK


@pytest.mark.parametrize("situation", ASKED, ids=lambda each: each.__name__)
def test_contacts(situation):
    row = situation()
    assert tuple(outcome(tries, row) for tries in CONTACTS.values()) == ASKED[situation]


def proposed() -> Renewal:
    reviews.unchanged(asked())
    return reviews.looked(reviews.proposed(Review.objects.get().campaign))


def confirmed() -> Renewal:
    return renewing.confirm(renewal=proposed().pk, **said(HEAD, OVER))


def done() -> Renewal:
    renewal = confirmed()
    renewing.go_on(at=OVER)
    return reviews.again(renewal)


def given_up() -> Renewal:
    return renewing.drop(renewal=proposed().pk, **said(DESK, OVER))


OF_RENEWALS: Mapping[str, Callable[[Renewal], Any]] = {
    "confirm": lambda row: renewing.confirm(renewal=row.pk, **said(HEAD, LATE)),
    "drop": lambda row: renewing.drop(renewal=row.pk, **said(DESK, LATE)),
}
RENEWALS: Mapping[Callable[[], Renewal], tuple[str, ...]] = {
    #          confirm    drop
    proposed:  ("running", "dropped"),
    confirmed: (NO,        NO),
    done:      (NO,        NO),
    given_up:  (NO,        NO),
}  # fmt: skip


@pytest.mark.parametrize("situation", RENEWALS, ids=lambda each: each.__name__)
def test_a_renewal(situation):
    row = situation()
    assert tuple(outcome(tries, row) for tries in OF_RENEWALS.values()) == RENEWALS[situation]


def drawn() -> Any:
    return review_situations.chance_met()


def visit_agreed() -> Any:
    return review_situations.visit_agreed()


def visited_twice() -> Any:
    return review_situations.visited_twice()


def agreed() -> Any:
    return checking.agree(review_check=drawn().pk, **said(HEAD))


OF_CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "appoint": lambda row: checking.appoint(review_check=row.pk, on=(LATE + DAY).date(), **said(HEAD, LATE)),
    "visit": lambda row: checking.visit(review_check=row.pk, **said(HEAD, LATE)),
    "agree": lambda row: checking.agree(review_check=row.pk, **said(HEAD, LATE)),
    "differ": lambda row: checking.differ(review_check=row.pk, difference="name", **said(HEAD, LATE)),
    "leave": lambda row: checking.leave(review_check=row.pk, **said(HEAD, LATE)),
}
CHECKS: Mapping[Callable[[], Any], tuple[str, ...]] = {
    #              appoint visit  agree     differ     leave
    drawn:         ("open", NO,     "agreed", "differs", NO),
    visit_agreed:  ("open", "open", "agreed", "differs", NO),
    visited_twice: (NO,     NO,     "agreed", "differs", "left"),
    agreed:        (NO,     NO,     NO,       NO,        NO),
}  # fmt: skip


@pytest.mark.parametrize("situation", CHECKS, ids=lambda each: each.__name__)
def test_a_check(situation):
    row = situation()
    assert tuple(outcome(tries, row) for tries in OF_CHECKS.values()) == CHECKS[situation]


def test_the_tables_name_every_move():
    """Those of people stand above; the rest are time's, and are told in the stories."""
    tried = set(TRIES) | set(CONTACTS) | {"restate", "take_back", "look", "drop", "let_be"}
    assert tried - {"state_anew", "ask_call"} | {"ask", "owe_contact", "fall_silent"} == {move.name for move in REVIEW}
    assert set(OF_RENEWALS) | {"propose", "go_on", "finish"} == {move.name for move in RENEWAL}
    assert set(OF_CHECKS) | {"draw"} == {move.name for move in CHECK}
    owed = {"owe", "begin_owed", "miss", "let_go"}
    assert {move.name for move in CAMPAIGN} == owed | {"begin", "fill", "run", "close", "draw", "finish"}


def test_the_same_answer_twice_counts_once_and_another_word_under_its_key_is_told():
    review = asked()
    by = said(VILLAGE_DESK)
    answering.say_unchanged(review=review.pk, how="counter", **by)
    with pytest.raises(Refused) as again:
        answering.say_unchanged(review=review.pk, how="counter", **by)
    assert again.value.code == "already-received"
    with pytest.raises(Refused) as other:
        answering.say_unchanged(review=review.pk, how="paper", **by)
    assert other.value.code != "already-received"


def test_an_award_that_has_ended_otherwise_is_not_renewed_by_hand_either():
    review = unchanged()
    awarding.end(award=review.award_id, ending="death", on=BEGUN.date(), **said(HEAD))
    with pytest.raises(MoveRefused):
        deciding.renew(review=review.pk, **said(DESK, LATE))
    assert money.again(review).status == "unchanged"
