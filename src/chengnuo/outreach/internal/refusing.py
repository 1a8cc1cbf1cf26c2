"""Keeps that somebody wants no letters, or wants them again, inside an act: what is still on its way to them is let go."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation import looks
from chengnuo.foundation.acts import Act
from chengnuo.foundation.ids import random_id
from chengnuo.foundation.models import Look
from chengnuo.foundation.models.noun import SENSITIVE, Trace
from chengnuo.foundation.refused import Refused
from chengnuo.foundation.seals import blind_index, unseal
from chengnuo.outreach.internal.digests import of_letter, of_refusal
from chengnuo.outreach.lifecycle import LETTER, OPEN_LETTERS
from chengnuo.outreach.models import Letter, NoContact, Outcome
from chengnuo.policies.finders import finders
from chengnuo.policies.loader import parameters

SAID, REASON = "outreach.no_contact.said", "somebody wants no letters, or wants them again"


class TooManySaid(Refused):
    code = "too-many-said"
    sentence = N_(
        "You have written down today, of as many people as one account may in a day, whether they want letters."
    )
    remedy = N_("Go on tomorrow. Whoever has a letter may say it now, alone, with the code on it.")


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


def count(a: Act, resident: bytes) -> None:
    """So many people a day may an officer speak for, at doors and at counters: nobody silences a village. Kept as a look; the same
    person again counts once. Raises TooManySaid.
    """
    if looks.today(by=a.by, label=SAID) >= parameters().whole("outreach.said_for_others_a_day", local_date(a.at)):
        raise TooManySaid
    who = blind_index(SAID, f"{a.by.account} {resident.hex()}").hex()[: Look._meta.get_field("row").max_length]
    looks.keep(by=a.by, label=SAID, row=who, reason=REASON)


def note(a: Act, resident: bytes) -> UUID:
    """Once for each person; saying it again changes nothing."""
    made = NoContact(identity_index=of_refusal(resident), since=local_date(a.at))
    NoContact.objects.bulk_create([made], ignore_conflicts=True)
    return made.pk


def lift(a: Act, resident: bytes) -> None:
    """Forgets it. A letter that they declined is one that they had: no yes brings a second one, whoever says it. Nothing says whether
    there was anything to forget.
    """
    found = NoContact.objects.filter(identity_index=of_refusal(resident))
    kept = found.values_list("pk", flat=True).first()
    found.delete()
    a.record(NoContact.kind, kept or random_id(), Trace(None, SENSITIVE), {})


def keep(a: Act, resident: bytes) -> None:
    """Notes it, and lets go of what is still on its way to them."""
    a.record(NoContact.kind, note(a, resident), Trace(None, SENSITIVE), {})
    open_letters = list(on_their_way(resident))
    if open_letters:
        said = {"outcome": Outcome.NO_CONTACT, "person": None, "award": None, "ended_on": local_date(a.at)}
        a.move_all(open_letters, LETTER.spare, **said)
