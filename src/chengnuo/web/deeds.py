"""What somebody can do with a case, as buttons: those that both the table of moves and the gate allow; nothing else decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.urls import reverse

from chengnuo.cases.lifecycle import CASE
from chengnuo.cases.models import Case
from chengnuo.foundation.gate import gate
from chengnuo.web.requests import Request


class Deed(Protocol):
    """`label` is the button, `says` what happens when it is pressed; `grave` deeds get a warning tone."""

    @property
    def label(self) -> Any: ...
    @property
    def says(self) -> Any: ...
    @property
    def grave(self) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Button:
    label: str
    href: str
    says: str
    grave: bool


def buttons_of(request: Request, case: Case, deeds: Mapping[str, Deed], *, page: str) -> tuple[Button, ...]:
    """A button for each deed, by the name of its move, that this person may do now; `page` is the address that asks for it."""
    open_now = {move.name for move in CASE.open_to(case.status, case, request.at)}
    allowed = gate.which(request.actor, [f"case.{name}" for name in deeds if name in open_now], case)
    return tuple(
        Button(label=str(deed.label), href=reverse(page, args=[case.pk, name]), says=str(deed.says), grave=deed.grave)
        for name, deed in deeds.items()
        if f"case.{name}" in allowed
    )
