"""A browser of a person: keeps its cookies, sends a form once, and says so when no answer came."""

from __future__ import annotations

import http
import http.client
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

CSRF = "c" * 32
SECONDS = 30
# what Django says where the database went away between the act's commit and that of the session
LOST_SESSION = http.HTTPStatus.BAD_REQUEST


@dataclass(frozen=True)
class Reply:
    status: int
    where: str
    body: bytes
    headers: dict[str, str]

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


class NoAnswer(Exception):
    """The connection broke, or the server said that it broke (`reply`): whether the form was taken is not known."""

    def __init__(self, what: str, reply: Reply | None = None) -> None:
        super().__init__(what)
        self.reply = reply


@dataclass
class Phone:
    """Not for several threads at once."""

    port: int
    cookies: dict[str, str] = field(default_factory=lambda: {"csrftoken": CSRF})
    line: http.client.HTTPConnection | None = None

    def get(self, address: str, **headers: str) -> Reply:
        return self._ask("GET", address, "", headers)

    def post(self, address: str, typed: dict[str, object], **headers: str) -> Reply:
        """Raises NoAnswer when nothing came back, or the server says that it could not finish."""
        body = urlencode({"csrfmiddlewaretoken": self.cookies["csrftoken"]} | typed, doseq=True)
        reply = self._ask("POST", address, body, {"Content-Type": "application/x-www-form-urlencoded"} | headers)
        if reply.status >= http.HTTPStatus.INTERNAL_SERVER_ERROR or reply.status == LOST_SESSION:
            raise NoAnswer(f"{reply.status} {address}", reply)
        return reply

    def _ask(self, method: str, address: str, body: str, headers: dict[str, str]) -> Reply:
        if self.line is None:
            self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self.line.request(method, address, body or None, {"Cookie": cookie, "Accept-Language": "en"} | headers)
            answer = self.line.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as trouble:
            self.hang_up()
            raise NoAnswer(f"{method} {address}: {trouble!r}") from trouble
        for value in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(value).items():
                self.cookies[name] = morsel.value
        return Reply(answer.status, answer.getheader("Location", ""), content, dict(answer.headers))

    def hang_up(self) -> None:
        if self.line is not None:
            self.line.close()
        self.line = None
