"""Binds foundation to the domain, once, when every application is ready: the ports, the gate's table, the watchers."""

from __future__ import annotations

from chengnuo.cases import permissions as cases
from chengnuo.foundation import database, looks
from chengnuo.foundation.gate import gate
from chengnuo.foundation.ports import ports
from chengnuo.foundation.sealed import watch_reveals
from chengnuo.people import permissions as people
from chengnuo.promises import permissions as promises
from chengnuo.promises.port import DutyPort


def bind() -> None:
    """Called by `ConfigConfig.ready`."""
    database.guard()
    ports.duties = DutyPort()
    watch_reveals(looks.keep)
    for rules in (people.RULES, promises.RULES, cases.RULES):
        gate.install(rules)
