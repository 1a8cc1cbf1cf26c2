"""The gate: one table says who may do what to which object; one gate is asked, by pages, operations, exports and files.

A rule gives, for an action, the relation that each role must have to the object. A relation is a filter (`Q`), so the same
cell answers "may I?" (the locked fetch of an act) and "which ones?" (every list): there is no second truth to forget.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Case, Model, Q, Value, When

from chengnuo.foundation.actor import Actor, Hat
from chengnuo.foundation.refused import NotAllowed, SignInAgain

FRESH_FOR = timedelta(minutes=15)
NOTHING = Q(pk__in=())
EVERYTHING = Q(pk__isnull=False)


@dataclass(frozen=True)
class Relation:
    """How somebody stands to an object, as a filter, and in plain words for the reference page."""

    name: str
    meaning: str
    q: Callable[[Actor, Hat], Q]

    def __or__(self, other: Relation) -> Relation:
        """Whoever stands to it in one of the two ways."""
        return Relation(
            f"{self.name} or {other.name}",
            f"{self.meaning}, or {other.meaning}",
            lambda actor, hat: _either([self.q(actor, hat), other.q(actor, hat)]),
        )

    def freshly(self) -> Cell:
        """The same relation, after a sign-in of the last quarter of an hour."""
        return Cell(self, fresh=True)


@dataclass(frozen=True)
class Cell:
    relation: Relation
    fresh: bool = False


ANY = Relation("any", "any", lambda _actor, _hat: Q())


@dataclass(frozen=True)
class Rule:
    """One line of the table. `never` takes objects away whatever the role: nobody judges a complaint about their own office."""

    action: str
    model: type[Model] | None
    cells: Mapping[str, Relation | Cell]
    never: Relation | None = None

    def cell(self, role: str) -> Cell | None:
        found = self.cells.get(role)
        return Cell(found) if isinstance(found, Relation) else found


@dataclass
class Gate:
    rules: dict[str, Rule] = field(default_factory=dict)

    def install(self, rules: Iterable[Rule]) -> None:
        for rule in rules:
            if self.rules.setdefault(rule.action, rule) is not rule:
                raise ValueError(f"the gate has two rules for {rule.action}")

    def may(self, actor: Actor, action: str) -> bool:
        """Whether any hat of this person has a cell for the action, whatever the object."""
        return any(self.rules[action].cell(role) for role in actor.roles)

    def may_at(self, actor: Actor, action: str, office: UUID) -> bool:
        """Whether a hat that this person wears at an office has a cell for the action: for what is made there, and is no object yet."""
        return any(hat.office == office and self.rules[action].cell(hat.role) for hat in actor.hats)

    def require(self, actor: Actor, action: str, at: datetime) -> None:
        """Raises NotAllowed, or SignInAgain when any cell that fits asks for a fresh sign-in.

        Any, not every: a hat that needs none must not open what another one opens only freshly.
        """
        cells = [cell for role in actor.roles if (cell := self.rules[action].cell(role))]
        if not cells:
            raise NotAllowed
        if any(cell.fresh for cell in cells) and not is_fresh(actor, at):
            raise SignInAgain

    def scope(self, actor: Actor, action: str) -> Q:
        """The objects on which this person may do the action, as a filter; nothing where no cell fits."""
        return self.scope_of(actor, action, actor.hats)

    def scope_of(self, actor: Actor, action: str, hats: Iterable[Hat]) -> Q:
        """The same through some of their hats alone. What the rule never gives, it gives to none of them."""
        rule = self.rules[action]
        allowed = [cell.relation.q(actor, hat) for hat in hats if (cell := rule.cell(hat.role))]
        if rule.never is None:
            return _either(allowed)
        taken = _either([rule.never.q(actor, hat) for hat in actor.hats])
        return _either(allowed) if taken is NOTHING else _either(allowed) & ~(taken or EVERYTHING)

    def allows(self, actor: Actor, action: str, noun: Model) -> bool:
        """The same question about one object: one indexed query, or none where the cell asks for nothing."""
        scope = self.scope(actor, action)
        return not scope or type(noun)._default_manager.filter(scope, pk=noun.pk).exists()

    def column(self, actor: Actor, action: str) -> Case:
        """The same question as a column of a query: whether this person may do the action to each of its rows."""
        return _column(self.scope(actor, action))

    def which(self, actor: Actor, actions: Iterable[str], noun: Model) -> set[str]:
        """Those of the actions that this person may do to this object: one query, for the buttons of a page."""
        scopes = {action: self.scope(actor, action) for action in actions if self.may(actor, action)}
        if not scopes:
            return set()
        # most actions on an object are for the same people: what is the same is asked once
        names = {scope: f"may_{number}" for number, scope in enumerate(dict.fromkeys(scopes.values()))}
        answers = {name: _column(scope) for scope, name in names.items()}
        row = type(noun)._default_manager.filter(pk=noun.pk).annotate(**answers).values(*answers).first() or {}
        return {action for action, scope in scopes.items() if row.get(names[scope])}


def _column(scope: Q) -> Case:
    return Case(When(scope or EVERYTHING, then=Value(value=True)), default=Value(value=False))


def _either(filters: Sequence[Q]) -> Q:
    """What any of them lets through. An empty one lets everything through, where Django's "or" would drop it."""
    if not all(filters):
        return Q()
    some = [each for each in filters if each != NOTHING]
    return reduce(or_, some) if some else NOTHING


def is_fresh(actor: Actor, at: datetime) -> bool:
    """Whether somebody signed in within the last quarter of an hour. A sign-in in the future is none: a clock set back must not make an old one fresh."""
    return actor.signed_in_at is not None and timedelta() <= at - actor.signed_in_at < FRESH_FOR


gate = Gate()
