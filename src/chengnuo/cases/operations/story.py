"""A step of a case: the move, and its chapter in the story that the resident reads."""

from __future__ import annotations

from typing import Any

from chengnuo.cases.models import Case, Chapter
from chengnuo.core.lifecycle import Move
from chengnuo.foundation.acts import Act


def step(
    a: Act, case: Case, move: Move, *, words: str = "", facts: dict[str, Any] | None = None, **evidence: Any
) -> Case:
    """Moves the case and tells the step. `words` go sealed; `facts` are what the sentence needs and is not personal."""
    moved = a.move(case, move, **evidence)
    tell(a, moved, move, words=words, facts=facts)
    return moved


def tell(a: Act, case: Case, move: Move, *, words: str = "", facts: dict[str, Any] | None = None) -> None:
    """Adds the chapter of a step, signed by the actor's post; the resident and the system sign with none."""
    post = case.holder_id if case.holder_id in a.by.posts else min(a.by.posts, default=None)
    Chapter.objects.create(case=case, move=move.name, at=a.at, post_id=post, words=words, facts=facts or {})
