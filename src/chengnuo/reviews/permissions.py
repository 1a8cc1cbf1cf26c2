"""Who may do what to campaigns, reviews, renewals and checks. Who proposed a renewal does not confirm it; who took an answer in does
not decide on it; who took it in or decided on it does not check it.
"""

from __future__ import annotations

from django.db.models import Q

from chengnuo.benefits.hands import had_a_hand
from chengnuo.foundation.gate import ANY, Relation, Rule
from chengnuo.people import relations
from chengnuo.people.relations import BUREAU, HEAD, HOLDER, OFFICE
from chengnuo.people.roles import OFFICERS, Role
from chengnuo.reviews.lifecycle import A_CONFIRMED, ANSWERS_COME
from chengnuo.reviews.models import Amendment, Campaign, Change, Check, How, Renewal, Review, Sort

CODE = Relation(
    "code",
    "they typed the code of its letter while the answers come in, or the receipt code of the claim",
    lambda actor, _hat: (
        Q(pk__in=actor.holds, campaign__status__in=ANSWERS_COME) | Q(award__claim__case__in=actor.holds)
    ),
)
# a letter may be opened by another in the house: what the programme asks stands behind the claim's own receipt
RECEIPT = Relation(
    "receipt", "they typed the receipt code of the claim", lambda actor, _hat: Q(award__claim__case__in=actor.holds)
)
OF_THEIRS = Relation("office", "it is their office's campaign", lambda _actor, hat: Q(campaign__office=hat.office))
PROPOSED = Relation("proposed", "they proposed it", lambda actor, _hat: Q(proposed_by=actor.account or 0))
OVER_THEIR_WORD = Relation(
    "own_word",
    "the family answered with its code, and they do not have it",
    lambda actor, hat: Q(how=How.CODE) & ~Q(change=Change.CALL) & ~CODE.q(actor, hat),
)
# a person of the county looks at it, or was asked to call: what the family states to them is written down
OVER_THEIR_ANSWER = Relation(
    "own_answer",
    "the family answered with its code, they do not have the claim's receipt, and nobody of the county looks at it or is to call",
    lambda actor, hat: Q(how=How.CODE) & ~Q(change__in=[Change.LOOK, Change.CALL]) & ~RECEIPT.q(actor, hat),
)
# what was stated behind the claim's receipt is not struck out by whoever opened a letter
OVER_THEIR_FACTS = Relation(
    "own_facts",
    "the family stated facts with the claim's receipt, and they do not have it",
    lambda actor, hat: Q(how=How.CODE, change=Change.FACTS) & ~RECEIPT.q(actor, hat),
)
ANSWERED = Relation(
    "answered",
    "they took the answer in",
    lambda actor, _hat: Q(answered_by=actor.account or 0, answered_by__isnull=False),
)
FIRST = Relation(
    "first",
    "they took the answer in, or decided on it",
    lambda actor, _hat: Q(review__answered_by=actor.account or 0) | Q(review__decided_by=actor.account or 0),
)
AMENDER = Relation(
    "amender",
    "they proposed it, or it was proposed in their post",
    lambda actor, hat: Q(proposed_account=actor.account or 0) | Q(proposed_by=hat.post),
)
ENDER = Relation(
    "ender",
    "they ended the award that it lets go on",
    lambda actor, _hat: Q(sort=Sort.RESTORE, award__ended_account=actor.account or 0),
)
# whoever had a hand in the claim that it rests on
HAND_IN_IT = Relation(
    "hand in the claim",
    "they examined the claim that it rests on, or wrote down what it states",
    had_a_hand("award__claim__"),
)
RECEIPT_OF_ITS_AWARD = Relation(
    "receipt",
    "they typed the receipt code of its claim, and it is confirmed",
    lambda actor, _hat: Q(award__claim__case__in=actor.holds, status=A_CONFIRMED),
)
COUNTY: tuple[str, ...] = (Role.COUNTY_OFFICER, Role.COUNTY_APPROVER)


def _plainly(relation: Relation) -> Relation:
    """The same, but what is guarded never leaves the county's printer."""
    return Relation(
        f"{relation.name}, not guarded",
        f"{relation.meaning}, and it is not guarded",
        lambda actor, hat: relation.q(actor, hat) & Q(is_guarded=False),
    )


