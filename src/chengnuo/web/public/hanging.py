"""How a board sheet stands, in plain words: the same for the public and the desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chengnuo.core.text3 import Text3
from chengnuo.openness.models import BoardSheet
from chengnuo.openness.queries import Hung
from chengnuo.promises.models import Escalation
from chengnuo.web.public.figures import period_words
from chengnuo.web.words import Word, due_words, duty_word, local_day

STATUS = {
    "owed": Word(gettext_lazy("not put up yet"), "plain", "clock"),
    "up": Word(gettext_lazy("hangs at the board"), "good", "tick"),
    "over": Word(gettext_lazy("to be taken down"), "calm", "clock"),
    "taken_down": Word(gettext_lazy("taken down"), "plain", "tick"),
    "missed": Word(gettext_lazy("never put up"), "bad", "cross"),
    "let_go": Word(gettext_lazy("its office was closed"), "plain", "cross"),
}
SAYS = {
    "owed": gettext_lazy("Not put up yet; promised by %(due)s."),
    "up": gettext_lazy("Put up on %(up)s. It hangs until %(ends)s."),
    "over": gettext_lazy("Put up on %(up)s; to be taken down by %(due)s."),
    "taken_down": gettext_lazy("Put up on %(up)s, taken down on %(down)s."),
    "missed": gettext_lazy("Never put up; it was promised by %(due)s."),
    "let_go": gettext_lazy("Its office was closed: nobody owes anything of it any more."),
}


def sheet_name(place: Text3, period: str) -> str:
    """What a board sheet is called, on itself, at the desk and in lists."""
    return _("Board sheet of %(place)s, %(period)s") % {"place": place, "period": period_words(period)}


@dataclass(frozen=True)
class Hanging:
    """One sheet in a list: its quarter, how what is owed of it stands, and the days."""

    quarter: str
    words: tuple[Word, ...]
    says: str


def hangings(found: Iterable[Hung], told: Mapping[UUID, str], *, now: datetime) -> tuple[Hanging, ...]:
    """`told` as `told_above` says it, by sheet."""
    return tuple(
        Hanging(
            period_words(each.sheet.period),
            tuple(duty_word(duty, now) for duty in each.duties),
            f"{_says(each)} {told.get(each.sheet.pk, '')}".strip(),
        )
        for each in found
    )


def told_above(levels: Iterable[Escalation], *, now: datetime) -> dict[UUID, str]:
    """Who was told that something is late which everybody sees, and how their duty to answer stands: by what it is about."""
    words: dict[UUID, list[str]] = {}
    for level in levels:
        words.setdefault(level.asked.subject_id, []).append(f"{level.office}: {duty_word(level.asked, now)}")
    return {
        subject: _("Had to answer for it: %(told)s.") % {"told": "; ".join(said)} for subject, said in words.items()
    }


def never_words(count: int) -> str:
    """What stands below a list that shows the newest alone."""
    says = ngettext(
        "%(n)d sheet was never put up since they began.", "%(n)d sheets were never put up since they began.", count
    )
    return says % {"n": count} if count else ""


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
