"""The way of a claim, stage by stage: what was said, where it is and since when, what is still to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chengnuo.benefits.lifecycle import CLAIM
from chengnuo.benefits.models import Claim, Opinion, Verdict
from chengnuo.benefits.operations.noticing import REVIEW
from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import Actor
from chengnuo.notices import queries as notices
from chengnuo.notices.lifecycle import NoticeStatus
from chengnuo.notices.models import Notice
from chengnuo.policies.loader import parameters
from chengnuo.policies.stages import stages
from chengnuo.promises.models import Duty
from chengnuo.web.named import Named
from chengnuo.web.words import Word, days_between, due_words, duty_word, local_day

DONE = Word(_("done"), "good", "tick")
TO_COME = Word(_("still to come"), "plain", "dash")
NOT_REACHED = Word(_("not reached"), "plain", "dash")
EARLIER = Word(_("before the statement was put right"), "plain", "dash")
VERDICTS = {
    Verdict.SUPPORTS: _("The claim is supported."),
    Verdict.DOUBTS: _("There are doubts; whoever decides answers them."),
    Verdict.DECIDES: _("It was decided here."),
}


@dataclass(frozen=True, kw_only=True)
class StageRow(Named):
    """One stage. `day`: since when it is there and by when it is due, or when it was done; `who`, `says` and `words` are of its opinion."""

    name: str
    state: Word
    day: str
    who: str = ""
    says: str = ""
    words: str = ""


def stage_rows(
    claim: Claim, opinions: Sequence[Opinion], duties: Sequence[Duty], *, viewer: Actor, now: datetime
) -> tuple[StageRow, ...]:
    """All stages of its way, in order. `duties`: what is owed about the claim, in the order in which it began: one a stage.

    What was said before the statement was put right comes first, and is marked as such.
    """
    before = [each for each in opinions if each.round != claim.round]
    said = {each.stage: each for each in opinions if each.round == claim.round}
    # each round owes its stages anew
    owed = duties[-claim.stage - 1 :] if claim.round else duties
    earlier = (_said(str(stages().by_key[each.stage].name), each, viewer, state=EARLIER) for each in before)
    return (*earlier, *_rows(claim, said, owed, viewer, now))


def _rows(
    claim: Claim, said: dict[str, Opinion], duties: Sequence[Duty], viewer: Actor, now: datetime
) -> Iterator[StageRow]:
    hung = notices.about(claim.pk) if any(stages().by_key[key].notice for key in claim.stages) else []
    for number, key in enumerate(claim.stages):
        stage, opinion = claim.at_stage(number), said.get(key)
        name, duty = str(stage.name), duties[number] if number < len(duties) else None
        if opinion is not None:
            yield _said(name, opinion, viewer)
        elif stage.notice and number <= claim.stage and duty:
            yield _noticed(name, duty, _of(duty, hung), is_over=number < claim.stage, now=now)
        elif number == claim.stage and number < len(duties):
            duty = duties[number]
            yield StageRow(name=name, state=duty_word(duty, now), day=_here(duty), **_lifted(claim))
        else:
            yield StageRow(name=name, state=TO_COME if claim.status in CLAIM.open else NOT_REACHED, day="")


def _lifted(claim: Claim) -> dict[str, str]:
    """Why it is decided by the office above, where it is."""
    if claim.bureau_id is None or claim.bureau_id == claim.office_id or claim.stage + 1 < len(claim.stages):
        return {}
    says = gettext("Whoever examined a claim or wrote it down does not decide it: the office above decides.")
    return {"says": says, "who": str(claim.office)}


def _said(name: str, opinion: Opinion, viewer: Actor, *, state: Word = DONE) -> StageRow:
    return StageRow(
        name=name,
        state=state,
        day=local_day(opinion.at),
        who=f"{opinion.post.office} · {opinion.post}",
        says=str(VERDICTS[Verdict(opinion.verdict)]),
        words=opinion.words.reveal(by=viewer, reason="claim page", of=opinion.claim_id) if opinion.words else "",
    )


def _of(duty: Duty, hung: Sequence[Notice]) -> Notice | None:
    """The newest notice of this office in which the claim stood while it was under review."""
    return next((each for each in hung if each.office_id == duty.office_id and each.sort == REVIEW), None)


def _noticed(name: str, duty: Duty, notice: Notice | None, *, is_over: bool, now: datetime) -> StageRow:
    """A stage that is a notice: nobody says anything of it, its days say it."""
    if is_over:
        hung = notice is not None and notice.status in (NoticeStatus.OVER, NoticeStatus.TAKEN_DOWN)
        said = (
            gettext("The notice hung, %(days)s.") % {"days": days_between(notice.begins, notice.ends)}
            if hung and notice
            else ""
        )
        says = said or gettext("The claim went on without a notice.")
        return StageRow(name=name, state=DONE, day=local_day(duty.ended_at or now), says=says)
    return StageRow(name=name, state=duty_word(duty, now), day=_here(duty), says=_waits(notice, now))


def _waits(notice: Notice | None, now: datetime) -> str:
    """Why it waits. How many others stand in a list that is too small is nobody's to know."""
    if notice is not None and notice.runs(now):
        return gettext("It is in a public notice, %(days)s, and goes on by itself after the last day.") % {
            "days": days_between(notice.begins, notice.ends)
        }
    if notice is not None and notices.is_too_small(notice, now):
        longest = parameters().whole("notices.longest_wait", local_date(now))
        return gettext(
            "It waits for other claims: a list with few names would show too much. After %(days)d days it goes on without one."
        ) % {"days": longest}
    return gettext("It is put into the next public notice of this office by itself.")


def _here(duty: Duty) -> str:
    said = {"since": local_day(duty.opened_at), "due": due_words(duty)}
    return gettext("here since %(since)s; due %(due)s") % said
