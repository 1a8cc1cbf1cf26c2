"""Everything that can happen to the claims of a few people, in any order, as a machine that hypothesis drives; and what must hold after
each step. The tests run a little of it, the rig of machines 2,000 times fifty steps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bench.rigs.paying import DAY
from bench.rigs.till import must
from chengnuo.benefits.lifecycle import CLAIM, IN_FORCE, STAGE, ClaimStatus
from chengnuo.benefits.models import Award, Bulk, Claim, Due, Ending, Objection, Opinion, Scribe, Verdict
from chengnuo.benefits.operations import bulk, deciding, examining, noticing, objecting
from chengnuo.foundation import outbox
from chengnuo.foundation.actor import Actor, visitor
from chengnuo.foundation.models.outbox import Errand
from chengnuo.foundation.refused import Refused
from chengnuo.notices import queries as notices
from chengnuo.notices.models import Notice, NoticeLine
from chengnuo.notices.operations import ending, publishing
from chengnuo.promises.models import Duty
from chengnuo.reviews.models import Amendment
from chengnuo.reviews.operations import amending
from tests.factories import cases, claims, county, photos

POSTS = (claims.DESK, claims.TOWNSHIP_DESK, claims.BUREAU_DESK, claims.BUREAU_HEAD)
DESK, TOWNSHIP, BUREAU, HEAD = range(len(POSTS))
BY_LEVEL = {"village": DESK, "township": TOWNSHIP, "county": HEAD}
PEOPLE, OF = 6, 700  # as many as fill a list, and one; their numbers are nobody else's
A_WAIT = timedelta(days=15)  # a claim waits no longer for a list
LINES, MOST_STAGES = 5, 8
WHO, WHICH = st.integers(0, HEAD), st.integers(0, PEOPLE - 1)
PUT_TO_THE_BOARD: tuple[tuple[Callable[..., Notice], dict[str, Any]], ...] = (
    (publishing.publish, {}),
    (publishing.hang, {"photo": photos.made()}),
    (publishing.recall, {"reason": "mistake"}),
    (publishing.take_down, {}),
)


class Claims(RuleBasedStateMachine):
    """Each run is rolled back at its end."""

    year: ClassVar[int] = 2026

    def __init__(self) -> None:
        super().__init__()
        self.at = DAY
        self.made: list[Any] = []
        self.run = transaction.atomic()
        self.run.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    def officer(self, who: int) -> Actor:
        return county.officer(POSTS[who], at=self.at)

    def said(self, who: int) -> dict[str, Any]:
        return {"by": self.officer(who), "at": self.at, "key": uuid4()}

    def claim(self, which: int) -> Claim | None:
        return Claim.objects.get(pk=self.made[which % len(self.made)]) if self.made else None

    def does(self, verb: Callable[..., object], who: int, **said: Any) -> None:
        with suppress(Refused):
            verb(**said, **self.said(who))

    @initialize()
    def begin(self) -> None:
        Errand.objects.all().delete()

    @rule(which=WHICH, counter=st.booleans())
    def somebody_claims(self, which: int, *, counter: bool) -> None:
        by = self.officer(DESK) if counter else visitor()
        self.made.append(claims.made(of=OF + which, at=self.at, by=by).pk)

    @rule()
    def everybody_claims_and_is_looked_at(self) -> None:
        for which in range(PEOPLE):
            self.somebody_claims(which, counter=False)
            self.somebody_looks(DESK, len(self.made) - 1, Verdict.SUPPORTS)
        self.what_follows_is_done()

    @rule(who=WHO, which=WHICH, verdict=st.sampled_from([Verdict.SUPPORTS, Verdict.DOUBTS]))
    def somebody_looks(self, who: int, which: int, verdict: str) -> None:
        if claim := self.claim(which):
            self.does(examining.pass_on, who, claim=claim.pk, verdict=verdict, words="看过户口簿。")

    @rule(who=WHO, which=WHICH)
    def somebody_asks_for_papers(self, who: int, which: int) -> None:
        if claim := self.claim(which):
            self.does(examining.send_back, who, claim=claim.pk, missing=["户口簿"], words="请补一份。")

    @rule(which=WHICH, name=st.sampled_from(["supply", "withdraw"]))
    def a_family_acts(self, which: int, name: str) -> None:
        if claim := self.claim(which):
            with suppress(Refused):
                getattr(cases, name)(claim.case, at=self.at)

    @rule(who=WHO, which=WHICH, fen=st.none() | st.integers(0, 200_000))
    def somebody_grants(self, who: int, which: int, fen: int | None) -> None:
        if claim := self.claim(which):
            self.does(deciding.grant, who, claim=claim.pk, fen=fen, reasons="按文件另定。" if fen else "")

    @rule(who=WHO, which=WHICH)
    def somebody_refuses(self, who: int, which: int) -> None:
        if claim := self.claim(which):
            self.does(deciding.refuse, who, claim=claim.pk, reasons="年龄不到。", law="国人口发〔2004〕36号")

    @rule(which=WHICH)
    def somebody_claims_and_is_granted(self, which: int) -> None:
        """Each stage supports it, and each list hangs for its days; for one that is too small nobody waits longer than they may."""
        self.somebody_claims(which, counter=False)
        mine = len(self.made) - 1
        for _stage in range(MOST_STAGES):
            claim = self.claim(mine)
            if claim is None or claim.status != ClaimStatus.OPEN:
                return
            if claim.stands_at.notice:
                self.what_follows_is_done()
                self.its_list_hangs(claim)
                self.days_go_by(A_WAIT.days)
                self.what_follows_is_done()
            elif claim.stage + 1 == len(claim.stages):
                self.somebody_grants(HEAD, mine, None)
            else:
                self.somebody_looks(BY_LEVEL[claim.stands_at.level], mine, Verdict.SUPPORTS)

    def its_list_hangs(self, claim: Claim) -> None:
        for notice in Notice.objects.filter(lines__about_id=claim.pk, status="drafted"):
            for verb, said in PUT_TO_THE_BOARD[:2]:
                self.does(verb, BY_LEVEL[claim.stands_at.level], notice=notice.pk, **said)

    @rule(who=WHO, which=WHICH, how=st.sampled_from(Ending.values))
    def an_award_ends(self, who: int, which: int, how: str) -> None:
        for award in self.awards(which):
            self.does(amending.end, who, award=award.pk, ending=how, on=self.at.date(), reasons="so")

    @rule(who=WHO, which=WHICH, year=st.integers(2025, 2027))
    def a_year_is_determined(self, who: int, which: int, year: int) -> None:
        for award in self.awards(which):
            said = {"facts": {"person": {"rural": False}}, "reasons": "so"}
            self.does(amending.determine, who, award=award.pk, year=year, **said)

    @rule(who=WHO, verb=st.sampled_from([amending.confirm, amending.drop]))
    def an_amendment_is_looked_at(self, who: int, verb: Callable[..., Amendment]) -> None:
        for amendment in Amendment.objects.filter(status="proposed").values_list("pk", flat=True):
            self.does(verb, who, amendment=amendment)

    @rule(first=WHO, second=WHO)
    def many_are_decided_at_once(self, first: int, second: int) -> None:
        self.does(bulk.draw, first, sort="grant", programme="rural-incentive", year=self.year)
        for found in Bulk.objects.exclude(status__in=["done", "dropped"]):
            for item in found.items.filter(is_sample=True):
                with suppress(Refused):
                    bulk.open_one(item=item.pk, by=self.officer(first), at=self.at)
            for verb, who in ((bulk.propose, first), (bulk.confirm, second), (bulk.go_on, second)):
                self.does(verb, who, bulk=found.pk)

    @rule(which=WHICH, how=st.sampled_from(PUT_TO_THE_BOARD))
    def the_village_acts_on_a_list(self, which: int, how: tuple[Callable[..., Notice], dict[str, Any]]) -> None:
        found = list(Notice.objects.filter(lines__about_id__in=self.made).distinct().order_by("pk"))
        if found:
            self.does(how[0], DESK, notice=found[which % len(found)].pk, **how[1])

    @rule(which=WHICH)
    def a_neighbour_objects(self, which: int) -> None:
        line = NoticeLine.objects.filter(about_id__in=self.made).select_related("notice").order_by("pk").last()
        if line is not None:
            said = {
                "ground": ("age", "registration")[which % 2],
                "words": "不到年龄。",
                "person": county.person("王芳"),
            }
            with suppress(Refused):
                objecting.make(
                    notice=line.notice.number, reference=line.reference, **said, **self.said(DESK) | {"by": visitor()}
                )

    @rule(who=WHO, verb=st.sampled_from([objecting.uphold, objecting.reject]))
    def an_objection_is_answered(self, who: int, verb: Callable[..., Objection]) -> None:
        for found in Objection.objects.filter(claim__in=self.made, status="open"):
            self.does(verb, who, objection=found.pk, words="查过了。")

    @rule(days=st.integers(0, 20))
    def days_go_by(self, days: int) -> None:
        self.at += timedelta(days=days)

    @rule()
    def what_follows_is_done(self) -> None:
        ending.end_due(at=self.at)
        while outbox.drain(self.at, "machine").tried:
            pass
        for pk in self.made:  # as the night does with everybody's
            noticing.settle(pk, at=self.at)

    def awards(self, which: int) -> list[Award]:
        claim = self.claim(which)
        return list(Award.objects.filter(person_index=claim.person_index)) if claim else []

    @invariant()
    def a_person_has_one_award_in_force(self) -> None:
        open_ones = Award.objects.filter(claim__in=self.made, status=IN_FORCE)
        must(_once(bytes(each.person_index) for each in open_ones), "somebody has two awards of a programme in force")

    @invariant()
    def a_year_is_awarded_once(self) -> None:
        dues = Due.objects.filter(award__claim__in=self.made).select_related("award").order_by("number")
        last = {(due.award.pk, due.year): (bytes(due.award.person_index), due.year, due.fen) for due in dues}
        must(_once((who, year) for who, year, fen in last.values() if fen), "a year is awarded twice")

    @invariant()
    def what_is_granted_has_its_award_and_nothing_else_has_one(self) -> None:
        granted = Claim.objects.filter(pk__in=self.made, status=ClaimStatus.GRANTED).values_list("pk", flat=True)
        must(set(granted) == set(Award.objects.filter(claim__in=self.made).values_list("claim", flat=True)),
             "an award without a grant, or a grant without an award")  # fmt: skip

    @invariant()
    def nobody_decides_what_they_had_a_hand_in(self) -> None:
        said = list(Opinion.objects.filter(claim__in=self.made).values_list("claim", "account", "verdict"))
        hands = {(claim, account) for claim, account, verdict in said if verdict != Verdict.DECIDES}
        hands |= set(Scribe.objects.filter(claim__in=self.made).values_list("claim", "account"))
        decided = {(claim, account) for claim, account, verdict in said if verdict == Verdict.DECIDES}
        amended = Amendment.objects.filter(award__claim__in=self.made, status="confirmed")
        decided |= set(amended.values_list("award__claim", "confirmed_account"))
        must(not hands & decided, "somebody decided what they examined or wrote down")

    @invariant()
    def nothing_is_decided_before_its_stages(self) -> None:
        for claim in Claim.objects.filter(pk__in=self.made, status__in=[ClaimStatus.GRANTED, ClaimStatus.REFUSED]):
            looked = set(claim.opinions.filter(round=claim.round).values_list("stage", flat=True))
            wanted = {key for number, key in enumerate(claim.stages) if not claim.at_stage(number).notice}
            must(wanted <= looked, "a claim was decided before each of its stages had looked at it")

    @invariant()
    def an_open_claim_owes_one_stage_and_a_closed_one_none(self) -> None:
        live = Duty.objects.filter(subject_id__in=self.made, kind=STAGE, outcome="", parent=None)
        owed = Counter(live.values_list("subject_id", flat=True))
        for pk, status in Claim.objects.filter(pk__in=self.made).values_list("pk", "status"):
            must(owed[pk] == (status in CLAIM.open), "a claim's clock does not run as its status says")

    @invariant()
    def nothing_is_published_before_its_gate(self) -> None:
        shown = {each.pk for each in notices.running(county.village().pk, at=self.at)}
        for notice in Notice.objects.filter(lines__about_id__in=self.made).distinct():
            runs = _runs(notice, self.at)
            must((notice.pk in shown) <= runs, "a list is shown that was not published, or outside its days")
            must(not runs or notice.lines.count() >= LINES, "a list that is too small is shown")
            for claim in Claim.objects.filter(pk__in=notice.lines.values("about_id")) if runs else ():
                must(_reached(claim, notice), "a name stands in a list before its claim came there")


def _once(found: Iterable[object]) -> bool:
    return max(Counter(found).values(), default=0) <= 1


def _runs(notice: Notice, at: datetime) -> bool:
    return bool(notice.published_at and notice.published_at <= at and notice.status in ("published", "up"))


def _reached(claim: Claim, notice: Notice) -> bool:
    """A result is published once it is granted; a claim that began anew stays in the list that still runs."""
    if notice.sort == noticing.RESULT:
        return claim.status == ClaimStatus.GRANTED
    return bool(claim.round) or any(claim.at_stage(number).notice for number in range(claim.stage + 1))
