"""Reads of notices: the desk's behind the gate; the public's by number, and only while they run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from chengnuo.core.instants import local_date
from chengnuo.core.text3 import Text3
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.plain import public
from chengnuo.foundation.refs import Ref
from chengnuo.foundation.refused import NotHere
from chengnuo.notices.lifecycle import NOTICE, NoticeStatus, least_lines
from chengnuo.notices.models import Notice, NoticeLine
from chengnuo.notices.models.notice import SHOWN


@dataclass(frozen=True)
class Entry:
    """One line as everybody sees it."""

    reference: str
    mask: str
    village: Text3


@dataclass(frozen=True)
class Shown:
    """A notice as everybody sees it, after the gate of what is published; in the order of its references, which tells nothing."""

    heading: Text3
    says: Text3
    office: Text3
    number: str
    entries: tuple[Entry, ...]


def shown(notice: Notice) -> Shown:
    """The one way to a list, for page, preview and paper. Raises NotForThePublic."""
    lines = notice.lines.select_related("village").order_by("reference")
    entries = tuple(Entry(line.reference, line.mask, line.village.name) for line in lines)
    words = notice.says.heading, notice.says.says, notice.office.name
    public([*words, notice.number, *((each.reference, each.mask, each.village) for each in entries)])
    return Shown(*words, notice.number, entries)


def notice(viewer: Actor, pk: UUID, *, action: str = "notice.see") -> Notice:
    """One notice with which the viewer may do this, with its office and its proof. Raises NotHere."""
    found = Notice.objects.filter(gate.scope(viewer, action), pk=pk)
    return NotHere.unless(found.select_related("office__place", "proof").first())


def listed(viewer: Actor, *, most: int) -> list[Notice]:
    """The notices that the viewer may see: those that still need somebody first, then the newest."""
    found = Notice.objects.filter(gate.scope(viewer, "notice.see")).select_related("office")
    live = list(found.filter(status__in=NOTICE.open).order_by("-pk")[:most])
    ended = found.exclude(status__in=NOTICE.open).order_by("-pk")
    return live + list(ended[: most - len(live)])


def by_number(number: str) -> Notice:
    """A notice that was once published, by what stands on its paper. Raises NotHere, for a draft too."""
    return NotHere.unless(
        Notice.objects.filter(number=number, published_at__isnull=False).select_related("office__place").first()
    )


def line(number: str, reference: str, *, at: datetime) -> NoticeLine | None:
    """A line of a notice that runs now, with its notice; None of any other."""
    found = NoticeLine.objects.filter(notice__number=number, reference=reference).select_related("notice").first()
    return found if found is not None and found.notice.runs(at) else None


def running(place: UUID, *, at: datetime) -> list[Notice]:
    """The notices that run now at the offices of a place."""
    today = local_date(at)
    found = Notice.objects.filter(
        Q(office__place=place), status__in=SHOWN, begins__lte=today, ends__gte=today
    ).select_related("office")
    return list(found.order_by("ends", "number"))


def noticed(pk: UUID) -> list[Ref]:
    """What the lines of a notice stand for: for the application above, when it is over."""
    return [line.about for line in Notice.objects.get(pk=pk).lines.order_by("reference")]


def about(pk: UUID) -> list[Notice]:
    """Every notice in which something stands or stood, the newest first."""
    return list(Notice.objects.filter(lines__about_id=pk).order_by("-pk"))


def is_too_small(notice: Notice, at: datetime) -> bool:
    """Whether a list waits because it is too small to be published."""
    return notice.status == NoticeStatus.DRAFTED and notice.size < least_lines(at)


def named(pks: Iterable[UUID]) -> dict[UUID, tuple[Text3, str]]:
    """Heading and number of these notices, for a list of what is owed."""
    return {each.pk: (each.says.heading, each.number) for each in Notice.objects.filter(pk__in=list(pks))}
