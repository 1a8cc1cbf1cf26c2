"""What puts lines into notices, and takes them out again, for the applications above: each in an act of its own, by the system.

Called inside an act of theirs, it is done or undone with it.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID, uuid5

from chengnuo.core.ids import LETTERS
from chengnuo.core.messages import N_
from chengnuo.core.privacy import mask_name
from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.plain import public
from chengnuo.foundation.refs import Ref
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.notices.lifecycle import DRAFTED, NOTICE, least_lines
from chengnuo.notices.models import Notice, NoticeLine, Recalled
from chengnuo.notices.operations.publishing import recall
from chengnuo.people import queries as people
from chengnuo.people.models import Post
from chengnuo.policies.notices import notices

NUMBER, REFERENCE = 12, 5
SALT = UUID("0d2d6a3e-8f0f-4a70-9f39-5f6b1b1d9c11")  # frozen: keys of acts are made of it


class NeverNoticed(Refused):
    code = "never-noticed"
    sentence = N_(
        "Nobody who claims this is named in a public notice: no rule in force requires it, or it would tell too much."
    )
    remedy = N_("It is checked on documents by two officers instead.")
    law = "PIPL art. 25"


def put(
    *, kind: str, programme: str, name: str, village: UUID, office: UUID, about: Ref, at: datetime, turn: str = "0"
) -> NoticeLine:
    """Puts a masked line into the next notice of a kind (a key of `policies/notices.yaml`) at an office, beginning one where none
    waits. `name` is masked here and kept nowhere; `programme` is asked about and kept nowhere;
    `turn`: which time it is that it comes to such a notice of this office; each is put once.

    Raises NeverNoticed, NotForThePublic, AlreadyReceived for what was put there before, NotHere for an office that receives nothing.
    """
    if programme not in notices().required:
        raise NeverNoticed(programme=programme)
    mask = mask_name(name)
    public(mask)
    said = {"kind": kind, "office": office, "about": about.id}
    key = uuid5(SALT, f"put {kind} {about.id} {office} {turn}")
    with act("notice.put/1", by=system(), at=at, key=key, said=said) as a:
        notice = _waiting(a, notices().kinds[kind].key, office)
        line = NoticeLine(notice=notice, mask=mask, reference=_reference(notice), village_id=village)
        line.about = about
        line.save(force_insert=True)
        a.move(notice, NOTICE.put, size=notice.size + 1)
        return line


def take_out(*, about: Ref, at: datetime) -> int:
    """Takes what a withdrawn claim stands for out of every notice that is not over, at once; returns of how many.

    A notice that runs and is too small without it is recalled with it: its last lines would stand for few enough to be known.
    """
    found = NoticeLine.objects.filter(about_id=about.id, notice__status__in=NOTICE.take_out.passage.sources)
    return sum(_out_of(line, at) for line in found)


def _out_of(line: NoticeLine, at: datetime) -> int:
    key, said = uuid5(line.pk, "take out"), {"line": line.pk}
    with act("notice.take_out/1", by=system(), at=at, key=key, said=said) as a:
        notice = a.take(Notice, line.notice_id)
        line.delete()
        a.move(notice, NOTICE.take_out, size=notice.size - 1)
        if notice.runs(at) and notice.size < least_lines(at):
            recall(notice=notice.pk, reason=Recalled.SMALL, by=system(), at=at, key=uuid5(notice.pk, "too small"))
        return 1


def _waiting(a: Act, sort: str, office: UUID) -> Notice:
    """The draft that collects lines of this kind at this office."""
    found = a.allowed(Notice).filter(status=DRAFTED, sort=sort, office=office).first()
    return found or a.make(_begun(sort, office), NOTICE.draft)


def _begun(sort: str, office: UUID) -> Notice:
    counter: Post | None = people.counter_of(office)
    if counter is None:
        raise NotHere
    seat = people.seat(counter.office)
    return Notice(sort=sort, number=_drawn(NUMBER), holder=counter, **seat.columns)


def _reference(notice: Notice) -> str:
    """Unlike those that stand in the notice already."""
    there = set(notice.lines.values_list("reference", flat=True))
    return next(drawn for drawn in iter(lambda: _drawn(REFERENCE), "") if drawn not in there)


def _drawn(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))
