"""What every page carries: a frozen dataclass that a view builds and a template only shows.

A view builds a subclass of `Page` and calls `render`. The template receives `page`, and `form` where there is one (else None).
Templates never query: whatever a page shows is a plain value in its dataclass.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django import shortcuts
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from chengnuo.web.named import Named
from chengnuo.web.shell import Link, Shell, shell_of
from chengnuo.web.words import NOTED, Word


@dataclass(frozen=True, kw_only=True)
class Page(Named):
    """`title` is the heading and the browser's title; `back` goes up one step; `trail` are the breadcrumbs above this page."""

    shell: Shell
    title: str
    back: Link | None = None
    trail: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One line of a summary list. `change` is the address of the question, or "" where nothing can be changed; `call` is the
    number that a tap dials, "" for what is no number.
    """

    label: str
    value: str
    change: str = ""
    call: str = ""


def answers(rows: Iterable[tuple[str, str]]) -> tuple[Answer, ...]:
    """Lines of a summary list, label and value; what has no value has no line."""
    return tuple(Answer(label=label, value=value) for label, value in rows if value.strip())


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """What happens next, who does it, and by when (already in words)."""

    what: str
    when: str = ""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One entry in the story of a case. `when` is an instant or a day; `state` gives it a word and a shape."""

    when: datetime | date
    what: str
    who: str = ""
    detail: str = ""
    state: Word = NOTED


@dataclass(frozen=True, kw_only=True)
class Pager(Named):
    """Keyset paging: addresses of the neighbouring pages, "" at an end; `shown` says in words what this page shows."""

    previous: str = ""
    next: str = ""
    shown: str = ""


@dataclass(frozen=True, kw_only=True)
class Tab(Named):
    label: str
    href: str
    current: bool = False
    count: str = ""


def render(
    request: HttpRequest, template: str, page: Page, form: BaseForm | None = None, status: int = 200
) -> HttpResponse:
    return shortcuts.render(request, template, {"page": page, "form": form}, status=status)


def page(request: HttpRequest) -> dict[str, object]:
    """Context processor: a page for the templates of others (sign-in). Never evaluated where a view gives its own."""
    return {"page": SimpleLazyObject(lambda: Page(shell=shell_of(request), title="")), "form": None}
