"""Who may do what to promises, duties and releases."""

from __future__ import annotations

from django.db.models import Exists, Q

from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor, Hat
from chengnuo.foundation.gate import ANY, Cell, Relation, Rule
from chengnuo.people.models import Level, Office
from chengnuo.people.roles import OFFICERS, Role
from chengnuo.promises.models import Duty, PromiseVersion, Release

HOLDER = Relation("holder", N_("the duty is in their hands"), lambda _actor, hat: Q(holder=hat.post))
OFFICE = Relation("office", N_("it is their office's"), lambda _actor, hat: Q(office=hat.office))
ABOVE = Relation(
    "above",
    N_("the office that owes it is directly below theirs"),
    lambda _actor, hat: Q(office__above=hat.office),
)
TOWNSHIP = Relation(
    "township", N_("it is their office's, or a village's below it"), lambda _actor, hat: Q(township=hat.place)
)
BUREAU = Relation(
    "bureau",
    N_("it is their office's, or an office's below it"),
    lambda _actor, hat: Q(bureau=hat.office) | Q(office=hat.office),
)


def _own(_actor: Actor, hat: Hat) -> Q:
    """What every village or township promises is written by the bureau that stands above the townships, and by no other."""
    below = Office.objects.filter(above=hat.office, level=Level.TOWNSHIP)
    return Q(promise__office=hat.office) | Q(Exists(below), promise__office=None)


OWN = Relation(
    "own",
    N_("their office makes the promise, or it is every village's or township's and theirs stands above them"),
    _own,
)
HIDDEN = Relation(
    "hidden",
    N_("it belongs to a complaint about their office"),
    lambda _actor, hat: Q(hidden_from=hat.office) if hat.office else Q(pk__in=()),
)
WROTE = Relation(
    "wrote",
    N_("they wrote its last words themselves"),
    lambda actor, _hat: Q(changed_by=actor.account),
)

SEERS: dict[str, Relation | Cell] = {
    Role.VILLAGE_OFFICER: OFFICE,
    Role.TOWNSHIP_OFFICER: TOWNSHIP,
    Role.TOWNSHIP_HEAD: TOWNSHIP,
    Role.COUNTY_OFFICER: BUREAU,
    Role.COUNTY_APPROVER: BUREAU,
}
APPROVERS: dict[str, Relation | Cell] = {Role.COUNTY_APPROVER: OWN.freshly()}
DRAFTERS: dict[str, Relation | Cell] = {Role.COUNTY_OFFICER: OWN, Role.COUNTY_APPROVER: OWN}

RULES = [
    Rule("duty.list", Duty, SEERS, never=HIDDEN),
    # also another office's, received at a counter, until that office has accepted it
    Rule("duty.hold", Duty, dict.fromkeys(OFFICERS, HOLDER), never=HIDDEN),
    Rule("duty.supervise", Duty, {Role.SUPERVISOR: OFFICE, Role.AUDITOR: ANY}, never=HIDDEN),
    Rule("duty.answer", Duty, dict.fromkeys(OFFICERS, HOLDER), never=HIDDEN),
    Rule(
        "duty.discharge",
        Duty,
        {Role.TOWNSHIP_HEAD: ABOVE.freshly(), Role.COUNTY_APPROVER: ABOVE.freshly()},
        never=HIDDEN,
    ),
    Rule("duty.escalate", Duty, {Role.SYSTEM: ANY}),
    Rule("promise.see", PromiseVersion, DRAFTERS),
    Rule("promise.found", PromiseVersion, DRAFTERS),
    Rule("promise.draft", PromiseVersion, DRAFTERS),
    Rule("promise.change", PromiseVersion, DRAFTERS),
    Rule("promise.check", PromiseVersion, {Role.COUNTY_APPROVER: OWN}, never=WROTE),
    Rule("promise.give_back", PromiseVersion, {Role.COUNTY_APPROVER: OWN}),
    Rule("promise.publish", PromiseVersion, APPROVERS, never=WROTE),
    Rule("promise.end", PromiseVersion, APPROVERS),
    Rule("release.publish", Release, {Role.SYSTEM: ANY}),
]
