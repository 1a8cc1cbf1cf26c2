"""A case in plain words: where it stands, what is owed and by when, and its whole story. The same for family and officer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chengnuo.cases import queries as cases
from chengnuo.cases.models import Case, Chapter
from chengnuo.cases.operations.handle import ITEM
from chengnuo.core.deadlines import Reading, reading
from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import Actor
from chengnuo.people import queries as people
from chengnuo.promises.models import Duty, Escalation
from chengnuo.web.pages import Answer, Event, answers
from chengnuo.web.words import NOTED, WORDS, Word, due_words, duty, duty_word, last_day_of, local_day, said

STATUS = {
    "received": Word(_("being worked on"), "calm", "clock"),
    "waiting": Word(_("waiting for an answer"), "plain", "pause"),
    "paused": Word(_("paused"), "plain", "pause"),
    "done": Word(_("the office says: done"), "calm", "tick"),
    "closed": Word(_("finished"), "good", "tick"),
    "refused": Word(_("refused"), "bad", "cross"),
    "withdrawn": Word(_("withdrawn"), "plain", "dash"),
}

MOVES = {
    "receive": _("The request was received. The clock runs."),
    "offer": _("Another officer was asked to take the case."),
    "accept": _("Another officer has taken the case and is responsible now."),
    "decline": _("The hand-over did not happen; the same officer stays responsible."),
    "take_over": _("The head of the office has taken the case over."),
    "pass_on": _("The officer left the post. A head answers for the case now, until the next officer has accepted it."),
    "ask_once": _("The office said what is missing. The clock waits for the family."),
    "ask_late": _(
        "The office asked for more after the one list. This is recorded as a broken promise; the clock goes on."
    ),
    "supply": _("The family answered. The clock runs again."),
    "add_photo": _("A photo of a paper was sent."),
    "remove_photo": _("A photo of a paper was taken back. It is deleted."),
    "correct": _("The family put right its name, its telephone or its village."),
    "pause": _("The office paused the clock."),
    "resume": _("The clock runs again."),
    "ask_step": _("Another office was asked for a step. The clock runs on."),
    "ask_help": _("The office above was asked for help. The clock runs on."),
    "answer": _("The office that was asked for a step has answered."),
    "cannot": _("The office that was asked says that it cannot be done."),
    "hand_back": _("The office that was asked sent the step back: it is not theirs."),
    "take_back": _("The step of the other office is not needed any more."),
    "finish": _("The office says it is done."),
    "refuse": _("The office refused, with these reasons."),
    "say_resolved": _("The family says: resolved."),
    "say_not": _("The family says: not resolved. The case is open again and the office above was told."),
    "lapse": _("The family did not answer in time. Silence is counted as silence."),
    "withdraw": _("The request was withdrawn."),
    "hand_out": _(
        "The code of the receipt was lost: a new one was handed over at a counter. The old one opens nothing."
    ),
}

# what the office says that was asked for a step
STEP_MOVES = ("answer", "cannot", "hand_back")

# what only a family says: a post beside it has helped at a counter
FAMILY_MOVES = ("say_resolved", "say_not", "withdraw", "correct")

PAUSES = {
    "expert": _("An expert review or a test"),
    "other_office": _("Another office must confirm a fact"),
    "hearing": _("A hearing"),
}

KINDS = {
    "serve": _("The service"),
    "redo": _("Doing it again"),
    "notice": _("Saying everything that is missing, once"),
    "step": _("A step for another office"),
    "pressure": _("Looking into pressure on families"),
    "answer": _("An answer for what went up"),
    "release": _("Figures to be published"),
    "put_up": _("Putting the board sheet up"),
    "hand_over": _("Handing a letter over"),
    "remind": _("Reminding somebody before their time runs out"),
    "take_down": _("Taking the board sheet down"),
    "pass_on": _("Passing money on"),
    "cover": _("An answer for money that will be missing"),
    "pay_out": _("Paying out what was checked"),
    "mend": _("Putting a payment right"),
    "mend_record": _("Putting a record right"),
    "compare": _("Comparing two entries"),
    "stage": _("A stage of a claim"),
    "decide_back": _("Deciding whether money is asked back"),
    "answer_back": _("Answering an objection to paying back"),
    "begin_review": _("Beginning the yearly review"),
    "send_out": _("Sending a letter out"),
    "write": _("Telling a family by letter"),
    "contact": _("Asking once more, by appointment"),
    "determine": _("Determining anew"),
    "renew": _("Renewing what has not changed"),
    "check_it": _("A check by another officer"),
    "objection": _("An answer to an objection"),
    "amend": _("Confirming a change to an award"),
    "minutes_up": _("Putting the minutes up on paper"),
    "meeting_reply": _("Answering what a meeting asked"),
    "notice_up": _("Putting a notice up on paper"),
    "notice_down": _("Taking a notice down"),
}

ANSWERED = {
    Reading.KEPT: Word(_("answered in time"), "calm", "tick"),
    Reading.KEPT_LATE: Word(_("answered late"), "warn", "tick-late"),
    Reading.ENDED_BROKEN: Word(_("broken, answered afterwards"), "bad", "cross"),
}


def status_choices() -> tuple[tuple[str, str], ...]:
    """Every status with its word, for a filter."""
    return tuple((value, str(word)) for value, word in STATUS.items())


def status_word(case: Case) -> Word:
    return STATUS[case.status]


def local_minute(instant: datetime) -> str:
    return date_format(localtime(instant), "DATETIME_FORMAT")


def duty_rows(
    owed: Iterable[Duty], *, now: datetime, refused_at: datetime | None = None
) -> tuple[tuple[str, Word, str], ...]:
    """What is owed in a case: (what, how it stands, since when or by when). What a refusal ended was answered, not done."""
    return tuple(
        (
            str(KINDS[row.kind]),
            *(_answered(row, now) if row.ended_at and row.ended_at == refused_at else _stands(row, now)),
        )
        for row in owed
    )


def _stands(row: Duty, now: datetime) -> tuple[Word, str]:
    return duty_word(row, now), _day_words(row, now)


def _answered(row: Duty, now: datetime) -> tuple[Word, str]:
    days = {"day": local_day(row.ended_at or now), "due": due_words(row)}
    return ANSWERED[reading(row, now)], gettext("answered on %(day)s; due %(due)s") % days


def _day_words(row: Duty, now: datetime) -> str:
    """The day on which it was done, or until when at most the clock stands, or by when it is due."""
    due = {"due": due_words(row)}
    if row.ended_at is not None:
        return gettext("done on %(day)s; due %(due)s") % (due | {"day": local_day(row.ended_at)})
    if row.discharged_at is not None:
        return gettext("freed on %(day)s; due %(due)s") % (due | {"day": local_day(row.discharged_at)})
    if reading(row, now) is Reading.PAUSED and row.pause_ends_at is not None:
        return gettext("due %(due)s; the clock stands until %(day)s at most") % (
            due | {"day": last_day_of(row.pause_ends_at)}
        )
    return gettext("due %(due)s") % due


def answers_of(case: Case, *, viewer: Actor, who: str) -> tuple[Answer, ...]:
    """What was asked, by whom and where; `who` is `responsible` for it. An officer's look at sealed words is recorded."""
    why = "case page"
    rows = [
        (gettext("Number"), case.number),
        (gettext("Complaint about"), str(case.about_office or "")),
        (gettext("Responsible office"), str(case.office)),
        (gettext("Responsible now"), who),
        (gettext("Received"), local_day(case.received_at)),
        (gettext("Name"), case.contact.name.reveal(by=viewer, reason=why, of=case.pk)),
        (gettext("Telephone"), _telephone(case, viewer, why)),
        (gettext("Slips of paper"), gettext("None: that was wished for.") if case.contact.no_paper else ""),
        (gettext("Village"), str(case.contact.village or "")),
        (gettext("What was asked"), case.details.reveal(by=viewer, reason=why)),
        (gettext("The family's word"), str(WORDS.get(case.word, ""))),
    ]
    return answers(rows)


