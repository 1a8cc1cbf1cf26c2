"""Who may do what to claims and awards. A claim is seen at the office where it is; whoever examined it does not decide it."""

from __future__ import annotations

from django.db.models import Q

from chengnuo.benefits.hands import had_a_hand
from chengnuo.benefits.models import Award, Bulk, Claim, Objection
from chengnuo.foundation.gate import ANY, Relation, Rule
from chengnuo.people import relations
from chengnuo.people.models import Level
from chengnuo.people.relations import HEAD, HOLDER, OFFICE
from chengnuo.people.roles import OFFICERS, Role

RECEIPT = Relation("receipt", "they typed the receipt code of its case", lambda actor, _hat: Q(case__in=actor.holds))
RECEIPT_OF_IT = Relation(
    "receipt", "they typed the receipt code of its case", lambda actor, _hat: Q(claim__case__in=actor.holds)
)
HAND_IN_IT = Relation(
    "hand in it", "they examined it at an earlier stage, or they wrote down what it states", had_a_hand()
)
# they would change the facts and decide on them alone; the family, or a stage before, puts them right
DECIDES = Relation(
    "decides",
    "it is theirs to decide",
    lambda _actor, hat: Q(holder=hat.post, holder__is_head=True, office__level__in=[Level.COUNTY, Level.CITY]),
)
SEERS: dict[str, Relation] = {role: seer | HOLDER for role, seer in relations.SEERS.items()}
RESIDENT: dict[str, Relation] = {Role.RESIDENT: RECEIPT}
STAGE: dict[str, Relation] = dict.fromkeys(OFFICERS, HOLDER | HEAD)
COUNTY: tuple[str, ...] = (Role.COUNTY_OFFICER, Role.COUNTY_APPROVER)
DECIDERS: dict[str, Relation] = dict.fromkeys(COUNTY, HOLDER | HEAD)
OBJECTED = Relation("objected", "it is about their office's own finding", relations.names_their_office("about_office"))
ANSWERS = Relation("answers", "it is theirs to answer", (HOLDER | HEAD).q)
DRAWER = Relation("drawer", "they drew it themselves", lambda actor, _hat: Q(drawn_account=actor.account or 0))
DRAWN = DRAWER | Relation("drawn in their post", "it was drawn in their post", lambda _actor, hat: Q(drawn_by=hat.post))
CONFIRMER = Relation(
    "confirmer", "they confirmed it themselves", lambda actor, _hat: Q(confirmed_account=actor.account or 0)
)
DECIDED = Relation("decided", "their office decides its claim", lambda _actor, hat: Q(claim__office=hat.office))
TIME: dict[str, Relation] = {Role.SYSTEM: ANY}

RULES = [
    Rule("claim.make", Claim, {Role.VISITOR: ANY, **dict.fromkeys(OFFICERS, ANY)}),
    Rule("claim.see", Claim, SEERS | RESIDENT),
    Rule("claim.list", Claim, SEERS),
    Rule("claim.restate", Claim, STAGE | RESIDENT, never=DECIDES),
    Rule("claim.pass_on", Claim, STAGE),
    Rule("claim.send_back", Claim, STAGE),
    Rule("claim.grant", Claim, DECIDERS, never=HAND_IN_IT),
    Rule("claim.refuse", Claim, DECIDERS, never=HAND_IN_IT),
    *(
        Rule(f"claim.{name}", Claim, TIME)
        for name in ("noticed", "begin_anew", "wait", "go_on", "pause", "resume", "withdraw")
    ),
    Rule("objection.make", Objection, {Role.VISITOR: ANY, **dict.fromkeys(OFFICERS, ANY)}),
    # the claimant and whoever objected; the pages keep from each what is the other's
    Rule("objection.see", Objection, SEERS | {Role.RESIDENT: RECEIPT_OF_IT | RECEIPT}, never=OBJECTED),
    # never whoever objected; and whoever answers it writes nothing down for one side
    Rule("objection.see_reply", Objection, SEERS | {Role.RESIDENT: RECEIPT_OF_IT}, never=OBJECTED),
    Rule("objection.reply", Objection, {Role.RESIDENT: RECEIPT_OF_IT}, never=OBJECTED | ANSWERS),
    Rule("objection.uphold", Objection, STAGE, never=OBJECTED),
    Rule("objection.reject", Objection, STAGE, never=OBJECTED),
    Rule("objection.withdraw", Objection, TIME),
    Rule("bulk.draw", Bulk, dict.fromkeys(COUNTY, OFFICE)),
    Rule("bulk.see", Bulk, dict.fromkeys(COUNTY, OFFICE)),
    Rule("bulk.propose", Bulk, dict.fromkeys(COUNTY, DRAWER)),
    # two officers, of two posts
    Rule("bulk.confirm", Bulk, dict.fromkeys(COUNTY, HEAD), never=DRAWN),
    Rule("bulk.go_on", Bulk, dict.fromkeys(COUNTY, CONFIRMER)),
    Rule("bulk.drop", Bulk, dict.fromkeys(COUNTY, OFFICE)),
    # an office above decides where the head had a hand in the claim; the award is the bureau's all the same
    Rule("award.grant", Award, dict.fromkeys(COUNTY, OFFICE | DECIDED)),
    Rule("award.see", Award, {**dict.fromkeys(COUNTY, OFFICE), Role.RESIDENT: RECEIPT_OF_IT}),
    # the desk's page: the office that granted it alone. Nobody in the village or the township learns of an award there
    Rule("award.at_desk", Award, dict.fromkeys(COUNTY, OFFICE)),
    # to propose it: nobody changes an award alone
    Rule("award.determine", Award, dict.fromkeys(COUNTY, OFFICE)),
    Rule("award.end", Award, dict.fromkeys(COUNTY, OFFICE)),
    Rule("award.restore", Award, dict.fromkeys(COUNTY, OFFICE)),
]
