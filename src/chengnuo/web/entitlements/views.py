"""The public calculator: one question a page. The answers travel in the form alone: no session, no address, no log holds one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods

from chengnuo.core.instants import local_date
from chengnuo.web.entitlements.answers import Answers, answers_from
from chengnuo.web.entitlements.asking import Asking
from chengnuo.web.entitlements.checking import lines_of, taken_of
from chengnuo.web.entitlements.forms import QuestionForm
from chengnuo.web.entitlements.general import places
from chengnuo.web.entitlements.hurry import RESULT, unhurried
from chengnuo.web.entitlements.pages import CheckPage, StartPage, shell_with, title
from chengnuo.web.entitlements.questioning import form_of, question_page, taken
from chengnuo.web.entitlements.results import result_page
from chengnuo.web.pages import render
from chengnuo.web.requests import Request
from chengnuo.web.shell import shell_of

CHECK, BACK = "check", "back"
View = Callable[..., HttpResponse]


def kept_nowhere(view: View) -> View:
    """What the answer shows is in no cache, of the browser or on the way."""

    @wraps(view)
    def answered(request: Request, **named: Any) -> HttpResponse:
        chosen = request.POST.get("language", "")
        if chosen in dict(settings.LANGUAGES):
            translation.activate(chosen)
        response = view(request, **named)
        response["Cache-Control"] = "no-store"
        if chosen in dict(settings.LANGUAGES):
            _remember(response, chosen)
        return response

    return answered


@require_http_methods(["GET", "HEAD", "POST"])
@kept_nowhere
@unhurried
def calculate(request: Request) -> HttpResponse:
    """Without answers the way in; else the next question, the answers to check, or the result."""
    if request.method != "POST":
        return _start(request)
    answers, whole = read_answers(request)
    to, at = request.POST.get("to", ""), request.POST.get("at", "")
    names = [*answers.said, at]
    if to == BACK:
        return _ask(request, answers, names[max(0, names.index(at) - 1)], misread=not whole)
    if to or "language" in request.POST:
        return _go(request, answers, to or at, misread=not whole)
    return _answered(request, answers, at, misread=not whole)


def read_answers(request: Request) -> tuple[Answers, bool]:
    today = local_date(request.at)
    lines = [line for line in request.POST.getlist("answer") if line]
    return answers_from(lines, today, places(Answers(today)))


def _start(request: Request) -> HttpResponse:
    page = StartPage(shell=shell_of(request), title=title(), programmes=reverse("entitlements:programmes"))
    return render(request, "entitlements/start.html", page)


def _answered(request: Request, answers: Answers, at: str, *, misread: bool) -> HttpResponse:
    """Takes the answer to one question and goes on; a question that cannot be is asked for again from the start."""
    form = form_of(answers, at, request.POST)
    if form is None:
        return _go(request, answers, "", misread=misread)
    said = taken(answers, at, form, request.POST)
    if said is None:
        return _question(request, answers, at, form, misread=misread)
    return _go(request, said, "", misread=misread)


def _go(request: Request, answers: Answers, to: str, *, misread: bool) -> HttpResponse:
    """To a question by its name, or to whatever comes next. The result is shown only when nothing is left to ask."""
    if to not in (CHECK, RESULT, "") and form_of(answers, to) is not None:
        return _ask(request, answers, to, misread=misread)
    asking = Asking(answers)
    if following := asking.next():
        return _ask(request, answers, following, misread=misread)
    if to == RESULT and not misread:
        return render(request, "entitlements/result.html", result_page(request, asking))
    page = CheckPage(shell=shell_with(request, answers), title=title(), lines=lines_of(answers), taken=taken_of(asking))
    return render(request, "entitlements/check.html", page)


def _ask(request: Request, answers: Answers, name: str, *, misread: bool) -> HttpResponse:
    form = form_of(answers, name)
    return _start(request) if form is None else _question(request, answers, name, form, misread=misread)


def _question(request: Request, answers: Answers, name: str, form: QuestionForm, *, misread: bool) -> HttpResponse:
    shell, back = shell_with(request, answers, name), name != next(iter(answers.said), name)
    page = question_page(shell, answers, name, title=title(), misread=misread, can_go_back=back)
    return render(request, "entitlements/question.html", page, form)


def _remember(response: HttpResponse, language: str) -> None:
    """As Django's own view does, which would lead away from the answers."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
