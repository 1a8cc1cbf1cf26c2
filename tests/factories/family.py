"""A family at its telephone, or an officer at the counter: goes through the pages as a browser does, and keeps what stood there."""

from __future__ import annotations

import html
import re
from uuid import UUID

from django.test import Client

from tests.factories import county

STAMP = re.compile(r'name="stamp" value="([^"]+)"')
CODE = re.compile(r'class="code16"[^>]*>([^<]+)<')
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")
CASE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
STEPS = ("township", "village", "words", "name", "contact")


class Browser:
    """Reads English. `page` is the last page's source, `text` what a person reads of it."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client()
        self.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        self.page = ""

    @property
    def text(self) -> str:
        found = MAIN.search(self.page)
        return re.sub(r"\s+", " ", html.unescape(TAGS.sub(" ", found[0] if found else ""))).strip()

    @property
    def stamp(self) -> str:
        found = STAMP.search(self.page)
        return html.unescape(found[1]) if found else ""

    @property
    def code(self) -> str:
        found = CODE.search(self.page)
        return found[1] if found else ""

    def open(self, address: str, *, status: int = 200) -> str:
        """Follows to the last page; returns its address."""
        answer = self.client.get(address, follow=True)
        self.page = answer.content.decode()
        assert answer.status_code == status, (address, answer.status_code, self.text[:500])
        return answer.redirect_chain[-1][0] if answer.redirect_chain else address

    def send(self, address: str, **typed: object) -> str:
        """Sends what was typed with the page's stamp; returns the last page's address."""
        answer = self.client.post(address, {"stamp": self.stamp} | typed, follow=True)
        self.page = answer.content.decode()
        return answer.redirect_chain[-1][0] if answer.redirect_chain else address

    def fill_in(self, service: str = "village-proof", *, begin: str = "/ask", **changes: dict[str, object]) -> str:
        """Answers every question, as far as the check; `changes` are other answers, by step. Returns the last address."""
        village = county.village()
        answers: dict[str, dict[str, object]] = {
            "township": {"township": str(village.above_id)},
            "village": {"village": str(village.pk)},
            "words": {"words": "要一份居住证明"},
            "name": {"name": "王桂兰"},
            "contact": {"phone": "100 1234 5678", "consents": ["call_back"], "language": "zh-hans"},
        } | changes
        at = ""
        for step in STEPS:
            self.open(f"{begin}/{service}/{step}/")
            at = self.send(f"{begin}/{service}/{step}/", **answers[step])
        return at

    def ask(self, service: str = "village-proof", *, begin: str = "/ask", **changes: dict[str, object]) -> UUID:
        """A whole request; returns the case, whose receipt stands on the page."""
        at = self.fill_in(service, begin=begin, **changes)
        assert at == f"{begin}/{service}/check/", (at, self.text[:500])
        done = self.send(at)
        found = CASE.search(done)
        assert found, (done, self.text[:500])
        return UUID(found[0])
