"""Families who ask and the officer who works for them, through the real pages, with keys that they make themselves.

Whoever gets no answer sends the same form again, with the same key, as a browser does that is reloaded.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from http import HTTPStatus
from random import Random
from uuid import UUID, uuid4

from django.urls import reverse

from bench.rigs.phone import Phone, Reply
from chengnuo.people.models import Holding
from chengnuo.people.roles import Role
from chengnuo.web.casework.asking import SendForm
from chengnuo.web.desk.deeds import DEEDS
from chengnuo.web.forms import ActForm, signer

SERVICE = "village-proof"
HALF = 0.5
STAMP = re.compile(r'name="stamp" value="([^"]+)"')
CASE = re.compile(r"/request/([0-9a-f-]{36})/received/")
RECEIVE = "case.receive/1"


class Wrong(Exception):
    """A page did something that no kill, no full disk and no clock excuses."""


@dataclass
class Sent:
    """One form that was sent. `acked`: the page said that it was taken."""

    operation: str
    key: UUID
    address: str
    typed: dict[str, object]
    phone: Phone
    words: str
    case: UUID | None = None
    acked: bool = False

    @property
    def about(self) -> UUID:
        """The case that it is about. Raises Wrong before there is one."""
        if self.case is None:
            raise Wrong(f"{self.operation} is about no case yet")
        return self.case


@dataclass(frozen=True)
class Stage:
    """Where the stories play: a village, its township, and the post that receives there."""

    village: str
    township: str
    post: str

    @classmethod
    def found(cls, *, skip: str = "") -> Stage:
        """The first village, or the first one that is not `skip`."""
        held = Holding.objects.filter(ends=None, post__role=Role.VILLAGE_OFFICER, post__is_reception=True)
        others = held.exclude(post__office__place=skip or None).select_related("post__office__place")
        post = others.order_by("post__key")[0].post
        return cls(str(post.office.place_id), str(post.office.place.above_id), str(post.pk))


def stamp(form: type[ActForm], key: UUID) -> str:
    """The hidden field that a page would have carried: signed, of now."""
    return signer.sign(f"{form._scope()}|{key}")  # noqa: SLF001  # what the page itself does


@dataclass
class Family:
    """Answers every question on a telephone of its own and sends the request."""

    where: Stage
    phone: Phone
    number: str = "100 1234 5678"
    name: str = "王桂兰"

    def begin(self, words: str) -> None:
        """Every answer is a form that is taken; raises NoAnswer."""
        answers: dict[str, dict[str, object]] = {
            "township": {"township": self.where.township},
            "village": {"village": self.where.village},
            "words": {"words": words},
            "name": {"name": self.name},
            "contact": {"phone": self.number, "consents": ["call_back"]},
        }
        for step, typed in answers.items():
            reply = self.phone.post(f"/ask/{SERVICE}/{step}/", typed)
            if reply.status != HTTPStatus.FOUND:
                raise Wrong(f"the step {step} was answered with {reply.status}")

    def form(self, words: str, key: UUID) -> Sent:
        typed: dict[str, object] = {"stamp": stamp(SendForm, key)}
        return Sent(RECEIVE, key, f"/ask/{SERVICE}/check/", typed, self.phone, words)

    def form_of_page(self, words: str) -> Sent:
        """With the stamp of the server's own page, made by the server's own clock. Raises Wrong where there is none."""
        form = self.form(words, uuid4())
        page = self.phone.get(form.address)
        found = STAMP.search(page.text)
        if not found:
            raise Wrong(f"the check was answered with {page.status} {page.where!r}")
        form.typed["stamp"] = html.unescape(found[1])
        return form


def send(form: Sent) -> Sent:
    """Raises NoAnswer, or Wrong when the page leads elsewhere than to what was done."""
    reply = form.phone.post(form.address, form.typed)
    if form.operation == RECEIVE:
        found = CASE.search(reply.where)
        if not found:
            raise Wrong(f"the request led to {reply.status} {reply.where!r} instead of its receipt")
        form.case = UUID(found[1])
    elif reply.where != f"/desk/cases/{form.case}/":
        raise Wrong(f"{form.operation} led to {reply.status} {reply.where!r}: {complaint(reply)}")
    form.acked = True
    return form


def complaint(reply: Reply) -> str:
    """What the page says was wrong, without its frame."""
    found = re.search(r'class="error-summary.*?</div>', reply.text, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0] if found else reply.text))[:300]


@dataclass
class Officer:
    """Whoever receives in the village; steps in once, and does what a case needs."""

    where: Stage
    phone: Phone

    def step_in(self) -> None:
        reply = self.phone.post(reverse("public:step_in"), {"post": self.where.post})
        if reply.status != HTTPStatus.FOUND:
            raise Wrong(f"nobody could step in: {reply.status}")

    def deed(self, case: UUID, name: str, **typed: object) -> Sent:
        key = uuid4()
        typed = {"stamp": stamp(DEEDS[name].form, key)} | typed
        return Sent(f"case.{name}/1", key, f"/desk/cases/{case}/{name}/", typed, self.phone, "", case)

    def life(self, case: UUID, chance: Random) -> list[Sent]:
        """What is done with a case, in its order."""
        last = self.deed(case, "finish", result="办好了")
        asked = [self.deed(case, "ask_once", other="户口簿", words=""), self.deed(case, "supply", words="带来了")]
        return [*asked, last] if chance.random() < HALF else [last]
