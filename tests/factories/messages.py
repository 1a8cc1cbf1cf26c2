"""What a worker does with messages, and what lies in the folder afterwards."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings

from chengnuo.cases.models import Case
from chengnuo.channels.models import Message
from chengnuo.config import worker
from chengnuo.people.models import Consent, Purpose
from tests.factories import cases, county

NUMBER = "10012345678"


def agreed(case: Case | None = None, *, at: datetime = county.MONDAY) -> Case:
    """A case whose family agreed to messages; nothing about it is waiting."""
    case = case or cases.ask(at=at)
    Consent.objects.create(contact=case.contact, purpose=Purpose.MESSAGES, given_at=at)
    worker.drain(at)
    Message.objects.all().delete()
    return case


def work(at: datetime) -> None:
    """One round of what has to do with messages."""
    worker.drain(at)
    worker.remind_families(at)
    worker.send_messages(at)
    worker.ask_about_messages(at)


def moved(into: str) -> None:
    """Whoever sends the files by hand says what became of all that lie there."""
    folder = Path(settings.VAR) / "outgoing"
    (folder / into).mkdir(exist_ok=True)
    for path in folder.glob("*.txt"):
        path.rename(folder / into / path.name)


def outgoing() -> list[str]:
    """What was written, a text a message."""
    folder = Path(settings.VAR) / "outgoing"
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"), key=lambda p: p.stat().st_mtime)]


def readings(case: Case) -> list[str]:
    """How its messages stand, the oldest first."""
    found = Message.objects.filter(consent__contact=case.contact).order_by("queued_at", "pk")
    return [message.reading.value for message in found]
