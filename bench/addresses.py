"""The pages whose speed and plans are looked at, and who asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from bench.signed_in import account_of
from chengnuo.cases.models import Case
from chengnuo.people.models import Holding, Level, Place
from chengnuo.people.roles import Role


@dataclass(frozen=True)
class Page:
    """`role` is "" for a visitor; `form`: what is sent along, where the page is asked for so."""

    name: str
    address: str
    role: str = ""
    form: tuple[tuple[str, str], ...] = ()


def township() -> Place:
    """The town in which half of the demo's stories play."""
    account = account_of(Role.TOWNSHIP_OFFICER)
    return Holding.objects.select_related("post__office__place").get(account=account, ends=None).post.office.place


def inbox() -> Page:
    return Page("the inbox", f"{reverse('desk:inbox')}?show=all", Role.TOWNSHIP_OFFICER)


def place() -> Page:
    return Page("the page of a place", place_address(township()))


def place_address(of: Place) -> str:
    return reverse("public:place", args=[of.codes.latest("begins").code])


def case() -> Page:
    """A request of this township that was asked for some weeks ago."""
    newest = Case.objects.filter(township=township(), sort="request").order_by("-received_at")
    return Page("the page of a case", reverse("desk:case", args=[list(newest[:20])[-1].pk]), Role.TOWNSHIP_OFFICER)


def search(words: str = "王芳") -> Page:
    return Page(f"the search for {words}", f"{reverse('desk:cases')}?{urlencode({'q': words})}", Role.TOWNSHIP_OFFICER)


def desk() -> tuple[str, ...]:
    """What an officer looks at."""
    return (*(f"{reverse('desk:inbox')}?show={show}" for show in ("mine", "all")), search().address)


def lists() -> Iterator[Page]:
    """Every list that grows with the cases, as each level sees it."""
    for role in (Role.VILLAGE_OFFICER, Role.TOWNSHIP_OFFICER, Role.COUNTY_APPROVER):
        for show in ("mine", "all", "late"):
            yield Page(f"inbox, {show}", f"{reverse('desk:inbox')}?show={show}", role)
        for query in ("", "?q=欧阳", "?status=done", "?late=1"):
            yield Page(f"cases{query}", f"{reverse('desk:cases')}{query}", role)
    yield place()
    for level in (Level.VILLAGE, Level.COUNTY):
        some = Place.objects.filter(level=level).order_by("order")[0]
        yield Page(f"a {level}'s page", place_address(some))
