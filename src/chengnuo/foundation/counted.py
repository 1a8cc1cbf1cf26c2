"""The table in which attempts are counted, shared by every process: under keyed digests, so that it names nobody."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from chengnuo.foundation.keys import ring


def key_of(key: str, prefix: str, version: int) -> str:
    """The name under which something is counted: neither address nor sign-in name can be read or guessed from it."""
    return ring().mac("counted", f"{prefix}:{version}:{key}".encode()).hex()


def sweep() -> int:
    """Throws away what counts no longer; returns how many rows. By the machine's own clock, also in the demo."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM foundation_counted WHERE expires < %s", [now])
        return int(cursor.rowcount)
