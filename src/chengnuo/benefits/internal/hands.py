"""Who had a hand in a claim: whoever examined it at an earlier stage, or wrote down what it states. They do not decide on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from chengnuo.benefits.models import Claim, Opinion, Scribe, Verdict
from chengnuo.foundation.actor import Actor, Hat

EXAMINING = Opinion.objects.exclude(verdict=Verdict.DECIDES)


@dataclass(frozen=True)
class Hands:
    """Who does not decide: by their account, and whoever holds one of these posts."""

    accounts: frozenset[int]
    posts: frozenset[UUID]


def hands_in(claim: Claim) -> Hands:
    """All of them: what the gate never lets decide it."""
    examined = EXAMINING.filter(claim=claim).values_list("account", flat=True)
    wrote = Scribe.objects.filter(claim=claim).values_list("account", flat=True)
    return Hands(frozenset({*examined, *wrote}), frozenset(filter(None, [claim.case.helper_id])))


def had_a_hand(to: str = "") -> Callable[[Actor, Hat], Q]:
    """Whether somebody is one of them, as the filter of a relation; `to` leads from its noun to the claim, such as "award__claim__"."""

    def query(actor: Actor, _hat: Hat) -> Q:
        # nobody without an account has examined or written anything
        own = {"claim": OuterRef(f"{to}pk"), "account": actor.account or 0}
        helped = Q(**{f"{to}case__helper__in": actor.posts})
        return Q(Exists(EXAMINING.filter(**own))) | Q(Exists(Scribe.objects.filter(**own))) | helped

    return query
