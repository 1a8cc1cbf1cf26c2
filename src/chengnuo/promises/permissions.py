"""Who may do what to promises, duties and releases."""

from __future__ import annotations

from django.db.models import Exists, Q

from chengnuo.foundation.actor import Actor, Hat
from chengnuo.foundation.gate import ANY, Cell, Relation, Rule
from chengnuo.foundation.refs import registry
from chengnuo.people.models import Level, Office
from chengnuo.people.relations import HOLDERS, OFFICE, SEERS, names_their_office
from chengnuo.people.roles import Role
from chengnuo.promises.models import Duty, PromiseVersion, Release

ABOVE = Relation("above", "the office that owes it is right below theirs", lambda _, hat: Q(office__above=hat.office))


def _own(_actor: Actor, hat: Hat) -> Q:
    """What every village or township promises is written by the bureau that stands above the townships, and by no other."""
    below = Office.objects.filter(above=hat.office, level=Level.TOWNSHIP)
    return Q(promise__office=hat.office) | Q(Exists(below), promise__office=None)


OWN = Relation(
    "own", "their office makes the promise, or it is every village's or township's and theirs stands above them", _own
)
HIDDEN = Relation("hidden", "it belongs to a complaint about their office", names_their_office("hidden_from"))
ALONE = Relation("alone", "it stands in no list", lambda *_: registry.alone("subject_kind", "kind") & Q(parent=None))
IN_PUBLIC = Relation("public", "everybody sees each", lambda *_: Q(subject_kind__in=registry.public_kinds()))
WROTE = Relation(
    "wrote",
    "they wrote its first or last words themselves",
    lambda by, _: Q(author=by.account) | Q(changed_by=by.account),
)

APPROVERS: dict[str, Cell] = {Role.COUNTY_APPROVER: OWN.freshly()}
DRAFTERS: dict[str, Relation] = {Role.COUNTY_OFFICER: OWN, Role.COUNTY_APPROVER: OWN}
FREERS: dict[str, Cell] = {Role.TOWNSHIP_HEAD: ABOVE.freshly(), Role.COUNTY_APPROVER: ABOVE.freshly()}

RULES = [
    Rule("duty.list", Duty, SEERS, never=HIDDEN | ALONE),
    Rule("duty.hold", Duty, HOLDERS, never=HIDDEN | ALONE),  # also another office's, until that office has accepted it
    Rule("duty.supervise", Duty, {Role.SUPERVISOR: OFFICE, Role.AUDITOR: ANY}, never=HIDDEN | ALONE),
    Rule("duty.answer", Duty, HOLDERS, never=HIDDEN),
    # nobody frees an office of what it owes everybody
    Rule("duty.discharge", Duty, FREERS, never=HIDDEN | IN_PUBLIC),
    Rule("duty.escalate", Duty, {Role.SYSTEM: ANY}),
    Rule("promise.see", PromiseVersion, DRAFTERS),
    Rule("promise.found", PromiseVersion, DRAFTERS),
    Rule("promise.draft", PromiseVersion, DRAFTERS),
    Rule("promise.change", PromiseVersion, DRAFTERS),
    Rule("promise.discard", PromiseVersion, DRAFTERS),
    Rule("promise.check", PromiseVersion, {Role.COUNTY_APPROVER: OWN}, never=WROTE),
    Rule("promise.give_back", PromiseVersion, {Role.COUNTY_APPROVER: OWN}),
    Rule("promise.publish", PromiseVersion, APPROVERS, never=WROTE),
    Rule("promise.end", PromiseVersion, APPROVERS),
    Rule("release.owe", Release, {Role.SYSTEM: ANY}),
    Rule("release.publish", Release, {Role.SYSTEM: ANY}),
]
