"""How a board sheet stands, in plain words: the same for the public and the desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from chengnuo.openness.models import BoardSheet
from chengnuo.openness.queries import Hung
from chengnuo.web.public.figures import period_words
from chengnuo.web.words import Word, due_words, duty_word, local_day

STATUS = {
    "owed": Word(_("not put up yet"), "plain", "clock"),
    "up": Word(_("hangs at the board"), "good", "tick"),
    "over": Word(_("to be taken down"), "calm", "clock"),
    "taken_down": Word(_("taken down"), "plain", "tick"),
    "missed": Word(_("never put up"), "bad", "cross"),
}
SAYS = {
    "owed": _("Not put up yet; promised by %(due)s."),
    "up": _("Put up on %(up)s. It hangs until %(ends)s."),
    "over": _("Put up on %(up)s; to be taken down by %(due)s."),
    "taken_down": _("Put up on %(up)s, taken down on %(down)s."),
    "missed": _("Never put up; it was promised by %(due)s."),
}


@dataclass(frozen=True)
class Hanging:
    """One sheet in a list: its quarter, how what is owed of it stands, and the days."""

    quarter: str
    words: tuple[Word, ...]
    says: str


def hangings(found: Iterable[Hung], *, now: datetime) -> tuple[Hanging, ...]:
    return tuple(
        Hanging(period_words(each.sheet.period), tuple(duty_word(duty, now) for duty in each.duties), _says(each))
        for each in found
    )


def _says(hung: Hung) -> str:
    sheet = hung.sheet
    days = {
        "due": due_words(hung.duties[-1]),
        "up": _day(sheet.put_up_at),
        "down": _day(sheet.taken_down_at),
        "ends": last_day(sheet),
    }
    return str(SAYS[sheet.status]) % days


def last_day(sheet: BoardSheet) -> str:
    """Until when it hangs."""
    return str(date_format(sheet.ends, "DATE_FORMAT"))


def _day(at: datetime | None) -> str:
    return local_day(at) if at else ""
