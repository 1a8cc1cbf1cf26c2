"""Nobody stops receiving by silence alone: as a property of the table of moves, and of random histories of silent families."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.benefits.models import Award, Due
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import Refused
from chengnuo.people.roles import Role
from chengnuo.reviews.lifecycle import CHECK, ENDED, REVIEW, ReviewStatus
from chengnuo.reviews.models import Contact, Heard, Review
from chengnuo.reviews.operations import contacting
from tests.factories import money, reviews
from tests.factories.reviews import BEGUN, DAY, OVER, VILLAGE_DESK, said

ANSWERS = {"say_unchanged", "say_changed", "restate", "state_anew"}
# an officer looks at it: what is due is found anew, and a person decides
BY_A_PERSON = {"look", "determine", "end", "drop"}
SILENT_MOVES = [move for move in REVIEW if move.name not in ANSWERS | BY_A_PERSON | {"ask", "renew"}]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(SILENT_MOVES), max_size=12))
def test_no_moves_without_an_answer_lead_anywhere_but_to_where_it_is_renewed(moves):
    status = REVIEW.ask.passage.target
    for move in moves:
        if status in move.passage.sources:
            status = move.target(status)
    assert status in {ReviewStatus.OPEN, ReviewStatus.SILENT}
    # and from there it is renewed, at once or when the answers are over
    status = REVIEW.fall_silent.target(status) if status == ReviewStatus.OPEN else status
    assert status in REVIEW.renew.passage.sources


def test_it_ends_only_where_somebody_said_so_and_time_ends_nothing():
    assert {move.name for move in REVIEW if move.passage.target == ENDED} == {"end"}
    assert REVIEW.end.passage.sources == {ReviewStatus.CHANGED.value}
    into = {move.name for move in REVIEW if move.passage.target == ReviewStatus.CHANGED}
    assert into == {"say_changed", "look"}
    for action in ("review.end", "review.say_changed", "award.end"):
        assert not gate.rules[action].cell(Role.SYSTEM)
    # a check knows no move of an award or a payment
    assert {move.opens + move.pauses + move.breaks for move in CHECK} <= {("check_it",), ()}


@pytest.mark.django_db
def test_random_histories_of_silent_families_all_end_in_support_that_goes_on():
    chance, awards = Random(46), [reviews.awarded(of) for of in range(1, 11)]
    campaign = reviews.begun()
    for day in range(25, 62, 4):
        now = BEGUN + day * DAY
        reviews.time(now)
        for review in Review.objects.all():
            doing = chance.choice(("nothing", "appoint", "contact", "contact"))
            try:
                if doing == "appoint":
                    contacting.appoint(
                        review=review.pk, on=(now + chance.randint(1, 6) * DAY).date(), **said(VILLAGE_DESK, now)
                    )
                elif doing == "contact":
                    contacting.contact(review=review.pk, outcome=chance.choice(Heard.values), **said(VILLAGE_DESK, now))
            except Refused:
                continue
    assert Contact.objects.count() > 5
    assert max(Review.objects.values_list("contacts", flat=True)) == 2
    campaign = reviews.closed(campaign)
    assert reviews.renewed(campaign).renewed == len(awards)
    assert set(Award.objects.values_list("status", flat=True)) == {"in_force"}
    assert set(Due.objects.filter(year=2026).values_list("fen", flat=True)) == {money.GRANTED}
    batch = money.exported(money.fund())
    assert {each.award_id for each in money.payments(batch)} == {each.pk for each in awards}
    assert OVER.date() > campaign.answer_until
