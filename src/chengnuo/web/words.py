"""Words that pages share: how a duty stands, bands of counts, receipt codes. Each word has a shape, so colour is never alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from chengnuo.core import privacy
from chengnuo.core.privacy import Band

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Word:
    """A status in words. `tone`: good, warn, bad, calm, plain. `shape`: one of the shapes of components/c/shape.html."""

    text: StrOrPromise
    tone: str = "plain"
    shape: str = "dot"

    def __str__(self) -> str:
        return str(self.text)


NOTED = Word("")

DUTY = {
    "on_time": Word(_("on time"), "calm", "clock"),
    "late": Word(_("late"), "warn", "triangle"),
    "broken": Word(_("broken"), "bad", "cross"),
    "kept": Word(_("kept"), "good", "tick"),
    "kept_late": Word(_("kept late"), "warn", "tick-late"),
    "paused": Word(_("paused"), "plain", "pause"),
    "discharged": Word(_("discharged"), "plain", "dash"),
    "ended_broken": Word(_("broken, done afterwards"), "bad", "cross"),
}


@dataclass(frozen=True)
class Shown:
    """A live count as its band; `level` 0 to 4 for the picture."""

    text: StrOrPromise
    level: int


BANDS = {
    Band.NONE: Shown(_("none"), 0),
    Band.FEW: Shown("1–4", 1),
    Band.SOME: Shown("5–9", 2),
    Band.MANY: Shown("10–19", 3),
    Band.MOST: Shown("20+", 4),
}


def duty(reading: str) -> Word:
    """The word for a duty's reading (`on_time`, `late`, …); KeyError for a reading nobody gave a word."""
    return DUTY[reading]


def band(count: int) -> Shown:
    """A count of 0 or more as the public sees it while it still moves."""
    return BANDS[privacy.band(count)]


def in_fours(code: str) -> str:
    """A receipt code as it is shown and read aloud: "1234 5678 9012 3456"."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
