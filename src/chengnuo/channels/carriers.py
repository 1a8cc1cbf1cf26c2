"""What carries a message away: files in a folder, or a gateway that speaks HTTP. Which one, the settings say; none: nothing is sent."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

FILES = "files"
PATIENCE = 10  # seconds
# what a gateway answers where trying again helps nobody: such a number cannot be reached
FOR_GOOD = (400, 410, 422)


class NotNow(Exception):
    """It did not work; later it may."""


class Never(Exception):
    """It does not work with this number."""


class Carrier(Protocol):
    def carry(self, *, to: str, text: str, message: UUID) -> None:
        """Hands the text over. The same message may come twice: its id says so. Raises NotNow, Never."""
        ...


@dataclass(frozen=True)
class Folder:
    """One file a message, for the demo and for whoever sends them by hand."""

    path: Path

    def carry(self, *, to: str, text: str, message: UUID) -> None:
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.path / f"{message}.txt").write_text(f"{to}\n{text}\n", encoding="utf-8")
        except OSError as trouble:
            raise NotNow from trouble


@dataclass(frozen=True)
class Gateway:
    """Takes `{"to", "text", "id"}` as JSON by POST, with a token; whatever it answers in the 200s means that it took it."""

    address: str
    token: str

    def carry(self, *, to: str, text: str, message: UUID) -> None:
        body = json.dumps({"to": to, "text": text, "id": str(message)}).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        where = urlsplit(self.address)
        kind = http.client.HTTPSConnection if where.scheme == "https" else http.client.HTTPConnection
        line = kind(where.hostname or "", where.port, timeout=PATIENCE)
        try:
            line.request("POST", where.path or "/", body, headers)
            status = line.getresponse().status
        except (OSError, http.client.HTTPException) as trouble:
            raise NotNow from trouble
        finally:
            line.close()
        if status in FOR_GOOD:
            raise Never
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            raise NotNow


def sms() -> Carrier | None:
    """What carries short messages; None where nothing is set up."""
    if settings.SMS == FILES:
        return Folder(Path(settings.VAR) / "outgoing")
    return Gateway(settings.SMS, settings.SMS_TOKEN) if settings.SMS else None
