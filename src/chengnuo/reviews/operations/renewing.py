"""All unchanged awards of a campaign are renewed in one action by two officers: one proposes and sees a random sample, another confirms.

What goes on then are steps, each under a key of its own: killed anywhere and begun again, it renews each once. What the rules
give less for is renewed by nobody's list: a person looks at it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import OuterRef, QuerySet, Subquery

from chengnuo.benefits.lifecycle import IN_FORCE
from chengnuo.benefits.models import Due
from chengnuo.benefits.operations import awards
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.core.sampling import some_of
from chengnuo.foundation import looks
from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.pace import Pace
from chengnuo.foundation.refused import AlreadyReceived, NotAllowed, NotHere, Overtaken, Refused
from chengnuo.people import queries as people
from chengnuo.policies.loader import parameters
from chengnuo.reviews.internal.renewed import sum_or_none
from chengnuo.reviews.internal.seats import county_counter, seated
from chengnuo.reviews.lifecycle import GOING, PROPOSED, RENEWAL, REVIEW, SILENT, UNCHANGED
from chengnuo.reviews.models import Campaign, Change, Renewal, Review

STEPS = 150
PACE = Pace()
SEED_BYTES = 32
# what renewing one needs of it: the rest of both rows costs as much again
READ = ("status", "version", "campaign", "office", "is_guarded")
READ_OF_AWARD = ("status", "version", "programme", "place", "facts", "office", "is_guarded")


class NothingToRenew(Refused):
    code = "nothing-to-renew"
    sentence = N_("Nothing of this review waits to be renewed.")
    remedy = N_("Those who said that nothing has changed stand here as soon as they have answered.")


class RenewedAlready(Refused):
    code = "renewal-under-way"
    sentence = N_("Another renewal of this review is proposed or under way.")
    remedy = N_("Confirm it, or give it up, first.")


class SampleUnopened(Refused):
    code = "renewal-sample-unopened"
    sentence = N_("The sample has not been opened by both of you.")
    remedy = N_("Whoever proposed it and whoever confirms it open each of the awards that chance picked, and look.")


def propose(*, campaign: UUID, by: Actor, at: datetime, key: UUID) -> Renewal:
    """Everything that may be renewed by now. Raises NothingToRenew, RenewedAlready."""
    with act("renewal.propose/1", by=by, at=at, key=key, said={"campaign": campaign}) as a:
        a.permit()
        found = Campaign.objects.select_for_update().filter(pk=campaign, office__in=by.offices).first()
        if found is None:
            raise NotHere
        if Renewal.objects.filter(campaign=found, status__in=[PROPOSED, GOING]).exists():
            raise RenewedAlready
        if by.account is None:
            raise NotAllowed
        wanted = ready(found, at).count()
        if not wanted:
            raise NothingToRenew
        made = Renewal(
            campaign=found,
            seed=_seed(found),
            proposed_at=at,
            proposed_by=by.account,
            wanted=wanted,
        )
        return a.make(made, RENEWAL.propose)


def confirm(*, renewal: UUID, by: Actor, at: datetime, key: UUID) -> Renewal:
    """Another officer has seen the sample, as the first has, and answers for all of it. Raises SampleUnopened."""
    with act("renewal.confirm/1", by=by, at=at, key=key, said={"renewal": renewal}) as a:
        found = a.take(Renewal, renewal)
        if by.account is None or not _both_have_looked(found, by.account, local_date(at)):
            raise SampleUnopened
        post = people.post_at(found.campaign.office_id, by)
        return a.move(found, RENEWAL.confirm, post_id=post, confirmed_by=by.account)


def drop(*, renewal: UUID, by: Actor, at: datetime, key: UUID) -> Renewal:
    """It is not confirmed: everything waits as before."""
    with act("renewal.drop/1", by=by, at=at, key=key, said={"renewal": renewal}) as a:
        return a.move(a.take(Renewal, renewal), RENEWAL.drop)


def go_on(*, at: datetime, renewal: UUID | None = None, steps: int = STEPS) -> int:
    """Goes on with what was confirmed, some awards a step; returns how many steps that were."""
    done = 0
    while done < steps and (found := _begun(renewal)):
        with suppress(AlreadyReceived, Overtaken):
            _step(found, at)
        done += 1
    return done


def sample(renewal: Renewal, on: date) -> list[UUID]:
    """Some of what would be renewed, by the renewal's own seed: neither officer picks."""
    rows = ready(renewal.campaign, renewal.proposed_at).values_list("pk", flat=True)
    return some_of(renewal.seed, rows.iterator(), parameters().whole("reviews.shown_before_renewal", on))


