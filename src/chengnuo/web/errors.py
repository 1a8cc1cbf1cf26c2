"""Pages for what went wrong: each says what happened and what to do. Bound as handlers in config/urls.py."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from chengnuo.foundation.refused import Refused
from chengnuo.web.pages import Page, render
from chengnuo.web.shell import Shell, bare_shell, shell_of


@dataclass(frozen=True, kw_only=True)
class ErrorPage(Page):
    """`remedy` is what the reader can do now; `law` the rule that stands in the way, or ""."""

    remedy: str
    law: str = ""


def _show(request: HttpRequest, shell: Shell, status: int, title: str, remedy: str, law: str = "") -> HttpResponse:
    page = ErrorPage(shell=shell, title=title, remedy=remedy, law=law)
    return render(request, "error.html", page, status=status)


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """The page for an operation that did nothing and says why."""
    remedy = _(error.remedy) if error.remedy else ""
    return _show(request, shell_of(request), error.http, _(error.said), remedy, error.law)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    remedy = _("Go back one page and try again. If it happens again, ask at any counter: they can do it for you.")
    return _show(request, bare_shell(request), 400, _("We could not read that"), remedy)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    remedy = _("Go back one page: what you typed is still there. Reload that page, then send it again.")
    return _show(request, shell_of(request), 403, _("The page was open too long, so nothing was sent"), remedy)


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    remedy = _("Ask the officer who holds the case, or the head of your office.")
    return _show(request, shell_of(request), 403, _("You may not open this page"), remedy)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    remedy = _("Check the address. If you have a receipt, type its code under “Follow my request”.")
    return _show(request, shell_of(request), 404, _("There is nothing here that you may open"), remedy)


def too_many(request: HttpRequest, *_lockout: object, **_facts: object) -> HttpResponse:
    remedy = _("Wait 15 minutes, then try again. Nothing was lost. At a counter you can go on at once.")
    return _show(request, shell_of(request), 429, _("Too many attempts"), remedy)


def server_error(request: HttpRequest) -> HttpResponse:
    remedy = _("It is our fault, not yours. Try again in a few minutes, or go to any counter: paper counts the same.")
    return _show(request, bare_shell(request), 500, _("Something broke on our side"), remedy)
