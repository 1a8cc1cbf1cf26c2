"""Who may do what to a case. Relations are filters, so the same line decides a page, an act, a list and an export."""

from __future__ import annotations

from django.db.models import Q

from chengnuo.cases.models import Case
from chengnuo.core.messages import N_
from chengnuo.foundation.gate import ANY, Cell, Relation, Rule
from chengnuo.people.models import Consent, Post
from chengnuo.people.roles import OFFICERS, Role

HOLDER = Relation("holder", N_("the case is in their hands"), lambda _actor, hat: Q(holder=hat.post))
OFFERED = Relation("offered", N_("they have been asked to take it"), lambda _actor, hat: Q(offered_to=hat.post))
BATON = Relation(
    "baton",
    N_("they hold it or have been asked to"),
    lambda _actor, hat: Q(holder=hat.post) | Q(offered_to=hat.post),
)
# whoever received it at a counter sees it until another office has accepted it
OFFICE = Relation(
    "office",
    N_("it is their office's, or in their hands"),
    lambda _actor, hat: Q(office=hat.office) | Q(holder=hat.post),
)
TOWNSHIP = Relation(
    "township",
    N_("it is their office's, or a village's below it, or in their hands"),
    lambda _actor, hat: Q(township=hat.place) | Q(holder=hat.post),
)
BUREAU = Relation(
    "bureau",
    N_("it is their office's, or an office's below it, or in their hands"),
    lambda _actor, hat: Q(bureau=hat.office) | Q(office=hat.office) | Q(holder=hat.post),
)
HEAD = Relation(
    "head",
    N_("it is their office's, and they are its head"),
    lambda _actor, hat: Q(office__in=Post.objects.filter(Q(pk=hat.post), is_head=True).values("office")),
)
RECEIPT = Relation("receipt", N_("they typed its receipt code"), lambda actor, _hat: Q(pk__in=actor.holds))
THEIR_OWN = Relation(
    "their own",
    N_("it was given in a case whose receipt code they typed"),
    lambda actor, _hat: Q(contact__case__in=actor.holds),
)
COMPLAINED_ABOUT = Relation(
    "complained about",
    N_("it complains about their office"),
    lambda _actor, hat: Q(about_office=hat.office) if hat.office else Q(pk__in=()),
)
# whoever does the work, or sits beside the one who does it
THEIR_OFFICES_WORK = Relation(
    "their office's work",
    N_("it complains about their office, or is their own office's work"),
    lambda actor, hat: (
        COMPLAINED_ABOUT.q(actor, hat)
        | (Q(office=hat.office) | Q(holder__office=hat.office) if hat.office else Q(pk__in=()))
    ),
)


HOLDERS: dict[str, Relation | Cell] = dict.fromkeys(OFFICERS, HOLDER)
SEERS: dict[str, Relation | Cell] = {
    Role.VILLAGE_OFFICER: OFFICE,
    Role.TOWNSHIP_OFFICER: TOWNSHIP,
    Role.TOWNSHIP_HEAD: TOWNSHIP,
    Role.COUNTY_OFFICER: BUREAU,
    Role.COUNTY_APPROVER: BUREAU,
}
RESIDENT: dict[str, Relation | Cell] = {Role.RESIDENT: RECEIPT}


def _rule(name: str, cells: dict[str, Relation | Cell], *, never: Relation = COMPLAINED_ABOUT) -> Rule:
    return Rule(f"case.{name}", Case, cells, never=never)


RULES = [
    Rule("case.receive", Case, {Role.VISITOR: ANY, **dict.fromkeys(OFFICERS, ANY)}),
    Rule("case.complain", Case, {Role.VISITOR: ANY, **dict.fromkeys(OFFICERS, ANY)}),
    _rule("see", SEERS | RESIDENT),
    _rule("list", SEERS),
    _rule("see_offered", dict.fromkeys(OFFICERS, OFFERED)),
    _rule("offer", HOLDERS),
    _rule("accept", dict.fromkeys(OFFICERS, OFFERED)),
    _rule("decline", dict.fromkeys(OFFICERS, BATON)),
    _rule("take_over", dict.fromkeys(OFFICERS, HEAD)),
    _rule("ask_once", HOLDERS),
    _rule("ask_late", HOLDERS),
    _rule("supply", HOLDERS | RESIDENT),
    _rule("pause", HOLDERS),
    _rule("resume", HOLDERS),
    _rule("finish", HOLDERS),
    _rule("refuse", HOLDERS),
    _rule("say_resolved", RESIDENT, never=THEIR_OFFICES_WORK),
    _rule("say_not", RESIDENT, never=THEIR_OFFICES_WORK),
    _rule("withdraw", RESIDENT, never=THEIR_OFFICES_WORK),
    _rule("lapse", {Role.SYSTEM: ANY}),
    _rule("forget", {Role.SYSTEM: ANY}),
    Rule("consent.withdraw", Consent, {Role.RESIDENT: THEIR_OWN}),
]
