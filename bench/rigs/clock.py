"""The machine's clock is set back or ahead while server and worker run: what had expired stays so, no act is done, no deadline moves.

The recorder gives every process the other time, so that what is tried is the clock itself, whoever reads it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from django.core.management import call_command
from django.db import connections

from bench import tell
from bench.rigs import books
from bench.rigs.books import Books
from bench.rigs.cell import Cell
from bench.rigs.people import Family, Officer, Sent, Stage, Wrong, send
from bench.rigs.phone import NoAnswer, Phone
from bench.rigs.recorder import Recorder, has_compiler, recorded_cell
from bench.scale import Scale
from chengnuo.promises.models import Duty

HALF = "只写了一半"
MINUTE, HOUR, DAY, YEAR = 60, 3_600, 86_400, 365 * 86_400
# how long after they were made the tokens are dead, and how far the clock is then set back
BACK = (("5 minutes", 33 * MINUTE, 5 * MINUTE), ("a day", 25 * HOUR, DAY), ("a year", 25 * HOUR, YEAR))


@dataclass
class Tokens:
    """Everything that lets a browser do something for a while: made now, and tried later."""

    family: Family
    desk: Officer
    case: str
    half: Family
    old_form: Sent

    @classmethod
    def made(cls, stage: Stage, port: int) -> Tokens:
        family = Family(stage, Phone(port))
        family.begin("要一份证明")
        asked = send(family.form_of_page("要一份证明"))
        desk = Officer(stage, Phone(port))
        desk.step_in()
        half = Family(stage, Phone(port))
        half.begin(HALF)
        return cls(family, desk, str(asked.case), half, desk.deed(asked.about, "finish", result="办好了"))

    def alive(self) -> list[str]:
        """Those that still open something, by name."""
        opens: dict[str, Callable[[], bool]] = {
            "receipt": lambda: _copy(self.family.phone).get(f"/request/{self.case}/").status == HTTPStatus.OK,
            "sign-in": lambda: _copy(self.desk.phone).get("/desk/inbox/").status == HTTPStatus.OK,
            "half-typed answers": lambda: HALF in _copy(self.half.phone).get("/ask/village-proof/words/").text,
        }
        return [name for name, is_open in opens.items() if _or_not(is_open)]


def _copy(phone: Phone) -> Phone:
    """What somebody has who copied the cookies before the browser threw them away."""
    return Phone(phone.port, dict(phone.cookies))


@dataclass
class Looked:
    """What is wrong, by the shift of the clock."""

    wrong: list[str] = field(default_factory=list)

    def at(self, shift: str, *found: str) -> None:
        self.wrong += [f"clock {shift}: {words}" for words in found]


def measure(_scale: Scale) -> None:
    """Exit 1 when a token was revived, an act was done at a wrong time, or a deadline moved."""
    if not has_compiler():
        tell.verdict(["nothing was tried: this rig needs a C compiler (cc)"], "")
        sys.exit(1)
    seen = bool(_shifted("trusts-the-clock", BACK[1:2]).wrong)
    tell.remark(f"planted 'trusts-the-clock': {'found' if seen else 'NOT FOUND'}")
    looked = _shifted("", BACK)
    _ahead(looked)
    tell.figure(
        "shifts of the clock", len(BACK) + 1, note="(" + ", ".join(f"−{name}" for name, *_ in BACK) + ", +a year)"
    )
    tell.figure("tokens revived, acts at a wrong time, deadlines moved", len(looked.wrong), goal=0)
    books.settle()
    found = [*looked.wrong, *books.log_wrong()] + ([] if seen else ["a clock that is trusted was not seen"])
    tell.verdict(found, "what had expired stayed so, and every deadline is where it was")
    sys.exit(bool(found))


def _shifted(flaw: str, back: tuple[tuple[str, int, int], ...]) -> Looked:
    looked = Looked()
    for name, later, by in back:
        with recorded_cell(flaw) as (server, notes):
            _one(looked, server, notes, (f"−{name}", later, by))
        _right_again()
    return looked


def _one(looked: Looked, server: Cell, notes: Recorder, shift: tuple[str, int, int]) -> None:
    name, later, by = shift
    connections.close_all()
    stage = Stage.found()
    server.start()
    tokens = Tokens.made(stage, server.port)
    if len(tokens.alive()) < len(("receipt", "sign-in", "half-typed answers")):
        looked.at(name, f"only {tokens.alive()} were alive to begin with")
    server.kill()
    notes.set_clock(later)
    server.start()
    _an_act(looked, stage, server.port, f"{name}, before it")
    still = set(tokens.alive())
    deadlines, before = _deadlines(), Books.opened()
    notes.set_clock(later - by)
    looked.at(name, *(f"the {token} was revived" for token in tokens.alive() if token not in still))
    looked.at(name, *_acts_anyway(stage, server.port, tokens))
    looked.at(name, *_changed(before, deadlines))
    _alive(looked, server, name)


def _an_act(looked: Looked, stage: Stage, port: int, name: str) -> None:
    family = Family(stage, Phone(port))
    try:
        family.begin("要一份证明")
        send(family.form_of_page("要一份证明"))
    except (NoAnswer, Wrong) as trouble:
        looked.at(name, f"an act was not possible: {trouble}")


def _acts_anyway(stage: Stage, port: int, tokens: Tokens) -> list[str]:
    """New forms, and an old one whose stamp had expired: none may be taken."""
    done = []
    with suppress(NoAnswer, Wrong):
        family = Family(stage, Phone(port))
        family.begin("要一份证明")
        send(family.form_of_page("要一份证明"))
        done.append("a request was taken")
    with suppress(NoAnswer, Wrong):
        tokens.desk.phone.hang_up()
        send(tokens.old_form)
        done.append("an officer's old form was taken")
    return done


def _changed(before: Books, deadlines: dict[object, tuple[datetime, ...]]) -> list[str]:
    now, found = Books.opened().before, _deadlines()
    moved = [pk for pk, was in deadlines.items() if found.get(pk) != was]
    more = {name: now[name] - before.before[name] for name in now if now[name] != before.before[name]}
    return [f"{len(moved)} deadlines moved"] * bool(moved) + [f"something was written: {more}"] * bool(more)


def _deadlines() -> dict[object, tuple[datetime, ...]]:
    connections.close_all()
    return {pk: (due, broken) for pk, due, broken in Duty.objects.values_list("pk", "due_at", "broken_at")}


def _alive(looked: Looked, server: Cell, name: str) -> None:
    for page in ("/", "/services/", "/log/"):
        if Phone(server.port).get(page).status != HTTPStatus.OK:
            looked.at(name, f"{page} was not shown")
    if not server.alive():
        looked.at(name, "a process ended")


def _ahead(looked: Looked) -> None:
    """A year ahead, with the worker at work there, and back again: no deadline has moved; acts wait for a person's word."""
    name = "+a year"
    with recorded_cell() as (server, notes):
        stage = Stage.found()
        server.start()
        tokens, deadlines = Tokens.made(stage, server.port), _deadlines()
        notes.set_clock(YEAR)
        looked.at(name, *(f"the {token} lives for a year" for token in tokens.alive()))
        _an_act(looked, stage, server.port, name)
        found = _deadlines()
        looked.at(name, *(f"deadline {pk} moved" for pk, was in deadlines.items() if found.get(pk) != was))
        server.kill()
        notes.set_clock(0)
        server.start()
        looked.at(f"{name}, and right again", *_acts_anyway(stage, server.port, tokens))
        _right_again()
        server.kill()
        server.start()
        _an_act(looked, stage, server.port, f"{name}, right again and accepted")


def _right_again() -> None:
    """As the administrator says it: the clock is right now."""
    call_command("accept_clock", stdout=sys.stderr)
    connections.close_all()


def _or_not(is_open: Callable[[], bool]) -> bool:
    try:
        return is_open()
    except NoAnswer:
        return False
