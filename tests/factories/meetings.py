"""Meetings of the village's people, called by its committee."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

from chengnuo.foundation.actor import visitor
from chengnuo.meetings.models import Meeting, Resolution
from chengnuo.meetings.operations import calling, confirming, holding, minuting, resolving
from chengnuo.meetings.queries import doubted, word_of
from chengnuo.people.models import Office
from tests.factories import cases, county

DAY = timedelta(days=1)
ASSEMBLY, REPRESENTATIVES = "villagers-assembly", "village-representatives"
ROLL = {
    ASSEMBLY: {"adults": 812, "households": 301, "representatives": 36},
    REPRESENTATIVES: {"members": 45, "representatives": 38, "women": 16},
}
PRESENT = {ASSEMBLY: {"adults": 180, "households": 214}, REPRESENTATIVES: {"members": 34}}
MINUTES = "主任报告上一季度的收支。大家讨论卫生费，表决通过。"
TYPED = ("村委会院内", "报告收支", "卫生费", MINUTES, "请答复：体检什么时候到村里来？")
BEGINS = county.MONDAY + 12 * DAY
ASKED = "health-bureau"


def does(operation, *, post: str = cases.DESK, at: datetime = county.MONDAY, **said: object):
    """One operation by an officer of the village, signed in just then."""
    return operation(**{"by": county.officer(post, at=at), "at": at, "key": uuid4()} | said)


def called(*, sort: str = ASSEMBLY, at: datetime = county.MONDAY, **other: object) -> Meeting:
    said = {
        "sort": sort,
        "begins_at": at + 12 * DAY,
        "where": "村委会院内",
        "agenda": ["报告收支", "卫生费"],
        "roll": ROLL.get(sort),
    }
    return does(calling.call, at=at, **said | other)


def held(
    *, sort: str = ASSEMBLY, present: dict[str, int] | None = None, at: datetime = county.MONDAY, **other: object
) -> Meeting:
    meeting = called(sort=sort, at=at, **other)
    return does(holding.hold, meeting=meeting.pk, present=present or PRESENT[sort], at=meeting.begins_at + DAY / 12)


def resolved(
    meeting: Meeting, *, ayes: int = 150, noes: int = 20, asks: str = "", by_day: date | None = None, **other
) -> Resolution:
    """A decision; `asks` is the key of an office, which answers within four weeks where no day is named."""
    at = meeting.held_at
    said = {"words": "请答复：体检什么时候到村里来？", "ayes": ayes, "noes": noes, "abstentions": 0}
    if asks:
        said |= {"office": Office.objects.get(key=asks).pk, "answer_by": by_day or (at + 28 * DAY).date()}
    return does(resolving.resolve, meeting=meeting.pk, at=at, **said | other)


def drafted(meeting: Meeting) -> Meeting:
    return does(minuting.draft, meeting=meeting.pk, minutes=MINUTES, at=meeting.held_at)


def closed(meeting: Meeting) -> Meeting:
    """Its minutes written, open for corrections for their days, and closed."""
    drafted(meeting)
    at = meeting.held_at + 4 * DAY
    return does(minuting.close, meeting=meeting.pk, at=at)


def correction(
    meeting: Meeting, *, line: int = 7, words: str = "卫生费是每户每年六十元。", at: datetime | None = None, **other
):
    said = {"by": visitor(), "word": word_of(meeting), "line": line, "words": words}
    return does(minuting.correct, meeting=meeting.pk, at=at or meeting.held_at + DAY, **said | other)


def confirmed(*parameters: str, post: str = cases.BUREAU_HEAD, at: datetime = county.MONDAY) -> None:
    """The county's lawyer confirms the rows of law that are doubted; of these parameters, or of all."""
    for name, begins, place in doubted():
        if not parameters or name in parameters:
            said = {
                "parameter": name,
                "begins": begins,
                "place": place,
                "source": "村民委员会组织法（2025年修订）第二十四条",
            }
            does(confirming.confirm, post=post, at=at, **said)


def again(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_related("office__place").get(pk=meeting.pk)
