"""What a walk through pages is made of: stops, and who walks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.factories import (
    county,
)

DAY = timedelta(days=1)
NOW = county.MONDAY
# nothing in it is written differently in the other script
NAME = "林小明"


@dataclass(frozen=True)
class Stop:
    """`address` is the name in the table of addresses, `url` where this page stands."""

    address: str
    url: str


@dataclass(frozen=True)
class Walk:
    """One person's browser and the pages that they open."""

    client: Client
    stops: tuple[Stop, ...]


def stop(address: str, /, *args: Any, query: str = "") -> Stop:
    return Stop(address, reverse(address, args=args) + query)


def an_officer(post: str, *stops: Stop) -> Walk:
    client = Client()
    county.sign_in(client, post)
    return Walk(client, stops)


def named(*posts: str) -> None:
    for post in posts:
        county.officer(post, name=NAME)
