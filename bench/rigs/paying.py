"""A batch broken off after every statement, by a fault and by kill -9, and gone on with: each payee is paid exactly once."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import connection, connections
from django.db.models import Count, Sum

from bench import tell
from bench.bulk import quickly
from bench.scale import Scale
from chengnuo.benefits.lifecycle import IN_FORCE
from chengnuo.benefits.models import Award, Due
from chengnuo.core.instants import local_date
from chengnuo.foundation import clock
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.refused import AlreadyReceived
from chengnuo.payments.bank_file import yuan
from chengnuo.payments.internal import ledger
from chengnuo.payments.lifecycle import PAID
from chengnuo.payments.models import BankAccount, Batch, Book, Fund, Line, Payment
from chengnuo.payments.operations import batches, funds, settling
from chengnuo.people.models import Account, Holding, Post
from chengnuo.people.queries import actor_of

PROGRAMME = "rural-incentive"
SUM = 96_000
KILLED_PAYEES, BROKEN_PAYEES = 60, 1_000
FIRST_YEAR = 2030  # a year for each attempt: nothing of an earlier one stands in its way
DAY = datetime(2026, 3, 12, 2, tzinfo=UTC)
POSTS = (
    "health-bureau.desk",
    "health-bureau.head",
    "finance-bureau.desk",
    "finance-bureau.head",
    "finance-bureau.payments",
)


class Broken(Exception):
    """The fault that is put in."""


@dataclass
class After:
    """Wraps every statement; after the last of `left` it kills this process, or raises Broken, once."""

    left: int
    kills: bool = False
    seen: int = 0

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        found = execute(*statement)
        self.seen += 1
        self.left -= 1
        if self.left == 0:
            if self.kills:
                os.kill(os.getpid(), signal.SIGKILL)
            raise Broken
        return found


@dataclass(frozen=True)
class Crew:
    """Whoever proposes, checks, approves and pays; `till` promises and passes on."""

    desk: Actor
    head: Actor
    till: Actor
    approver: Actor
    clerk: Actor

    @property
    def all(self) -> tuple[Actor, ...]:
        return (self.desk, self.head, self.till, self.approver, self.clerk)


def pay(fund: Fund, crew: Crew, at: datetime) -> None:
    """The whole way of one batch, begun or gone on with: every step has a key of its own, and may have been done already."""

    def told(name: str, by: Actor) -> dict[str, Any]:
        return {"by": by, "at": at, "key": uuid5(fund.pk, name)}

    with suppress(AlreadyReceived):
        batches.propose(fund=fund.pk, **told("propose", crew.desk))
    batches.go_on(at=at)
    batch = Batch.objects.get(fund=fund)
    steps = ((batches.check, crew.head), (batches.approve, crew.approver), (batches.export, crew.clerk))
    for does, by in steps:
        with suppress(AlreadyReceived):
            does(batch=batch.pk, **told(does.__name__, by))
    batches.go_on(at=at)
    with suppress(AlreadyReceived):
        settling.reconcile(batch=batch.pk, content=booked(batch, at), **told("reconcile", crew.clerk))


def booked(batch: Batch, at: datetime, *, failed: Collection[UUID] = (), left_out: int = 0) -> bytes:
    """The bank's answer: everything reached its payee, but what is said to have failed; the first few lines may be left out."""
    rows = Payment.objects.filter(batch=batch).exclude(status__in=("planned", "dropped")).order_by("pk")
    lines = [
        f"{row.pk},{yuan(row.fen)},{'失败,' if row.award_id in failed else f'成功,{local_date(at)}'}" for row in rows
    ]
    return "\n".join(["备注,金额,状态,到账日期", *lines[left_out:]]).encode()


def wrong_with(fund: Fund, payees: int) -> list[str]:
    """What is not as it must be after everything: nothing, when each payee of that year was paid once and in full."""
    lines = Line.objects.filter(programme=fund.programme, year=fund.year)
    books = ledger.balances(lines)
    due = Due.objects.filter(year=fund.year).aggregate(fen=Sum("fen"))["fen"]
    paid = lines.filter(debit=Book.PAID).values("award").annotate(times=Count("pk"), fen=Sum("fen"))
    found = [f"{row['award']} paid {row['times']} times" for row in paid if row["times"] != 1]
    said = {"payees": (len(paid), payees), "paid": (books[Book.PAID], due), "due": (-books[Book.DUE], due)}
    said |= {"sent": (books[Book.SENT], 0), "balance": (sum(books.values()), 0)}
    said["payments"] = (Payment.objects.filter(batch__fund=fund, status=PAID).count(), payees)
    said["status"] = (Batch.objects.get(fund=fund).status, "reconciled")
    return found + [f"{name} is {is_now}, not {wanted}" for name, (is_now, wanted) in said.items() if is_now != wanted]


