"""Sessions whose row neither opens them nor tells of them: the browser alone has the key.

The table holds a digest of that key, and what is kept is sealed with it and with the key ring. Whoever copies the database, or
reads a backup, finds no key with which to be somebody, and not which account or which family sat there; not even whoever has
the ring too. Named in `SESSION_ENGINE`.
"""

from __future__ import annotations

import base64
import json
from binascii import Error
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.contrib.sessions.backends import db
from django.utils import timezone

from chengnuo.foundation import clock
from chengnuo.foundation.database import one_of
from chengnuo.foundation.keys import ring


class SessionStore(db.SessionStore):
    """Django's own store in the database; another name for the row, and what stands in it sealed."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        return self._sealer().encrypt(json.dumps(session_dict).encode()).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What was kept; nothing where it was kept for another key, changed, or written before there were seals."""
        try:
            kept: dict[str, Any] = json.loads(self._sealer().decrypt(session_data))
        except (InvalidToken, Error, ValueError):
            return {}
        return kept

    def _sealer(self) -> Fernet:
        key = ring().mac("session", (self.session_key or "").encode())
        return Fernet(base64.urlsafe_b64encode(key))

    def _get_session_from_db(self) -> Any:
        rows = self.model.objects.filter(session_key=_digest(self.session_key or ""), expire_date__gt=timezone.now())
        # while the clock stands behind, what had expired would open again
        row = one_of(rows) if self.session_key and not clock.went_back() else None
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
