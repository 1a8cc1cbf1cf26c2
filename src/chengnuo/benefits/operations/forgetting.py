"""What was stated in a claim goes with its case. An award keeps what it rests on, for as long as it must be shown that it was paid."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from chengnuo.benefits.models import Claim, Objection, Opinion, Reply
from chengnuo.foundation.acts import Act
from chengnuo.foundation.log.erasure import erase

STATED = ["facts", "identity", "child", "proposal", "person_index"]


def forget_beside(a: Act, cases: Sequence[UUID]) -> list[UUID]:
    """Returns the claims and objections of these cases."""
    gone = list(Claim.objects.filter(case__in=cases))
    for claim in gone:
        for name in STATED:
            setattr(claim, name, None)
        claim.save(update_fields=STATED)
    for opinion in Opinion.objects.filter(claim__in=gone):
        opinion.words = ""
        opinion.save(update_fields=["words"])
    # a reply is the claimant's own: it does not go because whoever objected is forgotten
    for reply in Reply.objects.filter(objection__claim__in=gone):
        reply.words = ""
        reply.save(update_fields=["words"])
    said = Objection.objects.filter(Q(claim__in=gone) | Q(case__in=cases))
    for objection in said:
        objection.words = objection.answer = ""
        objection.save(update_fields=["words", "answer"])
    erase(Objection.kind, *(str(objection.pk) for objection in said), at=a.at)
    erase(Claim.kind, *(str(claim.pk) for claim in gone), at=a.at)
    return [each.pk for each in (*gone, *said)]
