"""A batch from its proposal to the bank: who is owed what is found 200 payees a step, and each part is another person's.

What goes on by itself (`go_on`) is a step under a key of its own: killed anywhere and begun again, it does each once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Q, Sum

from chengnuo.benefits.models import Award
from chengnuo.core.instalments import Order, shares
from chengnuo.core.instants import local_date, midnight
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import act
from chengnuo.foundation.refused import AlreadyReceived, NotHere, Overtaken, Refused
from chengnuo.payments.internal import ledger, owed
from chengnuo.payments.internal.signing import sign
from chengnuo.payments.lifecycle import B_DROPPED, BATCH, FILLING, PAYMENT, PLANNED, SENDING
from chengnuo.payments.models import Batch, Book, Fund, Line, Part, Payment, Signature
from chengnuo.payments.operations.funds import available
from chengnuo.people import queries as people
from chengnuo.policies.loader import parameters

AT_A_TIME = 200


class NothingOwed(Refused):
    code = "nothing-outstanding"
    sentence = N_("Nobody with an account is owed anything of this programme and year.")
    remedy = N_("Look whether the awards have an account, and whether another batch holds them already.")


class NoMoney(Refused):
    code = "no-money"
    sentence = N_("No money was passed on for this programme and year, or all of it is paid out.")
    remedy = N_("Ask the finance office when it passes on what has come. Those who wait are told why.")


class StillFilling(Refused):
    code = "still-filling"
    sentence = N_("Another batch of this programme and year is being put together at this moment.")
    remedy = N_("Wait until it is complete.")


def propose(*, fund: UUID, by: Actor, at: datetime, key: UUID) -> Batch:
    """A batch of everybody who is owed something of a programme and year, at the office of whoever proposes it.

    Raises NotHere, NoMoney, NothingOwed, StillFilling.
    """
    with act("batch.propose/1", by=by, at=at, key=key, said={"fund": fund}) as a:
        a.permit()
        found = Fund.objects.filter(pk=fund).select_for_update().first()
        if found is None:
            raise NotHere
        if Batch.objects.filter(fund=found, status=FILLING).exists():
            raise StillFilling
        money = available(found)
        if money <= 0:
            raise NoMoney
        awards = owed.awards_of(found.programme, found.year).filter(office__in=by.offices)
        everybody = owed.payable(awards, found.year)
        office = everybody.order_by("office").values_list("office", flat=True).first()
        total = owed.total(everybody.filter(office=office), found.year)
        if office is None or total <= 0:
            raise NothingOwed
        batch = Batch(
            fund=found,
            number=Batch.objects.filter(fund=found).count() + 1,
            office_id=office,
            payer_id=found.office_id,
            holder=people.head(found.office_id),
            available_fen=money,
            owed_fen=total,
            without_account=owed.without_account(awards.filter(office=office)),
            order=str(parameters().at("payments.instalments", local_date(at)).value),
            proposed_at=at,
        )
        a.make(batch, BATCH.propose)
        sign(a, batch, Part.PROPOSED)
        return batch


def check(*, batch: UUID, by: Actor, at: datetime, key: UUID) -> Batch:
    """Another officer of the office has looked at it; the finance office owes its payment from now on."""
    with act("batch.check/1", by=by, at=at, key=key, said={"batch": batch}) as a:
        found = a.take(Batch, batch)
        sign(a, found, Part.CHECKED)
        return a.move(found, BATCH.check, approvals_needed=_approvals_needed(found, at))


def approve(*, batch: UUID, by: Actor, at: datetime, key: UUID) -> Batch:
    """The finance office approves it; where so much of its fund goes out on a day that a limit is reached, that takes two people."""
    with act("batch.approve/1", by=by, at=at, key=key, said={"batch": batch}) as a:
        found = a.take(Batch, batch)
        sign(a, found, Part.APPROVED)
        # another batch may have been put beside it since it was checked
        needed = max(found.approvals_needed, _approvals_needed(found, at))
        a.move(found, BATCH.sign, approvals=found.approvals + 1, approvals_needed=needed)
        enough = found.approvals >= found.approvals_needed
        return a.move(found, BATCH.approve) if enough else found


def _approvals_needed(batch: Batch, at: datetime) -> int:
    """By the sum of everything of the same fund that anybody signed on that day, be it sent already: what is split takes as many."""
    day = local_date(at)
    list(Fund.objects.select_for_update(no_key=True).filter(pk=batch.fund_id).values_list("pk"))  # one after another
    signed = Signature.objects.filter(at__gte=midnight(day), at__lt=midnight(day + timedelta(days=1))).values("batch")
    together = Batch.objects.filter(Q(pk=batch.pk) | Q(pk__in=signed), fund=batch.fund_id).exclude(status=B_DROPPED)
    fen = together.aggregate(fen=Sum("sum_fen"))["fen"] or 0
    return 2 if fen >= parameters().whole("payments.two_approvers_from", day) else 1


def export(*, batch: UUID, by: Actor, at: datetime, key: UUID) -> Batch:
    """The paying officer gives it to the bank: from here on its sums are on their way."""
    with act("batch.export/1", by=by, at=at, key=key, said={"batch": batch}) as a:
        found = a.take(Batch, batch)
        sign(a, found, Part.EXPORTED)
        return a.move(found, BATCH.export, exported_at=at)


def drop(*, batch: UUID, by: Actor, at: datetime, key: UUID) -> Batch:
    """It is not paid as it is: whoever is owed something stands in the next one."""
    with act("batch.drop/1", by=by, at=at, key=key, said={"batch": batch}) as a:
        return a.move(a.take(Batch, batch), BATCH.drop)


def go_on(*, at: datetime, batch: UUID | None = None, steps: int = AT_A_TIME) -> int:
    """Fills, sends or empties what was begun, a step of 200 payees each; returns how many steps that were."""
    done = 0
    while done < steps and (found := _begun(batch)):
        step = STEPS.get(found.status, _empty)
        with suppress(AlreadyReceived, Overtaken):
            step(found, at)
        done += 1
    return done


def _begun(batch: UUID | None) -> Batch | None:
    dropped = Payment.objects.filter(status=PLANNED, batch__status=BATCH.drop.passage.target).values("batch")
    rows = Batch.objects.filter(status__in=[FILLING, SENDING]) | Batch.objects.filter(pk__in=dropped)
    return (rows if batch is None else rows.filter(pk=batch)).select_related("fund").order_by("pk").first()


def _fill(batch: Batch, at: datetime) -> None:
    """The next awards in their order, each with its sum; the last step completes it."""
    with _step(batch, "fill", at, str(batch.after)) as a:
        found = a.take(Batch, batch.pk)
        fund = batch.fund
        chunk = _next(found)
        if not chunk:
            a.move(found, BATCH.complete)
            return
        pks = [award.pk for award in chunk]
        booked = ledger.standing(pks, fund.year)
        ledger.book(a, batch.pk, owed.new_dues(chunk, fund.year, booked))
        made = _payments(found, fund, chunk, booked)
        if made:
            a.make_all(made, PAYMENT.plan, action="payment.plan")
        more = sum(each.fen for each in made)
        a.move(found, BATCH.fill, after=pks[-1], payees=found.payees + len(made), sum_fen=found.sum_fen + more)


def _next(batch: Batch) -> list[Award]:
    """Whoever has waited longest comes first."""
    fund = batch.fund
    awards = owed.payable(owed.awards_of(fund.programme, fund.year).filter(office=batch.office_id), fund.year)
    if batch.after:
        last = Award.objects.only("granted_at").get(pk=batch.after)
        awards = awards.filter(Q(granted_at__gt=last.granted_at) | Q(granted_at=last.granted_at, pk__gt=last.pk))
    return list(awards.only("programme").order_by("granted_at", "pk")[:AT_A_TIME])


def _payments(batch: Batch, fund: Fund, awards: Sequence[Award], booked: Any) -> list[Payment]:
    """`booked`: how each stood before the ledger was told what was determined."""
    outstanding = [booked[award.pk].left_of(award.fen) for award in awards]  # type: ignore[attr-defined]  # annotated by awards_of
    given = shares(
        outstanding,
        available=batch.available_fen,
        total=batch.owed_fen,
        paid_out=batch.sum_fen,
        order=Order(batch.order),
    )
    accounts = owed.account_ids([award.pk for award in awards])
    holder = people.head(batch.office_id)
    return [
        Payment(
            pk=uuid5(batch.pk, str(award.pk)),
            batch=batch,
            award=award,
            year=fund.year,
            fen=fen,
            account_id=accounts[award.pk],
            office_id=batch.office_id,
            holder=holder,
        )
        for award, fen in zip(awards, given, strict=True)
        if fen
    ]


def _send(batch: Batch, at: datetime) -> None:
    """The next payments are on their way, and so booked, but not to whom less is owed by now; the last step makes the file whole."""
    chunk = list(Payment.objects.filter(batch=batch, status=PLANNED).order_by("pk")[:AT_A_TIME])
    with _step(batch, "send", at, str(chunk[0].pk) if chunk else "last") as a:
        found = a.take(Batch, batch.pk)
        if not chunk:
            a.move(found, BATCH.sent)
            return
        sent = owed.still(chunk, batch.fund)
        left_out = sorted(set(chunk) - set(sent), key=lambda each: each.pk)
        a.move(
            found,
            BATCH.send,
            payees=found.payees - len(left_out),
            sum_fen=found.sum_fen - sum(each.fen for each in left_out),
        )
        a.move_all(sent, PAYMENT.send)
        a.move_all(left_out, PAYMENT.drop)
        ledger.book(a, batch.pk, [_line(batch.fund, each, Book.FUND, Book.SENT) for each in sent])


def _empty(batch: Batch, at: datetime) -> None:
    """What was planned in a batch that is dropped stands in the way of the next one no longer."""
    chunk = list(Payment.objects.filter(batch=batch, status=PLANNED).order_by("pk")[:AT_A_TIME])
    key = uuid5(batch.pk, f"drop {chunk[0].pk}")
    with act("payment.drop/1", by=system(), at=at, key=key, said={"batch": batch.pk}) as a:
        a.permit()
        a.move_all(chunk, PAYMENT.drop)


def _step(batch: Batch, name: str, at: datetime, after: str) -> Any:
    """An act of the system under a key that the same step has every time."""
    return act(f"batch.{name}/1", by=system(), at=at, key=uuid5(batch.pk, f"{name} {after}"), said={"after": after})


def _line(fund: Fund, payment: Payment, credit: Book, debit: Book) -> Line:
    ids = {"award": payment.award_id, "payment": payment.pk}
    return Line(credit=credit, debit=debit, fen=payment.fen, programme=fund.programme, year=fund.year, **ids)


# what goes on by itself, by the status of its batch
STEPS: Mapping[str, Callable[[Batch, datetime], None]] = {FILLING: _fill, SENDING: _send}
