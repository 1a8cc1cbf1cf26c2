"""Where somebody lands who signed in: the first page that their posts open, or words for somebody who has no post."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chengnuo.core.instants import local_date
from chengnuo.foundation.refused import NotAllowed
from chengnuo.people import registers
from chengnuo.web.pages import Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import open_to, shell_of

FIRST = ("desk:inbox", "oversight:record", "oversight:watch", "county:accounts")


@dataclass(frozen=True, kw_only=True)
class NoPostPage(Page):
    """`ask` are the names of the administrators of accounts."""

    ask: tuple[str, ...]


def home(request: Request) -> HttpResponse:
    if not request.actor.is_officer:
        raise NotAllowed
    opens = dict(open_to(request.actor))
    for name in FIRST:
        if name in opens:
            return redirect(name)
    page = NoPostPage(
        shell=shell_of(request),
        title=_("You hold no post today"),
        ask=tuple(registers.administrators(on=local_date(request.at))),
    )
    return render(request, "desk/no_post.html", page)
