"""The questions before and besides those of the programmes: where, for whom, how many children, and what is never asked by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.policies.law_places import DIGITS, law_places
from chengnuo.policies.questions import questions
from chengnuo.web.entitlements.answers import (
    BOTH,
    CHILD,
    CHILDREN,
    ELSEWHERE,
    ME,
    MORE,
    MOST_CHILDREN,
    PLACE,
    WHO,
    Answers,
)
from chengnuo.web.entitlements.forms import QuestionForm, choice, several
from chengnuo.web.entitlements.home import home_on
from chengnuo.web.entitlements.values import NONE, UNKNOWN
from chengnuo.web.fields import Option


@dataclass(frozen=True)
class General:
    """`why` is why it is asked."""

    label: Any
    why: Any
    form: Callable[[Answers, Any], QuestionForm]


WHOM = {
    ME: Option(gettext_lazy("For myself"), gettext_lazy("Old age, retirement, leave to care for a parent")),
    CHILD: Option(gettext_lazy("For a child"), gettext_lazy("Childcare subsidy, grants, leave for parents")),
    BOTH: Option(gettext_lazy("For both")),
}


def places(answers: Answers) -> dict[str, str]:
    """What can be chosen as a place: this county first, then whatever the law tells apart, the smallest first."""
    home = home_on(answers.today)
    named = {home.code: str(home.name)}
    for code, name in law_places().items():
        wide = any(each != code and each.startswith(code) for each in (home.code, *law_places()))
        named[code.ljust(DIGITS, "0")] = _("%(place)s, another part of it") % {"place": name} if wide else str(name)
    return named | {ELSEWHERE: _("Elsewhere in China"), UNKNOWN: _("I do not know")}


def _where(answers: Answers, data: Any) -> QuestionForm:
    field = choice(str(GENERAL[PLACE].label), places(answers), hint=_("It stands in the household register (hukou)."))
    return QuestionForm(field, data, kept=answers.said.get(PLACE))


def _who(answers: Answers, data: Any) -> QuestionForm:
    return QuestionForm(choice(str(GENERAL[WHO].label), WHOM), data, kept=answers.said.get(WHO))


def _children(answers: Answers, data: Any) -> QuestionForm:
    options = {str(number): str(number) for number in range(1, MOST_CHILDREN + 1)}
    field = choice(str(GENERAL[CHILDREN].label), options)
    return QuestionForm(field, data, kept=answers.said.get(CHILDREN, "1"))


class MoreForm(QuestionForm):
    """Nothing ticked is an answer; "I would rather not say" is another one."""

    def __init__(self, answers: Answers, data: Any) -> None:
        topics = {key: str(name) for key, name in questions().topics.items()}
        hint = _(
            "Some support is for families in a particular situation. Tick what we shall include. If you tick nothing, we take it that"
            " none of this concerns you."
        )
        options = topics | {UNKNOWN: _("I would rather not say")}
        super().__init__(
            several(str(GENERAL[MORE].label), options, hint=hint), data, kept=answers.said.get(MORE, "").split()
        )

    @property
    def words(self) -> str:
        said = super().words
        return UNKNOWN if UNKNOWN in said.split() else said or NONE


GENERAL = {
    PLACE: General(
        gettext_lazy("Where is the household registered?"),
        gettext_lazy("Provinces, cities and counties give support of their own."),
        _where,
    ),
    WHO: General(
        gettext_lazy("For whom do you want to know it?"), gettext_lazy("We ask only what concerns them."), _who
    ),
    CHILDREN: General(
        gettext_lazy("For how many children?"),
        gettext_lazy("Most support is reckoned for each child by itself."),
        _children,
    ),
    MORE: General(
        gettext_lazy("Shall we include support for particular situations?"),
        gettext_lazy("We do not ask about this unless you wish it. Whatever you choose, nothing is kept."),
        MoreForm,
    ),
}
