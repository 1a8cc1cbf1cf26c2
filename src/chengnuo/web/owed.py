"""The page of something that an office owes and that is no case: a step, a board sheet, a notice."""

from __future__ import annotations

from dataclasses import dataclass

from chengnuo.web.deeds import Button
from chengnuo.web.pages import Answer, Page
from chengnuo.web.shell import Link
from chengnuo.web.words import Word


@dataclass(frozen=True, kw_only=True)
class OwedPage(Page):
    """`onward` is a big way on that changes nothing, `more` a small one."""

    status: Word
    duties: tuple[tuple[str, Word, str], ...]
    answers: tuple[Answer, ...]
    buttons: tuple[Button, ...]
    onward: Link | None = None
    more: Link | None = None
