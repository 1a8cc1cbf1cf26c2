"""Why something is due or not, one condition a line: the same in the calculator, in a claim and on paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy, pgettext_lazy

from chengnuo.core.rules import Outcome
from chengnuo.web.named import Named
from chengnuo.web.words import Word

OUTCOMES = {
    Outcome.ENTITLED: Word(gettext_lazy("entitled"), "good", "tick"),
    Outcome.UNDECIDED: Word(gettext_lazy("not yet decided"), "warn", "triangle"),
    Outcome.NOT_ENTITLED: Word(gettext_lazy("not entitled"), "plain", "dash"),
}
HOLDS = {
    True: Word(pgettext_lazy("a condition", "holds"), "good", "tick"),
    False: Word(gettext_lazy("does not hold"), "bad", "cross"),
    None: Word(gettext_lazy("not known"), "warn", "triangle"),
}


@dataclass(frozen=True, kw_only=True)
class Because(Named):
    """A condition. `mark`: ✓, ✗ or ?, for paper; `facts`: the answers that it rests on; `source`: the text, in its own language."""

    word: Word
    mark: str
    name: str
    facts: str
    source: str
