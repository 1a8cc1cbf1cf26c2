"""What was objected to the findings on a claim, in plain words: the same for the claimant, whoever objected, and officers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from chengnuo.benefits.lifecycle import ObjectionStatus
from chengnuo.benefits.models import Objection
from chengnuo.foundation.actor import Actor
from chengnuo.policies.objections import grounds
from chengnuo.promises import queries as promises
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
    """One objection: which condition, what was written, how it stands, what was answered. Never who wrote it. `due`: "" once answered."""

    ground: str
    words: str
    day: str
    state: Word
    office: str
    answer: str
    due: str


def rows_of(objections: Iterable[Objection], viewer: Actor) -> tuple[ObjectionRow, ...]:
    found = list(objections)
    due = {
        duty.subject_id: due_words(duty) for duty in (promises.duties_of(*(each.pk for each in found)) if found else [])
    }
    return tuple(
        ObjectionRow(
            ground=ground_name(each),
            words=said_in(each, viewer),
            day=local_day(each.made_at),
            state=STATUS[each.status],
            office=str(each.office),
            answer=each.answer.reveal(by=viewer, reason=LOOK, of=each.claim_id) if each.answer else "",
            due="" if each.answered_at else due.get(each.pk, ""),
        )
        for each in found
    )


def ground_name(objection: Objection) -> str:
    known = grounds().get(objection.ground)
    return str(known.name) if known else objection.ground


def said_in(objection: Objection, viewer: Actor) -> str:
    return objection.words.reveal(by=viewer, reason=LOOK, of=objection.claim_id) if objection.words else ""
