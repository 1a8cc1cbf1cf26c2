"""What has to do with support in the demo: played once, it holds together, is the same again, and shows every state that a visitor is led to."""

from __future__ import annotations

from random import Random

import pytest

from chengnuo.benefits.models import Award, Claim
from chengnuo.config.management.commands.build_demo import SUPPORT_BEGINS
from chengnuo.core.accounts import fits_a_card
from chengnuo.core.identity import check_digit
from chengnuo.core.instants import SHANGHAI, local_date
from chengnuo.demo.cast import Cast, fill_posts
from chengnuo.demo.hours import Days
from chengnuo.demo.stage import Stage
from chengnuo.demo.support import ALLOWANCE, NOTICED, PAID, SENSITIVE, account_number, identity, supported
from chengnuo.demo.year import NOW
from chengnuo.foundation import clock
from chengnuo.foundation.actor import resident
from chengnuo.notices.models import Notice
from chengnuo.payments import queries
from chengnuo.payments.models import Batch, Fund, Payment, Signature
from chengnuo.people.models import Office


@pytest.mark.parametrize("number", [0, 1, 99, 100, 10**6])
def test_an_account_is_of_no_bank_and_its_last_digit_fits(number):
    made = account_number(number)
    assert made.startswith("990000")
    assert len(made) == 19
    assert fits_a_card(made)
    assert made != account_number(number + 1)


@pytest.mark.parametrize(("born", "number"), [("19580101", 0), ("19650912", 40), ("19600501", 99)])
def test_an_identity_number_is_of_no_area_and_would_be_taken(born, number):
    made = identity(born, number)
    assert made.startswith(f"990000{born}")
    assert len(made) == 18
    assert made[-1] == check_digit(made[:-1])


def play(until):
    """The stage, after everything that is to happen before an instant."""
    stage, instants = Stage(batch=10), []
    with clock.frozen(until):
        supported(stage, Cast(Random(6)), Days(), begins=SUPPORT_BEGINS)
    stage.play(until=until, progress=lambda at, _played: instants.append(at))
    return stage, instants


def told(award):
    (year,) = queries.told(resident(award.claim.case_id), award, today=local_date(NOW)).years
    return year


@pytest.fixture
def played(db):
    """The stage after everything, and the instants at which its stories went on."""
    fill_posts()
    return play(NOW)


def test_five_neighbours_go_from_a_claim_to_money_in_parts(played):
    stage, _ = played
    assert stage.dropped == 0
    five_were_granted_and_paid_in_parts_and_the_last_part_is_late()
    every_batch_passed_four_people_of_two_offices()
    one_payment_came_back_and_was_paid_to_another_account()


def five_were_granted_and_paid_in_parts_and_the_last_part_is_late():
    assert (Award.objects.count(), Fund.objects.count()) == (PAID, 1)
    years = [told(award) for award in Award.objects.select_related("claim")]
    for year in years:
        assert min(year.paid, year.under_way, year.to_come) > 0
        assert year.is_late
        assert year.cause.en == "It is being checked and paid."
        assert year.rest.en == "The money has reached the county and was not passed on yet."
    parts = [sum(each.status == "paid" for each in year.payments) for year in years]
    assert sorted(parts) == [1, 2, 2, 2, 2], "what came back was paid with the second part"
    outlook = queries.outlook_of(Fund.objects.get())
    assert (outlook.needed - outlook.appropriated, outlook.arrived) == (40_000, 80_000)


def every_batch_passed_four_people_of_two_offices():
    batches = list(Batch.objects.order_by("number"))
    assert [each.status for each in batches] == ["closed", "closed", "proposed"]
    for batch in batches[:2]:
        signed = list(Signature.objects.filter(batch=batch).select_related("post__office").order_by("at", "pk"))
        assert [each.part for each in signed] == ["proposed", "checked", "approved", "exported"]
        assert len({each.account for each in signed}) == 4
        assert [each.post.office.key for each in signed] == ["health-bureau"] * 2 + ["finance-bureau"] * 2


def one_payment_came_back_and_was_paid_to_another_account():
    back = Payment.objects.get(status="mended")
    assert back.reason == "name"
    later = Payment.objects.filter(award=back.award).exclude(pk=back.pk)
    assert {each.account_id for each in later}.isdisjoint({back.account_id})
    assert "paid" in {each.status for each in later}


def test_five_hang_at_the_board_and_the_one_after_a_loss_is_seen_by_the_county_alone(played):
    notice = Notice.objects.get()
    assert (notice.status, notice.size) == ("up", NOTICED)
    lost = Claim.objects.get(programme=SENSITIVE)
    assert lost.office.key == "health-bureau"
    assert lost.case.is_guarded
    assert Claim.objects.filter(programme=ALLOWANCE, office=notice.office).count() == NOTICED


def test_two_offices_have_a_telephone_out_of_the_table(played):
    numbers = Office.objects.filter(telephone__startswith="100 0526 3").values_list("telephone", flat=True)
    assert sorted(numbers) == ["100 0526 3000", "100 0526 3001"]


def test_offices_act_in_their_hours_on_workdays_before_the_day_of_the_demo(played):
    _, instants = played
    days = Days().days
    assert len(instants) > 5
    for at in instants:
        local = at.astimezone(SHANGHAI)
        assert SUPPORT_BEGINS < at <= NOW
        assert days.is_workday(local.date())
        assert 8 <= local.hour <= 17


def test_played_again_with_the_same_keys_nobody_claims_or_hangs_twice(played):
    before = (Claim.objects.count(), Payment.objects.count(), Notice.objects.count())
    assert before[0] == PAID + NOTICED + 1
    play(NOW)
    assert (Claim.objects.count(), Payment.objects.count(), Notice.objects.count()) == before
