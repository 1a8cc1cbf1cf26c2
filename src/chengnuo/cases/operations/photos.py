"""Photos of the papers that were missing: sent one by one, seen by whoever works on the case, taken back until it is finished."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from chengnuo.cases.lifecycle import CASE
from chengnuo.cases.models import Case, Photo
from chengnuo.cases.operations.story import step
from chengnuo.core.messages import N_
from chengnuo.foundation import files
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act, made_by
from chengnuo.foundation.gate import gate
from chengnuo.foundation.models import StoredFile
from chengnuo.foundation.photos import MEDIA_TYPE, reencoded
from chengnuo.foundation.refs import Ref
from chengnuo.foundation.refused import MoveRefused, NotHere, Refused
from chengnuo.people import queries as people

MOST = 6


class EnoughPhotos(Refused):
    code = "enough-photos"
    sentence = N_("There are six photos already. Nothing of this one was kept.")
    remedy = N_("Take one back to send another, or bring the other papers to any counter.")


class NotOnTheList(Refused):
    code = "not-on-the-list"
    sentence = N_("This paper does not stand on the list of what is missing.")
    remedy = N_("Choose one of the papers on the list.")


def add_photo(*, case: UUID, item: int, photo: bytes, by: Actor, at: datetime, key: UUID) -> Case:
    """Keeps a photo for one item of the list. Raises PhotoRefused, NoRoom, EnoughPhotos, NotOnTheList."""
    said = {"case": case, "item": item, "photo": sha256(photo).hexdigest()}
    _expect(case, by=by, at=at, key=key, said=said)
    # before the act: decoding takes a second, and nobody waits for the writer that long
    picture, owner = reencoded(photo), Ref(Case.kind, case)
    with (
        files.kept(picture, owner=owner, media_type=MEDIA_TYPE, at=at) as file,
        act("case.add_photo/1", by=by, at=at, key=key, said=said) as a,
    ):
        found = step(a, a.take(Case, case), CASE.add_photo)
        items = found.missing.reveal(by=by, reason="the list").splitlines() if found.missing else []
        if not 0 <= item < len(items):
            raise NotOnTheList
        if found.photos.count() >= MOST:
            raise EnoughPhotos
        file.save(force_insert=True)
        Photo.objects.create(file=file, case=found, item=item, post_id=people.desk_of(by))
        return found


def _expect(case: UUID, *, by: Actor, at: datetime, key: UUID, said: dict[str, object]) -> None:
    """Nothing is decoded that could not be kept: decoding is dear, and the act asks all of this again."""
    gate.require(by, "case.add_photo", at)
    found = Case.objects.filter(gate.scope(by, "case.add_photo"), pk=case).first()
    if found is None:
        raise NotHere
    if made_by("case.add_photo/1", key) is not None:
        with act("case.add_photo/1", by=by, at=at, key=key, said=said):
            return  # not reached: the act itself says that it was done, or done otherwise
    if objection := CASE.add_photo.objection(found.status, found, at):
        raise MoveRefused(objection.sentence, why=objection.code)
    if found.photos.count() >= MOST:
        raise EnoughPhotos


def remove_photo(*, case: UUID, photo: UUID, by: Actor, at: datetime, key: UUID) -> Case:
    """Takes a photo back for good: with the receipt any of them, an officer without it only what the same post sent."""
    with act("case.remove_photo/1", by=by, at=at, key=key, said={"case": case, "photo": photo}) as a:
        found = a.take(Case, case)
        there = StoredFile.objects.filter(photo__case=found, pk=photo)
        gone = list(there if case in by.holds else there.filter(photo__post__in=by.posts))
        if not gone:
            raise NotHere
        files.erase(gone, at=at)
        return step(a, found, CASE.remove_photo)


def forget(cases: Sequence[UUID], *, at: datetime) -> None:
    """Inside an act: the photos of these cases go for good."""
    files.erase(list(StoredFile.objects.filter(photo__case__in=cases)), at=at)
