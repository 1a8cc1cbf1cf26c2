"""The form of each question: one field, `said`, of the kind that its fact has. Its `words` is the answer as hidden fields hold it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Field
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from chengnuo.core.rules import Fact
from chengnuo.core.rules.graph import DAY, TRUTH
from chengnuo.core.rules.operators import Value
from chengnuo.web.entitlements.answers import Slot
from chengnuo.web.entitlements.values import NONE, UNKNOWN, misfit, read, written
from chengnuo.web.fields import Choice, Choices, Day, Option, Text
from chengnuo.web.forms import Form

SAID = "said"
YUAN = re.compile(r"\d{1,7}(\.\d{1,2})?")


class QuestionForm(Form):
    """Asks one question. `kept` is an earlier answer, shown again."""

    def __init__(self, field: Field, data: Any = None, *, kept: object = None) -> None:
        super().__init__(data, initial={SAID: kept})
        self.fields[SAID] = field

    @property
    def words(self) -> str:
        """Only where the form is valid."""
        said = self.cleaned_data[SAID]
        return " ".join(said) or NONE if isinstance(said, list) else str(said)


class FactForm(QuestionForm):
    """Asks for a fact of one member; `of_another`: an officer, in the third person, for whom "you" would be the officer."""

    def __init__(self, slot: Slot, today: date, data: Any = None, *, kept: str = "", of_another: bool = False) -> None:
        self.fact, self.today = slot.fact, today
        super().__init__(_field(slot, of_another=of_another), data, kept=_shown(self.fact, kept, today))

    def clean_said(self) -> str:
        said = self.cleaned_data[SAID]
        value = said if isinstance(said, date) else _typed(self.fact, said, self.today)
        if sentence := misfit(self.fact, value, self.today):
            raise ValidationError(sentence)
        return written(value)


def choice(label: str, options: Mapping[str, Any], *, hint: object = "") -> Choice:
    return Choice(label=label, options=list(options.items()), hint=hint, ask=_("Choose one of these."))


class Ticks(Choices):
    """Any number of answers, none too: an answer as good as another, which no page calls optional."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


def several(label: str, options: Mapping[str, Any], *, hint: object = "") -> Choices:
    return Ticks(label=label, options=list(options.items()), hint=hint, ask=_("Choose one of these."))


def by_choice(fact: Fact) -> bool:
    """Whether all answers stand on the page to choose from; else something is typed, and buttons say what cannot be."""
    return fact.kind in (TRUTH, "grade")


def asked_of(slot: Slot, *, of_another: bool) -> str:
    """The question as it stands before whoever answers it."""
    return capfirst(str(slot.fact.label)) if of_another else str(slot.question.asks)


def none_of(slot: Slot, *, of_another: bool) -> str:
    """The answer that there is none."""
    return _("Does not apply") if of_another else str(slot.question.none)


def _field(slot: Slot, *, of_another: bool) -> Field:
    fact = slot.fact
    said: dict[str, Any] = {"label": asked_of(slot, of_another=of_another), "hint": str(slot.question.hint)}
    if fact.kind == DAY:
        missing = _(
            "Write the month and the day too: they stand on the identity card. If you do not know them, press “I do not know”."
        )
        return Day(ask=_("Write the day, or choose one of the buttons."), parts_missing=missing, **said)
    if not by_choice(fact):
        text = Text(ask=_("Write a number, or choose one of the buttons."), most=40, **said)
        text.widget.attrs |= {"inputmode": "decimal" if fact.kind.startswith("fen") else "numeric"}
        return text
    options: dict[str, Any] = {"yes": _("Yes"), "no": _("No")} if fact.kind == TRUTH else grades_of(fact)
    none = {NONE: none_of(slot, of_another=of_another)} if fact.perhaps else {}
    return choice(said["label"], options | none | {UNKNOWN: Option(_("I do not know"))}, hint=said["hint"])


def grades_of(fact: Fact) -> dict[str, str]:
    return {str(each): _("Grade %(number)s") % {"number": each} for each in range(fact.least, fact.most + 1)}


def _typed(fact: Fact, said: str, today: date) -> Value:
    """What was typed or chosen, whatever its size."""
    if by_choice(fact):
        return read(fact, said, today)
    text = "".join(said.split())  # a sign or a point is none between digits: -1 is not 1, and 1.5 is not 15
    if fact.kind.startswith("fen") and YUAN.fullmatch(text := text.replace(",", "").replace("，", "")):
        yuan, _point, fen = text.partition(".")
        return int(yuan) * 100 + int(fen.ljust(2, "0"))
    if fact.kind.startswith("fen") or not text.isdecimal():
        raise ValidationError(_("Write a number in digits, such as 2."))
    return int(text[:12])


def _shown(fact: Fact, kept: str, today: date) -> object:
    """An earlier answer as the field shows it; nothing where a button gave it."""
    if by_choice(fact) or not kept:
        return kept
    value = read(fact, kept, today)
    if isinstance(value, date):
        return value
    if not isinstance(value, int):
        return None
    return f"{value // 100}.{value % 100:02}".removesuffix(".00") if fact.kind.startswith("fen") else str(value)
