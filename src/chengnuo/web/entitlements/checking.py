"""The answers so far in words, each with the question at which it is changed, and what was taken instead of asking."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chengnuo.core.rules import NOT_APPLICABLE
from chengnuo.policies.programmes import programmes
from chengnuo.policies.questions import questions
from chengnuo.policies.values import value
from chengnuo.web.entitlements.answers import MORE, ONLY, PLACE, WHO, Answers, Slot
from chengnuo.web.entitlements.asking import Asking
from chengnuo.web.entitlements.forms import asked_of, none_of
from chengnuo.web.entitlements.general import GENERAL, WHOM, places
from chengnuo.web.entitlements.pages import Line
from chengnuo.web.entitlements.values import NONE, UNKNOWN


def lines_of(answers: Answers, *, of_another: bool = False) -> tuple[Line, ...]:
    """Every answer that still counts; `of_another`: as an officer reads them, in the third person."""
    return tuple(
        Line(
            label=_label(name, answers, of_another=of_another),
            value=_said(name, answers, of_another=of_another),
            press="" if name == ONLY else name,
        )
        for name in answers.said
    )


def taken_of(asking: Asking) -> tuple[Line, ...]:
    """What nobody was asked, once each."""
    return tuple(_taken(asking))


def about(slot: Slot, answers: Answers) -> str:
    """Which child, where there are several; of an adult's own answer, nobody."""
    if slot.entity != "child" or slot.question.same_as or answers.members["child"] < 2:  # noqa: PLR2004  # one alone needs no number
        return ""
    return _("All children") if slot.question.shared else _("Child %(number)s") % {"number": slot.number}


def said_in_words(slot: Slot, answers: Answers, *, of_another: bool = False) -> str:
    known = answers.value(slot)
    if known is NOT_APPLICABLE:
        return none_of(slot, of_another=of_another)
    if isinstance(known, date):
        return date_format(known, "DATE_FORMAT")
    return value(known, slot.fact.kind, get_language() or "zh-hans")


def _label(name: str, answers: Answers, *, of_another: bool) -> str:
    if name in GENERAL:
        return str(GENERAL[name].label)
    if name == ONLY:
        return _("Programmes that you chose")
    slot = Slot.of(name)
    whose = about(slot, answers)
    asks = asked_of(slot, of_another=of_another)
    return _("%(asks)s (%(whose)s)") % {"asks": asks, "whose": whose} if whose else asks


def _said(name: str, answers: Answers, *, of_another: bool) -> str:
    text = answers.said[name]
    if name == ONLY:
        return _(", ").join(str(each.words.name) for each in programmes() if each.words.key in text.split())
    if name in GENERAL:
        return _general(name, text, answers)
    return said_in_words(Slot.of(name), answers, of_another=of_another)


def _general(name: str, text: str, answers: Answers) -> str:
    if name == PLACE:
        return places(answers)[text]
    if name == MORE:
        words = {NONE: _("Nothing more"), UNKNOWN: _("I would rather not say")}
        return words.get(text) or _(", ").join(str(questions().topics[topic]) for topic in text.split())
    if name == WHO:
        return str(WHOM[text].label)
    return text


def _taken(asking: Asking) -> Iterator[Line]:
    members = asking.household.members
    names = sorted({(entity, name) for entity, each in members.items() if each for name in each[0]})
    for slot in (Slot(entity, 1, name) for entity, name in names):
        if (sentence := slot.question.taken) and asking.is_taken(slot) and str(slot) not in asking.answers.said:
            yield Line(label="", value=str(sentence), press=MORE if slot.question.topic else "")
