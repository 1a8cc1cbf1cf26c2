"""What may be stated anew of an award, and what never: how many children somebody has or had is asked once, in the claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chengnuo.benefits.programmes import Facts, programme_of
from chengnuo.core.messages import N_
from chengnuo.foundation.refused import Refused
from chengnuo.policies.household import facts_of

# what is never stated anew: how many children somebody has or had, whether a child lives, what is asked of a child's parents,
# and what a first claim alone asks
NEVER = (
    "first_claimed",
    "claimed",
    "once_received",
    "child",
    "mother",
    "first_here",
    "which",
    "wife_is_parent",
    "two_daughters",
    "only_child",
    "complication",
)
Restated = Mapping[str, Mapping[str, Any]]


class NeverAsked(Refused):
    code = "never-asked"
    sentence = N_("This is not asked again in a review.")
    remedy = N_("Whoever no longer fits the programme says that alone. A new claim is open to everybody.")


def asked_again(programme: str) -> dict[str, tuple[str, ...]]:
    """By entity, the facts of a programme that may be stated anew."""
    found = facts_of([programme_of(programme)])
    return {entity: tuple(name for name in names if _may(entity, name)) for entity, names in found.items()}


def with_anew(programme: str, held: Facts, facts: Restated) -> Facts:
    """What is held, with what is stated anew in its place. Raises NeverAsked."""
    allowed = asked_again(programme)
    if any(name not in allowed.get(entity, ()) for entity, names in facts.items() for name in names):
        raise NeverAsked
    return {entity: [{**each, **facts.get(entity, {})} for each in members] for entity, members in held.items()}


def _may(entity: str, name: str) -> bool:
    return not name.startswith((*NEVER, "died", "ended")) and not (entity == "child" and name == "born")
