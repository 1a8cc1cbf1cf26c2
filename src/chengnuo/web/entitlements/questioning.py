"""One question of a programme as a page, and the answer to it: the same in the calculator and in a claim."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chengnuo.web.entitlements.answers import MORE, Answers, Slot, answers_from
from chengnuo.web.entitlements.asking import Asking
from chengnuo.web.entitlements.checking import about
from chengnuo.web.entitlements.forms import FactForm, QuestionForm, by_choice, none_of
from chengnuo.web.entitlements.general import GENERAL, places
from chengnuo.web.entitlements.pages import Press, QuestionPage
from chengnuo.web.entitlements.values import NONE, UNKNOWN, Unreadable
from chengnuo.web.shell import Shell


def form_of(answers: Answers, name: str, data: Any = None, *, of_another: bool = False) -> QuestionForm | None:
    """None where there is no such question."""
    if name in GENERAL:
        return GENERAL[name].form(answers, data)
    try:
        return FactForm(Slot.of(name), answers.today, data, kept=answers.said.get(name, ""), of_another=of_another)
    except Unreadable:
        return None


def taken(answers: Answers, at: str, form: QuestionForm, sent: QueryDict) -> Answers | None:
    """With the answer to one question, typed or by a button; None where it cannot be one, and the form says why."""
    instead = sent.get("instead", "")
    if instead in (NONE, UNKNOWN):
        read, _whole = answers_from([f"{at}={instead}"], answers.today, places(answers))
        return answers.put(at, read.said.get(at, UNKNOWN))
    if not form.is_valid():
        return None
    said = answers.put(at, form.words)
    # who now wishes for a situation is asked about it, also where "none" was written down in silence
    return said.reopened(said.topics - answers.topics) if at == MORE else said


def question_page(
    shell: Shell, answers: Answers, name: str, *, title: str, misread: bool, can_go_back: bool, whose: str = ""
) -> QuestionPage:
    """`whose`: the person whom an officer writes down, by name."""
    slot = None if name in GENERAL else Slot.of(name)
    return QuestionPage(
        shell=shell,
        title=title,
        at=name,
        about=whose or (about(slot, answers) if slot else ""),
        why=str(slot.question.why if slot else GENERAL[name].why),
        instead=_instead(slot, of_another=bool(whose)) if slot else (),
        left=_left(answers),
        can_go_back=can_go_back,
        misread=misread,
    )


def _left(answers: Answers) -> str:
    left = Asking(answers).left
    says = ngettext(
        "About %(number)d question is left, perhaps none.", "About %(number)d questions are left, perhaps fewer.", left
    )
    return says % {"number": left} if left else ""


def _instead(slot: Slot, *, of_another: bool) -> tuple[Press, ...]:
    """The answers that cannot be typed."""
    if by_choice(slot.fact):
        return ()
    none = (Press(label=none_of(slot, of_another=of_another), value=NONE),) if slot.fact.perhaps else ()
    return (*none, Press(label=_("I do not know"), value=UNKNOWN))
