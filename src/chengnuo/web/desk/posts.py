"""Posts to choose from, each with its office and the name of whoever fills it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from chengnuo.people.models import Post
from chengnuo.people.queries import holder_names


def posts_named(posts: Iterable[Post], *, on: date) -> list[tuple[str, str]]:
    """As options: id and words, in the order in which they came."""
    found = list(posts)
    names = names_of((post.pk for post in found), on=on)
    return [(str(post.pk), f"{post.office} · {post} · {names[post.pk]}") for post in found]


def names_of(posts: Iterable[UUID], *, on: date) -> dict[UUID, str]:
    """Who fills each of these posts; of a vacant one, that it is nobody."""
    asked = set(posts)
    return dict.fromkeys(asked, _("nobody")) | holder_names(asked, on=on)