def _both_have_looked(renewal: Renewal, second: int, on: date) -> bool:
    """A page of theirs opened the name of each since it was proposed; where no name is kept any more, nothing can be opened."""
    shown = Review.objects.filter(pk__in=sample(renewal, on)).select_related("award")
    rows, since = {str(each.award_id) for each in shown if each.award.name}, local_date(renewal.proposed_at)
    return all(rows <= looks.opened(account=one, rows=rows, since=since) for one in (renewal.proposed_by, second))


def _seed(campaign: Campaign) -> bytes:
    """Drawn for the first renewal of a campaign, and kept: whoever gives one up and proposes again sees the same ones."""
    first = (
        Renewal.objects.filter(campaign=campaign).order_by("proposed_at", "pk").values_list("seed", flat=True).first()
    )
    return secrets.token_bytes(SEED_BYTES) if first is None else bytes(first)


def ready(campaign: Campaign, until: datetime) -> QuerySet[Review]:
    """What nobody said a change of, answered or silent, since then at the latest."""
    return Review.objects.filter(campaign=campaign, status__in=[UNCHANGED, SILENT], ready_at__lte=until)


def _begun(renewal: UUID | None) -> Renewal | None:
    rows = Renewal.objects.filter(status=GOING).select_related("campaign")
    return (rows if renewal is None else rows.filter(pk=renewal)).order_by("pk").first()


@dataclass
class _Sorted:
    """A step's reviews, by what follows; `sums` are those of the awards that have none of the year yet."""

    renew: list[Review] = field(default_factory=list)
    look: list[Review] = field(default_factory=list)
    drop: list[Review] = field(default_factory=list)
    sums: dict[UUID, int] = field(default_factory=dict)


def _step(renewal: Renewal, at: datetime) -> None:
    """What is due is found before anything is written, so that nobody waits for it; who was changed meanwhile overtakes the step."""
    rows = ready(renewal.campaign, renewal.proposed_at).order_by("pk")
    rows = rows.filter(pk__gt=renewal.after) if renewal.after else rows
    chunk = list(_with_sums(rows, renewal.campaign.year)[: PACE.size])
    found = _sort(chunk, renewal.campaign, at)
    key = uuid5(renewal.pk, f"go_on {renewal.after}")
    with act("renewal.go_on/1", by=system(), at=at, key=key, said={"after": str(renewal.after)}) as a:
        taken = a.take(Renewal, renewal.pk)
        if not chunk:
            a.move(taken, RENEWAL.finish)
            return
        _write(a, renewal, found)
        more = {"renewed": taken.renewed + len(found.renew), "left": taken.left + len(found.look)}
        a.move(taken, RENEWAL.go_on, after=chunk[-1].pk, **more)
    PACE.learn(len(chunk), a)


def _with_sums(rows: QuerySet[Review], year: int) -> QuerySet[Review]:
    """With what the year before came to, and what this one does where it was determined already."""
    dues = Due.objects.filter(award=OuterRef("award")).order_by("-year", "-number").values("fen")
    needed = [*READ, "award", *(f"award__{name}" for name in READ_OF_AWARD)]
    return (
        rows.select_related("award")
        .only(*needed)
        .annotate(known=Subquery(dues.filter(year=year)[:1]), last=Subquery(dues.filter(year__lt=year)[:1]))
    )


def _sort(chunk: Sequence[Review], campaign: Campaign, at: datetime) -> _Sorted:
    found, by, today = _Sorted(), system(), local_date(at)
    for review in chunk:
        award, row = review.award, _row(review)
        if award.status != IN_FORCE:
            found.drop.append(review)
            continue
        fen = row["known"] if row["known"] is not None else sum_or_none(award, campaign.year, by, today)
        if fen is None or fen < (row["last"] or 0):
            found.look.append(review)
            continue
        found.renew.append(review)
        if row["known"] is None:
            found.sums[award.pk] = fen
    return found


def _row(review: Any) -> Mapping[str, int | None]:
    return {"known": review.known, "last": review.last}


def _write(a: Act, renewal: Renewal, found: _Sorted) -> None:
    """The same statements for many as for one."""
    post = renewal.post_id
    if post is None:
        raise NotAllowed
    each = ((review.award, found.sums.get(review.award_id)) for review in found.renew)
    determined = [(award, fen) for award, fen in each if fen is not None]
    a.move_all(found.renew, REVIEW.renew, decided_by=renewal.confirmed_by, decided_on=local_date(a.at))
    if found.look:
        county = seated(county_counter(renewal.campaign.office_id))
        a.move_all(found.look, REVIEW.look, change=Change.LOOK, **county)
    a.move_all(found.drop, REVIEW.drop)
    awards.determined_all(a, determined, year=renewal.campaign.year, post=post)
