"""Lines of lists: a duty with its clock, a case with its status."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from chengnuo.cases import queries as cases
from chengnuo.cases.models import Case
from chengnuo.core.text3 import Text3
from chengnuo.foundation.keyset import Slice
from chengnuo.foundation.refs import registry
from chengnuo.promises import queries as promises
from chengnuo.web.named import Named
from chengnuo.web.pages import Pager
from chengnuo.web.stories import KINDS, STATUS, due_words, duty_word, local_day
from chengnuo.web.words import Word

SOME_ROW = UUID(int=0)


@dataclass(frozen=True, kw_only=True)
class Row(Named):
    """One line of a list. `href` is "" where the reader may not open what it is about."""

    href: str
    title: str
    number: str
    what: str
    word: Word
    day: str
    office: str
    holder: str


def duty_lines(duties: Iterable[promises.Line], *, now: datetime) -> tuple[Row, ...]:
    """Duties as lines; one query more, however many."""
    found = list(duties)
    about = cases.named(duty.subject_id for duty in found if duty.subject_kind == Case.kind)
    answer = _addresses(lambda duty: reverse("desk:answer", args=[duty]))
    subject = {kind: _addresses(registry.kinds[kind].link) for kind in {duty.subject_kind for duty in found}}
    return tuple(
        _duty_line(
            duty,
            href=answer(duty.pk) if duty.kind == promises.ANSWER else subject[duty.subject_kind](duty.subject_id),
            about=about.get(duty.subject_id, ("", duty.promise__title)),
            now=now,
        )
        for duty in found
    )


def _duty_line(duty: promises.Line, *, href: str, about: tuple[str, Text3], now: datetime) -> Row:
    number, asked_for = about
    return Row(
        href=href,
        title=str(asked_for if duty.kind == promises.ANSWER else duty.promise__title),
        number=number,
        what=str(KINDS[duty.kind]),
        word=duty_word(duty, now),
        day=due_words(duty),
        office=str(duty.office__name),
        holder=str(duty.holder__title),
    )


def case_lines(found: Iterable[cases.Line]) -> tuple[Row, ...]:
    address = _addresses(lambda case: reverse("desk:case", args=[case]))
    return tuple(
        Row(
            href=address(case.pk),
            title=str(case.promise__title),
            number=case.number,
            what="",
            word=STATUS[case.status],
            day=local_day(case.received_at),
            office=str(case.office__name),
            holder=str(case.holder__title),
        )
        for case in found
    )


def _addresses(link: Callable[[UUID], str]) -> Callable[[UUID], str]:
    """The same for many rows: the address is made once, not once a line."""
    pattern = link(SOME_ROW)
    return lambda row: pattern.replace(str(SOME_ROW), str(row))


def pager(found: Slice, name: str, **query: str) -> Pager:
    """The addresses of the neighbouring pages of a list, with its filters kept."""
    kept = {key: value for key, value in query.items() if value}
    address = reverse(name)
    previous, following = (
        f"{address}?{urlencode(kept | {'at': cursor})}" if cursor else "" for cursor in (found.newer, found.older)
    )
    return Pager(previous=previous, next=following)
