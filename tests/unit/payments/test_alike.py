"""One account and several people: told apart by who is paid, whatever the programme, and asked in one query however many there are."""

from __future__ import annotations

import pytest

from chengnuo.benefits.models import Award
from chengnuo.foundation.models import Look
from chengnuo.payments.internal import alike
from chengnuo.payments.models import BankAccount, Payment
from tests.factories import money

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
SENSITIVE = "special-bereaved"


def index_of(award: Award) -> bytes:
    return bytes(BankAccount.objects.get(award=award).digits_index)


def named(number: int) -> dict[str, str]:
    return {"account": money.digits(number)}


def test_one_person_is_one_payee_in_all_programmes():
    one, again = money.awarded(1), money.awarded(1, programme=SENSITIVE, **named(1))
    assert bytes(one.person_index) != bytes(again.person_index), "by its index it would be two"
    assert alike.payee_of(money.again(one)) == alike.payee_of(money.again(again))
    assert len(alike.payees([index_of(one)])[index_of(one)]) == 1


def test_two_people_are_two_in_whatever_programme():
    one, other = money.awarded(1), money.awarded(2, programme=SENSITIVE, **named(1))
    assert index_of(one) == index_of(other)
    assert len(alike.payees([index_of(one)])[index_of(one)]) == 2


def test_an_account_that_was_given_up_still_tells_who_named_it():
    one, other = money.awarded(1), money.awarded(2, **named(1))
    shared = index_of(other)
    money.give(other, money.digits(9))
    assert len(alike.payees([shared])[shared]) == 2
    assert index_of(one) == shared


def test_an_award_without_a_number_is_told_by_its_own_index():
    award = money.awarded(1)
    Award.objects.filter(pk=award.pk).update(identity=None)
    assert alike.payee_of(money.again(award)) == bytes(award.person_index)


def test_only_the_accounts_that_were_asked_for_are_answered():
    one, other = money.awarded(1), money.awarded(2)
    assert set(alike.payees([index_of(one)])) == {index_of(one)}
    assert set(alike.payees([index_of(one), index_of(other)])) == {index_of(one), index_of(other)}
    assert alike.payees([]) == {}
    assert alike.payees([b"nobody's"]) == {}


def test_it_is_one_query_however_many_there_are(django_assert_num_queries):
    indexes = [index_of(money.awarded(of)) for of in (1, 2, 3)]
    with django_assert_num_queries(1):
        assert len(alike.payees(indexes)) == 3


def test_the_system_looks_and_no_officer_is_said_to_have_looked():
    award = money.awarded(1)
    before = Look.objects.count()
    alike.payees([index_of(award)])
    assert Look.objects.count() == before


def test_near_is_whatever_another_award_named_too_be_it_the_same_person():
    money.awarded(1)
    money.awarded(1, programme=SENSITIVE, **named(1))
    money.awarded(2)
    batch = money.proposed()
    near = Payment.objects.filter(alike.near(), batch=batch)
    assert [bytes(each.account.digits_index) for each in near] == [index_of(Award.objects.get(programme=SENSITIVE))]
    assert alike.counted(batch) == 0, "near, and yet of one person"


def test_an_award_that_named_its_account_twice_is_near_to_nobody():
    award = money.awarded(1)
    money.give(award, money.digits(1))
    assert not Payment.objects.filter(alike.near(), batch=money.proposed()).exists()


def test_every_payment_to_such_an_account_counts_and_no_other():
    money.awarded(1)
    money.awarded(2, **named(1))
    money.awarded(3)
    batch = money.proposed()
    assert (batch.payees, alike.counted(batch)) == (3, 2)


def test_one_who_is_paid_elsewhere_counts_with_whoever_is_paid_here():
    """The other one's payments are in another programme, and so in another batch."""
    money.awarded(1)
    money.awarded(2, programme=SENSITIVE, **named(1))
    assert alike.counted(money.proposed()) == 1
