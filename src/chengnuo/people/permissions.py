"""Who may do what to accounts, posts, offices and the calendar."""

from __future__ import annotations

from django.db.models import Q

from chengnuo.foundation.actor import Actor, Hat
from chengnuo.foundation.gate import ANY, Cell, Relation, Rule
from chengnuo.people.models import AccessToken, Account, AnnouncedDay, FactorReset, Holding, Office, Post
from chengnuo.people.roles import OFFICERS, Role

ADMIN: dict[str, Relation | Cell] = {Role.ACCOUNT_ADMIN: ANY.freshly()}

OWN = Relation("their own", "it is their own account", lambda actor, _hat: Q(pk=actor.account))
ASKED_OR_OWN = Relation(
    "asker or owner",
    "they asked for it, or it is their own account",
    lambda actor, _hat: Q(asked_by=actor.account) | Q(account=actor.account),
)


def _those_they_head(_actor: Actor, hat: Hat) -> Q:
    """Whoever holds a post in the office of this head, or in one below it."""
    headed = Post.objects.filter(Q(pk=hat.post), is_head=True).values("office")
    held = Holding.objects.filter(Q(post__office__in=headed) | Q(post__office__above__in=headed), ends=None)
    return Q(account__in=held.values("account"))


HEAD_OF_THEM = Relation(
    "head of them", "they head an office in which the person holds a post, or the one above it", _those_they_head
)

RULES = [
    Rule("people.list", Account, {Role.ACCOUNT_ADMIN: ANY}),
    Rule("people.see", Holding, {Role.ACCOUNT_ADMIN: ANY, Role.AUDITOR: ANY}),
    Rule("people.open_account", None, ADMIN),
    Rule("people.open_again", None, {**ADMIN, Role.SYSTEM: ANY}),
    Rule("people.close_account", None, ADMIN),
    Rule("people.unlock_account", Account, ADMIN),
    Rule("factor.ask", Account, ADMIN, never=OWN),
    Rule("factor.confirm", FactorReset, dict.fromkeys(OFFICERS, HEAD_OF_THEM.freshly()), never=ASKED_OR_OWN),
    Rule("people.fill_post", Holding, ADMIN),
    Rule("people.vacate_post", Holding, ADMIN),
    Rule("people.change_office", Office, ADMIN),
    Rule("people.announce_day", AnnouncedDay, ADMIN),
    Rule("token.list", AccessToken, {Role.ACCOUNT_ADMIN: ANY}),
    Rule("token.issue", None, ADMIN),
    Rule("token.revoke", AccessToken, ADMIN),
    Rule("record.see", None, {Role.AUDITOR: ANY}),
    Rule("backup.see", None, {Role.ACCOUNT_ADMIN: ANY, Role.AUDITOR: ANY}),
]
