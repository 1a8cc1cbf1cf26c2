"""Words that pages share: how a duty stands, bands of counts, receipt codes. Each word has a shape, so colour is never alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from django.template.loader import get_template
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from chengnuo.core.deadlines import Reading, last_day, reading
from chengnuo.core.privacy import Band
from chengnuo.core.text3 import Text3
from chengnuo.promises import queries as promises
from chengnuo.promises.models import Duty
from chengnuo.web.named import Named

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Word(Named):
    """A status in words. `tone`: good, warn, bad, calm, plain. `shape`: one of the shapes of components/c/shape.html."""

    text: StrOrPromise
    tone: str = "plain"
    shape: str = "dot"

    @property
    def picture(self) -> str:
        return _drawn("c/shape.html", self.shape)

    def __str__(self) -> str:
        return str(self.text)


def language() -> str:
    """The reader's, as the words of rules are asked for."""
    return get_language() or "zh-hans"


@cache
def _drawn(picture: str, name: str) -> str:
    """Drawn once: in a list, the same few pictures would cost as much as everything else."""
    return get_template(picture).render({"name": name})


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
class Shown(Named):
    """A live count as its band; `level` 0 to 4 for the picture."""

    text: StrOrPromise
    level: int

    @property
    def picture(self) -> str:
        return _drawn("parts/level.html", str(self.level))


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


def duty_word(row: Duty | promises.Line, now: datetime) -> Word:
    """How a duty stands. One that was broken and then freed by the office above was not done afterwards: it is simply broken."""
    read = reading(row, now)
    return duty(Reading.BROKEN if read is Reading.ENDED_BROKEN and row.discharged_at else read)


def band(found: Band) -> Shown:
    """A count as the public sees it while it still moves."""
    return BANDS[found]


def in_fours(code: str) -> str:
    """A receipt code as it is shown and read aloud: "1234 5678 9012 3456"."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def said(text: dict[str, str]) -> str:
    """What stands in the catalogue in three scripts, in the reader's language."""
    return str(Text3.from_dict(text))


WORDS = {"resolved": _("resolved"), "not": _("not resolved"), "none": _("no answer")}


def local_day(instant: datetime) -> str:
    """A day as people write it, in the reader's language."""
    return _in_words(localtime(instant).date(), get_language())


def day_words(day: date | None) -> str:
    """The same of a day; "" where there is none yet."""
    return _in_words(day, get_language()) if day else ""


def days_between(first: date | None, last: date | None) -> str:
    """From a day to another, both included; "" where there are none yet."""
    if first is None or last is None:
        return ""
    days = {"first": date_format(first, "DATE_FORMAT"), "last": date_format(last, "DATE_FORMAT")}
    return gettext("%(first)s to %(last)s") % days


def last_day_of(limit: datetime) -> str:
    """The last day of a time limit, as people write it: midnight belongs to the day that it ends."""
    return _in_words(last_day(limit), get_language())


def due_words(row: Duty | promises.Line) -> str:
    """By when, and that a deadline in a year without a published calendar may still move."""
    day = last_day_of(row.due_at)
    return (
        gettext("%(day)s (provisional: not all holidays on the way are announced yet)") % {"day": day}
        if row.is_provisional
        else day
    )


@lru_cache(maxsize=366)
def _in_words(day: date, _language: str | None) -> str:
    """A day has one name in a language; a list says the same few days over and over."""
    return date_format(day, "DATE_FORMAT")
