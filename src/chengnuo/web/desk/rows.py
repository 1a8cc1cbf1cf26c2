"""Lines of lists: a duty with its clock, a case with its status; and what a list was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from chengnuo.cases import queries as cases
from chengnuo.cases.models import Case
from chengnuo.foundation.keyset import Slice
from chengnuo.promises import queries as promises
from chengnuo.promises.models import Duty
from chengnuo.web.fields import plain_digits
from chengnuo.web.pages import Pager
from chengnuo.web.requests import Request
from chengnuo.web.stories import KINDS, due_words, duty_word, local_day, status_word
from chengnuo.web.words import Word


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a list. `href` is "" where the reader may not open what it is about."""

    href: str
    title: str
    number: str
    what: str
    word: Word
    day: str
    office: str
    holder: str


def duty_lines(duties: Iterable[Duty], *, now: datetime) -> tuple[Row, ...]:
    """Duties as lines; one query more, however many."""
    found = list(duties)
    about = cases.briefly(duty.subject_id for duty in found if duty.subject_kind == Case.kind)
    return tuple(_duty_line(duty, about.get(duty.subject_id), now) for duty in found)


def _duty_line(duty: Duty, case: Case | None, now: datetime) -> Row:
    answers = duty.kind == promises.ANSWER
    return Row(
        href=reverse("desk:answer", args=[duty.pk]) if answers else _case_address(duty.subject_id),
        title=str(case.promise.title if case and answers else duty.promise.title),
        number=case.number if case else "",
        what=str(KINDS[duty.kind]),
        word=duty_word(duty, now),
        day=due_words(duty),
        office=str(duty.office),
        holder=str(duty.holder),
    )


def case_line(case: Case) -> Row:
    return Row(
        href=_case_address(case.pk),
        title=str(case.promise.title),
        number=case.number,
        what="",
        word=status_word(case),
        day=local_day(case.received_at),
        office=str(case.office),
        holder=str(case.holder),
    )


def pager(found: Slice, name: str, **query: str) -> Pager:
    """The addresses of the neighbouring pages of a list, with its filters kept."""
    kept = {key: value for key, value in query.items() if value}
    address = reverse(name)
    previous, following = (
        f"{address}?{urlencode(kept | {'at': cursor})}" if cursor else "" for cursor in (found.newer, found.older)
    )
    return Pager(previous=previous, next=following)


def asked(request: Request, name: str, *, most: int = 40) -> str:
    """What the address asks for under a name, as somebody may have typed it; nothing that no database would take."""
    typed = plain_digits(request.GET.get(name, ""))
    return "".join(filter(str.isprintable, typed)).strip()[:most]


def _case_address(case: UUID) -> str:
    return reverse("desk:case", args=[case])
