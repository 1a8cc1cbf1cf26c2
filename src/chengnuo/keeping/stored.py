"""Stored files as a place of sealed things: a change of key seals them anew, one file after another."""

from __future__ import annotations

from collections import Counter

from chengnuo.foundation import files
from chengnuo.foundation.files import FileBroken
from chengnuo.foundation.keys import ring
from chengnuo.foundation.models import StoredFile
from chengnuo.keeping.places import Renewed


class StoredFiles:
    """Answers to `places.Place`. The database's writer is never held: a row does not change with its file's key."""

    name = files.LABEL

    def counted(self) -> Counter[str]:
        found = Counter(map(files.key_of, StoredFile.objects.iterator()))
        found.pop("", None)  # what is missing is a finding of the doctor
        return found

    def renew(self, after: object | None, limit: int) -> Renewed:
        rows = StoredFile.objects.order_by("pk")
        some = list((rows if after is None else rows.filter(pk__gt=after))[:limit])
        count, broken, now = 0, [], ring().sealing_id
        for file in some:
            if files.key_of(file) in {now, ""}:
                continue
            try:
                files.seal_anew(file)
            except FileBroken:
                broken.append(str(file.pk))
            else:
                count += 1
        return Renewed(some[-1].pk if some else None, count, tuple(broken))
