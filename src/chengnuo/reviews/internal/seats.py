"""In whose hands a review is: the counter of the village asks, the county determines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chengnuo.people import queries as people
from chengnuo.people.models import Level, Post


def counters() -> Mapping[UUID, Post]:
    """The open counter of each village, in one query."""
    return {post.office.place_id: post for post in people.receptions() if post.office.level == Level.VILLAGE}


def county_counter(office: UUID) -> Post:
    """The counter of the office that granted, or its head where it has none."""
    return people.counter_of(office) or people.head(office)


def seated(post: Post) -> dict[str, Any]:
    """The columns by which a review is listed while it is in these hands."""
    return {"holder": post, **people.seat(post.office).columns}
