"""Where payees are paid."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from chengnuo.foundation.actor import resident, visitor
from chengnuo.foundation.gate import FRESH_FOR, gate
from chengnuo.foundation.models import Errand, LogEntry, Look
from chengnuo.foundation.refused import NotAllowed, NotHere, SignInAgain
from chengnuo.payments import queries
from chengnuo.payments.models import BankAccount
from chengnuo.payments.operations import accounts, batches
from chengnuo.payments.operations.accounts import NoBank, WrongAccount
from tests.factories import claims, county, money

pytestmark = pytest.mark.django_db


def give(award, digits, *, bank="演示银行", post=claims.BUREAU_DESK):
    return accounts.give_account(award=award.pk, bank=bank, digits=digits, **money.said(post))


def test_a_new_account_is_a_new_row_and_the_last_one_counts():
    award = money.awarded(account=None)
    give(award, money.digits(1)), give(award, money.digits(2))
    held = list(BankAccount.objects.filter(award=award).order_by("number"))
    assert [each.number for each in held] == [1, 2]
    assert queries.payee(county.officer(claims.BUREAU_DESK, at=money.LATER), award.pk).account == held[1]


def test_whoever_may_see_the_award_reads_every_account_by_its_last_digits_and_nobody_else_reads_any():
    award = money.awarded(account=None)
    give(award, money.digits(1)), give(award, money.digits(2), bank="演示农信社")
    family = resident(award.claim.case_id)
    told = queries.told(family, award, today=money.DAY)
    shown = queries.accounts(family, told)
    assert [(each.bank, each.digits) for each in shown] == [("演示农信社", "••••0002"), ("演示银行", "••••0001")]
    assert not Look.objects.filter(label="payments.account.digits").exists()
    for stranger in (visitor(), resident(uuid4()), county.officer(claims.DESK)):
        with pytest.raises(NotHere):
            queries.told(stranger, award, today=money.DAY)
    # an officer who may is written down at each
    queries.accounts(county.officer(claims.BUREAU_DESK), told)
    assert Look.objects.filter(label="payments.account.digits").count() == len(shown)


def test_an_account_is_looked_for_in_all_programmes_and_who_named_it_is_counted_by_people():
    award = money.awarded(1)
    money.awarded(1, programme="special-bereaved", account=money.digits(1))
    account, batch = BankAccount.objects.get(award=award), money.proposed()
    assert queries.shared_with(account) == queries.counted(batch)["alike"] == 0, "one person, paid for two programmes"
    money.awarded(2, programme="special-bereaved", account=money.digits(1))
    assert queries.shared_with(account) == queries.counted(batch)["alike"] == 1


def test_a_number_that_fits_no_card_is_kept_and_marked():
    award = money.awarded(account=None)
    assert not give(award, "4111111111111112").fits_a_card
    assert give(award, "4111111111111111").fits_a_card


def test_whoever_holds_a_post_elsewhere_too_takes_it_in_at_the_office_of_the_award_and_signs_there():
    """By the post of the account that was changed it is known who must not approve its payment."""
    award = money.awarded(account=None)
    county.also_elsewhere(claims.BUREAU_DESK)
    assert give(award, money.digits(1)).given_to.key == claims.BUREAU_DESK


@pytest.mark.parametrize("digits", ["", "123", "abcdefgh"])
def test_what_is_no_number_is_refused(digits):
    with pytest.raises(WrongAccount):
        give(money.awarded(account=None), digits)


def test_the_bank_has_a_name():
    with pytest.raises(NoBank):
        give(money.awarded(account=None), money.digits(1), bank=" ")


def test_one_account_of_several_people_is_said_and_stops_nothing():
    one, other = money.awarded(1), money.awarded(2, account=money.digits(1))
    viewer = county.officer(claims.BUREAU_DESK, at=money.LATER)
    assert queries.payee(viewer, one.pk).alike == queries.payee(viewer, other.pk).alike == 1
    batch = money.exported()
    assert (queries.counted(batch)["alike"], batch.payees) == (2, 2)


def test_the_same_person_s_own_second_award_is_no_other_person():
    award = money.awarded(1)
    give(award, money.digits(1))
    assert queries.payee(county.officer(claims.BUREAU_DESK, at=money.LATER), award.pk).alike == 0


@pytest.mark.parametrize(
    ("post", "why"), [("civil-affairs.desk", NotHere), (money.CLERK, NotHere), (claims.DESK, NotAllowed)]
)
def test_only_the_office_that_granted_it_writes_an_account_down(post, why):
    award = money.awarded(account=None)
    with pytest.raises(why):
        give(award, money.digits(1), post=post)


def test_the_log_says_that_an_account_was_given_and_no_digit_of_it():
    award = money.awarded(1)
    (entry,) = LogEntry.objects.filter(schema="award.give_account/1", ref_kind="bank_account")
    assert entry.ref_id == str(BankAccount.objects.get(award=award).pk)
    assert money.digits(1) not in f"{entry.private}{entry.public}"


def test_an_account_is_given_by_hand_after_a_fresh_sign_in_only():
    award = money.awarded(account=None)
    said = money.said(claims.BUREAU_DESK)
    for age, is_fresh in ((FRESH_FOR, False), (FRESH_FOR * 0.9, True)):
        by = replace(said["by"], signed_in_at=money.LATER - age)
        told = {"award": award.pk, "bank": "演示银行", "digits": money.digits(1)}
        if is_fresh:
            accounts.give_account(**told, **said | {"by": by})
        else:
            with pytest.raises(SignInAgain):
                accounts.give_account(**told, **said | {"by": by})
        assert BankAccount.objects.exists() is is_fresh


def test_the_payee_is_told_of_every_account_and_nothing_stands_in_the_errand_but_which_award():
    award = money.awarded(account=None)
    for of in (1, 2):
        give(award, money.digits(of))
        told = Errand.objects.filter(topic=accounts.GIVEN, handler="payments.told")
        assert [each.payload for each in told] == [{"kind": "award", "id": str(award.pk)}] * of


def check_of(batch, post):
    return gate.allows(county.officer(post, at=money.LATER), "batch.check", batch)


def test_changed_accounts_are_counted_for_the_checker_who_is_another_than_their_giver():
    kept, new, moved = (money.awarded(of) for of in (1, 2, 3))
    give(moved, money.digits(33), post=claims.BUREAU_HEAD)
    batch = money.proposed()
    assert queries.counted(batch)["changed"] == 1, (
        "a first account is no changed one; one changed before the first payment is"
    )
    assert not check_of(batch, claims.BUREAU_HEAD)
    with pytest.raises((NotHere, NotAllowed)):
        batches.check(batch=batch.pk, **money.said(claims.BUREAU_HEAD))
    assert {kept.pk, new.pk, moved.pk} == {each.award_id for each in money.payments(batch)}


def test_nothing_changed_stands_in_no_checker_s_way():
    money.awarded(1), money.awarded(2)
    batch = money.proposed()
    assert queries.counted(batch)["changed"] == 0
    assert check_of(batch, claims.BUREAU_HEAD)
    assert not check_of(batch, claims.BUREAU_DESK), "who proposed it"
