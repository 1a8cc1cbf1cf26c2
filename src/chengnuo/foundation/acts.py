"""The act and the mover: the one mechanism by which anything with a status changes.

An act is atomic. It refuses a repeated key, asks the gate, moves nouns by their tables, writes the log entries, lets the
duties follow, and puts messages into the outbox; all of it or nothing.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

from chengnuo.core.lifecycle import Move, Objection
from chengnuo.core.text3 import Text3
from chengnuo.foundation import clock, outbox, space
from chengnuo.foundation.actor import RESIDENT, SYSTEM, Actor
from chengnuo.foundation.database import one_of
from chengnuo.foundation.gate import gate
from chengnuo.foundation.keys import ring
from chengnuo.foundation.log import store
from chengnuo.foundation.models.acts import ActKey
from chengnuo.foundation.models.noun import ANONYMOUS, PLAIN, SENSITIVE, Noun, Trace
from chengnuo.foundation.ports import ports
from chengnuo.foundation.refused import (
    AlreadyReceived,
    KeyUsedOtherwise,
    MoveRefused,
    NotAllowed,
    NotHere,
    Overtaken,
    Refused,
)

CHUNK = 500
NO_ORDER = 1 << 62
N = TypeVar("N", bound=Noun)
M = TypeVar("M", bound=models.Model)


class GateNotAsked(TypeError):
    """An act that went through without the gate. A mistake of ours, never of a person."""


@dataclass
class Act:
    """One act under way. `schema` is its name and version in log, outbox and API, such as `case.finish/1`."""

    schema: str
    by: Actor
    at: datetime
    key: UUID
    body: bytes
    refs: list[tuple[str, str]] = field(default_factory=list)
    is_hidden: bool = False
    is_asked: bool = False
    began: float = field(default_factory=time.monotonic)

    @property
    def held(self) -> float:
        """The seconds since it has the writer; asked when it is over, those for which it had it."""
        return time.monotonic() - self.began

    @property
    def action(self) -> str:
        return self.schema.partition("/")[0]

    def permit(self) -> None:
        """Asks the gate for an act that has no row yet. Raises NotAllowed, SignInAgain."""
        self._ask(self.action)

    def allowed(self, model: type[M], *, action: str = "") -> models.QuerySet[M]:
        """The rows on which this person may do this, locked where the database can. Raises NotAllowed, SignInAgain."""
        return self._locked(model, action or self.action)

    def take(self, model: type[M], pk: UUID, *, action: str = "") -> M:
        """The row, if the gate lets this person act on it. Raises NotHere otherwise, whether or not it exists."""
        return NotHere.unless(one_of(self._locked(model, action or self.action, pk=pk)))

    def _locked(self, model: type[M], action: str, **which: Any) -> models.QuerySet[M]:
        self._ask(action)
        found = model._default_manager.filter(gate.scope(self.by, action), **which)
        return found.select_for_update(of=("self",))

    def _ask(self, action: str) -> None:
        self.is_asked = True
        gate.require(self.by, action, self.at)

    def make(self, noun: N, move: Move) -> N:
        """Inserts a new noun in the status that the move leads to. Raises NotAllowed where the gate has no such row."""
        self.permit()
        self._check(move.objection("", noun, self.at))
        noun.status = move.passage.target
        noun.save(force_insert=True)
        if not gate.allows(self.by, self.action, noun):
            raise NotAllowed
        self._follow(move, [noun])
        return noun

    def make_all(self, nouns: Sequence[N], move: Move, *, action: str) -> None:
        """The same for at most 500 nouns of a kind, in as many statements as for one; `action` is asked of the gate for each."""
        self._ask(action)
        for noun in nouns:
            self._check(move.objection("", noun, self.at))
            noun.status = move.passage.target
        rows = type(nouns[0])._default_manager
        rows.bulk_create(nouns)
        if rows.filter(gate.scope(self.by, action), pk__in=[noun.pk for noun in nouns]).count() != len(nouns):
            raise NotAllowed
        self._follow(move, nouns)

    def move(self, noun: N, move: Move, **evidence: Any) -> N:
        """Moves one noun and stores the evidence with it. Raises MoveRefused or Overtaken; then nothing has changed."""
        self._check(move.objection(noun.status, noun, self.at))
        same = type(noun)._default_manager.filter(pk=noun.pk, status=noun.status, version=noun.version)
        if same.update(status=move.target(noun.status), version=F("version") + 1, **evidence) != 1:
            raise Overtaken
        _mirror(noun, move, evidence)
        self._follow(move, [noun])
        return noun

    def move_all(self, nouns: Sequence[N], move: Move, **evidence: Any) -> list[tuple[N, Objection]]:
        """Moves every noun that the table lets move; returns the others with the reason of each.

        The same statements for 500 nouns as for one. Raises Overtaken when any of them was changed meanwhile.
        """
        refused = [(noun, why) for noun in nouns if (why := move.objection(noun.status, noun, self.at))]
        kept_back = {noun.pk for noun, _ in refused}
        ready = [noun for noun in nouns if noun.pk not in kept_back]
        for start in range(0, len(ready), CHUNK):
            moving = ready[start : start + CHUNK]
            if _as_they_were(moving).update(**_written(move), **evidence) != len(moving):
                raise Overtaken
            for noun in moving:
                _mirror(noun, move, evidence)
            self._follow(move, moving)
        return refused

    def record(self, kind: str, row: object, trace: Trace, facts: Mapping[str, Any]) -> None:
        """Writes an entry of this act about a row: what the mover does by itself, and acts without a status do by hand."""
        self.record_all(kind, {row: trace}, facts)

    def record_all(self, kind: str, rows: Mapping[Any, Trace], facts: Mapping[str, Any]) -> None:
        """The same about many rows, each with its trace, in one statement."""
        self.refs += [(kind, str(row)) for row in rows]
        signed = dict(facts) | self._signature()
        entries = [(kind, row, self._seen(trace), signed) for row, trace in rows.items()]
        store.write(self.schema, entries, at=self.at)

    def hide(self, at: datetime) -> None:
        """From here on this act tells the day of `at` and no more: no column of any table holds its hour or its order.

        The database keeps an order of its own below them (decision 0028).
        """
        self.at, self.is_hidden = at, True

    def tell(self, topic: str, **payload: str) -> None:
        """Leaves a message to be worked on after the commit; ids only, never words of a person."""
        outbox.put(topic, payload, at=self.at)

    def _check(self, objection: Objection | None) -> None:
        if objection:
            raise MoveRefused(objection.sentence, why=objection.code)

    def _signature(self) -> dict[str, str]:
        """Of a hidden act without the digest by which the row of its key could be found."""
        return {"by": self.by.signature} | ({} if self.is_hidden else {"body": self.body.hex()})

    def _seen(self, trace: Trace) -> Trace:
        """The log shows the acts of institutions; that a family asked, answered or left is nobody's to count, whoever helped."""
        if self.is_hidden:
            return replace(trace, group=ANONYMOUS)
        is_family = not self.by.is_officer and SYSTEM not in self.by.roles
        rule = gate.rules.get(self.action)
        is_helped = bool(self.by.holds) and rule is not None and rule.cell(RESIDENT) is not None
        return replace(trace, group=SENSITIVE) if trace.group == PLAIN and (is_family or is_helped) else trace

    def _follow(self, move: Move, nouns: Sequence[Noun]) -> None:
        kind = nouns[0].kind
        self.refs += [(kind, str(noun.pk)) for noun in nouns]
        said = {status: {"to": status} | self._signature() for status in {noun.status for noun in nouns}}
        entries = [(kind, noun.pk, self._seen(noun.trace()), said[noun.status]) for noun in nouns]
        store.write(self.schema, entries, at=self.at)
        ports.duties.moved(move=move, nouns=nouns, by=self.by, at=self.at)
        outbox.put_all(self.schema, [{"kind": kind, "id": str(noun.pk)} for noun in nouns], at=self.at)


