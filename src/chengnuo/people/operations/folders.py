"""Where a resident keeps their own receipts together. No act of an institution: it is in no log, and nobody else reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.log.erasure import bury
from chengnuo.foundation.models import Tombstone
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.foundation.sealed import blind_index
from chengnuo.people.models import Folder
from chengnuo.people.operations.accounts import NameTaken, WeakPassword

MOST = 50


class FolderFull(Refused):
    code = "folder-full"
    sentence = N_("There are fifty receipts in it already.")
    remedy = N_("Take out one that you no longer need: the request itself stays as it is.")


def make(*, name: str, password: str, on: date) -> Folder:
    """An empty folder. Raises NameTaken, WeakPassword."""
    try:
        validate_password(password)
    except ValidationError:
        raise WeakPassword from None
    folder = Folder(name_index=_index(name), password=make_password(password), receipts="{}", used_on=on)
    try:
        with transaction.atomic():
            folder.save(force_insert=True)
    except IntegrityError:
        raise NameTaken from None
    return folder


def opened(*, name: str, password: str, on: date) -> Folder | None:
    """The folder of this name, if the password is right; the same work where there is none."""
    found = Folder.objects.filter(name_index=_index(name)).first()
    if found is None:
        make_password(password)
        return None
    if not check_password(password, found.password):
        return None
    Folder.objects.filter(pk=found.pk).update(used_on=on)
    return found


def receipts(folder: UUID, *, by: Actor) -> dict[UUID, int] | None:
    """The cases whose receipts lie in it, with how many new codes each had then; None where there is no such folder."""
    found = Folder.objects.filter(pk=folder).first()
    return None if found is None else _read(found, by)


def add(folder: UUID, *, case: UUID, codes: int, by: Actor) -> None:
    """Puts a receipt in; the same again changes nothing. Raises NotHere, FolderFull."""
    with transaction.atomic():
        found = _locked(folder)
        held = _read(found, by) | {case: codes}
        if len(held) > MOST:
            raise FolderFull
        _write(found, held)


def _locked(folder: UUID) -> Folder:
    """Raises NotHere where it was deleted on another telephone."""
    return NotHere.unless(Folder.objects.select_for_update().filter(pk=folder).first())


def take_out(folder: UUID, *, cases: frozenset[UUID], by: Actor) -> None:
    """The requests themselves stay as they are, and open with their codes."""
    with transaction.atomic():
        found = _locked(folder)
        _write(found, {case: codes for case, codes in _read(found, by).items() if case not in cases})


def delete(folder: UUID, *, at: datetime) -> None:
    """With a tombstone, so that no restore gives it back."""
    with transaction.atomic():
        if Folder.objects.filter(pk=folder).delete()[0]:
            bury([(folder, b"")], at=at)


def delete_again(_at: datetime) -> None:
    """After a restore: folders that were deleted already, and that an older copy brought back."""
    Folder.objects.filter(pk__in=Tombstone.objects.values("entry")).delete()


def _read(folder: Folder, by: Actor) -> dict[UUID, int]:
    held: dict[str, int] = json.loads(folder.receipts.reveal(by=by, reason="own folder"))
    return {UUID(case): codes for case, codes in held.items()}


def _write(folder: Folder, held: Mapping[UUID, int]) -> None:
    folder.receipts = json.dumps({str(case): codes for case, codes in held.items()})
    folder.save(update_fields=["receipts"])


def _index(name: str) -> bytes:
    """A reader of the database learns no name."""
    return blind_index("folder.name", name.casefold())
