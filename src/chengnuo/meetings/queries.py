"""Reads of meetings: how one stands under the law of its day, what may be used of it, and what everybody reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from chengnuo.core.ballots import Condition, Measure, Share, Standing, parse, standing
from chengnuo.core.ids import LETTERS
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.core.rules.parameters import Row
from chengnuo.core.text3 import Text3
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.keys import ring
from chengnuo.foundation.memo import for_a_minute
from chengnuo.foundation.models import StoredFile
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.meetings.lifecycle import ANSWERED, CALLED, CLOSED, UP
from chengnuo.meetings.models import Confirmation, Meeting, Resolution
from chengnuo.people.codes import codes_of
from chengnuo.policies.loader import parameters
from chengnuo.policies.meetings import MeetingKind, meetings

WORD = 6
NOTICE, DEMAND, QUORUM, COMPOSITION = "notice", "demand", "quorum", "composition"
Key = tuple[str, date, str]
Said = tuple[str, date, str, str]


class NotValid(Refused):
    code = "meeting-not-valid"
    sentence = N_(
        "The meeting that decided this was not valid, or it was not adopted, or its minutes are still open. It cannot be used."
    )
    remedy = N_("Its page says which condition failed. Another meeting can decide the same.")


@dataclass(frozen=True)
class Stands:
    """How a meeting stands, and each condition of it with what was counted and the text; what a decision of it needs."""

    standing: Standing
    conditions: tuple[Condition, ...]
    majority: Measure

    @property
    def is_usable(self) -> bool:
        """A text that nobody has confirmed warns, and voids nothing."""
        return self.standing != Standing.INVALID


def standing_of(meeting: Meeting) -> Stands:
    """Read anew each time: what is confirmed later counts within a minute. Of a meeting that was not held yet only its call is looked at."""
    law = _Law(meeting)
    conditions = tuple(_conditions(meeting, law))
    return Stands(standing(conditions), conditions, _majority(meeting, law))


def is_adopted(resolution: Resolution) -> bool:
    """More ayes than the share of those present that the text asks."""
    return resolution.ayes >= majority_of(resolution.meeting).least


def majority_of(meeting: Meeting) -> Measure:
    """What the text asks for a decision, among those present."""
    return _majority(meeting, _Law(meeting))


def voters_of(meeting: Meeting) -> int:
    """How many could vote: those present of the measure by which the meeting was valid, or of the largest."""
    return _voters(meeting, _Law(meeting))


def usable(pk: UUID) -> Resolution:
    """A decision upon which a later step may rest: adopted by a meeting that was valid, its minutes closed. Raises NotValid, NotHere."""
    found = NotHere.unless(Resolution.objects.select_related("meeting__office").filter(pk=pk).first())
    if not is_usable(found):
        raise NotValid
    return found


def is_usable(resolution: Resolution) -> bool:
    meeting = resolution.meeting
    is_final = meeting.status in (CLOSED.value, UP.value)
    return is_final and not resolution.unlawful and is_adopted(resolution) and standing_of(meeting).is_usable


def word_of(meeting: Meeting) -> str:
    """The word on its list of attendance: whoever was there has read it. It is stored nowhere."""
    made = ring().mac("meeting.word", meeting.pk.bytes)
    return "".join(LETTERS[byte % len(LETTERS)] for byte in made[:WORD])


def meeting(viewer: Actor, pk: UUID, *, action: str = "meeting.see") -> Meeting:
    """One meeting with which the viewer may do this. Raises NotHere."""
    found = Meeting.objects.filter(gate.scope(viewer, action), pk=pk)
    return NotHere.unless(found.select_related("office__place", "office__above").first())


def listed(viewer: Actor, *, most: int) -> list[Meeting]:
    """The meetings that the viewer may see, the newest first."""
    found = Meeting.objects.filter(gate.scope(viewer, "meeting.see")).select_related("office")
    return list(found.order_by("-begins_at", "pk")[:most])


def resolution(viewer: Actor, pk: UUID, *, action: str = "resolution.see") -> Resolution:
    """One resolution with which the viewer may do this. Raises NotHere."""
    found = Resolution.objects.filter(gate.scope(viewer, action), pk=pk)
    return NotHere.unless(found.select_related("meeting__office", "office").first())


def by_number(number: str) -> Meeting:
    """A meeting, by what stands on its papers. Raises NotHere."""
    return NotHere.unless(
        Meeting.objects.filter(number=number).select_related("office__place", "office__above").first()
    )


def of_place(place: UUID, *, most: int) -> list[Meeting]:
    """The meetings of a place, the newest first."""
    found = Meeting.objects.filter(office__place=place).select_related("office")
    return list(found.order_by("-begins_at", "pk")[:most])


def answered_to(meeting: Meeting) -> QuerySet[Resolution]:
    """What offices answered to the same people's meetings of this kind, and was not read out yet."""
    same = Meeting.objects.filter(office=meeting.office_id, sort=meeting.sort, group=meeting.group)
    return Resolution.objects.filter(meeting__in=same, status=ANSWERED.value)


