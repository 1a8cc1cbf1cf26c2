"""Reads of claims and awards, each through the gate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from chengnuo.benefits.internal.joined import joined
from chengnuo.benefits.lifecycle import CLAIM, OBJECTION, ClaimStatus
from chengnuo.benefits.models import Award, Bulk, BulkItem, Claim, Due, Objection, Opinion, Reply
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere

DETERMINED = Due.objects.order_by("-determined_at", "-year", "-number")


def claim(viewer: Actor, pk: UUID, *, action: str = "claim.see") -> Claim:
    """One claim with which the viewer may do this, with its case. Raises NotHere."""
    found = Claim.objects.filter(gate.scope(viewer, action), pk=pk)
    return NotHere.unless(found.select_related("case__contact__village", "case__promise", "office", "holder").first())


def claim_of(viewer: Actor, case: UUID) -> Claim | None:
    """The claim that a case carries, where there is one that the viewer may see."""
    return Claim.objects.filter(gate.scope(viewer, "claim.see"), case=case).select_related("office", "case").first()


def named(viewer: Actor, claims: Iterable[UUID]) -> dict[UUID, tuple[str, int]]:
    """Programme and year of those of these claims that the viewer may see, for a list of what is owed."""
    seen = Claim.objects.filter(gate.scope(viewer, "claim.see"), pk__in=list(claims))
    found = seen.values_list("pk", "programme", "year")
    return {pk: (programme, year) for pk, programme, year in found}


def may_open_case(viewer: Actor, claim: Claim) -> bool:
    """Whether the viewer sees the claim's case too: a stage may lie with an office that does not."""
    return gate.allows(viewer, "case.see", claim.case)


def opinions(claim: Claim) -> Sequence[Opinion]:
    """What each stage said, in the order in which it was said."""
    return list(Opinion.objects.filter(claim=claim).select_related("post__office").order_by("at", "pk"))


def others_of_the_person(claim: Claim) -> int:
    """How many other open claims of the same programme there are for the same person."""
    same = Claim.objects.filter(person_index=claim.person_index, programme=claim.programme, status__in=CLAIM.open)
    return same.exclude(pk=claim.pk).count()


def years_of_the_person(claim: Claim) -> list[int]:
    """Years for which awards of the same programme have a sum for the same person: none of them is paid again."""
    same = Due.objects.filter(award__person_index=claim.person_index, award__programme=claim.programme)
    last = {(due.award_id, due.year): due.fen for due in same.exclude(award__claim=claim).order_by("number")}
    return sorted({year for (_award, year), fen in last.items() if fen})


@dataclass(frozen=True)
class Year:
    """What is due of an award in a year, as it was determined last; `before`: as it had been determined, the newest first."""

    year: int
    fen: int
    before: tuple[int, ...]


def years(award: UUID) -> list[Year]:
    """The newest year first. One query."""
    return years_in(Due.objects.filter(award=award))


def years_in(dues: Iterable[Due]) -> list[Year]:
    """The same of one award's sums that were read already."""
    found: dict[int, list[int]] = {}
    for due in sorted(dues, key=lambda due: (-due.year, -due.number)):
        found.setdefault(due.year, []).append(due.fen)
    return [Year(year, fen, tuple(before)) for year, (fen, *before) in found.items()]


def award_of(viewer: Actor, claim: UUID, *, action: str = "award.see") -> Award | None:
    """What a claim was granted, where the viewer may do this with it."""
    return Award.objects.filter(gate.scope(viewer, action), claim=claim).select_related("office").first()


def granted(viewer: Actor, claim: UUID) -> tuple[Award | None, list[Due]]:
    """What a claim was granted, where the viewer may see it, with its `determinations`. One query: no award is without a sum."""
    seen = Award.objects.filter(gate.scope(viewer, "award.see"), claim=claim)
    dues = list(DETERMINED.filter(award__in=seen).select_related("award__office", "determined_by__office"))
    return dues[0].award if dues else None, dues


def award(viewer: Actor, pk: UUID, *, action: str = "award.at_desk") -> Award:
    """One award with which the viewer may do this. Raises NotHere."""
    return NotHere.unless(
        Award.objects.filter(gate.scope(viewer, action), pk=pk).select_related("office", "village").first()
    )


def determinations(award: Award) -> list[Due]:
    """Every sum that was ever determined of an award, the newest first, with the post that did it."""
    return list(DETERMINED.filter(award=award).select_related("determined_by__office"))


def objection(viewer: Actor, pk: UUID, *, action: str = "objection.see") -> Objection:
    """One objection with which the viewer may do this, with its claim and its case. Raises NotHere."""
    found = Objection.objects.filter(gate.scope(viewer, action), pk=pk)
    return NotHere.unless(
        found.select_related("case__contact", "claim__case__contact__village", "about_office", "office").first()
    )


def objections(viewer: Actor, claim: UUID) -> list[Objection]:
    """What was objected to the findings on a claim, in the order in which it came, as far as the viewer may see it."""
    found = Objection.objects.filter(gate.scope(viewer, "objection.see"), claim=claim)
    return list(found.select_related("office").order_by("made_at", "pk"))


def objection_of(viewer: Actor, case: UUID) -> Objection | None:
    """The objection that a case carries, where there is one that the viewer may see."""
    found = Objection.objects.filter(gate.scope(viewer, "objection.see"), case=case)
    return found.select_related("about_office").first()


def together(viewer: Actor, objection: Objection) -> list[Objection]:
    """An objection, and those that the viewer answers with it while it is open."""
    if objection.status not in OBJECTION.open:
        return [objection]
    return [objection, *joined(Objection.objects.filter(gate.scope(viewer, "objection.reject")), objection)]


def replies(viewer: Actor, objections: Iterable[Objection]) -> dict[UUID, list[Reply]]:
    """What the claimant says to each of these, as far as the viewer may see it: the newest last, which counts. No query where nobody
    replied.
    """
    told = [each.pk for each in objections if each.replied]
    seen = Objection.objects.filter(gate.scope(viewer, "objection.see_reply"), pk__in=told)
    rows = Reply.objects.filter(objection__in=seen).select_related("post__office").order_by("number") if told else ()
    found: dict[UUID, list[Reply]] = {}
    for row in rows:
        found.setdefault(row.objection_id, []).append(row)
    return found


def bulk(viewer: Actor, pk: UUID, *, action: str = "bulk.see") -> Bulk:
    """One bulk with which the viewer may do this. Raises NotHere."""
    seen = Bulk.objects.filter(gate.scope(viewer, action), pk=pk).select_related("drawn_by", "confirmed_by", "office")
    return NotHere.unless(seen.first())


def bulks(viewer: Actor, *, most: int) -> list[Bulk]:
    """The bulks of the viewer's office, the newest first."""
    return list(Bulk.objects.filter(gate.scope(viewer, "bulk.see")).order_by("-pk")[:most])


def items(bulk: Bulk) -> list[BulkItem]:
    """Everything that is decided in it."""
    return list(BulkItem.objects.filter(bulk=bulk).order_by("pk"))


def before_decision(viewer: Actor) -> list[tuple[str, int, int]]:
    """Programme, year and how many claims wait for the decision of the viewer's office; without what is guarded."""
    seen = Claim.objects.filter(gate.scope(viewer, "claim.list"), status=ClaimStatus.OPEN, is_guarded=False)
    mine = seen.filter(office__in=viewer.offices).order_by("programme", "year").values_list("programme", "year")
    return [(programme, year, count) for programme, year, count in mine.annotate(count=Count("pk"))]
