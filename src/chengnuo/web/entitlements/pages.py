"""The pages of the calculator as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from chengnuo.web.entitlements.answers import Answers
from chengnuo.web.named import Named
from chengnuo.web.pages import Page
from chengnuo.web.requests import Request
from chengnuo.web.shell import Shell, shell_of


@dataclass(frozen=True, kw_only=True)
class Press(Named):
    """A button that sends the answers along: `value` says what for."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class StartPage(Page):
    programmes: str


@dataclass(frozen=True, kw_only=True)
class QuestionPage(Page):
    """`at`: the question's name; `about`: whom it concerns, "" where that is plain; `instead`: answers that cannot be typed; `left`: how many
    questions there are still.
    """

    at: str
    about: str
    why: str
    instead: tuple[Press, ...]
    left: str
    can_go_back: bool
    misread: bool


@dataclass(frozen=True, kw_only=True)
class Line(Named):
    """One answer; `press` is the question at which it is changed, or ""."""

    label: str
    value: str
    press: str


@dataclass(frozen=True, kw_only=True)
class CheckPage(Page):
    """`taken`: sentences that nobody was asked about."""

    lines: tuple[Line, ...]
    taken: tuple[Line, ...]


def shell_with(request: Request, answers: Answers, at: str = "") -> Shell:
    """The frame, in which a change of language takes the answers along."""
    carried = [("answer", each) for each in answers.fields()] + ([("at", at)] if at else [])
    return replace(shell_of(request), carried=tuple(carried) or (("answer", ""),))


def title() -> str:
    """The same for every page: what the browser keeps in its history tells of no question."""
    return _("What am I entitled to?")
