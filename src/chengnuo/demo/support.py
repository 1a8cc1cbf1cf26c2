"""From claim to money in the demo: five neighbours are granted an allowance and paid in parts, others stand at earlier stages.

Everybody is invented: identity numbers of an area that does not exist, accounts of no bank.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from PIL import Image

from chengnuo.benefits.models import Award, Claim
from chengnuo.benefits.operations import claiming, deciding, examining, noticing
from chengnuo.benefits.operations.claiming import Numbers
from chengnuo.core.accounts import fits_a_card
from chengnuo.core.identity import check_digit
from chengnuo.demo.cast import Cast, names
from chengnuo.demo.county import key_of
from chengnuo.demo.hours import Days
from chengnuo.demo.stage import Stage, Story
from chengnuo.demo.year import HOME, villages_of
from chengnuo.foundation.actor import Actor
from chengnuo.imports.operations import applying, onward
from chengnuo.imports.operations.stage import stage
from chengnuo.notices.models import Notice
from chengnuo.notices.operations import publishing
from chengnuo.payments.bank_file import bank_file
from chengnuo.payments.models import Batch, Fund
from chengnuo.payments.operations import accounts, batches, funds, settling
from chengnuo.people import queries as people
from chengnuo.people.models import Holding, Office, Place, Purpose
from chengnuo.people.operations.contacts import Person

ALLOWANCE, SENSITIVE, YEAR = "rural-incentive", "special-bereaved", 2026
BUREAU, FINANCE = "health-bureau", "finance-bureau"
CLERK, ADMIN = "finance-bureau.payments", "health-bureau.account-admin"
NOBODYS_AREA, NOBODYS_BANK = "990000", "990000"
PAID, NOTICED = 5, 5
STATED: dict[str, Any] = {
    "died": "none", "ended": "none", "rural": True, "spouse_rural": True, "wife_born": "none", "children_ever": 1,
    "children_living": 1, "child_died": "none", "child_grade": "none", "complication_grade": "none", "first_claimed": "none",
}  # fmt: skip
AFTER_A_LOSS: dict[str, Any] = {
    "died": "none", "ended": "none", "rural": True, "spouse_rural": True, "wife_born": "none", "children_ever": 1,
    "children_living": 0, "child_died": "2015-03-01", "wife_is_parent": True, "first_claimed": "none",
}  # fmt: skip
BANK = "演示银行古夫支行"
WRONG_NAME = "户名不符"


@dataclass
class Support:
    """One village's neighbours, and the offices through which their claims and their money go. `at` is when it goes on; `number` tells
    two stories of one village apart.
    """

    cast: Cast
    days: Days
    village: Place
    at: datetime
    claims: list[Claim] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)
    names: Any = field(default_factory=lambda: names(Random(990000)))
    step: int = 0
    number: int = 0

    def granted_and_paid(self) -> Story:
        """In the order of the days: five claims, their grants, and money that comes in parts; the last part waits and is late."""
        yield self.office(1)
        self.claims = [self.claims_at_desk(number) for number in range(PAID)]
        yield from self._through_stages()
        yield from self._grants()
        fund = funds.set_up(programme=ALLOWANCE, year=YEAR, **self.by(self.desk(FINANCE)))
        yield from self._comes(fund, "national", promised=250_000, comes=170_000)
        yield from self._is_paid(fund, sent_back=WRONG_NAME)
        self._account(0, again=True)
        yield from self._comes(fund, "city", promised=130_000, comes=130_000)
        yield from self._is_paid(fund)
        yield from self._comes(fund, "county", promised=60_000, comes=60_000)
        funds.look_ahead(at=self.at)
        funds.arrive(fund=fund.pk, level="national", fen=80_000, **self.by(self.desk(FINANCE)))
        yield self.office(6)
        self._proposed(fund)

    def claims_at_desk(self, number: int, programme: str = ALLOWANCE, facts: dict[str, Any] | None = None) -> Claim:
        """Somebody comes to the counter: of the village, or of the county for what the village must not learn."""
        born = f"19{58 + number % 8}0{1 + number % 9}1{number % 9}"
        stated = {"born": f"{born[:4]}-{born[4:6]}-{born[6:]}", **(facts or STATED)}
        begun = claiming.claim(
            programme=programme,
            year=YEAR,
            facts={"person": [stated]},
            numbers=Numbers(identity(born, number)),
            village=self.village.pk,
            person=Person(name=next(self.names), phone=f"100990{number:05}", language="zh-hans", consents=(Purpose.CALL_BACK.value,)),
            **self.by(self.desk(BUREAU) if facts else self.cast.desks[self.cast.at_place[self.village.pk]]),
        )  # fmt: skip
        return Claim.objects.select_related("case").get(case=begun.case)

    def _through_stages(self) -> Story:
        while self.claims[0].stage + 1 < len(self.claims[0].stages):
            yield self.office(2)
            self.claims = [self.passes_on(claim) for claim in self.claims]

    def passes_on(self, claim: Claim) -> Claim:
        """The office where it is has nothing against it; or, as it would after its days, its notice is behind it."""
        if claim.stands_at.notice:
            return noticing.noticed(claim.pk, stage=claim.stage, at=self.at, leaves=True)
        by = self.by(self.cast.desks[claim.office_id])
        return examining.pass_on(claim=claim.pk, verdict="supports", words="", **by)

    def _grants(self) -> Story:
        yield self.office(2)
        self.awards = [
            deciding.grant(claim=claim.pk, **self.by(self.cast.heads[claim.office_id])) for claim in self.claims
        ]
        for number in range(PAID):
            self._account(number)

    def _account(self, number: int, *, again: bool = False) -> None:
        digits = account_number(number + 100 * again)
        by = self.by(self.desk(BUREAU))
        accounts.give_account(award=self.awards[number].pk, bank=BANK, digits=digits, **by)

    def _comes(self, fund: Fund, level: str, *, promised: int, comes: int) -> Story:
        yield self.office(1)
        funds.appropriate(fund=fund.pk, level=level, fen=promised, **self.by(self.desk(FINANCE)))
        funds.arrive(fund=fund.pk, level=level, fen=comes, **self.by(self.desk(FINANCE)))
        yield self.office(1)
        funds.pass_on(fund=fund.pk, **self.by(self.desk(FINANCE)))

    def _proposed(self, fund: Fund) -> Batch:
        batch = batches.propose(fund=fund.pk, **self.by(self.desk(BUREAU)))
        batches.go_on(at=self.at, batch=batch.pk)
        return batch

    def _is_paid(self, fund: Fund, *, sent_back: str = "") -> Story:
        """Proposed, checked, approved and given to the bank by four people; a day later its file comes back."""
        batch, clerk = self._proposed(fund).pk, _holder(CLERK)
        batches.check(batch=batch, **self.by(self.head(BUREAU)))
        batches.approve(batch=batch, **self.by(self.head(FINANCE)))
        batches.export(batch=batch, **self.by(clerk))
        batches.go_on(at=self.at, batch=batch)
        yield self.office(1)
        content = _come_back(Batch.objects.select_related("fund").get(pk=batch), clerk, sent_back, self.at)
        settling.reconcile(batch=batch, content=content, **self.by(clerk))
        settling.close(batch=batch, **self.by(clerk))

    def by(self, who: Actor) -> dict[str, Any]:
        """Who, when, and a key that is the same on every machine; they have just proved who they are."""
        self.step += 1
        at = self.at
        return {"by": replace(who, signed_in_at=at), "at": at, "key": self.key(self.step)}

    def key(self, step: int) -> UUID:
        return key_of("support", self.village.order, step)

    def desk(self, office: str) -> Actor:
        return self.cast.desks[self.cast.bureaus[office]]

    def head(self, office: str) -> Actor:
        return self.cast.heads[self.cast.bureaus[office]]

    def office(self, workdays: int) -> datetime:
        self.at = self.days.in_office(self.at, workdays, self.step)
        return self.at


def supported(played: Stage, cast: Cast, days: Days, *, begins: datetime) -> None:
    """Puts everything that has to do with support on the stage, in two villages of the town in which most of the stories play."""
    villages = villages_of(cast, HOME)
    played.add(Support(cast, days, villages[0], begins).granted_and_paid())
    played.add(_earlier_stages(Support(cast, days, villages[1], begins)))
    played.add(_telephones(cast, days, begins))


def _earlier_stages(told: Support) -> Story:
    """Five neighbours whose notice hangs now, and one whose claim the county alone sees."""
    yield told.office(24)
    made = [told.claims_at_desk(20 + number) for number in range(NOTICED)]
    told.claims_at_desk(40, SENSITIVE, AFTER_A_LOSS)
    yield told.office(2)
    made = [told.passes_on(claim) for claim in made]
    for claim in made:
        noticing.settle(claim.pk, at=told.at)
    notice = Notice.objects.get(office=made[0].office_id, status="drafted")
    by = _holder_of(told)
    publishing.publish(notice=notice.pk, **told.by(by))
    yield told.office(1)
    publishing.hang(notice=notice.pk, photo=_strip(), **told.by(by))


def _telephones(cast: Cast, days: Days, at: datetime) -> Story:
    """The telephones of two offices come in a table: rehearsed, and put in at one stroke."""
    at = days.in_office(at, 15, 3)
    yield at
    by, offices = (
        replace(_holder(ADMIN), signed_in_at=at),
        Office.objects.filter(place__in=cast.villages[:2]).order_by("key"),
    )
    rows = [f"{office.key},100 0526 3{number:03}" for number, office in enumerate(offices)]
    content = "\n".join(["机构编号,电话", *rows]).encode()
    table = stage(target="office_contacts", content=content, by=by, at=at, key=key_of("table", "stage"))
    onward.go_on_with(table.pk, at=at)
    at = days.in_office(at, 0, 5)
    yield at
    applying.apply(batch=table.pk, by=replace(by, signed_in_at=at), at=at, key=key_of("table", "apply"))
    onward.go_on_with(table.pk, at=at)


def _holder_of(told: Support) -> Actor:
    return told.cast.desks[told.cast.at_place[told.village.pk]]


def _holder(post: str) -> Actor:
    held = Holding.objects.select_related("post__office", "account").get(post__key=post, ends=None)
    return Cast.actor(held)


def identity(born: str, number: int) -> str:
    digits = f"{NOBODYS_AREA}{born}{number + 900:03}"[:17]
    return digits + check_digit(digits)


def account_number(number: int) -> str:
    """With a last digit that fits a card."""
    body = f"{NOBODYS_BANK}{number:012}"
    return next(body + last for last in "0123456789" if fits_a_card(body + last))


def _come_back(batch: Batch, clerk: Actor, sent_back: str, at: datetime) -> bytes:
    """The bank's file with what became of each line: booked, but the first where a reason is given."""
    sent = bank_file(batch, "csv", county=people.cell().county.name, by=clerk).decode("utf-8-sig")
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["备注", "金额", "状态", "失败原因", "到账日期"])
    for row in csv.DictReader(io.StringIO(sent)):
        why = sent_back if row["账号"] == account_number(0) else ""
        writer.writerow([row["备注"], row["金额"], "失败" if why else "成功", why, "" if why else str(at.date())])
    return out.getvalue().encode("utf-8")


def _strip() -> bytes:
    """What stands for the photo of the strip at the board."""
    picture, out = Image.new("RGB", (320, 240), "lightgrey"), io.BytesIO()
    picture.paste("white", (40, 90, 280, 150))
    picture.save(out, "JPEG")
    return out.getvalue()
