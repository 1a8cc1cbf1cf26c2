"""The yearly reviews in the demo: one whose answers are over, one that families answer now, and one that the head has to begin.

Everybody is invented, like everybody in `support.py`; what was granted is of the year before, so that it is asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from chengnuo.benefits.models import Award, Claim
from chengnuo.benefits.operations import claiming, deciding
from chengnuo.benefits.operations.claiming import Numbers
from chengnuo.core.instants import local_date
from chengnuo.demo.cast import Cast, names
from chengnuo.demo.county import key_of
from chengnuo.demo.hours import Days
from chengnuo.demo.stage import Stage, Story
from chengnuo.demo.support import AFTER_A_LOSS, BANK, BUREAU, SENSITIVE, Support, account_number, identity
from chengnuo.demo.year import HOME, NOW, villages_of
from chengnuo.foundation.actor import Actor, resident
from chengnuo.payments.operations import accounts
from chengnuo.people.models import Purpose
from chengnuo.people.operations.contacts import Person
from chengnuo.policies.loader import parameters
from chengnuo.reviews.models import Review
from chengnuo.reviews.operations import answering, contacting, opening, owing, passing, renewing, sending

# the village asks about the one, the county about the other: a benefit of a child is guarded
ASKED, OVER, GRANTED_FOR, YEAR = "only-child-retirement", "only-child-allowance", 2025, 2026
RETIRED: dict[str, Any] = {
    "died": "none", "certificate": True, "retired": "2020-03-01", "public_body": True, "pension": 400_000,
}  # fmt: skip
SEED = 990100
CHILD: dict[str, Any] = {"born": "2015-06-15", "died": "none", "certificate": True}
A_DAY = timedelta(days=1)
SHARE_ONE = 3  # of the retired name the same account: a check finds it, and a person looks


class Reviews(Support):
    """One village's neighbours with support of the year before, by the name of the programme."""

    def once_a_year(self) -> Story:
        """In the order of the days, from the grants of early September to the demo's date in the middle of November."""
        yield self.office(1)
        parents = [self._claims(OVER, "child", CHILD, number) for number in range(5)]
        retired = [self._claims(ASKED, "person", RETIRED, number) for number in range(10, 15)]
        yield self.office(2)
        self.claims = [self.passes_on(claim) for claim in parents + retired]
        yield self.office(2)
        awards = [self._granted(claim) for claim in self.claims]
        for award in awards[len(parents) :][:SHARE_ONE]:
            accounts.give_account(award=award.pk, bank=BANK, digits=account_number(200), **self.by(self.desk(BUREAU)))
        yield self.office(1)
        owing.owe_due(at=self.at)
        yield self.office(1)
        yield from self._ends(self._begins(OVER))

    def _ends(self, asked: Sequence[Review]) -> Story:
        """Three say that nothing has changed, one of them at the counter; one is silent; one says at the end that something has."""
        by_code, counter, silent, met, changed = asked
        yield self.office(2)
        for review in asked:
            sending.send_out(review=review.pk, **self.by(self._holder(review)))
        yield self.office(4)
        self._says(answering.say_unchanged, by_code, resident(by_code.pk), how="code")
        self._says(answering.say_unchanged, counter, self._holder(counter), how="counter")
        yield self._until(asked[0].campaign.contact_from)
        retired = self._begins(ASKED)
        passing.pass_on(at=self.at)
        yield from self._asked_by_appointment(silent, "letter_left")
        self._says(answering.say_unchanged, met, resident(met.pk), how="code")
        yield from self._answers_come(retired)
        lost = {"facts": {"child": {"certificate": False}}, "how": "code"}
        self._says(answering.state_anew, changed, resident(changed.award.claim.case_id), **lost)
        yield self._until(asked[0].campaign.answer_until, besides=A_DAY)
        while passing.pass_on(at=self.at, chance=meets(met, asked)):
            pass
        self._agrees_on_a_day(retired[2], workdays=8)
        yield self.office(1)
        self._proposed_renewal(asked[0])

    def _answers_come(self, asked: Sequence[Review]) -> Story:
        """One letter lies about unsent, one family wants to be called, one will agree on a day, two have answered."""
        unchanged, calls, appointed, lies, later = asked
        yield self.office(2)
        for review in (unchanged, calls, appointed, later):
            sending.send_out(review=review.pk, **self.by(self._holder(review)))
        yield self.office(3)
        self._says(answering.say_unchanged, unchanged, resident(unchanged.pk), how="code")
        yield self.office(8)
        self._says(answering.say_unchanged, later, self._holder(later), how="paper")
        yield self._until(lies.campaign.contact_from, besides=-3 * A_DAY)
        self._says(answering.ask_call, calls, resident(calls.pk), how="code")

    def _asked_by_appointment(self, review: Review, outcome: str) -> Story:
        self._agrees_on_a_day(review, workdays=2)
        yield self.office(2)
        contacting.contact(review=review.pk, outcome=outcome, **self.by(self._holder(review)))

    def _agrees_on_a_day(self, review: Review, *, workdays: int) -> None:
        ahead = self.days.days.plus_workdays(local_date(self.at), workdays)
        contacting.appoint(review=review.pk, on=ahead, **self.by(self._holder(review)))

    def _proposed_renewal(self, review: Review) -> None:
        """Who proposed it has opened its sample; whoever confirms it still has to."""
        desk = self.desk(BUREAU)
        renewal = renewing.propose(campaign=review.campaign_id, **self.by(desk))
        for each in Review.objects.filter(pk__in=renewing.sample(renewal, local_date(self.at))).select_related("award"):
            if each.award.name:
                each.award.name.reveal(by=desk, reason="sample of a renewal")

    def to_be_begun(self) -> Story:
        """After a loss: the county alone knows of it, and its head begins the review."""
        yield self.office(1)
        claim = self._claims(SENSITIVE, "person", {"born": "1962-04-03", **AFTER_A_LOSS}, 20)
        yield self.office(1)
        claim = self.passes_on(claim)
        yield self.office(1)
        self._granted(claim)
        yield self.office(1)
        owing.owe_due(at=self.at)

    def _claims(self, programme: str, entity: str, facts: dict[str, Any], number: int) -> Claim:
        """Late, for the year before."""
        begun = claiming.claim(
            programme=programme,
            year=GRANTED_FOR,
            facts={entity: [facts]},
            numbers=Numbers(identity(*of_the_retired(number)), identity("20150615", number) if entity == "child" else ""),
            village=self.village.pk,
            person=Person(name=next(self.names), phone=f"100991{number:05}", language="zh-hans", consents=(Purpose.CALL_BACK.value,)),
            **self.by(self.desk(BUREAU) if programme == SENSITIVE else self._counter()),
        )  # fmt: skip
        return Claim.objects.select_related("case").get(case=begun.case)

    def _granted(self, claim: Claim) -> Award:
        return deciding.grant(claim=claim.pk, **self.by(self.cast.heads[claim.office_id]))

    def _begins(self, programme: str) -> list[Review]:
        """Its reviews, in the order in which the claims were made."""
        campaign = opening.begin(programme=programme, year=YEAR, **self.by(self.head(BUREAU)))
        opening.go_on(at=self.at, campaign=campaign.pk)
        found = Review.objects.filter(campaign=campaign).select_related("campaign", "award__claim__case")
        order = [claim.pk for claim in self.claims]
        return sorted(found, key=lambda review: order.index(review.award.claim_id))

    def _says(self, does: Callable[..., object], review: Review, by: Actor, **said: Any) -> None:
        does(review=review.pk, **said, **self.by(by))

    def _until(self, day: date | None, *, besides: timedelta = timedelta()) -> datetime:
        """The first day in office hours from that day on."""
        while day is None or local_date(self.at) < day + besides:
            self.office(1)
        return self.at

    def _holder(self, review: Review) -> Actor:
        """Whoever asks the family: the village, or the county."""
        return self.cast.desks[review.office_id]

    def _counter(self) -> Actor:
        return self.cast.desks[self.cast.at_place[self.village.pk]]

    def key(self, step: int) -> UUID:
        return key_of("review", self.village.order, self.number, step)


def of_the_retired(number: int) -> tuple[str, int]:
    """Day of birth and order of whoever makes the claim of this number."""
    return f"1963040{1 + number % 9}", 60 + number


def meets(review: Review, among: Sequence[Review]) -> Callable[[int], bytes]:
    """Chance, as if it had met this one and none of the others."""
    percent = parameters().whole("reviews.sample_share", local_date(NOW))

    def seed(_size: int) -> bytes:
        seeds = (sha256(f"demo {number}".encode()).digest() for number in count())
        return next(each for each in seeds if passing.met_by(each, among, percent) == [review])

    return seed


def reviewed(played: Stage, cast: Cast, days: Days, *, begins: datetime, last: datetime) -> None:
    """Puts both on the stage, in the village in which the first of the stories play."""
    village = villages_of(cast, HOME)[0]
    invented = names(Random(SEED))
    played.add(Reviews(cast, days, village, begins, names=invented, number=1).once_a_year())
    played.add(Reviews(cast, days, village, last, names=invented, number=2).to_be_begun())
