"""Changing an office: its name, and closing a post that nobody needs any more. Each is an act in the log."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.core.text3 import Text3
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.models.noun import Trace
from chengnuo.foundation.plain import plain
from chengnuo.foundation.ports import ports
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.people.models import Holding, Office, Post
from chengnuo.people.queries import held_on

TELEPHONE = re.compile(r"\+?[0-9][0-9 -]{1,28}")
SPAN = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d)\s*[-–—~～至]\s*((?:[01]\d|2[0-3]):[0-5]\d)")
BETWEEN = re.compile(r"[,，、;；]")
MOST_SPANS = 3


class NameMissing(Refused):
    code = "name-missing"
    sentence = N_("An office has a name in all three scripts.")
    remedy = N_("Write the name in simplified and traditional characters and in English.")


class PostNeeded(Refused):
    code = "post-needed"
    sentence = N_("Every office has one reception and one head: this post stays.")
    remedy = N_("You can end its holding, and give it to somebody else.")


class StillHeld(Refused):
    code = "still-held"
    sentence = N_("Somebody holds this post, today or from a later day on.")
    remedy = N_("End the holding first.")


class HandsFull(Refused):
    code = "hands-full"
    sentence = N_("Cases or deadlines are in the hands of this post. No case is left without a holder.")
    remedy = N_("Let the head of the office take them over, then close the post.")


class TelephoneUnfit(Refused):
    code = "telephone-unfit"
    sentence = N_("This is no telephone number.")
    remedy = N_("Write digits, with spaces or hyphens between them, or leave it empty.")


class HoursUnfit(Refused):
    code = "hours-unfit"
    sentence = N_("These hours cannot be read.")
    remedy = N_("Write them in order, like 08:30-11:30, 14:00-17:30, or leave them empty for the county's hours.")


def change_office(*, office: UUID, name: Text3, by: Actor, at: datetime, key: UUID) -> Office:
    """Gives an office another name, on every page from now on; papers and log keep the office, not its name."""
    said = {"office": office, "name": name}
    with act("people.change_office/1", by=by, at=at, key=key, said=said) as a:
        found = a.take(Office, office)
        found.name = Text3(plain(name.hans), plain(name.hant), plain(name.en))
        if not (found.name.hans and found.name.hant and found.name.en):
            raise NameMissing
        found.save(update_fields=["name"])
        a.record("office", found.pk, Trace(office=found.pk), {"part": "name"})
        return found


def change_contact(*, office: UUID, telephone: str, hours: str, by: Actor, at: datetime, key: UUID) -> Office:
    """The number and the hours under which families reach an office; no hours are the county's."""
    said = {"office": office, "telephone": telephone, "hours": hours}
    with act("people.change_office/1", by=by, at=at, key=key, said=said) as a:
        found = a.take(Office, office)
        found.telephone, found.hours = telephone_of(telephone), hours_of(hours)
        found.save(update_fields=["telephone", "hours"])
        a.record("office", found.pk, Trace(office=found.pk), {"part": "contact"})
        return found


def close_post(*, post: UUID, by: Actor, at: datetime, key: UUID) -> Post:
    """Closes a post that nobody holds and in whose hands nothing is, from today on; it stays in the record."""
    with act("people.change_office/1", by=by, at=at, key=key, said={"close": post}) as a:
        a.permit()
        found = Post.objects.select_for_update().filter(pk=post, closed_on=None).first()
        if found is None:
            raise NotHere
        _closable(found, at)
        found.closed_on = local_date(at)
        found.save(update_fields=["closed_on"])
        a.record("office", found.office_id, Trace(office=found.office_id), {"part": str(found.pk)})
        return found


def telephone_of(typed: str) -> str:
    """As it is shown; "" where nothing was typed. Raises TelephoneUnfit."""
    said = " ".join(typed.split())
    if said and not TELEPHONE.fullmatch(said):
        raise TelephoneUnfit
    return said


def hours_of(typed: str) -> str:
    """As they are shown, whatever stands between two times. Raises HoursUnfit."""
    spans = [SPAN.fullmatch(part.strip()) for part in BETWEEN.split(typed) if part.strip()]
    times = [time for span in spans if span for time in span.groups()]
    if len(spans) > MOST_SPANS or None in spans or times != sorted(set(times)):
        raise HoursUnfit
    return ", ".join(f"{begins}–{ends}" for begins, ends in zip(times[::2], times[1::2], strict=True))


def _closable(post: Post, at: datetime) -> None:
    """Raises what stands in the way."""
    today = local_date(at)
    if post.is_reception or post.is_head:
        raise PostNeeded
    if Holding.objects.filter(held_on(today) | Q(begins__gt=today, ends=None), post=post).exists():
        raise StillHeld
    if ports.hands.full(post.pk):
        raise HandsFull
