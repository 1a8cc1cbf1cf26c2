"""The people of the demo: invented holders of real kinds of post, and invented residents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

import yaml
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from chengnuo.demo.county import BEGINS, PACK
from chengnuo.foundation.actor import Actor, Hat
from chengnuo.people.models import Account, Holding, Level, Office, Place, Post, Purpose
from chengnuo.people.operations.contacts import Person
from chengnuo.people.roles import OFFICERS
from chengnuo.promises.models import Promise

LANGUAGES = ("zh-hans", "zh-hans", "zh-hans", "zh-hans", "zh-hans", "zh-hant", "zh-hant", "en")
WITH_PHONE = 0.8


def fill_posts() -> None:
    """Gives every post an invented holder, who signs in by stepping in from the demo's page and has no password."""
    invented = names(Random(420526))
    posts = list(Post.objects.order_by("key"))
    accounts = [
        Account(username=post.key, name=f"{next(invented)}（演示）", password=UNUSABLE_PASSWORD_PREFIX)
        for post in posts
    ]
    Account.objects.bulk_create(accounts)
    Holding.objects.bulk_create(
        Holding(post=post, account=account, begins=BEGINS) for post, account in zip(posts, accounts, strict=True)
    )


@dataclass
class Cast:
    """Who acts in the stories, found once: the desk and the head of each office, villages, what people ask for.

    `numbers` says which case belongs to which plan; it is filled while the stories are played.
    """

    chance: Random
    desks: dict[UUID, Actor] = field(default_factory=dict)
    heads: dict[UUID, Actor] = field(default_factory=dict)
    bureaus: dict[str, UUID] = field(default_factory=dict)
    above: dict[UUID, UUID] = field(default_factory=dict)
    at_place: dict[UUID, UUID] = field(default_factory=dict)
    villages: list[Place] = field(default_factory=list)
    numbers: dict[UUID, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for holding in Holding.objects.select_related("post__office", "account").filter(ends=None):
            self._add(holding)
        offices = Office.objects.all()
        self.bureaus = {office.key: office.pk for office in offices if office.level == Level.COUNTY}
        self.above = {office.pk: office.above_id for office in offices if office.above_id}
        self.at_place = {o.place_id: o.pk for o in offices if o.level in (Level.VILLAGE, Level.TOWNSHIP)}
        self.villages = list(Place.objects.filter(level=Level.VILLAGE).order_by("order"))
        self.requests: dict[str, list[dict[str, str]]] = _sheet()["requests"]
        self.names = names(self.chance)

    def owing(self, asked: Promise, village: Place) -> UUID:
        """The office that owes a service to somebody of this village."""
        if asked.office_id:
            return asked.office_id
        place = village.pk if asked.level == Level.VILLAGE else village.above_id
        return self.at_place[place] if place else self.at_place[village.pk]

    def person(self) -> Person:
        """Somebody who asks: an invented name, mostly with a telephone that cannot exist."""
        phone = f"100{self.chance.randrange(10**8):08d}" if self.chance.random() < WITH_PHONE else ""
        consents = (Purpose.CALL_BACK.value,) if phone else ()
        name = next(self.names)
        return Person(name=name, phone=phone, language=self.chance.choice(LANGUAGES), consents=consents)

    def words(self, service: str, language: str) -> str:
        """What somebody says who asks for this service, in their own script."""
        script = {"zh-hans": "hans", "zh-hant": "hant"}.get(language, "en")
        return self.chance.choice([said[script] for said in self.requests[service] if script in said])

    @staticmethod
    def actor(holding: Holding) -> Actor:
        post = holding.post
        hat = Hat(post.role, post.pk, post.office_id, post.office.place_id)
        return Actor(name=holding.account.name, hats=(hat,), account=holding.account_id)

    def _add(self, holding: Holding) -> None:
        post, actor = holding.post, self.actor(holding)
        if post.role in OFFICERS and post.is_reception:
            self.desks[post.office_id] = actor
        if post.role in OFFICERS and post.is_head:
            self.heads[post.office_id] = actor


def _sheet() -> dict[str, Any]:
    sheet: dict[str, Any] = yaml.safe_load((PACK / "people.yaml").read_text(encoding="utf-8"))
    return sheet


def names(chance: Random) -> Iterator[str]:
    """Invented ones, without end."""
    sheet = _sheet()
    found = [surname + given for surname in sheet["surnames"] for part in sheet["given"].values() for given in part]
    while True:
        chance.shuffle(found)
        yield from found
