"""Keeping how to reach somebody who asked: sealed, with consents that stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.grams import grams
from chengnuo.foundation.ids import new_id, random_id
from chengnuo.foundation.log.erasure import bury
from chengnuo.foundation.models import Tombstone
from chengnuo.foundation.refused import NotHere
from chengnuo.people.models import Consent, Contact, ContactGram

AGREED = "consent.give/1"  # told of where somebody agrees to messages


@dataclass(frozen=True)
class Person:
    """What somebody says of themselves: a name to be called by, and, only if they wish, a telephone and consents."""

    name: str
    phone: str = ""
    language: str = "zh-hans"
    consents: Sequence[str] = field(default_factory=tuple)
    no_paper: bool = False

    @property
    def is_nobody(self) -> bool:
        """Whether they gave nothing by which they could be known or reached."""
        return not (self.name or self.phone)

    def said(self) -> dict[str, Any]:
        return asdict(self) | {"consents": sorted(self.consents)}


def add(person: Person, *, owner: UUID, village: UUID | None, at: datetime) -> Contact:
    """Keeps a contact inside the act of another app. The name can be found again by its two-character runs.

    `owner` is the id of what it belongs to: with another's id it does not open.
    """
    pk, language = (random_id(), settings.LANGUAGE_CODE) if person.is_nobody else (new_id(), person.language)
    contact = Contact(pk=pk, owner=owner, name=person.name, phone=person.phone, language=language, village_id=village)
    contact.no_paper = person.no_paper
    contact.save(force_insert=True)
    ContactGram.objects.bulk_create(ContactGram(owner=contact.pk, gram=gram) for gram in grams(person.name))
    if person.consents:
        Consent.objects.bulk_create(
            Consent(contact=contact, purpose=purpose, given_at=at) for purpose in sorted(set(person.consents))
        )
    return contact


def change(contact: Contact, person: Person, *, village: UUID | None, reaches: bool, at: datetime) -> set[str]:
    """Puts right how somebody is called and where they live, inside the act of another app; `reaches`: also how they are reached.

    Returns for what they agree now and did not before.
    """
    ContactGram.objects.filter(owner=contact.pk).delete()
    ContactGram.objects.bulk_create(ContactGram(owner=contact.pk, gram=gram) for gram in grams(person.name))
    contact.name, contact.village_id, contact.no_paper = person.name, village, person.no_paper
    new = _reach(contact, person, at=at) if reaches else set()
    contact.save(update_fields=["name", "village", "no_paper", *(["phone"] if reaches else [])])
    return new


def _reach(contact: Contact, person: Person, *, at: datetime) -> set[str]:
    """Consents that are no longer named end."""
    standing = {each.purpose: each for each in Consent.objects.filter(contact=contact, withdrawn_at=None)}
    _end([each.pk for purpose, each in standing.items() if purpose not in person.consents], at)
    new = set(person.consents) - standing.keys()
    Consent.objects.bulk_create(Consent(contact=contact, purpose=purpose, given_at=at) for purpose in sorted(new))
    contact.phone = person.phone
    return new


def forget(contacts: Sequence[Contact]) -> None:
    """Empties contacts inside the act of another app: no name, no telephone, no village, nothing to find them by, no consent."""
    owners = [contact.pk for contact in contacts]
    ContactGram.objects.filter(owner__in=owners).delete()
    Consent.objects.filter(contact__in=owners).delete()
    for contact in contacts:
        contact.name = contact.phone = ""
        contact.village, contact.language, contact.no_paper = None, settings.LANGUAGE_CODE, False
        contact.save(update_fields=["name", "phone", "village", "language", "no_paper"])


def withdraw_consent(*, contact: UUID, purpose: str, by: Actor, at: datetime, key: UUID) -> None:
    """Ends a consent in one step; nothing else changes for the person (PIPL art. 15 and 16). Raises NotHere.

    With the last one the telephone goes: nothing is left that it may be kept for (PIPL art. 47).
    """
    with act("consent.withdraw/1", by=by, at=at, key=key, said={"contact": contact, "purpose": purpose}) as a:
        given = list(a.allowed(Consent).filter(contact=contact, purpose=purpose))
        if not given:
            raise NotHere
        _end([each.pk for each in given if each.withdrawn_at is None], at)
        _without_consent([contact])


def withdraw_again(at: datetime) -> None:
    """After a restore: consents that were withdrawn already, and that an older copy brought back with the telephone."""
    back = list(Consent.objects.filter(pk__in=Tombstone.objects.values("entry"), withdrawn_at=None))
    _end([each.pk for each in back], at)
    _without_consent({each.contact_id for each in back})


def _end(consents: Sequence[UUID], at: datetime) -> None:
    """With a tombstone each, so that no restore gives them back."""
    if consents:
        Consent.objects.filter(pk__in=consents).update(withdrawn_at=at)
        bury([(each, b"") for each in consents], at=at)


def _without_consent(contacts: Iterable[UUID]) -> None:
    """Takes away the telephones of those whose last consent has ended."""
    agreed = Consent.objects.filter(withdrawn_at=None).values("contact")
    for owner in Contact.objects.filter(pk__in=contacts).exclude(pk__in=agreed):
        owner.phone = ""
        owner.save(update_fields=["phone"])
