"""A browser at the public calculator: it sends back what the page's form holds, and answers whatever is asked."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.http import QueryDict
from django.test import Client

ADDRESS, LETTER = "/entitlements/", "/entitlements/letter.pdf"
HERE = "420526000000"
FORM = re.compile(r"<main.*?(<form method=\"post\".*?</form>)", re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="(answer|at)" value="([^"]*)"')
BABY = {
    "place": HERE, "who": "child", "children": "1", "child.1.born": "2025-03-02", "child.1.chinese": "yes", "child.1.guardian_claims": "yes",
    "child.1.first_claimed": "none", "child.1.parent_employed": "yes", "child.1.which_child": "1",
}  # fmt: skip
OLD = {
    "place": HERE, "who": "me", "person.1.born": "1960-03-02", "person.1.rural": "yes", "person.1.spouse_rural": "yes",
    "person.1.children_living": "1", "more": "none",
}  # fmt: skip


class Calculator:
    """`asked`: the questions in their order; `page`: what is on the screen."""

    def __init__(self, client: Client | None = None, language: str = "en") -> None:
        self.client, self.language = client or Client(), language
        self.asked: list[str] = []
        self._show(self.client.get(ADDRESS, HTTP_ACCEPT_LANGUAGE=language))

    def send(self, **said: Any) -> None:
        """Presses a button of the page's form, with what was typed or chosen."""
        self._show(self.client.post(ADDRESS, self.form(**said), HTTP_ACCEPT_LANGUAGE=self.language))

    def post(self, **said: Any) -> None:
        """Sends what no page of ours would."""
        self._show(self.client.post(ADDRESS, said, HTTP_ACCEPT_LANGUAGE=self.language))

    def form(self, **said: Any) -> dict[str, Any]:
        carried = QueryDict(mutable=True)
        for name, value in HIDDEN.findall(FORM.search(self.page)[1]):  # type: ignore[index]  # every page has its form
            carried.appendlist(name, unescape(value))
        return dict(carried.lists()) | said

    @property
    def at(self) -> str:
        """The question on the screen; "" on every other page."""
        return self.form().get("at", [""])[0]

    def answer(self, text: str) -> None:
        """Answers the question on the screen as a person would: types, chooses or presses."""
        if re.search(rf'name="instead" value="{re.escape(text)}"', self.page):
            return self.send(instead=text)
        if self.at == "more":
            return self.send(said=[] if text == "none" else text.split(" "))
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return self.send(**dict(zip(("said_year", "said_month", "said_day"), text.split("-"), strict=True)))
        return self.send(said=text)

    def answers(self, known: dict[str, str]) -> None:
        """Begins, and goes through all questions; what is not known is answered so."""
        self.send()
        while self.at:
            self.asked.append(self.at)
            assert len(self.asked) < 60, self.asked
            self.answer(known.get(self.at, "?"))

    def result(self, known: dict[str, str]) -> str:
        self.answers(known)
        self.send(to="result")
        return self.page

    def letter(self, key: str) -> Any:
        return self.client.post(LETTER, self.form(letter=key), HTTP_ACCEPT_LANGUAGE=self.language)

    def _show(self, answer: Any) -> None:
        self.last, self.page = answer, answer.content.decode()
