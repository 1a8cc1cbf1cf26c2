"""What stands at the top of a family's page: what the office said last, until when the family may answer, who is responsible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chengnuo.cases.lifecycle import CaseStatus
from chengnuo.cases.models import Case, Chapter
from chengnuo.cases.operations.handle import ITEM
from chengnuo.core.deadlines import Reading, reading
from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import Actor
from chengnuo.promises import queries as promises
from chengnuo.promises.models import Duty
from chengnuo.web.casework.photos import Line
from chengnuo.web.casework.receipts import missing_from
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.reach import hours_of
from chengnuo.web.words import Word, last_day_of

# with which move the office said what a case in this state waits for, or ended with
SAID_WITH = {CaseStatus.WAITING: "ask_once", CaseStatus.DONE: "finish", CaseStatus.REFUSED: "refuse"}


@dataclass(frozen=True, kw_only=True)
class Who:
    post: str
    office: str
    telephone: str
    hours: str


@dataclass(frozen=True, kw_only=True)
class Now:
    """`words` are the office's own about this state, "" where it said none; `answer_by` is the last day of the family's word;
    `papers` are what is missing, each with how many photos of it are here; `if_today` is by when it is due if the family
    answers today. `first` is what stands first: refused, done, waiting, late or who.
    """

    first: str
    words: str
    answer_by: str
    papers: tuple[tuple[str, str], ...]
    sent: str
    if_today: str
    who: Who


def now_of(
    case: Case,
    owed: Iterable[Duty],
    story: Iterable[Chapter],
    photos: Iterable[Line],
    *,
    viewer: Actor,
    who: str,
    now: datetime,
) -> Now:
    items = missing_from(case, viewer=viewer) if case.status == CaseStatus.WAITING else ()
    here = Counter(line.item for line in photos)
    return Now(
        first=_first(case, owed, now),
        words=_words(case, story, viewer),
        answer_by=last_day_of(case.answer_by) if case.status == CaseStatus.DONE and case.answer_by else "",
        papers=tuple((item, _photos(here[at])) for at, item in enumerate(items)),
        sent=_("%(here)d of %(all)d sent") % {"here": len(here), "all": len(items)} if items and here else "",
        if_today=_if_today(case, owed, now),
        who=Who(
            post=who,
            office=str(case.office),
            telephone=case.office.telephone,
            hours=hours_of(case.office, on=local_date(now)),
        ),
    )


def owed_rows(case: Case, owed: Iterable[Duty], *, now: datetime) -> tuple[tuple[str, Word, str], ...]:
    """What is owed; while the office waits, by when it is due if the family answers today, not at the clock's longest."""
    refused_at = case.finished_at if case.status == CaseStatus.REFUSED else None
    rows = duty_rows(owed, now=now, refused_at=refused_at)
    today = _if_today(case, owed, now)
    return tuple(
        (what, word, today if today and duty.paused_at else day)
        for duty, (what, word, day) in zip(owed, rows, strict=True)
    )


def _first(case: Case, owed: Iterable[Duty], now: datetime) -> str:
    if case.status in SAID_WITH:
        return str(case.status)
    late = any(not duty.outcome and reading(duty, now) in (Reading.LATE, Reading.BROKEN) for duty in owed)
    return "late" if late else "who"


def _words(case: Case, story: Iterable[Chapter], viewer: Actor) -> str:
    """Of a list what was said to it: the list itself stands beside."""
    move = SAID_WITH.get(CaseStatus(case.status))
    said = [chapter for chapter in story if move and chapter.move == move]
    if not said:
        return ""
    words = said[-1].words.reveal(by=viewer, reason="story", of=case.pk)
    return "\n".join(line for line in words.split("\n") if move != "ask_once" or not line.startswith(ITEM))


def _photos(count: int) -> str:
    return ngettext("%(n)d photo sent", "%(n)d photos sent", count) % {"n": count} if count else _("no photo sent")


def _if_today(case: Case, owed: Iterable[Duty], now: datetime) -> str:
    stopped = [duty for duty in owed if duty.paused_at and not duty.outcome]
    if case.status != CaseStatus.WAITING or not stopped:
        return ""
    day = last_day_of(promises.due_if_resumed(stopped[-1], at=now))
    return _("If you answer today, it is due by %(day)s at the latest.") % {"day": day}