def _telephone(case: Case, viewer: Actor, why: str) -> str:
    """The family's own number to itself; to an officer only while its owner agrees to be called (PIPL art. 15)."""
    if not viewer.is_officer or getattr(case, "may_be_called", False):
        return case.contact.phone.reveal(by=viewer, reason=why, of=case.pk)
    if case.contact.phone or getattr(case, "has_agreed", False):
        return gettext(
            "The family does not wish to be called. What you write here they read with their code, or at any counter."
        )
    return gettext("No telephone was given. What you write here they read with their code, or at any counter.")


def responsible(case: Case, *, now: datetime) -> str:
    """The post that holds the case, with the name of the officer who fills it now."""
    read = getattr(case, "held_by", None)
    names = {case.holder_id: read} if read else people.holder_names({case.holder_id}, on=local_date(now))
    elsewhere = str(case.holder.office) if case.holder.office_id != case.office_id else ""
    return " · ".join(filter(None, (elsewhere, str(case.holder), names.get(case.holder_id, ""))))


class Read(NamedTuple):
    """What a story is made of, for pages that need it twice."""

    chapters: list[Chapter]
    levels: list[Escalation]


def read_of(case: Case) -> Read:
    return Read(cases.story(case), cases.levels(case))


def events_of(case: Case, owed: Iterable[Duty], *, viewer: Actor, read: Read | None = None) -> tuple[Event, ...]:
    """The whole story in order: every step, every level told, every answer. `read`: where it was read already."""
    chapters, levels = read or read_of(case)
    names, asked = needs_of(case), cases.steps_of(case)
    offices = {step.chapter_id: str(step.office) for step in asked}
    steps = [(chapter.at, _chapter(chapter, viewer, names, offices)) for chapter in chapters]
    told = [pair for level in levels for pair in _level(level, viewer)]
    freed = [_freed(row, viewer) for row in owed if row.discharged_at and row.discharge_reason]
    return tuple(event for _at, event in sorted(steps + told + freed, key=lambda pair: pair[0]))


