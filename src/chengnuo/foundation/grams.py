"""Finding names and texts by their two-character runs, with no text in clear: keyed digests, on every database alike.

Two-character Chinese words are found; full-text indexes of three characters find none of them, and keep erased words.
Whoever owns the database still sees how often a run occurs, without knowing which one it is.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db import models
from django.db.models import Count, QuerySet

from chengnuo.foundation.keys import ring

GRAM_BYTES = 8


def grams(text: str) -> set[bytes]:
    """The digests (8 bytes) of a text's runs of two letters or digits; of the one character, where there is one only.

    Width, case, spaces and punctuation do not count: 阿依古丽·买买提 is found with any dot or none.
    """
    keys = ring()
    return {keys.mac("gram", run.encode())[:GRAM_BYTES] for run in _runs(text)}


def matching(model: type[Gram], query: str) -> QuerySet[Any, Any]:
    """The owners that have every run of the query, as a subquery for `__in`; nobody for an empty query."""
    wanted = grams(query)
    if not wanted:
        return model._default_manager.none().values("owner")
    found = model._default_manager.filter(gram__in=sorted(wanted)).values("owner")
    return found.annotate(runs=Count("gram")).filter(runs=len(wanted)).values("owner")


class Gram(models.Model):
    """Base of a table of runs. `owner` is the id of what is found; its app writes and erases the rows with it."""

    owner = models.UUIDField()
    gram = models.BinaryField(max_length=GRAM_BYTES)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["gram", "owner"], name="%(class)s_once")]
        indexes = [models.Index(fields=["owner"], name="%(class)s_owner")]

    def __str__(self) -> str:
        return f"{type(self).__name__} of {self.owner}"


def _runs(text: str) -> set[str]:
    plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
    return {plain[i : i + 2] for i in range(len(plain) - 1)} or ({plain} - {""})
