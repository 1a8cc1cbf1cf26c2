"""One account that several people named: found across all programmes by its one index, and told apart by who is paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef

from chengnuo.benefits.models import Award
from chengnuo.foundation.actor import system
from chengnuo.payments.models import BankAccount, Batch, Payment

LOOK = "one account for several people"
READ = ("digits_index", "award__identity", "award__person_index")


def payee_of(award: Award) -> object:
    """Whoever is paid. A person's index is another one in each programme, and of a child's award it is the child's: only what is
    opened tells two awards of one payee from those of two people.
    """
    return award.identity.reveal(by=system(), reason=LOOK) if award.identity else bytes(award.person_index)


def payees(indexes: Iterable[bytes]) -> Mapping[bytes, set[object]]:
    """By the index of an account, everybody who ever named it, in whatever programme. One query."""
    found: dict[bytes, set[object]] = defaultdict(set)
    rows = BankAccount.objects.filter(digits_index__in=list(indexes)).select_related("award")
    for row in rows.only(*READ):
        found[bytes(row.digits_index)].add(payee_of(row.award))
    return found


def near() -> Exists:
    """A filter of payments: another award named the same account, be it the same person's."""
    others = BankAccount.objects.filter(digits_index=OuterRef("account__digits_index"))
    return Exists(others.exclude(award=OuterRef("award")))


def counted(batch: Batch) -> int:
    """How many payments of a batch go to an account that several people named."""
    rows = Payment.objects.filter(near(), batch=batch).values_list("account__digits_index", flat=True)
    indexes = [bytes(each) for each in rows]
    people = payees(set(indexes))
    return sum(len(people[each]) > 1 for each in indexes)
