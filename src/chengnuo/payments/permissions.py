"""Who may do what to funds, batches, payments and accounts. Whoever did one part of a batch does no other of it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from chengnuo.benefits.models import Award
from chengnuo.foundation.gate import ANY, Relation, Rule
from chengnuo.payments.internal.changed import changed
from chengnuo.payments.models import Batch, Fund, Part, Payment, Recovery, Signature
from chengnuo.people.relations import OFFICE
from chengnuo.people.roles import Role

COUNTY: tuple[str, ...] = (Role.COUNTY_OFFICER, Role.COUNTY_APPROVER)
PAYER = Relation("payer", "their office pays it", lambda _actor, hat: Q(payer=hat.office))
PAYER_OF_IT = Relation("payer", "their office pays its batch", lambda _actor, hat: Q(batch__payer=hat.office))
SIGNED = Relation(
    "signed",
    "they did another part of it",
    lambda actor, _hat: Q(Exists(Signature.objects.filter(batch=OuterRef("pk"), account=actor.account or 0))),
)
CHANGED = Relation(
    "changed an account",
    "their post changed an account of it since the last payment",
    lambda _actor, hat: Q(Exists(Payment.objects.filter(changed(), batch=OuterRef("pk"), account__given_to=hat.post))),
)
CLERK = Relation(
    "paying officer",
    "they gave it to the bank",
    lambda actor, _hat: Q(
        Exists(Signature.objects.filter(batch=OuterRef("pk"), account=actor.account or 0, part=Part.EXPORTED))
    ),
)
PROPOSED = Relation("proposed", "they proposed it", lambda actor, _hat: Q(proposed_by=actor.account or 0))
RECEIPT = Relation(
    "receipt", "they typed the receipt code of its claim", lambda actor, _hat: Q(award__claim__case__in=actor.holds)
)
TIME: dict[str, Relation] = {Role.SYSTEM: ANY}
OWN: dict[str, Relation] = dict.fromkeys(COUNTY, OFFICE)
PAYERS: dict[str, Relation] = dict.fromkeys(COUNTY, PAYER)
BOTH: dict[str, Relation] = dict.fromkeys(COUNTY, OFFICE | PAYER)

RULES = [
    Rule("fund.see", Fund, dict.fromkeys(COUNTY, ANY)),
    Rule("fund.set_up", Fund, OWN),
    Rule("fund.begin", Fund, TIME),
    Rule("fund.appropriate", Fund, OWN),
    Rule("fund.arrive", Fund, OWN),
    Rule("fund.pass_on", Fund, OWN),
    Rule("fund.take_back", Fund, OWN),
    Rule("fund.warn", Fund, TIME),
    Rule("fund.cover", Fund, OWN),
    Rule("batch.see", Batch, BOTH),
    Rule("batch.propose", Batch, OWN),
    Rule("batch.fill", Batch, TIME),
    Rule("batch.check", Batch, OWN, never=SIGNED | CHANGED),
    Rule("batch.approve", Batch, {role: PAYER.freshly() for role in COUNTY}, never=SIGNED),
    Rule("batch.drop", Batch, BOTH),
    Rule("batch.export", Batch, {role: PAYER.freshly() for role in COUNTY}, never=SIGNED),
    Rule("batch.send", Batch, TIME),
    Rule("batch.file", Batch, {role: CLERK.freshly() for role in COUNTY}),
    Rule("batch.reconcile", Batch, PAYERS),
    Rule("batch.close", Batch, PAYERS),
    Rule("payment.plan", Payment, TIME),
    Rule("payment.send", Payment, TIME),
    Rule("payment.drop", Payment, TIME),
    Rule("payment.see", Payment, dict.fromkeys(COUNTY, OFFICE | PAYER_OF_IT)),
    Rule("payment.settle", Payment, dict.fromkeys(COUNTY, PAYER_OF_IT)),
    Rule("payment.mend", Payment, OWN),
    Rule("award.give_account", Award, {role: OFFICE.freshly() for role in COUNTY}),
    # asked back by people alone: nothing of it is the system's
    Rule("award.ask_back", Award, OWN),
    Rule("recovery.see", Recovery, {**BOTH, Role.RESIDENT: RECEIPT}),
    Rule("recovery.propose", Recovery, OWN),
    Rule("recovery.decide", Recovery, OWN, never=PROPOSED),
    Rule("recovery.drop", Recovery, OWN, never=PROPOSED),
    Rule("recovery.object", Recovery, {Role.RESIDENT: RECEIPT}),
    Rule("recovery.keep", Recovery, OWN, never=PROPOSED),
    Rule("recovery.waive", Recovery, OWN, never=PROPOSED),
    Rule("recovery.receive", Recovery, PAYERS),
]
