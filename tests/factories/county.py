"""The county of the tests: the real pack, published on the first workday of 2025; officers are made where they are needed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from django.test import Client

from chengnuo.demo.county import build_county, publish_catalogue
from chengnuo.foundation import clock
from chengnuo.foundation.actor import Actor
from chengnuo.people.models import Account, Cell, Holding, Office, Place, Post
from chengnuo.people.operations.contacts import Person
from chengnuo.people.queries import actor_of
from chengnuo.promises.models import PromiseVersion
from chengnuo.web.account.accounts import SIGNED_IN_AT
from tests.factories.snapshot import Snapshot

PUBLISHED = datetime(2025, 1, 2, 1, tzinfo=UTC)
MONDAY = datetime(2026, 3, 2, 2, tzinfo=UTC)  # ten in the morning in the county
VILLAGE = "village-420526101201"
TOWNSHIP = "township-420526101000"


_built: list[Snapshot] = []


def build() -> None:
    """Once a database, by the real operations; a test that empties the tables gets the same rows again."""
    if Cell.objects.exists():
        return
    if _built:
        _built[0].put_back()
        return
    with clock.frozen(PUBLISHED):
        build_county()
        publish_catalogue(PUBLISHED)
    _built.append(Snapshot.taken())


def officer(post: str, *, at: datetime = MONDAY, name: str = "") -> Actor:
    """Whoever holds this post, with an account made if nobody does; freshly signed in."""
    found = Post.objects.get(key=post)
    holding = Holding.objects.filter(post=found, ends=None).select_related("account").first()
    if holding is None:
        account = Account.objects.create(username=f"u-{uuid4().hex[:12]}", name=name or f"演示{post[-8:]}")
        holding = Holding.objects.create(post=found, account=account, begins=date(2025, 1, 1))
    return actor_of(holding.account, on=at.date(), signed_in_at=at)


def also_elsewhere(post: str) -> Actor:
    """The holder of a post, who holds one at another office too from now on; its id comes before that of any other."""
    mine = Post.objects.get(key=post)
    office = Office.objects.exclude(pk=mine.office_id).order_by("key")[0]
    other = Post.objects.create(id=UUID(int=1), key=f"{post}-too", role=mine.role, office=office, title=mine.title)
    Holding.objects.create(post=other, account=account_of(post), begins=date(2025, 1, 1))
    return officer(post)


def account_of(post: str) -> Account:
    """The account that holds this post."""
    return Account.objects.get(pk=officer(post).account)


def village(code: str = "420526101201") -> Place:
    return Place.objects.get(codes__code=code)


def service(key: str) -> UUID:
    """The published version of a service."""
    return PromiseVersion.objects.get(promise__key=key, status="published").pk


def person(name: str = "欧阳桂兰", phone: str = "10012345678") -> Person:
    return Person(name=name, phone=phone)


def sign_in(client: Client, post: str, *, at: datetime = MONDAY) -> Actor:
    """Signs the browser of a test in as whoever holds this post, freshly."""
    actor = officer(post, at=at)
    client.force_login(Account.objects.get(pk=actor.account))
    session = client.session
    session[SIGNED_IN_AT] = at.isoformat()
    session.save()
    return actor
