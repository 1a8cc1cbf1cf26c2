"""The states of a version of a promise (drafted, checked by the head, published, ended) and of a release (owed, published)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chengnuo.core.lifecycle import START, Lifecycle, Move, Status, guard, staying
from chengnuo.core.messages import N_


class PromiseStatus(Status):
    DRAFT = "draft"
    CHECKED = "checked"
    PUBLISHED = "published"
    ENDED = "ended"
    DISCARDED = "discarded"


class ReleaseStatus(Status):
    OWED = "owed"
    PUBLISHED = "published"


@guard(N_("A service is not published without its cost: staff time, money a year, the family's time and trips."))
def cost_stated(version: Any, _at: datetime) -> bool:
    return bool(version.promise.kind != "service" or version.cost_is_stated)


@guard(N_("A service is not published without a time limit and a legal basis."))
def limit_and_basis(version: Any, _at: datetime) -> bool:
    return version.promise.kind == "referral" or bool(version.deadline and version.basis)


@guard(N_("The way in which every office works cannot be ended. Publish a new version of it instead."))
def not_every_office_s(version: Any, _at: datetime) -> bool:
    return bool(version.promise.kind != "procedure")


DRAFT, CHECKED, PUBLISHED, ENDED, DISCARDED = PromiseStatus
# versions that bind nobody, and stand in no other's way
UNBOUND = [DRAFT.value, DISCARDED.value]
PROMISE = Lifecycle(
    "promise",
    PromiseStatus,
    [
        Move("draft", START >> DRAFT),
        Move("change", staying(DRAFT)),
        Move("discard", DRAFT >> DISCARDED),
        Move("check", DRAFT >> CHECKED, guards=(limit_and_basis, cost_stated)),
        Move("give_back", CHECKED >> DRAFT),
        Move("publish", CHECKED >> PUBLISHED, guards=(limit_and_basis, cost_stated)),
        Move("end", PUBLISHED >> ENDED, guards=(not_every_office_s,)),
    ],
)

# the kind of the duty to publish; whoever opens it looks first whether that was promised at all
FIGURES = "release"
RELEASE = Lifecycle(
    "release",
    ReleaseStatus,
    [
        Move("owe", START >> ReleaseStatus.OWED),
        Move("publish", ReleaseStatus.OWED >> ReleaseStatus.PUBLISHED, ends=(FIGURES,)),
    ],
)
