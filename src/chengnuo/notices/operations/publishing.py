"""A notice before everybody's eyes: published, put up on paper with a photo as proof, recalled in one step, taken down."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from chengnuo.core.instants import local_date
from chengnuo.foundation import files
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.gate import gate
from chengnuo.foundation.photos import MEDIA_TYPE, reencoded
from chengnuo.foundation.refs import Ref
from chengnuo.foundation.refused import MoveRefused
from chengnuo.notices import queries
from chengnuo.notices.lifecycle import NOTICE
from chengnuo.notices.models import Notice, NoticeLine, Recalled
from chengnuo.notices.terms import last_day
from chengnuo.people import queries as people


def publish(*, notice: UUID, by: Actor, at: datetime, key: UUID) -> Notice:
    """Shows the list from today on. Raises MoveRefused for a list that is too small, NotForThePublic for what leads to a person."""
    with act("notice.publish/1", by=by, at=at, key=key, said={"notice": notice}) as a:
        found, today = a.take(Notice, notice), local_date(at)
        queries.shown(found)
        days = {"begins": today, "ends": last_day(found.office, begins=today)}
        return a.move(found, NOTICE.publish, **days, published_at=at, published_by_id=people.desk_of(by))


def hang(*, notice: UUID, photo: bytes, by: Actor, at: datetime, key: UUID) -> Notice:
    """Says that it hangs at the board, with a photo of its strip as proof. Raises PhotoRefused, NoRoom."""
    said = {"notice": notice, "photo": sha256(photo).hexdigest()}
    _expect(notice, by=by, at=at)
    # before the act: decoding takes a second, and nobody waits for the writer that long
    picture = reencoded(photo)
    with (
        files.kept(picture, owner=Ref(Notice.kind, notice), media_type=MEDIA_TYPE, at=at) as file,
        act("notice.hang/1", by=by, at=at, key=key, said=said) as a,
    ):
        found = a.take(Notice, notice)
        file.save(force_insert=True)
        return a.move(found, NOTICE.hang, hung_at=at, hung_by_id=people.desk_of(by), proof_id=file.pk)


def recall(*, notice: UUID, reason: str, by: Actor, at: datetime, key: UUID) -> Notice:
    """Takes the list off the page at once, and its masks out of the database."""
    with act("notice.recall/1", by=by, at=at, key=key, said={"notice": notice, "reason": reason}) as a:
        found = a.move(a.take(Notice, notice), NOTICE.recall, recalled_at=at, recall_reason=Recalled(reason).value)
        NoticeLine.objects.filter(notice=found).update(mask="")
        return found


def take_down(*, notice: UUID, by: Actor, at: datetime, key: UUID) -> Notice:
    """Says that no paper of it hangs any more."""
    with act("notice.take_down/1", by=by, at=at, key=key, said={"notice": notice}) as a:
        return a.move(a.take(Notice, notice), NOTICE.take_down, taken_down_at=at)


def _expect(notice: UUID, *, by: Actor, at: datetime) -> None:
    """Nothing is decoded that could not be kept: decoding is dear, and the act asks all of this again."""
    gate.require(by, "notice.hang", at)
    found = queries.notice(by, notice, action="notice.hang")
    if objection := NOTICE.hang.objection(found.status, found, at):
        raise MoveRefused(objection.sentence, why=objection.code)
