"""A browser that claims: it sends back what the page's form holds, as a person who types, chooses and presses does."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.test import Client

from tests.factories import claims, county
from tests.factories.calculator import Calculator
from tests.factories.family import CASE, CODE, MAIN, TAGS

ADDRESS, PAPER = "/claim/", "/claim/form.pdf"
HIDDEN = re.compile(r'<input type="hidden" name="(?!csrf)([a-z_]+)" value="([^"]*)"')
BUTTON = re.compile(r'name="claim" value="([^"]+)"')
QUESTION = re.compile(r"[a-z]+\.1\.|more$")


class Claimant:
    """`page` is what is on the screen, `text` what a person reads of it, `address` where it is."""

    def __init__(self, client: Client | None = None, language: str = "en") -> None:
        self.client, self.language = client or Client(), language
        self.page = self.address = ""
        self.asked: list[str] = []

    @property
    def text(self) -> str:
        found = MAIN.search(self.page)
        return re.sub(r"\s+", " ", unescape(TAGS.sub(" ", found[0] if found else ""))).strip()

    @property
    def hidden(self) -> QueryDict:
        carried, main = QueryDict(mutable=True), MAIN.search(self.page)
        for name, value in HIDDEN.findall(main[0] if main else ""):
            carried.appendlist(name, unescape(value))
        return carried

    @property
    def at(self) -> str:
        """The question or step on the screen; "" on a page that asks nothing."""
        return str(self.hidden.get("at", ""))

    @property
    def code(self) -> str:
        found = CODE.search(self.page)
        return found[1] if found else ""

    @property
    def case(self) -> UUID:
        found = CASE.search(self.address)
        assert found, (self.address, self.text[:500])
        return UUID(found[0])

    def post(self, **said: Any) -> None:
        """Sends what no page of ours need have held."""
        answer = self.client.post(ADDRESS, said, follow=True, HTTP_ACCEPT_LANGUAGE=self.language)
        self.last, self.page = answer, answer.content.decode()
        self.address = answer.redirect_chain[-1][0] if answer.redirect_chain else ADDRESS

    def send(self, **said: Any) -> None:
        """Presses a button of the page, with what was typed."""
        self.post(**(dict(self.hidden.lists()) | said))

    def begin(self, key: str, known: dict[str, str] | None = None) -> None:
        """From the card of a result, with the calculator's answers; without them from a button that holds none."""
        if known is None:
            return self.post(claim=key)
        calculator = Calculator(self.client, self.language)
        assert key in BUTTON.findall(calculator.result(known)), BUTTON.findall(calculator.page)
        return self.post(claim=key, answer=calculator.form()["answer"])

    def answers(self, known: dict[str, str]) -> None:
        """Goes through the questions of the programme; what is not known is answered so."""
        while QUESTION.match(self.at):
            self.asked.append(self.at)
            assert len(self.asked) < 60, self.asked
            self.answer(known.get(self.at, "?"))

    def answer(self, text: str) -> None:
        if re.search(rf'name="instead" value="{re.escape(text)}"', self.page):
            return self.send(instead=text)
        if self.at == "more":
            return self.send(said=[] if text == "none" else text.split(" "))
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return self.send(**dict(zip(("said_year", "said_month", "said_day"), text.split("-"), strict=True)))
        return self.send(said=text)

    def says_who(self, *, child: str = "", **changes: dict[str, Any]) -> None:
        """Fills in who claims, as far as the check; `changes` are other words, by step."""
        village = county.village()
        typed: dict[str, dict[str, Any]] = {
            "name": {"name": "欧阳桂兰", "number": claims.number()} | ({"child": child} if child else {}),
            "township": {"township": str(village.above_id)},
            "village": {"village": str(village.pk)},
            "contact": {"consents": ["call_back"], "phone": "100 1234 5678", "slip": "zh-hans"},
        } | changes
        for step, words in typed.items():
            assert self.at == step, (self.at, self.text[:500])
            self.send(**words)

    def declares(self) -> UUID:
        """Sends it; returns the case, whose receipt stands on the page."""
        assert self.at == "check", (self.at, self.text[:500])
        self.send(declared="true")
        return self.case
