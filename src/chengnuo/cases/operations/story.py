"""A step of a case: the move, and its chapter in the story that the resident reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max

from chengnuo.cases.models import Case, Chapter
from chengnuo.core.instants import day_begins
from chengnuo.core.lifecycle import Move, Objection
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import Act
from chengnuo.foundation.ids import new_id, random_id
from chengnuo.people import queries as people


def told_at(a: Act, case: Case) -> datetime:
    """When a family's step counts as taken: of somebody without a name the day alone, though after the step before it."""
    if case.is_anonymous:
        before = Chapter.objects.filter(case=case).aggregate(last=Max("at"))["last"]
        a.hide(max(day_begins(a.at), before + timedelta.resolution))
    return a.at


def step(
    a: Act, case: Case, move: Move, *, words: str = "", facts: dict[str, Any] | None = None, **evidence: Any
) -> Case:
    """Moves the case and tells the step. `words` go sealed; `facts` are codes that the sentence needs."""
    asked = case.offered_to_id  # whoever declines is asked no longer once the case has moved
    moved = a.move(case, move, **evidence)
    tell(a, moved, move, words=words, facts=facts, asked=asked)
    return moved


def step_all(
    a: Act, cases: Sequence[Case], move: Move, *, post: UUID | None = None, facts: Any = None, **evidence: Any
) -> list[tuple[Case, Objection]]:
    """Moves many cases and tells the step of each that moved, signed by one post or by none; returns the others with the reason.

    The same statements for hundreds as for one.
    """
    refused = a.move_all(cases, move, **evidence)
    stayed = {case.pk for case, _why in refused}
    told = {"move": move.name, "at": a.at, "post_id": post, "facts": facts or {}}
    Chapter.objects.bulk_create(Chapter(case=case, **told) for case in cases if case.pk not in stayed)
    return refused


def tell(
    a: Act, case: Case, move: Move, *, words: str = "", facts: dict[str, Any] | None = None, asked: UUID | None = None
) -> Chapter:
    """Adds the chapter of a step, signed by the actor's post; the resident and the system sign with none."""
    post = _signing(a.by, case.holder_id, asked)
    pk = random_id() if a.is_hidden else new_id()
    return Chapter.objects.create(
        pk=pk, case=case, move=move.name, at=a.at, post_id=post, words=words, facts=facts or {}
    )


def _signing(by: Actor, holder: UUID, asked: UUID | None) -> UUID | None:
    """Of several posts the one that has to do with the case: its holder, else who was asked to take it, else the counter."""
    for near in (holder, asked):
        if near in by.posts:
            return near
    return people.desk_of(by) or next((hat.post for hat in by.hats if hat.post), None)
