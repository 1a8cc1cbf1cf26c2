"""Pages for what went wrong: each says what happened and what to do. Bound as handlers in config/urls.py."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from chengnuo.foundation.refused import Refused
from chengnuo.web.pages import Page, render
from chengnuo.web.shell import bare_shell, shell_of


@dataclass(frozen=True, kw_only=True)
class ErrorPage(Page):
    """`remedy` is what the reader can do now; `law` the rule that stands in the way, or ""."""

    remedy: str
    law: str = ""


def refusal_page(request: HttpRequest, error: Refused) -> HttpResponse:
    """The page for an operation that did nothing and says why."""
    remedy = _(error.remedy) if error.remedy else ""
    shell = shell_of(request)
    answer = _show(request, ErrorPage(shell=shell, title=_(error.said), remedy=remedy, law=error.law), error.http)
    return _after(answer, error)


def bad_request(request: HttpRequest, *_how: object, **_why: object) -> HttpResponse:
    title = _("We could not read that")
    remedy = _("Go back one page and try again. If it happens again, any counter can do it for you.")
    return _show(request, ErrorPage(shell=bare_shell(request), title=title, remedy=remedy), 400)


def too_large(request: HttpRequest, refused: Refused) -> HttpResponse:
    """For what was sent and not read."""
    page = ErrorPage(shell=bare_shell(request), title=_(refused.said), remedy=_(refused.remedy))
    return _show(request, page, 413)


def no_room(request: HttpRequest, refused: Refused) -> HttpResponse:
    """For what was not even read: the disk is full."""
    page = ErrorPage(shell=bare_shell(request), title=_(refused.said), remedy=_(refused.remedy))
    return _after(_show(request, page, refused.http), refused)


def wrong_method(request: HttpRequest, refused: HttpResponseNotAllowed) -> HttpResponse:
    """For somebody who opens an address that only takes what a page sends, or sends to one that only shows."""
    answer = bad_request(request)
    answer.status_code = refused.status_code
    answer.headers["Allow"] = refused.headers["Allow"]
    return answer


def here_only(request: HttpRequest) -> HttpResponse:
    title = _("The demonstration answers on its own machine only")
    remedy = _(
        "Everyone may step into every role here. Open it on the machine on which it runs, at the address that ./run prints."
    )
    return _show(request, ErrorPage(shell=bare_shell(request), title=title, remedy=remedy), 400)


def csrf_failed(request: HttpRequest, *_how: object, **_why: object) -> HttpResponse:
    title = _("The page was open too long, so nothing was sent")
    remedy = _("Go back one page: what you typed is still there. Reload that page, then send it again.")
    return _show(request, ErrorPage(shell=shell_of(request), title=title, remedy=remedy), 403)


def denied(request: HttpRequest, *_how: object, **_why: object) -> HttpResponse:
    title = _("You may not open this page")
    remedy = _("Ask the officer who holds the case, or the head of your office.")
    return _show(request, ErrorPage(shell=shell_of(request), title=title, remedy=remedy), 403)


def not_found(request: HttpRequest, *_how: object, **_why: object) -> HttpResponse:
    title = _("There is nothing here that you may open")
    remedy = _("Check the address. If you have a receipt, type its code under “My request”.")
    return _show(request, ErrorPage(shell=shell_of(request), title=title, remedy=remedy), 404)


def too_many(request: HttpRequest, *_how: object, **_why: object) -> HttpResponse:
    title = _("Too many attempts")
    remedy = _("Wait 15 minutes, then try again. Nothing was lost. At a counter you can go on at once.")
    return _show(request, ErrorPage(shell=shell_of(request), title=title, remedy=remedy), 429)


def server_error(request: HttpRequest) -> HttpResponse:
    title = _("Something broke on our side")
    remedy = _("It is our fault, not yours. Try again in a few minutes, or go to any counter: paper counts the same.")
    return _show(request, ErrorPage(shell=bare_shell(request), title=title, remedy=remedy), 500)


def _after(answer: HttpResponse, refused: Refused) -> HttpResponse:
    if refused.retry_after:
        answer["Retry-After"] = str(refused.retry_after)
    return answer


def _show(request: HttpRequest, page: ErrorPage, status: int) -> HttpResponse:
    return render(request, "error.html", page, status=status)
