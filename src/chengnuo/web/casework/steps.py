"""Steps of other offices in a case, in plain words: the same for family and officer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chengnuo.cases.models import Step
from chengnuo.promises import queries as promises
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.words import Word

SORTS = {"fact": _("A step for another office"), "help": _("Help for the office below")}
STATUS = {
    "asked": Word(_("asked"), "calm", "clock"),
    "answered": Word(_("answered"), "good", "tick"),
    "not_possible": Word(_("cannot be done"), "warn", "cross"),
    "handed_back": Word(_("sent back"), "plain", "dash"),
    "taken_back": Word(_("taken back"), "plain", "dash"),
    "dropped": Word(_("not needed any more"), "plain", "dash"),
}


def step_rows(steps: Iterable[Step], *, now: datetime) -> tuple[tuple[str, Word, str], ...]:
    """What the offices owe that were asked: (which office for what, how it stands, since when or by when). One query."""
    asked = {step.pk: step for step in steps}
    owed = promises.duties_of(*asked) if asked else []
    rows = zip(owed, duty_rows(owed, now=now), strict=True)
    return tuple((_what(asked[duty.subject_id]), word, day) for duty, (_kind, word, day) in rows)


def _what(step: Step) -> str:
    said = gettext("Help from %(office)s") if step.sort == "help" else gettext("A step by %(office)s")
    return said % {"office": step.office}
