"""The tokens of other systems: issued and shown once, listed, and revoked at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.core.instants import local_date
from chengnuo.people import queries as people
from chengnuo.people.models import AccessToken, Scope
from chengnuo.people.operations import tokens as operations
from chengnuo.people.operations.tokens import Issued
from chengnuo.web.acting import act_page, acted, ask_freshly, sent
from chengnuo.web.forms import ActForm, Choice, Choices, Day, JustDo, Text
from chengnuo.web.pages import Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word

OPEN = Word(gettext_lazy("open"), "good", "tick")
REVOKED = Word(gettext_lazy("revoked"), "bad", "cross")
OVER = Word(gettext_lazy("over"), "plain", "dash")


class Issuing(ActForm):
    name = Text(
        ask=gettext_lazy("Enter the name of the other system."),
        label=gettext_lazy("Which system"),
        hint=gettext_lazy("As people call it, such as: hotline 12345."),
        most=60,
    )
    office = Choice(
        ask=gettext_lazy("Choose the office that answers for it."), label=gettext_lazy("On behalf of which office")
    )
    scopes = Choices(
        ask=gettext_lazy("Choose what it may do."),
        label=gettext_lazy("What it may do"),
        options=[(scope.value, gettext_lazy(scope.label)) for scope in Scope],
    )
    ends = Day(
        ask=gettext_lazy("Enter the day on which it ends."),
        label=gettext_lazy("It ends on"),
        hint=gettext_lazy("The first day without it; within two years."),
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.offer("office", [(str(office.pk), str(office)) for office in people.offices_of(None)])

    def clean_office(self) -> UUID:
        return UUID(self.cleaned_data["office"])


@dataclass(frozen=True, kw_only=True)
class Row:
    """`revokes` is "" for a token that is over."""

    name: str
    office: str
    scopes: tuple[str, ...]
    state: Word
    until: str
    revokes: str


@dataclass(frozen=True, kw_only=True)
class TokensPage(Page):
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class IssuedPage(Page):
    """The only page that ever shows a secret, in its groups."""

    groups: tuple[str, ...]
    name: str
    until: str


def listed(request: Request) -> HttpResponse:
    page = TokensPage(
        shell=shell_of(request), title=_("Other systems"), rows=tuple(_row(token, request) for token in people.tokens())
    )
    return render(request, "county/tokens.html", page)


@require_http_methods(["GET", "POST"])
def issuing(request: Request) -> HttpResponse:
    """Not led away after it is done: the secret is on the answer itself, and on no other page."""
    ask_freshly(request, "token.issue")
    form, made, back = Issuing(sent(request)), list[Issued](), Link(label=_("Other systems"), href=_home())
    if acted(request, form, lambda **said: made.append(operations.issue(**said)), said=_("The token is issued.")):
        return _shown(request, made[0], back) if made else redirect(back.href)
    return act_page(
        request,
        form,
        operations.issue,
        title=_("Let another system in"),
        label=_("Issue the token"),
        says=_("You see the token once, on the next page. Hand it over on paper or in person, never by message."),
        back=back,
    )


@require_http_methods(["GET", "POST"])
def revoking(request: Request, token: UUID) -> HttpResponse:
    ask_freshly(request, "token.revoke")
    found = people.token(token)
    return act_page(
        request,
        JustDo(sent(request)),
        partial(operations.revoke, token=found.pk),
        title=_("Shut out: %(name)s") % {"name": found},
        label=_("Revoke the token"),
        says=_("Its next call is refused. What it handed in stays, and the families' receipts go on working."),
        back=Link(label=_("Other systems"), href=_home()),
        grave=True,
    )


def _shown(request: Request, issued: Issued, back: Link) -> HttpResponse:
    page = IssuedPage(
        shell=shell_of(request),
        title=_("The token is issued"),
        back=back,
        groups=tuple(issued.secret.split("-")),
        name=issued.token.name,
        until=date_format(issued.token.ends, "DATE_FORMAT"),
    )
    return render(request, "county/token.html", page)


def _row(token: AccessToken, request: Request) -> Row:
    state = _state(token, request)
    return Row(
        name=str(token),
        office=str(token.office),
        scopes=tuple(_(Scope(scope).label) for scope in token.scopes),
        state=state,
        until=date_format(token.ends, "DATE_FORMAT"),
        revokes=reverse("county:revoke_token", args=[token.pk]) if state is OPEN else "",
    )


def _state(token: AccessToken, request: Request) -> Word:
    if token.revoked_at is not None:
        return REVOKED
    return OPEN if local_date(request.at) < token.ends else OVER


def _home() -> str:
    return reverse("county:tokens")
