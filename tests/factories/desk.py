"""An officer at the desk, through HTTP: signed in, reading English, sending forms with the stamp that the page gave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from chengnuo.foundation.actor import Actor
from chengnuo.web.county.permissions import COUNTY
from chengnuo.web.desk.permissions import DESK
from chengnuo.web.oversight.permissions import OVERSIGHT
from chengnuo.web.tables.permissions import TABLES
from tests.factories import county

ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
STAMP = re.compile(r'name="stamp" value="([^"]+)"')
SAID = re.compile(r"<[^>]+>")


@dataclass
class Desk:
    client: Client
    actor: Actor | None = None

    def get(self, name: str, /, *args: Any, **query: str) -> HttpResponse:
        return self.client.get(address(name, args), query, **ENGLISH)

    def send(self, name: str, /, *args: Any, **typed: Any) -> HttpResponse:
        """Opens the page, and sends its form with what is typed."""
        page = address(name, args)
        opened = self.client.get(page, **ENGLISH)
        assert opened.status_code == 200, (opened.status_code, opened.headers.get("Location"))
        return self.client.post(page, typed | {"stamp": stamp_in(opened)}, **ENGLISH)


def address(name: str, args: tuple[Any, ...] = ()) -> str:
    """Where a page of officers is, of the desk, of oversight or of whoever keeps the county's affairs: no two have one name. Those of
    public money are named with their audience (`money:batch`).
    """
    if ":" in name:
        return reverse(name, args=args)
    (page,) = (each for each in (*DESK, *OVERSIGHT, *COUNTY, *TABLES) if each.partition(":")[2] == name)
    return reverse(page, args=args)


def at(client: Client, post: str) -> Desk:
    """Whoever holds this post, freshly signed in on the county's Monday."""
    return Desk(client, county.sign_in(client, post))


def stamp_in(response: HttpResponse) -> str:
    return STAMP.search(response.content.decode())[1]


def said(response: HttpResponse) -> str:
    """The words of a page, without its tags."""
    return " ".join(unescape(SAID.sub(" ", response.content.decode())).split())


def day(name: str, year: int, month: int, day: int) -> dict[str, str]:
    """A date as its three boxes."""
    return {f"{name}_year": str(year), f"{name}_month": str(month), f"{name}_day": str(day)}
