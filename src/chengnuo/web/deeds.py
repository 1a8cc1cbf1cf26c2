"""What somebody can do with a case or a promise: tables of deeds, their pages, and their buttons.

A noun has the buttons that both the table of moves and the gate allow; nothing else decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.urls import reverse

from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.models.noun import Noun
from chengnuo.web.acting import act_page, sent, sent_files
from chengnuo.web.forms import ActForm
from chengnuo.web.pages import Answer
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link


@dataclass(frozen=True)
class Kind:
    """One line of a table of deeds, by the name of its move: its form, the operation behind it, `label` on the button, `says`
    what happens when it is pressed, `after` what is said then; `grave` ones get a warning tone. `press` stands on the button
    that sends the form, where the label does not say that it is sent. `moves`: it begins with any of these, where not with that
    of its name.
    """

    form: Callable[..., ActForm]
    does: Callable[..., object]
    label: Any
    says: Any
    after: Any = ""
    grave: bool = False
    press: Any = ""
    moves: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Button:
    label: str
    href: str
    says: str
    grave: bool


def buttons_of(
    request: Request, noun: Noun, deeds: Mapping[str, Kind], *, page: str, read_as: str = ""
) -> tuple[Button, ...]:
    """A button for each deed, by the name of its move, that this person may do now; `page` is the address that asks for it. `read_as`:
    through which action of the gate the noun was read just now, so that what goes to the very same people is not asked again.
    """
    open_now = {move.name for move in noun.lifecycle.open_to(noun.status, noun, request.at)}
    ready = [name for name, deed in deeds.items() if open_now.intersection(deed.moves or (name,))]
    asked = [f"{noun.kind}.{name}" for name in ready]
    known = _same_as(request.actor, read_as, asked) if read_as else set()
    allowed = known | gate.which(request.actor, [action for action in asked if action not in known], noun)
    return tuple(
        Button(label=str(deed.label), href=reverse(page, args=[noun.pk, name]), says=str(deed.says), grave=deed.grave)
        for name, deed in deeds.items()
        if f"{noun.kind}.{name}" in allowed
    )


def _same_as(actor: Actor, action: str, others: Iterable[str]) -> set[str]:
    """Those of the other actions that the gate gives to this person on just the same objects."""
    scope = gate.scope(actor, action)
    return {other for other in others if gate.may(actor, other) and gate.scope(actor, other) == scope}


def kind_of(deeds: Mapping[str, Kind], name: str) -> Kind:
    """The deed that an address names. Raises Http404."""
    if name not in deeds:
        raise Http404
    return deeds[name]


def deed_page(
    request: Request,
    kind: Kind,
    *,
    back: Link,
    about: tuple[Answer, ...],
    then: str = "",
    more: Link | None = None,
    onward: Link | None = None,
    **nouns: Model,
) -> HttpResponse:
    """Asks what the deed needs, and does it to the one noun, given by the name under which its operation takes it. A refusal is
    shown above the form, with everything that was typed.
    """
    ((name, noun),) = nouns.items()
    form = kind.form(sent(request), sent_files(request))
    form.fill(noun, request.actor)
    return act_page(
        request,
        form,
        partial(kind.does, **{name: noun.pk}),
        title=str(kind.label),
        label=str(kind.press),
        says=str(kind.says),
        said=str(kind.after),
        back=back,
        then=then,
        grave=kind.grave,
        about=about,
        more=more,
        onward=onward,
    )
