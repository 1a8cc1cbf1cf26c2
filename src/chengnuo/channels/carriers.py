"""What carries a message away: files in a folder, or a gateway that speaks HTTP. Which one, the settings say; none: nothing is sent."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path
from threading import Timer
from typing import Protocol
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings

FILES = "files"
PATIENCE = 10  # seconds, for the whole of it
# what a gateway answers where trying again helps nobody: such a number cannot be reached
FOR_GOOD = (400, 410, 422)


# a report is one word; more of what a gateway answers is not read
MOST_READ = 1000


class Report(StrEnum):
    """What became of a message that was carried away."""

    UNKNOWN = "unknown"
    DELIVERED = "delivered"
    FAILED = "failed"


class NotNow(Exception):
    """It did not work; later it may."""


class Never(Exception):
    """It does not work with this number."""


class Carrier(Protocol):
    def carry(self, *, to: str, text: str, message: UUID) -> None:
        """Hands the text over. The same message may come twice: its id says so. Raises NotNow, Never."""
        ...

    def report(self, *, message: UUID) -> Report:
        """Says what became of a message. Raises NotNow where nobody can be asked."""
        ...


@dataclass(frozen=True)
class Folder:
    """One file a message, for the demo and for whoever sends them by hand and then moves them into `delivered` or `failed`."""

    path: Path

    def carry(self, *, to: str, text: str, message: UUID) -> None:
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.path / f"{message}.txt").write_text(f"{to}\n{text}\n", encoding="utf-8")
        except OSError as trouble:
            raise NotNow from trouble

    def report(self, *, message: UUID) -> Report:
        moved = (each for each in (Report.DELIVERED, Report.FAILED) if (self.path / each / f"{message}.txt").is_file())
        return next(moved, Report.UNKNOWN)


@dataclass(frozen=True)
class Gateway:
    """Takes `{"to", "text", "id"}` as JSON by POST, with a token; whatever it answers in the 200s means that it took it.

    Asked by GET with `?id=`, it answers `{"state"}`: sent, delivered or failed. Not every gateway knows.
    """

    address: str
    token: str

    def carry(self, *, to: str, text: str, message: UUID) -> None:
        status, _answer = self._ask("POST", "", json.dumps({"to": to, "text": text, "id": str(message)}).encode())
        if status in FOR_GOOD:
            raise Never
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            raise NotNow

    def report(self, *, message: UUID) -> Report:
        status, answer = self._ask("GET", f"?{urlencode({'id': message})}")
        try:
            return Report(json.loads(answer)["state"]) if status == HTTPStatus.OK else Report.UNKNOWN
        except (ValueError, TypeError, KeyError, RecursionError):
            return Report.UNKNOWN

    def _ask(self, verb: str, query: str, body: bytes | None = None) -> tuple[int, bytes]:
        """Status and answer. Raises NotNow where there is none."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        where = urlsplit(self.address)
        kind = http.client.HTTPSConnection if where.scheme == "https" else http.client.HTTPConnection
        line = kind(where.hostname or "", where.port)
        try:
            with socket.create_connection((line.host, line.port), PATIENCE) as wire, _cut_off(wire):
                line.sock = _wrapped(wire, line.host) if where.scheme == "https" else wire
                line.request(verb, (where.path or "/") + query, body, headers)
                answer = line.getresponse()
                # what was taken stays taken, though the rest of the answer be lost
                return answer.status, b"" if body else answer.read(MOST_READ)
        except (OSError, http.client.HTTPException) as trouble:
            raise NotNow from trouble
        finally:
            line.close()


@contextmanager
def _cut_off(wire: socket.socket) -> Iterator[None]:
    """Ends whatever still goes on over a wire when patience is over: a byte now and then satisfies every wait for one byte."""
    with wire.dup() as end:
        alarm = Timer(PATIENCE, _shut, [end])
        alarm.daemon = True
        alarm.start()
        try:
            yield
        finally:
            alarm.cancel()


def _shut(end: socket.socket) -> None:
    with suppress(OSError):  # it was over in the same moment
        end.shutdown(socket.SHUT_RDWR)


def _wrapped(wire: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(wire, server_hostname=host)


def sms() -> Carrier | None:
    """What carries short messages; None where nothing is set up."""
    if settings.SMS == FILES:
        return Folder(Path(settings.VAR) / "outgoing")
    return Gateway(settings.SMS, settings.SMS_TOKEN) if settings.SMS else None