def fund_of(year: int, crew: Crew, at: datetime, *, fen: int) -> Fund:
    """With money that was promised, came and was passed on."""
    who = {"by": crew.till, "at": at}
    fund = funds.set_up(programme=PROGRAMME, year=year, **who, key=uuid4())
    funds.appropriate(fund=fund.pk, level="county", fen=fen, **who, key=uuid4())
    funds.arrive(fund=fund.pk, level="county", fen=fen, **who, key=uuid4())
    return funds.pass_on(fund=fund.pk, **who, key=uuid4())


def measure(scale: Scale) -> None:
    """60 payees killed and 1,000 broken after every statement of their whole way."""
    with clock.frozen(DAY):
        crew = crew_of_the_county()
        years = iter(range(FIRST_YEAR, 32_000))
        for name, payees, kills in (
            ("killed", scale.of(KILLED_PAYEES), True),
            ("broken", scale.of(BROKEN_PAYEES), False),
        ):
            awards = payees_of(max(payees, 3), crew)
            tried, found = _campaign(awards, crew, years, kills=kills)
            tell.figure(f"{len(awards)} payees, {name} after every statement", tried, "")
            tell.verdict(found, "each payee was paid exactly once")


def _campaign(awards: list[Award], crew: Crew, years: Iterator[int], *, kills: bool) -> tuple[int, list[str]]:
    found: list[str] = []
    for point in range(1, 1_000_000):
        fund = _fund_for(awards, next(years), crew)
        went_through = _killed(fund, crew, point) if kills else _broken(fund, crew, point)
        pay(fund, crew, DAY)
        found += [f"after statement {point}: {what}" for what in wrong_with(fund, len(awards))]
        if went_through:
            return point - 1, found
    raise AssertionError("the way never came to its end")


def _broken(fund: Fund, crew: Crew, point: int) -> bool:
    with suppress(Broken), connection.execute_wrapper(After(point)):
        pay(fund, crew, DAY)
        return True
    connection.close()
    return False


def _killed(fund: Fund, crew: Crew, point: int) -> bool:
    """In a process of its own, which does not come back."""
    connections.close_all()
    child = os.fork()
    if not child:
        with connection.execute_wrapper(After(point, kills=True)):
            pay(fund, crew, DAY)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _fund_for(awards: list[Award], year: int, crew: Crew) -> Fund:
    due_of(awards, year)
    return fund_of(year, crew, DAY, fen=SUM * len(awards))


def due_of(awards: list[Award], year: int, *, fen: int = SUM) -> None:
    """The same sum for everybody."""
    post = Post.objects.get(key=POSTS[1])
    due = {"year": year, "fen": fen, "determined_at": DAY, "determined_by": post, "edition": "bench"}
    Due.objects.bulk_create((Due(award=award, **due) for award in awards), batch_size=500)


def payees_of(many: int, crew: Crew) -> list[Award]:
    """Awards of invented people, each with an account; their claims are left out. Those of an earlier campaign have ended."""
    office = Post.objects.get(key=POSTS[0]).office_id
    post = min(crew.desk.posts, key=str)
    made = [_award(number, office) for number in range(many)]
    with quickly():
        Due.objects.all().delete()
        Award.objects.bulk_create(made, batch_size=500)
        BankAccount.objects.bulk_create(
            (BankAccount(award=award, bank="演示银行", digits=f"990000{number:010}", digits_index=os.urandom(32),
                        fits_a_card=False, given_at=DAY, given_to_id=post)
            for number, award in enumerate(made)), batch_size=500,
        )  # fmt: skip
    return made


def _award(number: int, office: Any) -> Award:
    return Award(
        status=IN_FORCE,
        claim_id=uuid4(),
        programme=PROGRAMME,
        place="420526101201",
        name="欧阳桂兰",
        identity=f"990000196005{number:06}",
        person_index=os.urandom(32),
        office_id=office,
        begins=FIRST_YEAR,
        granted_at=DAY,
    )


def crew_of_the_county() -> Crew:
    return Crew(*map(_holder, POSTS))


def _holder(post: str) -> Actor:
    held = Holding.objects.filter(post__key=post, ends=None).select_related("account").first()
    if held is None:
        account = Account.objects.create(username=f"paying-{post}", name=post)
        held = Holding.objects.create(post=Post.objects.get(key=post), account=account, begins=local_date(DAY))
    return actor_of(held.account, on=local_date(DAY), signed_in_at=DAY)
