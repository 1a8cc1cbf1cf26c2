"""Answers for the tests of the calculator: what was said, and whom it asks next."""

from __future__ import annotations

from datetime import date

from chengnuo.web.entitlements.answers import Answers
from chengnuo.web.entitlements.asking import Asking

TODAY = date(2026, 11, 26)
HERE = "420526000000"


def answers(*, today: date = TODAY, place: str = HERE, **said: str) -> Answers:
    """`child_1_born` is the slot child.1.born."""
    slots = {
        name.replace("_", ".", 2) if name[:5] in ("child", "perso") and name != "children" else name: text
        for name, text in said.items()
    }
    return Answers(today, {"place": place, **slots})


def asking(**said: str) -> Asking:
    return Asking(answers(**said))


def all_asked(known: dict[str, str], **begun: str) -> tuple[list[str], Asking]:
    """The questions in their order until none is left, and what stands then. What is not known is answered so."""
    now, asked = answers(**begun), []
    while name := Asking(now).next():
        asked.append(name)
        now = now.put(name, known.get(name, "?"))
    return asked, Asking(now)
