"""Keeps that somebody wants no letters, inside an act: what is still on its way to them is let go."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from chengnuo.core.instants import local_date
from chengnuo.foundation.acts import Act
from chengnuo.foundation.models.noun import SENSITIVE, Trace
from chengnuo.foundation.seals import unseal
from chengnuo.outreach.internal.digests import of_letter, of_refusal
from chengnuo.outreach.lifecycle import LETTER, OPEN_LETTERS
from chengnuo.outreach.models import Letter, NoContact, Outcome
from chengnuo.policies.finders import finders


def whom(letter: Letter) -> bytes:
    """The register's digest of whom a letter is or was for; b"" once its code has ended."""
    if not letter.whom:
        return b""
    row = str(letter.pk)  # no look: it is a digest, and nobody is shown it
    return bytes.fromhex(unseal(letter.whom.boxed(row), label="outreach.letter.whom", row=row))


def on_their_way(resident: bytes) -> QuerySet[Letter]:
    """The open letters of one person, of whatever finder."""
    indexes = [of_letter(finder, resident) for finder in {row.key for row in finders().rows}]
    return Letter.objects.filter(identity_index__in=indexes, status__in=OPEN_LETTERS)


def note(a: Act, resident: bytes) -> UUID:
    """Once for each person; saying it again changes nothing."""
    made = NoContact(identity_index=of_refusal(resident), since=local_date(a.at))
    NoContact.objects.bulk_create([made], ignore_conflicts=True)
    return made.pk


def keep(a: Act, resident: bytes) -> None:
    """Notes it, and lets go of what is still on its way to them."""
    a.record(NoContact.kind, note(a, resident), Trace(None, SENSITIVE), {})
    open_letters = list(on_their_way(resident))
    if open_letters:
        said = {"outcome": Outcome.NO_CONTACT, "person": None, "award": None, "ended_on": local_date(a.at)}
        a.move_all(open_letters, LETTER.spare, **said)