@contextmanager
def act(schema: str, *, by: Actor, at: datetime, key: UUID, said: Mapping[str, Any]) -> Iterator[Act]:
    """Opens an act. `said` is everything the caller stated: the same key with the same words is AlreadyReceived."""
    clock.check()
    space.need_room()
    body = _digest(schema, said)
    _refuse_repeat(schema, key, body)
    try:
        with transaction.atomic():
            running = Act(schema=schema, by=by, at=at, key=key, body=body)
            yield running
            if not running.is_asked:
                raise GateNotAsked(schema)
            _keep_key(running)
    except (IntegrityError, Refused):
        # two equal forms at the same instant: the loser's transaction is gone, and the first one answers for it;
        # it may also find its noun moved, by its own twin
        _refuse_repeat(schema, key, body)
        raise


def made_by(schema: str, key: UUID) -> str | None:
    """The row that an act of this schema made under this key: for a form that comes back when its words are gone.

    "" of a hidden act, which does not tell; None where there was none.
    """
    return ActKey.objects.filter(operation=schema, key=key).values_list("ref_id", flat=True).first()


def _keep_key(done: Act) -> None:
    """A repeat is known by it. Of a hidden act it names no row, and its number tells no order among the others."""
    kind, row = done.refs[0] if done.refs and not done.is_hidden else ("", "")
    number = {"pk": -1 - secrets.randbelow(NO_ORDER)} if done.is_hidden else {}
    ActKey.objects.create(
        **number, operation=done.schema, key=done.key, body=done.body, ref_kind=kind, ref_id=row, at=done.at
    )


def _digest(schema: str, said: Mapping[str, Any]) -> bytes:
    """A keyed digest of what was said: enough to tell "the same again", never enough to read or guess a word of it."""
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=_plain)
    return ring().mac("act.body", schema.encode(), text.encode())


def _plain(value: object) -> object:
    """A Text3 whole: its `str()` depends on who reads, and the same words must give the same digest."""
    return value.to_dict() if isinstance(value, Text3) else str(value)


def _refuse_repeat(schema: str, key: UUID, body: bytes) -> None:
    done = one_of(ActKey.objects.filter(operation=schema, key=key).values_list("body", "ref_kind", "ref_id"))
    if done is not None:
        said, kind, row = done
        raise AlreadyReceived(kind, row) if bytes(said) == body else KeyUsedOtherwise()


def _as_they_were(nouns: Sequence[N]) -> models.QuerySet[N]:
    """These nouns, each only if its row still says what the object in memory says."""
    by_state: dict[tuple[str, int], list[UUID]] = {}
    for noun in nouns:
        by_state.setdefault((noun.status, noun.version), []).append(noun.pk)
    same = (Q(status=status, version=version, pk__in=pks) for (status, version), pks in by_state.items())
    return type(nouns[0])._default_manager.filter(reduce(or_, same))


def _written(move: Move) -> dict[str, Any]:
    """What every move of several nouns writes: the status too, unless the move leaves it alone."""
    status = {"status": move.passage.target} if move.passage.target else {}
    return {**status, "version": F("version") + 1}


def _mirror(noun: Noun, move: Move, evidence: Mapping[str, Any]) -> None:
    """Lets the object in memory say what the row says."""
    noun.status, noun.version = move.target(noun.status), noun.version + 1
    for name, value in evidence.items():
        setattr(noun, name, value)
