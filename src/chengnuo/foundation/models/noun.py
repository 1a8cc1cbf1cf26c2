"""The shape of everything that has states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db import models

from chengnuo.core.lifecycle import Lifecycle
from chengnuo.foundation.ids import new_id

PLAIN = "plain"
SENSITIVE = "sensitive"
ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Trace:
    """What the log may show in public of an act on a noun: whose act, and how guarded.

    `group` is "plain", "sensitive" (the public part is empty) or "anonymous" (and integrated the next day, shuffled).
    """

    office: UUID | None
    group: str = PLAIN


class Noun(models.Model):
    """Base of every model with a status. Only `foundation.acts` writes `status` and `version`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    status = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=0)

    kind: ClassVar[str]
    lifecycle: ClassVar[Lifecycle]

    class Meta:
        abstract = True

    def trace(self) -> Trace:
        raise TypeError(f"{type(self).__name__} does not say what the log may show of it")
