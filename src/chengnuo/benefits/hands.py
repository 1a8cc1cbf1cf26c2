"""Who had a hand in a claim: whoever examined it at an earlier stage, or wrote down what it states. They do not decide on it; `free_head`
says who does then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from chengnuo.benefits.models import Claim, Opinion, Scribe, Verdict
from chengnuo.foundation.actor import Actor, Hat
from chengnuo.people import queries as people
from chengnuo.people.models import Post

EXAMINING = Opinion.objects.exclude(verdict=Verdict.DECIDES)


@dataclass(frozen=True)
class Hands:
    """Who does not decide: by their account, and whoever holds one of these posts."""

    accounts: frozenset[int]
    posts: frozenset[UUID]


def hands_in(claim: Claim) -> Hands:
    """All of them: what the gate never lets decide it."""
    examined, wrote = (
        rows.filter(claim=claim).order_by().values_list("account", flat=True) for rows in (EXAMINING, Scribe.objects)
    )
    return Hands(frozenset(examined.union(wrote)), frozenset(filter(None, [claim.case.helper_id])))


def had_a_hand(to: str = "") -> Callable[[Actor, Hat], Q]:
    """Whether somebody is one of them, as the filter of a relation; `to` leads from its noun to the claim, such as "award__claim__"."""

    def query(actor: Actor, _hat: Hat) -> Q:
        # nobody without an account has examined or written anything
        own = {"claim": OuterRef(f"{to}pk"), "account": actor.account or 0}
        helped = Q(**{f"{to}case__helper__in": actor.posts})
        return Q(Exists(EXAMINING.filter(**own))) | Q(Exists(Scribe.objects.filter(**own))) | helped

    return query


def free_head(office: UUID, *, apart_from: Hands, on: date) -> Post | None:
    """The head of this office, or the nearest one above who had no hand in it; a head's post that is vacant waits for whoever fills it.
    None where everybody upward had one.
    """
    head = people.head(office)
    while True:
        holding = people.holding_of(head.pk, on=on)
        if head.pk not in apart_from.posts and (holding is None or holding.account_id not in apart_from.accounts):
            return head
        above = people.head_above(head.office_id)
        if above.pk == head.pk:
            return None
        head = above
