"""What a family learns of, and how: by a message that it agreed to, else of some things by a closed letter.

On paper goes what asks something of the family, or what it may object to. Of every step of an ordinary request there is a slip of
the day; money that has arrived stands in the passbook.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F

from chengnuo.cases.models import Case
from chengnuo.cases.operations import handle
from chengnuo.channels.models import ClosedLetter
from chengnuo.channels.operations import queueing, writing
from chengnuo.channels.operations.sending import UNDELIVERED
from chengnuo.foundation.models import Errand
from chengnuo.people.operations import contacts
from chengnuo.promises.operations import escalation

# the decision on a claim, or what is missing for it
ON_PAPER = ("claim.send_back/1", "award.grant/1", "claim.refuse/1")
# that it is received, or that messages come from now on; the one list, done, refused; a deadline that has passed; the answer to an
# objection: of whoever made it no village is known, and one asked for the way would learn who objected
BY_MESSAGE = (
    contacts.AGREED,
    "case.ask_once/1",
    "case.ask_late/1",
    "case.finish/1",
    "case.refuse/1",
    handle.NEWS,
    escalation.LATE,
    "objection.uphold/1",
    "objection.reject/1",
)
# a message that came to nothing; and what was told, while something else had become new
AFTERWARDS = (UNDELIVERED, *writing.OUT)
TOPICS = BY_MESSAGE + ON_PAPER + AFTERWARDS


def told(errand: Errand, at: datetime) -> None:
    """Hears of what happened in a case: of an act upon it, or of a deadline that passed."""
    if errand.topic == UNDELIVERED:
        writing.owe_undelivered(UUID(errand.payload["id"]), at=at)
    elif errand.payload["kind"] == ClosedLetter.kind:
        _go_on(UUID(errand.payload["id"]), at)
    elif errand.payload["kind"] == Case.kind:
        tell(UUID(errand.payload["id"]), at=at, on_paper=errand.topic in ON_PAPER)


def tell(case: UUID, *, at: datetime, on_paper: bool = True) -> None:
    """By a message; where none goes, that a letter goes out is owed, but for what is never told `on_paper`."""
    if queueing.queue(case, at=at) is None and on_paper:
        writing.owe(case, at=at)


def _go_on(letter: UUID, at: datetime) -> None:
    """Tells what became new after that letter had been printed: it stands on its page, and the letter was of what came before."""
    since = ClosedLetter.objects.filter(pk=letter, news_at__gt=F("tells_until")).values_list("case", "news_at").first()
    if since is not None and queueing.queue(since[0], at=at) is None:
        writing.owe(since[0], at=at, news_at=since[1])
