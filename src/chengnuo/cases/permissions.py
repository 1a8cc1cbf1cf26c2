"""Who may do what to a case. Relations are filters, so the same line decides a page, an act, a list and an export."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Exists, OuterRef, Q

from chengnuo.cases.models import Case, NewCode, Pressed, Rating, Step
from chengnuo.foundation.gate import ANY, Cell, Relation, Rule
from chengnuo.people import relations
from chengnuo.people.models import Consent
from chengnuo.people.relations import BUREAU, HEAD, HOLDER, HOLDERS, OFFICE, names_their_office
from chengnuo.people.roles import OFFICERS, Role

OFFERED = Relation("offered", "they have been asked to take it", lambda _actor, hat: Q(offered_to=hat.post))
RECEIPT = Relation("receipt", "they typed its receipt code", lambda actor, _hat: Q(pk__in=actor.holds))
HANDED_IN = Relation("handed in", "they handed it in", lambda actor, _hat: Q(via=actor.token))
THEIR_OWN = Relation(
    "their own",
    "it was given in a case whose receipt code they typed",
    lambda actor, _hat: Q(contact__case__in=actor.holds),
)
COMPLAINED_ABOUT = Relation("complained about", "it complains about their office", names_their_office("about_office"))
# a file's row and its time would tell the hour
WITHOUT_A_NAME = Relation(
    "without a name", "it is a complaint without a name", lambda _actor, _hat: Q(is_anonymous=True)
)
# whoever does the work, or sits beside the one who does it
THEIR_OFFICES_WORK = COMPLAINED_ABOUT | Relation(
    "their office's work", "it is their own office's work", names_their_office("office", "holder__office")
)

# whoever received it at a counter sees it until another office has accepted it
SEERS: dict[str, Relation] = {role: seer | HOLDER for role, seer in relations.SEERS.items()}
COUNTY: tuple[str, ...] = (Role.COUNTY_OFFICER, Role.COUNTY_APPROVER)
RESIDENT: dict[str, Relation] = {Role.RESIDENT: RECEIPT}
# a paper is seen by whoever works on the case and by heads, not by the whole office
SHOWN: dict[str, Relation] = dict.fromkeys(map(str, OFFICERS), HOLDER | HEAD)
SHOWN |= {role: SEERS[role] for role in (Role.TOWNSHIP_HEAD, Role.COUNTY_APPROVER)}


def _of_case(relation: Relation) -> Relation:
    """The same relation, to what belongs to the case."""
    # by the case of each row: a list of all cases in reach would grow with the county
    return Relation(
        relation.name,
        relation.meaning,
        lambda actor, hat: Q(Exists(Case.objects.filter(relation.q(actor, hat), pk=OuterRef("case")))),
    )


ASKER = Relation("asker", "they asked for it themselves", lambda actor, _hat: Q(asked_by=actor.account))
OF_HOLDER = _of_case(Relation("case's holder", "the case is in their hands", HOLDER.q))
SEEN = {role: _of_case(seer) for role, seer in SEERS.items()}


def _rule(name: str, cells: Mapping[str, Relation | Cell], *, never: Relation = COMPLAINED_ABOUT) -> Rule:
    return Rule(f"case.{name}", Case, cells, never=never)


def _step(name: str, cells: Mapping[str, Relation | Cell]) -> Rule:
    return Rule(f"step.{name}", Step, cells, never=COMPLAINED_ABOUT)


RULES = [
    Rule("case.receive", Case, {Role.VISITOR: ANY, Role.OTHER_SYSTEM: ANY, **dict.fromkeys(OFFICERS, ANY)}),
    Rule("case.complain", Case, {Role.VISITOR: ANY, **dict.fromkeys(OFFICERS, ANY)}),
    _rule("see", SEERS | RESIDENT),
    _rule("list", SEERS),
    _rule("follow", {Role.OTHER_SYSTEM: HANDED_IN}),
    _rule("see_offered", dict.fromkeys(OFFICERS, OFFERED)),
    _rule("offer", HOLDERS),
    _rule("accept", dict.fromkeys(OFFICERS, OFFERED)),
    _rule("decline", dict.fromkeys(OFFICERS, HOLDER | OFFERED)),
    # what is in their hands already is not taken over
    _rule("take_over", dict.fromkeys(OFFICERS, HEAD), never=COMPLAINED_ABOUT | HOLDER),
    _rule("hand_out", dict.fromkeys(OFFICERS, HEAD)),
    _rule("ask_once", HOLDERS),
    _rule("ask_late", HOLDERS),
    _rule("supply", HOLDERS | RESIDENT),
    _rule("add_photo", HOLDERS | RESIDENT, never=COMPLAINED_ABOUT | WITHOUT_A_NAME),
    _rule("remove_photo", HOLDERS | RESIDENT),
    _rule("see_photos", SHOWN | RESIDENT),
    _rule("pause", HOLDERS),
    _rule("resume", HOLDERS),
    _rule("ask_step", HOLDERS),
    _rule("ask_help", HOLDERS),
    _rule("finish", HOLDERS),
    _rule("refuse", HOLDERS),
    _rule("say_resolved", RESIDENT, never=THEIR_OFFICES_WORK),
    _rule("say_not", RESIDENT, never=THEIR_OFFICES_WORK),
    _rule("withdraw", RESIDENT, never=THEIR_OFFICES_WORK),
    _rule("correct", RESIDENT, never=THEIR_OFFICES_WORK | WITHOUT_A_NAME),
    # nobody takes away the traces of their own office's work
    _rule("erase", RESIDENT, never=THEIR_OFFICES_WORK),
    _rule("pass_on", {Role.SYSTEM: ANY}),
    _rule("rate", RESIDENT, never=THEIR_OFFICES_WORK),
    _rule("lapse", {Role.SYSTEM: ANY}),
    _rule("forget", {Role.SYSTEM: ANY}),
    # whoever was asked for a step sees the step, and its case only where they see that anyway
    _step("see", {role: seer | OF_HOLDER for role, seer in SEERS.items()}),
    _step("ask", dict.fromkeys(OFFICERS, OF_HOLDER)),
    _step("answer", dict.fromkeys(OFFICERS, HOLDER | HEAD)),
    _step("cannot", dict.fromkeys(OFFICERS, HOLDER | HEAD)),
    _step("hand_back", dict.fromkeys(OFFICERS, HOLDER | HEAD)),
    _step("take_back", dict.fromkeys(OFFICERS, OF_HOLDER)),
    # in batches of five to the office itself and to the county, what is left of a year to the county alone
    Rule("rating.see", Rating, dict.fromkeys(OFFICERS, OFFICE) | dict.fromkeys(COUNTY, BUREAU)),
    Rule("pressed.note", Pressed, {Role.SYSTEM: ANY}),
    Rule("pressed.see", Pressed, dict.fromkeys(COUNTY, OFFICE), never=COMPLAINED_ABOUT),
    Rule("pressed.look_into", Pressed, {Role.COUNTY_APPROVER: HEAD}, never=COMPLAINED_ABOUT),
    # no officer opens a family's request alone
    Rule("new_code.ask", NewCode, SEEN),
    Rule("new_code.confirm", NewCode, {role: seen.freshly() for role, seen in SEEN.items()}, never=ASKER),
    Rule("new_code.drop", NewCode, SEEN),
    Rule("new_code.hand_out", NewCode, dict.fromkeys(OFFICERS, ASKER)),
    Rule("consent.withdraw", Consent, {Role.RESIDENT: THEIR_OWN}),
]
