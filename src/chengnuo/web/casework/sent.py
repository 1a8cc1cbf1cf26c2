"""What was sent: when, by which way, and how it stands; the same lines for the family and for the officer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from chengnuo.channels.models import Message, Reading
from chengnuo.web.casework.stories import local_minute
from chengnuo.web.pages import Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word

STANDS = {
    Reading.QUEUED: Word(gettext_lazy("waits to be sent"), "plain", "clock"),
    Reading.SENT: Word(gettext_lazy("sent; whether it arrived, nobody here knows"), "calm", "dot"),
    Reading.DELIVERED: Word(gettext_lazy("arrived; whether it was read, nobody here knows"), "calm", "tick"),
    Reading.FAILED: Word(gettext_lazy("did not reach the telephone"), "bad", "cross"),
    Reading.DROPPED: Word(gettext_lazy("not sent: messages were not wanted any more"), "plain", "dash"),
}


@dataclass(frozen=True, kw_only=True)
class SentPage(Page):
    """`lines` are (since when, how it stands)."""

    lines: tuple[tuple[str, Word], ...]


def lines_of(messages: Iterable[Message]) -> tuple[tuple[str, Word], ...]:
    return tuple((local_minute(each.since), STANDS[each.reading]) for each in messages)


def sent_page(request: Request, messages: Iterable[Message], *, title: str, back: Link) -> HttpResponse:
    page = SentPage(shell=shell_of(request), title=title, back=back, lines=lines_of(messages))
    return render(request, "parts/sent.html", page)
