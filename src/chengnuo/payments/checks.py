"""A check that only payments can make: one account that several people named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, OuterRef, Subquery

from chengnuo.benefits.lifecycle import IN_FORCE
from chengnuo.benefits.models import Award
from chengnuo.core.messages import N_
from chengnuo.payments.internal.alike import payee_of
from chengnuo.payments.models import BankAccount
from chengnuo.people import queries as people
from chengnuo.registers.checks import Suspect, remembered


class SharedAccount:
    """Of the accounts in force: one is named by several people. It may be right, as of a couple; a person looks."""

    fault = "shared-account"
    kind = Award.kind
    says = N_("Another person is paid to the same account.")
    to_do = N_(
        "Ask the payee for their own account, with the card or the passbook on the table. Payments go on meanwhile."
    )

    def suspects(self, _today: date) -> Iterator[Suspect]:
        post, last = remembered(people.counter_of), BankAccount.objects.filter(award=OuterRef("award"))
        newest = Subquery(last.order_by("-number").values("number")[:1])
        held = BankAccount.objects.filter(number=newest, award__status=IN_FORCE)
        shared = (
            held.values("digits_index")
            .annotate(people=Count("award__person_index", distinct=True))
            .filter(people__gt=1)
        )
        rows = held.filter(digits_index__in=shared.values("digits_index")).select_related("award")
        by_account: dict[bytes, list[BankAccount]] = {}
        for row in rows.order_by("pk"):
            by_account.setdefault(bytes(row.digits_index), []).append(row)
        for same in by_account.values():
            # two programmes of one person have two indexes: only what is opened tells them from two people
            if len({payee_of(row.award) for row in same}) > 1:
                yield from (Suspect(row.award_id, str(row.pk), post(row.award.office_id)) for row in same)