SEERS: dict[str, Relation] = {role: seer | HOLDER for role, seer in relations.SEERS.items()}
PRINTERS: dict[str, Relation] = {role: seer if role in COUNTY else _plainly(seer) for role, seer in SEERS.items()}
FAMILY: dict[str, Relation] = {Role.RESIDENT: CODE}
CLAIMANT: dict[str, Relation] = {Role.RESIDENT: RECEIPT}
STAGE: dict[str, Relation] = dict.fromkeys(OFFICERS, HOLDER | HEAD)
BUREAUS: dict[str, Relation] = dict.fromkeys(COUNTY, BUREAU)
OWN: dict[str, Relation] = dict.fromkeys(COUNTY, OFFICE)
THEIRS: dict[str, Relation] = dict.fromkeys(COUNTY, OF_THEIRS)
TIME: dict[str, Relation] = {Role.SYSTEM: ANY}

RULES = [
    Rule("campaign.see", Campaign, OWN),
    Rule("campaign.begin", Campaign, OWN),
    Rule("campaign.owe", Campaign, TIME),
    Rule("campaign.miss", Campaign, TIME),
    Rule("campaign.let_go", Campaign, TIME),
    Rule("campaign.fill", Campaign, TIME),
    Rule("campaign.close", Campaign, TIME),
    Rule("campaign.draw", Campaign, TIME),
    Rule("campaign.finish", Campaign, TIME),
    Rule("review.ask", Review, TIME),
    Rule("review.see", Review, SEERS | FAMILY),
    # the desk's page: whoever has no more than the code of a letter opens the family's page alone
    Rule("review.at_desk", Review, SEERS),
    Rule("review.print", Review, PRINTERS),
    Rule("review.send_out", Review, PRINTERS),
    Rule("review.owe_contact", Review, TIME),
    Rule("review.appoint", Review, STAGE),
    Rule("review.contact", Review, STAGE),
    Rule("review.say_unchanged", Review, SEERS | FAMILY),
    Rule("review.say_changed", Review, SEERS | FAMILY, never=OVER_THEIR_WORD | OVER_THEIR_FACTS),
    Rule("review.ask_call", Review, SEERS | FAMILY, never=OVER_THEIR_WORD),
    Rule("review.state_anew", Review, SEERS | CLAIMANT, never=OVER_THEIR_ANSWER),
    Rule("review.take_back", Review, FAMILY, never=OVER_THEIR_FACTS),
    Rule("review.fall_silent", Review, TIME),
    Rule("review.drop", Review, TIME),
    Rule("review.renew", Review, BUREAUS),
    Rule("review.determine", Review, BUREAUS, never=ANSWERED),
    Rule("review.end", Review, BUREAUS, never=ANSWERED),
    Rule("renewal.see", Renewal, THEIRS),
    Rule("renewal.propose", Renewal, THEIRS),
    Rule("renewal.confirm", Renewal, {role: OF_THEIRS.freshly() for role in COUNTY}, never=PROPOSED),
    Rule("renewal.drop", Renewal, THEIRS),
    Rule("renewal.go_on", Renewal, TIME),
    Rule("review_check.draw", Check, TIME),
    Rule("review_check.see", Check, OWN),
    Rule("review_check.appoint", Check, OWN, never=FIRST),
    Rule("review_check.visit", Check, OWN, never=FIRST),
    Rule("review_check.agree", Check, OWN, never=FIRST),
    Rule("review_check.differ", Check, OWN, never=FIRST),
    Rule("review_check.leave", Check, OWN, never=FIRST),
    Rule("amendment.propose", Amendment, BUREAUS),
    Rule("amendment.see", Amendment, {**BUREAUS, Role.RESIDENT: RECEIPT_OF_ITS_AWARD}),
    Rule("amendment.at_desk", Amendment, BUREAUS),
    Rule(
        "amendment.confirm",
        Amendment,
        {role: (HOLDER | HEAD).freshly() for role in COUNTY},
        never=AMENDER | HAND_IN_IT | ENDER,
    ),
    Rule("amendment.drop", Amendment, BUREAUS, never=ENDER),
    Rule("amendment.lapse", Amendment, TIME),
]
