"""Sessions whose row does not open them: the table holds a digest of the key that only the browser has.

Whoever copies the database, or reads a backup, finds no key with which to be somebody. Named in `SESSION_ENGINE`.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone


class SessionStore(db.SessionStore):
    """Django's own store in the database; only the name under which a row stands is another."""

    def _get_session_from_db(self) -> Any:
        rows = self.model.objects.filter(session_key=_digest(self.session_key or ""), expire_date__gt=timezone.now())
        row = rows.first() if self.session_key else None
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str) -> bool:
        return super().exists(_digest(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        row.session_key = _digest(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = self.session_key if session_key is None else session_key
        if key is not None:
            super().delete(_digest(key))


def _digest(key: str) -> str:
    """The column's forty characters hold 160 bits of it."""
    return sha256(key.encode()).hexdigest()[:40]
