"""Lines of lists: a duty with its clock, a case with its status."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.benefits import queries as benefits
from chengnuo.benefits.lifecycle import STAGE
from chengnuo.benefits.models import Claim
from chengnuo.cases import queries as cases
from chengnuo.cases.lifecycle import REDO
from chengnuo.cases.models import Case
from chengnuo.core.text3 import Text3
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.refs import registry
from chengnuo.meetings import queries as meetings
from chengnuo.meetings.models import Meeting, Resolution
from chengnuo.notices import queries as notices
from chengnuo.notices.lifecycle import HANG, REMOVE
from chengnuo.notices.models import Notice
from chengnuo.openness import queries as boards
from chengnuo.openness.lifecycle import PUT_UP, TAKE_DOWN
from chengnuo.openness.models import BoardSheet
from chengnuo.promises import queries as promises
from chengnuo.promises.lifecycle import FIGURES
from chengnuo.promises.models import Release
from chengnuo.reviews import queries as asked_of_reviews
from chengnuo.reviews.lifecycle import AMEND
from chengnuo.reviews.models import Amendment
from chengnuo.web.casework import closed_letters
from chengnuo.web.casework.awards import amendment_name
from chengnuo.web.casework.claims import programme_name
from chengnuo.web.casework.stories import KINDS, STATUS
from chengnuo.web.meetings.words import TO_DO as TO_DO_OF_MEETINGS
from chengnuo.web.meetings.words import meeting_name, resolution_name
from chengnuo.web.money import words as money
from chengnuo.web.named import Named
from chengnuo.web.notices.words import notice_name
from chengnuo.web.public.figures import period_words
from chengnuo.web.public.hanging import sheet_name
from chengnuo.web.registers import words as registers
from chengnuo.web.reviews import words as reviews
from chengnuo.web.words import Word, due_words, duty_word, local_day

SOME_ROW = UUID(int=0)
# to whoever has to do it
TO_DO = (
    {
        REDO: gettext_lazy("The family says: not resolved. It is to be done again."),
        FIGURES: gettext_lazy("The system publishes them by itself. Where they are late, tell whoever runs it."),
        PUT_UP: gettext_lazy("Print the sheet, put it up at the notice board, and say so here."),
        HANG: gettext_lazy("Print the notice, put it up at the notice board, and say so here with a photo."),
        REMOVE: gettext_lazy("It is over or recalled: take the paper down, and say so here."),
        TAKE_DOWN: gettext_lazy("Its quarter is over: take it down, and say so here."),
        AMEND: gettext_lazy("Look at what was proposed for this award: confirm it or drop it."),
        STAGE: gettext_lazy("Look at the claim and say what you found; or publish the list in which it waits."),
    }
    | money.TO_DO
    | registers.TO_DO
    | reviews.TO_DO
    | closed_letters.TO_DO
    | TO_DO_OF_MEETINGS
)


def _figures_name(place: Text3, period: str) -> str:
    return _("Figures of %(place)s, %(period)s") % {"place": place, "period": period_words(period)}


def _claim_name(programme: str, year: int) -> str:
    return f"{programme_name(programme)} {year}"


def _to_all(named: Callable[..., Any]) -> Callable[..., Any]:
    """What hangs or is published may be named to whoever owes it."""
    return lambda _viewer, rows: named(rows)


# what is about no case is called by its place and period; a claim and a payment only to whoever may see them
NAMED: Mapping[str, tuple[Callable[..., Mapping[UUID, tuple[Any, ...]]], Callable[..., str]]] = (
    {
        Release.kind: (_to_all(promises.figures_named), _figures_name),
        Claim.kind: (benefits.named, _claim_name),
        Amendment.kind: (asked_of_reviews.amendments_named, amendment_name),
        BoardSheet.kind: (_to_all(boards.named), sheet_name),
        Notice.kind: (_to_all(notices.named), notice_name),
        Meeting.kind: (_to_all(meetings.named), meeting_name),
        Resolution.kind: (_to_all(meetings.resolutions_named), resolution_name),
    }
    | money.NAMED
    | {kind: (_to_all(named), words) for kind, (named, words) in registers.NAMED.items()}
    | reviews.NAMED
    | closed_letters.NAMED
)


@dataclass(frozen=True, kw_only=True)
class Row(Named):
    """One line of a list. `href` is "" where the reader may not open what it is about; `place` is the family's village, or the
    office complained about, by which lines of the same service are told apart.
    """

    href: str
    title: str
    number: str
    what: str
    place: str
    word: Word
    day: str
    office: str
    holder: str


def duty_lines(duties: Iterable[promises.Line], *, viewer: Actor, now: datetime) -> tuple[Row, ...]:
    """Duties as lines; one query more for each kind of subject, however many."""
    found = list(duties)
    about = cases.named(duty.subject_id for duty in found if duty.subject_kind == Case.kind)
    names = _names(found, viewer)
    answer = _addresses(lambda duty: reverse("desk:answer", args=[duty]))
    subject = {kind: _addresses(registry.kinds[kind].link) for kind in {duty.subject_kind for duty in found}}
    return tuple(
        _duty_line(
            duty,
            href=answer(duty.pk) if duty.kind == promises.ANSWER else subject[duty.subject_kind](duty.subject_id),
            about=about.get(duty.subject_id),
            title=names.get(duty.subject_id, str(duty.promise__title)),
            now=now,
        )
        for duty in found
    )


def _duty_line(duty: promises.Line, *, href: str, about: cases.Name | None, title: str, now: datetime) -> Row:
    return Row(
        href=href,
        title=str(about.promise__title) if about else title,
        number=about.number if about else "",
        what=_what(duty),
        place=_place(about) if about else "",
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
            place=_place(case),
            word=STATUS[case.status],
            day=local_day(case.received_at),
            office=str(case.office__name),
            holder=str(case.holder__title),
        )
        for case in found
    )


def _what(duty: promises.Line) -> str:
    """What is to be done; of an answer, for whom and for what."""
    if duty.kind == promises.ANSWER and duty.parent__kind:
        facts = {"what": KINDS[duty.parent__kind], "office": duty.parent__office__name}
        return _("Answer for: %(what)s, %(office)s") % facts
    return str(TO_DO.get(duty.kind, KINDS[duty.kind]))


def _place(case: cases.Name | cases.Line) -> str:
    if case.about_office__name:
        return _("Complaint about %(office)s") % {"office": case.about_office__name}
    return str(case.contact__village__name or "")


def _names(duties: list[promises.Line], viewer: Actor) -> dict[UUID, str]:
    """What the lines are called that are about no case."""
    names: dict[UUID, str] = {}
    for kind, (named, name) in NAMED.items():
        if about := [duty.subject_id for duty in duties if duty.subject_kind == kind]:
            names |= {pk: name(*of) for pk, of in named(viewer, about).items()}
    return names


def _addresses(link: Callable[[UUID], str]) -> Callable[[UUID], str]:
    """The same for many rows: the address is made once, not once a line."""
    pattern = link(SOME_ROW)
    return lambda row: pattern.replace(str(SOME_ROW), str(row))
