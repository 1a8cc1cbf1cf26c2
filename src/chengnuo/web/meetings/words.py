"""How a meeting and what it resolved stand, in plain words: the same for everybody, the desk and the papers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.core.ballots import Condition, Measure, Standing
from chengnuo.core.text3 import Text3
from chengnuo.meetings import queries
from chengnuo.meetings.lifecycle import MINUTES, REPLY
from chengnuo.meetings.models import Correction, Meeting, Resolution
from chengnuo.policies.clauses import clauses
from chengnuo.policies.meetings import meetings
from chengnuo.web.named import Named
from chengnuo.web.pages import Answer, answers
from chengnuo.web.words import Word, in_fours, local_day

STATUS = {
    "called": Word(gettext_lazy("called"), "calm", "clock"),
    "held": Word(gettext_lazy("held, its minutes are open"), "calm", "clock"),
    "closed": Word(gettext_lazy("minutes closed, not at the board yet"), "calm", "clock"),
    "up": Word(gettext_lazy("minutes at the board"), "good", "tick"),
    "called_off": Word(gettext_lazy("called off"), "plain", "cross"),
}
STANDING = {
    Standing.VALID: Word(gettext_lazy("valid"), "good", "tick"),
    Standing.UNCONFIRMED: Word(gettext_lazy("valid under a text that is not confirmed"), "warn", "triangle"),
    Standing.WARNED: Word(
        gettext_lazy("not void: the text that it does not meet is not confirmed"), "warn", "triangle"
    ),
    Standing.INVALID: Word(gettext_lazy("not valid"), "bad", "cross"),
}
MET = Word(gettext_lazy("as the text asks"), "good", "tick")
UNMET = Word(gettext_lazy("not as the text asks"), "bad", "cross")
SPARED = Word(gettext_lazy("not needed: another line is enough"), "plain", "dash")
WARNED = Word(gettext_lazy("not as the text asks; the text is not confirmed"), "warn", "triangle")
RESOLUTION = {
    "resolved": Word(gettext_lazy("adopted"), "good", "tick"),
    "asked": Word(gettext_lazy("waits for the answer"), "calm", "clock"),
    "answered": Word(gettext_lazy("answered"), "good", "tick"),
    "read": Word(gettext_lazy("answered, and read out"), "good", "tick"),
    "let_go": Word(gettext_lazy("the office was closed"), "plain", "cross"),
}
REJECTED = Word(gettext_lazy("not adopted"), "plain", "dash")
UNLAWFUL = Word(gettext_lazy("against the law, and cannot be used"), "bad", "cross")
UNUSABLE = Word(gettext_lazy("cannot be used"), "bad", "cross")
ASKS = {
    queries.NOTICE: gettext_lazy("Days between the call and the meeting"),
    queries.QUORUM: gettext_lazy("Enough people came"),
    queries.COMPOSITION: gettext_lazy("Composed as the text asks"),
}
TO_DO = {
    MINUTES: gettext_lazy("Write the minutes, let those who were there correct them, close them, and put them up."),
    REPLY: gettext_lazy("A meeting asked this. Your answer is public, and read out at its next meeting."),
}


@dataclass(frozen=True, kw_only=True)
class Row(Named):
    """One condition, as a line: what is asked, what was counted beside what is needed, the text, and whether it is met."""

    asks: str
    counted: str
    text: str
    word: Word


@dataclass(frozen=True, kw_only=True)
class Decided(Named):
    """One resolution, as everybody reads it. `href` is its page at the desk, "" for everybody else."""

    words: str
    votes: str
    word: Word
    asked: str
    reply: str
    href: str = ""


def measure_name(key: str) -> str:
    return str(meetings().measures[key])


def meeting_name(kind: Text3, number: str) -> str:
    return _("%(kind)s, number %(number)s") % {"kind": kind, "number": in_fours(number)}


def resolution_name(words: str) -> str:
    return words


def when(meeting: Meeting) -> str:
    return localtime(meeting.begins_at).strftime("%Y-%m-%d %H:%M")


def address_of(meeting: Meeting) -> str:
    """Its public page, in full, for the square on the papers."""
    return settings.PUBLIC_ADDRESS + reverse("meetings:meeting", args=[meeting.number])


def facts_of(meeting: Meeting) -> tuple[Answer, ...]:
    """What everybody may know of a meeting."""
    agenda = "\n".join(f"{item.order}. {item.words}" for item in meeting.agenda.all())
    rows = (
        (_("Committee"), str(meeting.office)),
        (_("Group"), meeting.group),
        (_("When"), when(meeting)),
        (_("Where"), meeting.where),
        (_("Called on"), local_day(meeting.called_at)),
        (_("Asked for by"), _demand(meeting)),
        (_("Agenda"), agenda),
        (_("On the roll"), _counts(meeting.roll)),
        (_("Came"), _counts(meeting.present or {})),
    )
    return answers(rows)


def conditions_of(found: queries.Stands) -> tuple[Row, ...]:
    return tuple(_row(condition, measure) for condition in found.conditions for measure in condition.measures)


def decided(meeting: Meeting, stands: queries.Stands, *, at_desk: bool) -> tuple[Decided, ...]:
    """What the meeting resolved. One query, however much it was."""
    is_valid, least = stands.is_usable, stands.majority.least
    return tuple(
        _decided(row, is_adopted=row.ayes >= least, is_valid=is_valid, at_desk=at_desk)
        for row in meeting.resolutions.select_related("office")
    )


def votes_of(resolution: Resolution) -> str:
    said = {"ayes": resolution.ayes, "noes": resolution.noes, "abstentions": resolution.abstentions}
    return _("%(ayes)d for, %(noes)d against, %(abstentions)d abstaining") % said


def asked_of(resolution: Resolution) -> str:
    """Of whom and by when; "" where it asks nobody."""
    if resolution.office is None or resolution.answer_by is None:
        return ""
    said = {"office": resolution.office, "day": resolution.answer_by.isoformat()}
    return _("%(office)s answers by %(day)s") % said


def reply_to(correction: Correction) -> str:
    """What became of a correction that somebody asked for."""
    if correction.answered_at is None:
        return _("waits for its answer")
    return correction.reply or _("taken up")


def _decided(row: Resolution, *, is_adopted: bool, is_valid: bool, at_desk: bool) -> Decided:
    word = RESOLUTION[row.status] if is_adopted else REJECTED
    if row.unlawful or not is_valid:
        word = UNLAWFUL if row.unlawful else UNUSABLE
    return Decided(
        words=row.words,
        votes=votes_of(row),
        word=word,
        asked=_forbidden(row.unlawful) or asked_of(row),
        reply=row.reply,
        href=reverse("desk:resolution", args=[row.pk]) if at_desk and row.office_id else "",
    )


def _forbidden(key: str) -> str:
    """Why the law forbids what was decided; "" where it does not."""
    return next((str(each.says) for each in clauses().patterns if each.key == key), "")


def _row(condition: Condition, measure: Measure) -> Row:
    name = condition.key.partition("_")[0]
    said = {"count": measure.count, "least": measure.least, "of": measure.of}
    counted = _("%(count)d; at least %(least)d of %(of)d") if measure.of else _("%(count)d; at least %(least)d")
    asks = str(ASKS[name])
    if measure.key in meetings().measures:
        asks = f"{asks}: {measure_name(measure.key)}"
    text = str(measure.law.source) + ("" if measure.is_confirmed else " · " + _("not confirmed"))
    return Row(asks=asks, counted=counted % said, text=text, word=_met(condition, measure))


def _met(condition: Condition, measure: Measure) -> Word:
    if measure.is_met:
        return MET
    if condition.is_met:
        return SPARED
    return UNMET if measure.is_confirmed else WARNED


def _counts(counted: dict[str, int]) -> str:
    return "\n".join(f"{measure_name(key)}: {count}" for key, count in counted.items())


def _demand(meeting: Meeting) -> str:
    asked = queries.demand_of(meeting)
    if asked is None:
        return ""
    said = {"count": asked.count, "least": asked.least, "of": asked.of}
    return f"{measure_name(asked.key)}: " + _("%(count)d; from %(least)d of %(of)d on it has to be called") % said


def read_out(rows: Iterable[Resolution]) -> list[dict[str, Any]]:
    """What offices answered, for the papers and the page of the next meeting."""
    return [{"words": row.words, "office": str(row.office), "reply": row.reply} for row in rows]