def needs_of(case: Case) -> dict[str, str]:
    """What the case's version of the service asks for, in the reader's language: by key, and by the name that an officer typed."""
    return {name: said(need["name"]) for need in case.promise.needs for name in (need["key"], need["name"]["hans"])}


def _chapter(chapter: Chapter, viewer: Actor, names: Mapping[str, str], offices: Mapping[UUID, str]) -> Event:
    """`offices` are those that were asked for a step, by the chapter that asks."""
    words = chapter.words.reveal(by=viewer, reason="story", of=chapter.case_id)
    return Event(
        when=chapter.at,
        what=str(MOVES[chapter.move]),
        who=_signed(chapter),
        detail="\n".join(filter(None, [offices.get(chapter.pk, ""), _why(chapter), _named(words, names)])),
        state=STATE.get(chapter.move, NOTED),
    )


def _named(words: str, names: Mapping[str, str]) -> str:
    """The words of a step; in a list, what the catalogue names by its name."""
    lines = [(line, line.removeprefix(ITEM)) for line in words.split("\n")]
    return "\n".join(ITEM + names[item] if line != item and item in names else line for line, item in lines)


def _why(chapter: Chapter) -> str:
    """For which of the named reasons the clock was stopped."""
    return str(PAUSES.get(chapter.facts.get("reason", ""), ""))


def _signed(chapter: Chapter) -> str:
    """The post that took the step; of a family's own step the post that helped with it."""
    if chapter.post and chapter.move in FAMILY_MOVES:
        return gettext("with the help of: %(post)s, %(office)s") % {"post": chapter.post, "office": chapter.post.office}
    if chapter.post and chapter.move in STEP_MOVES:
        return f"{chapter.post.office} · {chapter.post}"
    return str(chapter.post or "")


STATE = {
    "ask_late": duty("broken"),
    "finish": Word("", "calm", "tick"),
    "say_resolved": Word("", "good", "tick"),
    "say_not": Word("", "bad", "cross"),
}


def _freed(row: Duty, viewer: Actor) -> tuple[datetime, Event]:
    at = row.discharged_at or row.opened_at
    what = gettext("The office above freed the office of a deadline: %(what)s") % {"what": KINDS[row.kind]}
    words = row.discharge_reason.reveal(by=viewer, reason="story") if row.discharge_reason else ""
    return at, Event(when=at, what=what, detail=words, state=duty("discharged"))


def _level(level: Escalation, viewer: Actor) -> list[tuple[datetime, Event]]:
    what = gettext("It went up by itself: %(office)s was told.") if level.level else gettext("%(office)s was told.")
    told = (
        level.due_at,
        Event(when=level.due_at, what=what % {"office": level.office}, state=Word("", "warn", "triangle")),
    )
    if level.answered_at is None or level.answer is None:
        return [told]
    answered = Event(
        when=level.answered_at,
        what=gettext("%(office)s answered.") % {"office": level.office},
        detail=level.answer.reveal(by=viewer, reason="story"),
        state=NOTED,
    )
    return [told, (level.answered_at, answered)]
