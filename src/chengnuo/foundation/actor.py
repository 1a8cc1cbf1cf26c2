"""Who does something: the hats somebody wears while doing it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

VISITOR = "visitor"
RESIDENT = "resident"
SYSTEM = "system"


@dataclass(frozen=True)
class Hat:
    """One role, held through one post at one office; visitors, residents and the system itself have no post."""

    role: str
    post: UUID | None = None
    office: UUID | None = None
    place: UUID | None = None


@dataclass(frozen=True)
class Actor:
    """A person or the system, with every hat worn now. `holds` are the cases that a resident's receipt opens; `token` is what
    another system showed.
    """

    name: str
    hats: tuple[Hat, ...]
    account: int | None = None
    holds: frozenset[UUID] = field(default_factory=frozenset)
    signed_in_at: datetime | None = None
    token: UUID | None = None

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(hat.role for hat in self.hats)

    @property
    def posts(self) -> frozenset[UUID]:
        return frozenset(hat.post for hat in self.hats if hat.post)

    @property
    def offices(self) -> frozenset[UUID]:
        return frozenset(hat.office for hat in self.hats if hat.office)

    @property
    def is_officer(self) -> bool:
        return self.account is not None

    @property
    def signature(self) -> str:
        """How the log names the actor: posts for officers, the token of another system, the role alone for everyone else."""
        return "+".join(sorted(str(post) for post in self.posts)) or str(self.token or "+".join(sorted(self.roles)))


def visitor() -> Actor:
    return Actor(name="", hats=(Hat(VISITOR),))


def resident(*cases: UUID) -> Actor:
    """Somebody who typed the receipt code of these cases: known by that alone."""
    return Actor(name="", hats=(Hat(VISITOR), Hat(RESIDENT)), holds=frozenset(cases))


def system() -> Actor:
    return Actor(name="", hats=(Hat(SYSTEM),))
