"""The people of the demo: invented holders of real kinds of post, and invented residents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

import yaml
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from chengnuo.config.demo.county import BEGINS, PACK
from chengnuo.foundation.actor import Actor, Hat
from chengnuo.people.models import Account, Holding, Level, Office, Place, Post
from chengnuo.people.operations.contacts import Person
from chengnuo.people.roles import OFFICERS

LANGUAGES = ("zh-hans", "zh-hans", "zh-hans", "zh-hant", "en")


def fill_posts() -> None:
    """Gives every post an invented holder, who signs in by stepping in from the demo's page and has no password."""
    chance = Random(420526)
    names = _names(chance)
    posts = list(Post.objects.order_by("key"))
    accounts = [
        Account(username=post.key, name=f"{next(names)}（演示）", password=UNUSABLE_PASSWORD_PREFIX)
        for post in posts
    ]
    Account.objects.bulk_create(accounts)
    Holding.objects.bulk_create(
        Holding(post=post, account=account, begins=BEGINS)
        for post, account in zip(posts, accounts, strict=True)
    )


@dataclass
class Cast:
    """Who acts in the stories, found once: actors by post, villages with their offices, requests by service."""

    chance: Random
    actors: dict[UUID, Actor] = field(default_factory=dict)
    reception: dict[UUID, Actor] = field(default_factory=dict)
    heads: dict[UUID, Actor] = field(default_factory=dict)
    villages: list[tuple[Place, Office]] = field(default_factory=list)
    requests: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for holding in Holding.objects.select_related("post__office", "account").filter(ends=None):
            self._add(holding)
        offices = {office.place_id: office for office in Office.objects.filter(level=Level.VILLAGE)}
        self.villages = [
            (place, offices[place.pk])
            for place in Place.objects.filter(level=Level.VILLAGE).order_by("order")
        ]
        self.requests = _sheet()["requests"]
        self.names = _names(self.chance)

    def person(self) -> Person:
        """Somebody who asks: an invented name, mostly with a telephone that cannot exist."""
        phone = f"100{self.chance.randrange(10**8):08d}" if self.chance.random() < 0.8 else ""  # noqa: PLR2004  # four in five
        return Person(name=next(self.names), phone=phone, language=self.chance.choice(LANGUAGES))

    def words(self, service: str) -> str:
        """What somebody says who asks for this service."""
        said = self.requests.get(service) or [{"hans": "想办这件事，请告诉我怎么办。"}]
        return self.chance.choice(said)["hans"]

    def _add(self, holding: Holding) -> None:
        post = holding.post
        hat = Hat(post.role, post.pk, post.office_id, post.office.place_id)
        actor = Actor(name=holding.account.name, hats=(hat,), account=holding.account_id)
        if post.role in OFFICERS:
            self.actors[post.pk] = actor
            if post.is_reception:
                self.reception[post.office_id] = actor
            if post.is_head:
                self.heads[post.office_id] = actor


def _sheet() -> dict[str, Any]:
    sheet: dict[str, Any] = yaml.safe_load((PACK / "people.yaml").read_text(encoding="utf-8"))
    return sheet


def _names(chance: Random) -> Iterator[str]:
    sheet = _sheet()
    names = [
        surname + given for surname in sheet["surnames"] for part in sheet["given"].values() for given in part
    ]
    while True:
        chance.shuffle(names)
        yield from names
