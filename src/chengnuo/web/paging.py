"""From one page of a list to its neighbours: by keyset, never by number."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from chengnuo.foundation.keyset import Slice
from chengnuo.web.pages import Pager


def pager(found: Slice, name: str, **query: str) -> Pager:
    """The addresses of the neighbouring pages of a list, with its filters kept."""
    kept = {key: value for key, value in query.items() if value}
    address = reverse(name)
    previous, following = (
        f"{address}?{urlencode(kept | {'at': cursor})}" if cursor else "" for cursor in (found.newer, found.older)
    )
    return Pager(previous=previous, next=following)
