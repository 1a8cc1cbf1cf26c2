"""Where a payee is paid: told to an officer, and changed by a new row alone. What had failed may be paid again from then on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chengnuo.benefits.models import Award
from chengnuo.core.accounts import NotAnAccount, account_number, fits_a_card
from chengnuo.core.messages import N_
from chengnuo.foundation import outbox
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.plain import plain
from chengnuo.foundation.refused import NotAllowed, Refused
from chengnuo.foundation.sealed import blind_index
from chengnuo.payments.internal import owed
from chengnuo.payments.lifecycle import FAILED, PAYMENT
from chengnuo.payments.models import BankAccount, Payment
from chengnuo.people import queries as people

INDEX = "payments.account"
KIND = "bank_account"
GIVEN = "bank_account.given"


class WrongAccount(Refused):
    code = "wrong-account"
    sentence = N_("This is no account number: it has 8 to 32 digits.")
    remedy = N_("Read it once more from the card or the passbook.")


class NoBank(Refused):
    code = "no-bank"
    sentence = N_("The name of the bank is missing.")
    remedy = N_("Write the bank and its branch as they stand on the card or the passbook.")


def give_account(*, award: UUID, bank: str, digits: str, by: Actor, at: datetime, key: UUID) -> BankAccount:
    """The account of the payee themselves, from now on. A number whose last digit does not fit is kept, and marked.

    What failed for this award is mended by it. Raises WrongAccount, NoBank.
    """
    with act("award.give_account/1", by=by, at=at, key=key, said={"award": award, "bank": bank, "digits": digits}) as a:
        found, number = a.take(Award, award), _read(digits)
        if not bank.strip():
            raise NoBank
        post = people.post_at(found.office_id, by)
        if post is None:
            raise NotAllowed
        (made,) = give([(found, plain(bank).strip(), number)], to=post, a=a)
        return made


def give(told: Sequence[tuple[Award, str, str]], *, to: UUID, a: Act) -> list[BankAccount]:
    """A row each, of award, bank and digits, inside an act; `to` is the post that was told. In as many statements as for one."""
    before = owed.accounts_of([award.pk for award, _bank, _digits in told])
    made = [
        BankAccount(
            award=award,
            number=before[award.pk].number + 1 if award.pk in before else 1,
            bank=bank,
            digits=digits,
            digits_index=blind_index(INDEX, digits),
            fits_a_card=fits_a_card(digits),
            given_at=a.at,
            given_to_id=to,
        )
        for award, bank, digits in told
    ]
    BankAccount.objects.bulk_create(made)
    a.record_all(
        KIND, {row.pk: row.award.trace() for row in made}, {"awards": sorted(str(row.award_id) for row in made)}
    )
    # whoever is paid elsewhere from now on hears that there is something new: somebody else may have said so
    outbox.put_all(GIVEN, [{"kind": Award.kind, "id": str(row.award_id)} for row in made], at=a.at)
    a.move_all(list(Payment.objects.filter(award__in=[row.award_id for row in made], status=FAILED)), PAYMENT.mend)
    return made


def mend(*, payment: UUID, by: Actor, at: datetime, key: UUID) -> Payment:
    """The account was right, and what stopped the payment is gone: a sleeping account was woken, or the bank had erred."""
    with act("payment.mend/1", by=by, at=at, key=key, said={"payment": payment}) as a:
        return a.move(a.take(Payment, payment), PAYMENT.mend)


def _read(digits: str) -> str:
    try:
        return account_number(digits)
    except NotAnAccount as error:
        raise WrongAccount from error
