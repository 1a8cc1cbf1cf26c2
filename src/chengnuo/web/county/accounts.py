"""Accounts: who may sign in. The administrator of accounts opens and closes them, and sees no case anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.foundation.refused import NotHere
from chengnuo.people import registers
from chengnuo.people.models import Account, Holding
from chengnuo.people.operations import accounts as operations
from chengnuo.people.operations import factors
from chengnuo.web.account.accounts import unlock
from chengnuo.web.acting import act_page, ask_freshly, sent
from chengnuo.web.forms import ActForm, JustDo, Text
from chengnuo.web.pages import Answer, Page, Pager, render
from chengnuo.web.requests import Request, asked
from chengnuo.web.shell import Link, shell_of

SIZE = 20
SIGN_IN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")


class Opening(ActForm):
    name = Text(ask=gettext_lazy("Enter the person's name."), label=gettext_lazy("Name"), most=60)
    username = Text(
        ask=gettext_lazy("Enter a sign-in name."),
        label=gettext_lazy("Sign-in name"),
        hint=gettext_lazy("Three to forty small letters, digits, dots or hyphens, such as li.na-2."),
        most=40,
    )
    password = Text(
        ask=gettext_lazy("Enter a first password."),
        label=gettext_lazy("First password"),
        hint=gettext_lazy("Hand it over on paper; the person changes it after signing in. Four words are good."),
        most=128,
    )

    def clean_username(self) -> str:
        typed = str(self.cleaned_data["username"]).lower()
        if not SIGN_IN_NAME.fullmatch(typed):
            raise ValidationError(_("A sign-in name has three to forty small letters, digits, dots or hyphens."))
        return typed


class OpeningAgain(ActForm):
    password = Text(
        ask=gettext_lazy("Enter a first password."),
        label=gettext_lazy("First password"),
        hint=gettext_lazy("Hand it over on paper; the person changes it after signing in. Four words are good."),
        most=128,
    )


@dataclass(frozen=True, kw_only=True)
class AccountRow:
    href: str
    name: str
    username: str
    posts: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class AccountsPage(Page):
    words: str
    rows: tuple[AccountRow, ...]
    pager: Pager


@dataclass(frozen=True, kw_only=True)
class AccountPage(Page):
    """`held` are (post and office, from, until, address of its office). `opens` is "" for an open account; `closes` and `resets` are "" for a closed account, and
    for one's own.
    """

    is_open: bool
    facts: tuple[Answer, ...]
    held: tuple[tuple[str, str, str, str], ...]
    opens: str
    closes: str
    resets: str
    unlocks: str


def listed(request: Request) -> HttpResponse:
    """By sign-in name; found by a part of either name."""
    words, after = asked(request, "q"), asked(request, "after")
    found = registers.accounts(request.actor, words=words, after=after, size=SIZE + 1)
    more = found[SIZE - 1].username if len(found) > SIZE else ""
    page = AccountsPage(
        shell=shell_of(request),
        title=_("Accounts"),
        words=words,
        rows=tuple(_row(account) for account in found[:SIZE]),
        pager=Pager(previous=_address(words) if after else "", next=_address(words, more) if more else ""),
    )
    return render(request, "county/accounts.html", page)


def account(request: Request, account: int) -> HttpResponse:
    found = registers.account(request.actor, account)
    own = found.pk == request.actor.account
    page = AccountPage(
        shell=shell_of(request),
        title=found.name,
        back=_back(),
        is_open=found.is_active,
        facts=(
            Answer(label=_("Sign-in name"), value=found.username),
            Answer(label=_("How it stands"), value=_("open") if found.is_active else _("closed")),
        ),
        held=tuple(_held(holding) for holding in _holdings(found)),
        opens="" if found.is_active else reverse("county:open_again", args=[found.pk]),
        closes=reverse("county:close_account", args=[found.pk]) if found.is_active and not own else "",
        unlocks=reverse("county:unlock_account", args=[found.pk]) if found.is_active else "",
        resets=reverse("county:reset_factor", args=[found.pk]) if found.is_active and not own else "",
    )
    return render(request, "county/account.html", page)


@require_http_methods(["GET", "POST"])
def opening(request: Request) -> HttpResponse:
    ask_freshly(request, "people.open_account")
    return act_page(
        request,
        Opening(sent(request)),
        operations.open_account,
        title=_("Open an account"),
        said=_("The account is open. Give it a post next: without one it may do nothing."),
        says=_("The person can sign in at once, and may do nothing until they hold a post."),
        back=_back(),
    )


@require_http_methods(["GET", "POST"])
def opening_again(request: Request, account: int) -> HttpResponse:
    ask_freshly(request, "people.open_again")
    found = registers.account(request.actor, account)
    return act_page(
        request,
        OpeningAgain(sent(request)),
        partial(operations.open_again, account=found.pk),
        title=_("Open the account of %(name)s again") % {"name": found.name},
        said=_("The account is open again. Look which posts it holds."),
        says=_(
            "Only when the person stood before you and still works here. Look at the posts first: those that nobody ended are theirs "
            "again at once."
        ),
        back=Link(label=found.name, href=reverse("county:account", args=[found.pk])),
    )


@require_http_methods(["GET", "POST"])
def closing(request: Request, account: int) -> HttpResponse:
    ask_freshly(request, "people.close_account")
    found = registers.account(request.actor, account)
    return act_page(
        request,
        JustDo(sent(request)),
        partial(operations.close_account, account=found.pk),
        title=_("Close the account of %(name)s") % {"name": found.name},
        says=_(
            "The person can no longer sign in, and every post they hold ends today. Their cases pass to the heads of their "
            "offices, and are offered to whoever gets the posts next."
        ),
        back=Link(label=found.name, href=reverse("county:account", args=[found.pk])),
        grave=True,
    )


@require_http_methods(["GET", "POST"])
def unlocking(request: Request, account: int) -> HttpResponse:
    ask_freshly(request, "people.unlock_account")
    found = registers.account(request.actor, account)

    def does(**said: Any) -> None:
        operations.unlock_account(account=found.pk, **said)
        unlock(request, found.username)

    return act_page(
        request,
        JustDo(sent(request)),
        does,
        title=_("Unlock the account of %(name)s") % {"name": found.name},
        said=_("It is unlocked: they can sign in from anywhere again."),
        says=_(
            "After thirty wrong passwords in an hour an account opens only where it was used before. If the person who owns it asks "
            "you for it, unlock it; whoever guessed may go on guessing."
        ),
        back=Link(label=found.name, href=reverse("county:account", args=[found.pk])),
    )


@require_http_methods(["GET", "POST"])
def resetting(request: Request, account: int) -> HttpResponse:
    """Of one's own account nobody asks it: the page is not there."""
    ask_freshly(request, "factor.ask")
    found = registers.account(request.actor, account)
    if found.pk == request.actor.account:
        raise NotHere
    return act_page(
        request,
        JustDo(sent(request)),
        partial(factors.ask, account=found.pk),
        title=_("Let %(name)s set up another second factor") % {"name": found.name},
        label=_("Ask for it"),
        said=_("Asked. The head of an office in which they hold a post, or of the one above it, finds it at the desk."),
        says=_(
            "Only for somebody who lost telephone, keys and recovery codes, and who stood before you. Nothing changes until the head "
            "of their office, who knows them, confirms it within a day. The person is told at the next sign-in, by both your names."
        ),
        back=Link(label=found.name, href=reverse("county:account", args=[found.pk])),
        grave=True,
    )


def _holdings(account: Account) -> list[Holding]:
    """What the query put there; the latest first."""
    held: list[Holding] = getattr(account, "held", [])
    return held


def _row(account: Account) -> AccountRow:
    return AccountRow(
        href=reverse("county:account", args=[account.pk]),
        name=account.name,
        username=account.username,
        posts=tuple(f"{h.post.office} · {h.post}" for h in _holdings(account) if h.ends is None),
        is_open=account.is_active,
    )


def _held(holding: Holding) -> tuple[str, str, str, str]:
    until = date_format(holding.ends, "DATE_FORMAT") if holding.ends else _("now")
    where = reverse("county:office", args=[holding.post.office_id])
    return f"{holding.post.office} · {holding.post}", date_format(holding.begins, "DATE_FORMAT"), until, where


def _address(words: str, after: str = "") -> str:
    query = urlencode({key: value for key, value in (("q", words), ("after", after)) if value})
    return f"{reverse('county:accounts')}?{query}"


def _back() -> Link:
    return Link(label=_("Accounts"), href=reverse("county:accounts"))
