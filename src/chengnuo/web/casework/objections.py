"""What was objected to the findings on a claim, in plain words: the same for the claimant, whoever objected, and officers; and what
the claimant says to it, which whoever objected never reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chengnuo.benefits import queries as benefits
from chengnuo.benefits.lifecycle import OBJECTION, ObjectionStatus
from chengnuo.benefits.models import Objection, Reply
from chengnuo.foundation.actor import Actor
from chengnuo.policies.objections import grounds
from chengnuo.promises import queries as promises
from chengnuo.promises.models import Duty
from chengnuo.web.named import Named
from chengnuo.web.words import Word, due_words, local_day

LOOK = "objection"
STATUS: dict[str, Word] = {
    ObjectionStatus.OPEN: Word(_("being looked at"), "calm", "clock"),
    ObjectionStatus.UPHELD: Word(_("the finding was wrong there"), "warn", "triangle"),
    ObjectionStatus.NOT_UPHELD: Word(_("the finding stands"), "good", "tick"),
    ObjectionStatus.WITHDRAWN: Word(_("withdrawn"), "plain", "dash"),
}


@dataclass(frozen=True, kw_only=True)
class ObjectionRow(Named):
    """One objection: which condition, what was written, how it stands, what was answered. Never who wrote it. `due`: "" once answered;
    `reply`: what the claimant says to it; `write`: where they do, "" for everybody else and once it is answered.
    """

    ground: str
    words: str
    day: str
    state: Word
    office: str
    answer: str
    due: str
    reply: str
    write: str


def heard_rows(objections: Sequence[Objection], viewer: Actor, **how: Any) -> tuple[ObjectionRow, ...]:
    """The same with what the claimant says to each; `how` as there."""
    return rows_of(objections, viewer, benefits.replies(viewer, objections), **how)


def rows_of(
    objections: Iterable[Objection],
    viewer: Actor,
    replies: Mapping[UUID, Sequence[Reply]] | None = None,
    *,
    case: UUID | None = None,
    newest: int = 1,
    owed: Iterable[Duty] | None = None,
) -> tuple[ObjectionRow, ...]:
    """`case`: the claimant's, who says something to it there; `newest`: so many of the replies to each are shown, 0 for all that
    were ever written; `owed`: where what is owed about them was read already.
    """
    found, said = list(objections), replies or {}
    if owed is None:
        owed = promises.duties_of(*(each.pk for each in found)) if found else ()
    due = {duty.subject_id: due_words(duty) for duty in owed}
    return tuple(
        ObjectionRow(
            ground=ground_name(each),
            words=said_in(each, viewer),
            day=local_day(each.made_at),
            state=STATUS[each.status],
            office=str(each.office),
            answer=each.answer.reveal(by=viewer, reason=LOOK, of=each.claim_id) if each.answer else "",
            due="" if each.answered_at else due.get(each.pk, ""),
            reply="\n".join(reply_in(reply, viewer) for reply in said.get(each.pk, ())[-newest:]),
            write=_page_of(each, case) if case and each.status in OBJECTION.open else "",
        )
        for each in found
    )


def ground_name(objection: Objection) -> str:
    known = grounds().get(objection.ground)
    return str(known.name) if known else objection.ground


def reply_in(reply: Reply, viewer: Actor) -> str:
    """What the claimant wrote, on which day, and who wrote it down for them."""
    said = reply.words.reveal(by=viewer, reason=LOOK, of=reply.objection_id) if reply.words else ""
    helped = _("written down at the counter by %(post)s") % {"post": reply.post} if reply.post else ""
    return f"{said}\n{' · '.join(filter(None, [local_day(reply.at), str(helped)]))}"


def _page_of(objection: Objection, case: UUID) -> str:
    return reverse("family:reply", args=[case, objection.pk])


def said_in(objection: Objection, viewer: Actor) -> str:
    return objection.words.reveal(by=viewer, reason=LOOK, of=objection.claim_id) if objection.words else ""
