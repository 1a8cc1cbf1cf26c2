"""The papers of a meeting: the call, the list of attendance with its word, a tally, and the minutes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.meetings import queries
from chengnuo.meetings.lifecycle import CALLED, CALLED_OFF, HELD
from chengnuo.meetings.models import Meeting
from chengnuo.web.casework import papers
from chengnuo.web.meetings.words import STANDING, address_of, conditions_of, decided, facts_of, read_out, reply_to
from chengnuo.web.square import square_of
from chengnuo.web.words import in_fours

CALL, ATTENDANCE, TALLY, MINUTES = "call", "attendance", "tally", "minutes"
SHEETS = {
    CALL: gettext_lazy("Call, for the notice board"),
    ATTENDANCE: gettext_lazy("List of attendance, to be signed"),
    TALLY: gettext_lazy("Tally of votes"),
    MINUTES: gettext_lazy("Minutes, for the notice board"),
}
FEWEST, MOST = 12, 1000


def offered(meeting: Meeting, *, calls: bool) -> list[tuple[str, Any]]:
    """The papers that are of use now; those with the word of the meeting for whoever `calls` it alone."""
    if meeting.status == CALLED_OFF:
        return []
    names = (CALL, *((ATTENDANCE, TALLY) if calls else ())) if meeting.status == CALLED else (MINUTES,)
    return [(name, SHEETS[name]) for name in names]


def made(meeting: Meeting, name: str, at: datetime) -> bytes:
    return papers.made("meeting.typ", said(meeting, name), at)


def said(meeting: Meeting, name: str) -> dict[str, Any]:
    """What one of the papers says."""
    address = address_of(meeting)
    return {
        "heading": str(meeting.says.name),
        "kind": _kind(meeting, name),
        "number_label": _("Number"),
        "number": in_fours(meeting.number),
        "facts": [{"label": fact.label, "value": fact.value} for fact in facts_of(meeting)],
        "address": address,
        "qr": square_of(address).svg,
        "scan": _("The same on the web:"),
        "sections": _sections(meeting, name),
        "heads": _heads(meeting, name),
        "rows": _rows(meeting, name),
        "foot": _foot(meeting, name),
    }


def _kind(meeting: Meeting, name: str) -> str:
    is_open = name == MINUTES and meeting.status == HELD
    return _("%(paper)s · draft, may still be corrected") % {"paper": SHEETS[name]} if is_open else str(SHEETS[name])


def _rows(meeting: Meeting, name: str) -> int:
    """A line for each who may come, as far as a hall is large; their numbers go on from page to page."""
    if name == ATTENDANCE:
        expected = max(meeting.roll[measure] for measure in meeting.says.quorum)
        return min(max(expected, FEWEST), MOST)
    return FEWEST if name == TALLY else 0


def _heads(meeting: Meeting, name: str) -> list[str]:
    if name == ATTENDANCE:
        signs = _("Signature or thumbprint; word: %(word)s") % {"word": queries.word_of(meeting)}
        return [_("Line"), _("Name"), _("For oneself, or for which household"), signs]
    if name == TALLY:
        return [_("Line"), _("What is decided"), _("For, against, abstaining"), _("Two who counted")]
    return []


def _foot(meeting: Meeting, name: str) -> str:
    if name != ATTENDANCE:
        return ""
    word = queries.word_of(meeting)
    return _(
        "The word of this meeting: %(word)s. With it and your line you can have the minutes corrected, at the page behind the square or at the committee. Keep both to yourself."
    ) % {"word": word}


def _sections(meeting: Meeting, name: str) -> list[dict[str, Any]]:
    """Headings with their lines."""
    if name == CALL:
        return [_read_out(meeting)] if queries.to_read_out(meeting) else []
    if name != MINUTES:
        return []
    stands = queries.standing_of(meeting)
    conditions = [f"{row.asks}: {row.counted} ({row.text}) · {row.word}" for row in conditions_of(stands)]
    resolved = [
        " · ".join(filter(None, (each.words, each.votes, str(each.word), each.asked)))
        for each in decided(meeting, stands, at_desk=False)
    ]
    corrected = [
        " · ".join(filter(None, (each.words, reply_to(each)))) for each in meeting.corrections.exclude(answered_at=None)
    ]
    sections = (
        (_("Whether it was valid: %(stands)s") % {"stands": STANDING[stands.standing]}, conditions),
        (_("Minutes"), meeting.minutes.splitlines()),
        (_("What was decided"), resolved),
        (_("Corrections"), corrected),
    )
    found = [{"title": title, "lines": lines} for title, lines in sections if lines]
    return [*found, _read_out(meeting)] if queries.to_read_out(meeting) else found


def _read_out(meeting: Meeting) -> dict[str, Any]:
    lines = [f"{each['words']} — {each['office']}: {each['reply']}" for each in read_out(queries.to_read_out(meeting))]
    return {"title": _("What offices answered, to be read out"), "lines": lines}
