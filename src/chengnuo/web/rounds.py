"""One request of a browser within a journey: a question is answered, or all answers are checked and sent, and count once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chengnuo.foundation.acts import made_by
from chengnuo.foundation.refused import AlreadyReceived, KeyUsedOtherwise, Refused
from chengnuo.web.acting import sent
from chengnuo.web.forms import ActForm, Form
from chengnuo.web.journey import CHECK, Journey
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link


@dataclass(frozen=True)
class Round(ABC):
    """Who runs a journey says what its pages show, where they are, and what is done in the end: `schema` and `form` of the act."""

    request: Request
    journey: Journey

    schema: ClassVar[str]
    form: ClassVar[type[ActForm]]

    @abstractmethod
    def address(self, step: str) -> str:
        """Where a step is, or the check; of no step (""), where the journey begins, or "" where it has no such page."""

    @abstractmethod
    def question(self, step: str, form: Form) -> HttpResponse:
        """The page of one question."""

    @abstractmethod
    def check(self, form: ActForm) -> HttpResponse:
        """All the answers, before they are sent."""

    @abstractmethod
    def send(self, key: UUID) -> str:
        """Does it, and tells the row that was made. Raises Refused."""

    @abstractmethod
    def done(self, row: str) -> HttpResponse:
        """Where it leads when it was sent."""

    def answer(self, step: str) -> HttpResponse:
        """One question, or the check of all answers."""
        if step == CHECK and self.request.method == "POST":
            return self._send()
        if not self.journey.may_show(step):
            return self.go_on()
        if step == CHECK:
            return self.check(self.form())
        form = self.journey.form(step, sent(self.request))
        if not (form.is_bound and form.is_valid()):
            return self.question(step, form)
        self.journey.keep(step, form)
        return self.go_on()

    def go_on(self) -> HttpResponse:
        """To the first question that has no good answer yet, or the check."""
        return redirect(self.address(self.journey.next()))

    def back(self, step: str) -> Link | None:
        where = self.address(self.journey.before(step) or "")
        return Link(label=_("Back"), href=where) if where else None

    def _send(self) -> HttpResponse:
        form = self.form(self.request.POST)
        if self.journey.next() != CHECK:
            row = made_by(self.schema, form.key)
            return self.go_on() if row is None else self.done(row)
        if not form.is_valid():
            return self.check(form)
        try:
            row = self.send(form.key)
        except AlreadyReceived as before:
            # the session stays as the first press leaves it: saved from here, it would lose the receipt again
            return self.done(before.row)
        except KeyUsedOtherwise as refused:
            messages.warning(self.request, f"{_(refused.said)} {_(refused.remedy)}")
            return redirect(self.address(CHECK))
        except Refused as refused:
            form.refuse(refused)
            return self.check(form)
        self.journey.end()
        return self.done(row)


def heading(form: Form) -> tuple[str, bool]:
    """The title of a question's page, and whether that is its one question."""
    fields = form.visible_fields()
    alone = len(fields) == 1
    return (str(fields[0].label) if alone else _("May we reach you?")), alone