def to_read_out(meeting: Meeting) -> list[Resolution]:
    """What offices answered since the last meeting of this kind, or read out here."""
    here = answered_to(meeting) if meeting.status == CALLED else Resolution.objects.filter(read_in=meeting)
    return list(here.select_related("office").order_by("answered_at", "pk"))


def demand_of(meeting: Meeting) -> Measure | None:
    """How many asked for it beside how many oblige the committee to call it; None where it calls of itself. It voids nothing: fewer may be
    heard as well.
    """
    asked = meeting.demanded_by
    return _Law(meeting).measure(DEMAND, asked, count=meeting.demanded, of=meeting.roll[asked]) if asked else None


def pages_of(meeting: Meeting) -> list[StoredFile]:
    """The photographed pages of its list of attendance."""
    return list(StoredFile.objects.filter(owner_kind=Meeting.kind, owner_id=meeting.pk).order_by("at", "pk"))


def page_of(viewer: Actor, meeting: UUID, page: UUID) -> StoredFile:
    """One page, of a meeting whose pages the viewer may look at. Raises NotHere."""
    found = Meeting.objects.filter(gate.scope(viewer, "meeting.photograph"), pk=meeting)
    return NotHere.unless(
        StoredFile.objects.filter(pk=page, owner_kind=Meeting.kind, owner_id__in=found.values("pk")).first()
    )


def kinds_of(place: UUID | None, *, on: date) -> dict[str, MeetingKind]:
    """The kinds of meeting by which the people of a village or community meet; none elsewhere."""
    code = codes_of([place], on=on).get(place, "") if place else ""
    return {key: kind for key, kind in meetings().kinds.items() if code and kind.suits(code)}


def doubted() -> dict[Key, Row]:
    """The rows of law on meetings of which something is still to be checked, by what a confirmation names."""
    known = parameters()
    rows = (row for name in known.names() if name.startswith("meetings.") for row in known.history(name))
    return {(row.name, row.begins, row.place): row for row in rows if row.doubt}


@for_a_minute
def confirmed() -> frozenset[Said]:
    """The rows of law that were confirmed, each with what it said."""
    return frozenset(Confirmation.objects.values_list("parameter", "begins", "place", "value"))


def confirmations() -> dict[Key, Confirmation]:
    """What was confirmed, where the row still says so."""
    rows = doubted()
    found = {(each.parameter, each.begins, each.place): each for each in Confirmation.objects.all()}
    return {key: each for key, each in found.items() if key in rows and each.value == str(rows[key].value)}


def named(pks: Iterable[UUID]) -> dict[UUID, tuple[Text3, str]]:
    """What these meetings are called, for a list of what is owed."""
    return {each.pk: (each.says.name, each.number) for each in Meeting.objects.filter(pk__in=list(pks))}


def resolutions_named(pks: Collection[UUID]) -> dict[UUID, tuple[str]]:
    """What these meetings decided, for a list of what is owed."""
    return {pk: (words,) for pk, words in Resolution.objects.filter(pk__in=list(pks)).values_list("pk", "words")}


class _Law:
    """The texts that count for a meeting: those of its day and place."""

    def __init__(self, meeting: Meeting) -> None:
        self.kind, self.day = meetings().kinds[meeting.sort], local_date(meeting.begins_at)
        place = meeting.office.place_id
        self.place = codes_of([place], on=self.day).get(place, "")
        self.confirmed = confirmed()

    def measure(self, condition: str, measure: str, *, count: int, of: int) -> Measure:
        row = self.kind.law(f"{condition}_{measure}" if measure else condition, self.day, self.place)
        return Measure(measure, count, self._share(row).least(of), row, self._is_confirmed(row), of)

    def notice(self, days: int) -> Measure | None:
        row = self.kind.notice(self.day, self.place)
        if row is None or not isinstance(row.value, int):
            return None
        return Measure(NOTICE, days, row.value, row, self._is_confirmed(row))

    def _share(self, row: Row) -> Share:
        return parse(str(row.value))

    def _is_confirmed(self, row: Row) -> bool:
        return not row.doubt or (row.name, row.begins, row.place, str(row.value)) in self.confirmed


def _majority(meeting: Meeting, law: _Law) -> Measure:
    present = _voters(meeting, law)
    return law.measure("majority", "", count=present, of=present)


def _voters(meeting: Meeting, law: _Law) -> int:
    present: Mapping[str, int] = meeting.present or {}
    valid = [
        count
        for measure, count in present.items()
        if law.measure(QUORUM, measure, count=count, of=meeting.roll[measure]).is_met
    ]
    return max(valid or present.values(), default=0)


def _conditions(meeting: Meeting, law: _Law) -> Iterator[Condition]:
    kind, roll = law.kind, meeting.roll
    if notice := law.notice(meeting.notice_days):
        yield Condition(NOTICE, (notice,))
    for part in kind.composition:
        whole = roll[kind.quorum[0]]
        yield Condition(f"{COMPOSITION}_{part}", (law.measure(COMPOSITION, part, count=roll[part], of=whole),))
    if meeting.present is not None:
        came = meeting.present
        yield Condition(
            QUORUM, tuple(law.measure(QUORUM, each, count=came[each], of=roll[each]) for each in kind.quorum)
        )
