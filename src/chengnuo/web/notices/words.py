"""How a public notice stands and what it shows, in plain words: the same for the public, the desk and the paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.core.text3 import Text3
from chengnuo.notices.models import Notice
from chengnuo.notices.queries import Shown
from chengnuo.web.pages import Answer, answers
from chengnuo.web.words import Word, days_between, in_fours, local_day

STATUS = {
    "drafted": Word(gettext_lazy("waits for its publication"), "plain", "clock"),
    "published": Word(gettext_lazy("runs, not at the board yet"), "calm", "clock"),
    "up": Word(gettext_lazy("runs, at the board"), "good", "tick"),
    "over": Word(gettext_lazy("over, to be taken down"), "calm", "clock"),
    "missed": Word(gettext_lazy("over, never at the board"), "bad", "cross"),
    "recalled": Word(gettext_lazy("recalled, to be taken down"), "warn", "triangle"),
    "taken_down": Word(gettext_lazy("over, taken down"), "plain", "tick"),
    "let_go": Word(gettext_lazy("its office was closed"), "plain", "cross"),
}


@dataclass(frozen=True)
class Line:
    """One entry of a list as it is shown."""

    reference: str
    name: str
    village: str


def lines_of(shown: Shown) -> tuple[Line, ...]:
    return tuple(Line(each.reference, each.mask, str(each.village)) for each in shown.entries)


def notice_name(heading: Text3, number: str) -> str:
    """What a notice is called in lists and at the desk."""
    return _("%(heading)s, number %(number)s") % {"heading": heading, "number": in_fours(number)}


def address_of(notice: Notice) -> str:
    """Its public page, in full, for the square on the paper."""
    return settings.PUBLIC_ADDRESS + reverse("notices:notice", args=[notice.number])


def days_of(notice: Notice) -> str:
    """The days on which it is shown; "" of a draft."""
    return days_between(notice.begins, notice.ends)


def facts_of(notice: Notice) -> tuple[Answer, ...]:
    """What everybody may know of a notice beside its list."""
    rows = (
        (_("Office"), str(notice.office)),
        (_("Number"), in_fours(notice.number)),
        (_("Days"), days_of(notice)),
        (_("Recalled on"), local_day(notice.recalled_at) if notice.recalled_at else ""),
        (_("On paper"), paper_of(notice) if notice.published_at else ""),
    )
    return answers(rows)


def paper_of(notice: Notice) -> str:
    """What everybody may know of the paper at the board."""
    if notice.taken_down_at:
        return _("Taken down on %(day)s.") % {"day": local_day(notice.taken_down_at)}
    if notice.hung_at:
        return _("It was put up at the notice board on %(day)s.") % {"day": local_day(notice.hung_at)}
    if notice.status == "missed":
        return _("It never hung at the notice board.")
    return _("The office has not said that it hangs at the notice board.")
