"""A meeting that was held: how many came, and the list that they signed, as photos of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from chengnuo.core.messages import N_
from chengnuo.foundation import files
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.models import StoredFile
from chengnuo.foundation.photos import MEDIA_TYPE, reencoded
from chengnuo.foundation.refs import Ref
from chengnuo.foundation.refused import Refused
from chengnuo.meetings import queries
from chengnuo.meetings.lifecycle import MEETING, RESOLUTION
from chengnuo.meetings.models import Meeting

MOST_PAGES = 40


class MoreThanThereAre(Refused):
    code = "more-than-there-are"
    sentence = N_("More came than stand on the roll, or not all is counted.")
    remedy = N_("Count the list of attendance again. Nobody is represented twice.")


class EnoughPages(Refused):
    code = "enough-pages"
    sentence = N_("So many pages of one list are not kept here.")
    remedy = N_("Keep the paper: it counts the same.")


def hold(*, meeting: UUID, present: Mapping[str, int], by: Actor, at: datetime, key: UUID) -> Meeting:
    """Says that it was held, and how many came of each measure by which it can be valid. What offices answered since the last meeting
    of this kind counts as read out here.

    Raises MoreThanThereAre.
    """
    said = {"meeting": meeting, "present": dict(present)}
    with act("meeting.hold/1", by=by, at=at, key=key, said=said) as a:
        found = a.take(Meeting, meeting)
        if set(present) != set(found.says.quorum):
            raise MoreThanThereAre
        if any(not 0 <= count <= found.roll[measure] for measure, count in present.items()):
            raise MoreThanThereAre
        held = a.move(found, MEETING.hold, present=dict(present), held_at=at)
        _read_out(a, held)
        return held


def photograph(*, meeting: UUID, photo: bytes, by: Actor, at: datetime, key: UUID) -> Meeting:
    """Keeps one page of the list of attendance, sealed. Raises PhotoRefused, NoRoom, EnoughPages."""
    said = {"meeting": meeting, "photo": sha256(photo).hexdigest()}
    queries.meeting(by, meeting, action="meeting.photograph")
    picture = reencoded(photo)
    with (
        files.kept(picture, owner=Ref(Meeting.kind, meeting), media_type=MEDIA_TYPE, at=at) as file,
        act("meeting.photograph/1", by=by, at=at, key=key, said=said) as a,
    ):
        found = a.take(Meeting, meeting)
        if StoredFile.objects.filter(owner_kind=Meeting.kind, owner_id=meeting).count() >= MOST_PAGES:
            raise EnoughPages
        file.save(force_insert=True)
        return a.move(found, MEETING.photograph)


def _read_out(a: Act, held: Meeting) -> None:
    """Answers that came since are read where the people who asked meet again."""
    answered = queries.answered_to(held).select_for_update(of=("self",))
    a.move_all(list(answered.select_related("meeting")), RESOLUTION.read, read_in=held)
