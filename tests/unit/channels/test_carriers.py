"""What carries a message: a file, or a gateway on this machine that answers as gateways do."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread
from time import monotonic
from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured

from chengnuo.channels import carriers
from chengnuo.channels.carriers import Folder, Gateway, Never, NotNow, Report, sms
from chengnuo.config.security import gateway

MESSAGE = UUID(int=7)
SAID = {"to": "10012345678", "text": "您的申请：有新进展。", "message": MESSAGE}


class Answers(BaseHTTPRequestHandler):
    status = 200
    says = b""
    heard: list[tuple[str, str, dict[str, str]]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((self.path, self.headers["Authorization"], json.loads(body)))
        self.send_response(self.status)
        self.end_headers()

    def do_GET(self) -> None:
        self.heard.append((self.path, self.headers["Authorization"], {}))
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.says)

    def log_message(self, *_said: object) -> None:
        """A test prints no addresses."""


@pytest.fixture
def there() -> Iterator[type[Answers]]:
    Answers.heard, Answers.status, Answers.says = [], 200, b""
    server = HTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    Answers.address = f"http://127.0.0.1:{server.server_port}/send"
    yield Answers
    server.shutdown()
    server.server_close()


def test_a_folder_takes_one_file_a_message_however_often_it_is_sent(tmp_path):
    folder = Folder(tmp_path / "outgoing")
    folder.carry(**SAID)
    folder.carry(**SAID)
    (file,) = folder.path.iterdir()
    assert file.read_text(encoding="utf-8") == "10012345678\n您的申请：有新进展。\n"
    assert folder.path.stat().st_mode & 0o077 == 0, "numbers are nobody else's business"


def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path):
    (tmp_path / "outgoing").write_text("a file")
    with pytest.raises(NotNow):
        Folder(tmp_path / "outgoing").carry(**SAID)


def test_a_gateway_hears_number_text_id_and_token(there):
    Gateway(there.address, "geheim").carry(**SAID)
    told = {"to": SAID["to"], "text": SAID["text"], "id": str(MESSAGE)}
    assert there.heard == [("/send", "Bearer geheim", told)]


@pytest.mark.parametrize(
    ("status", "raised"),
    [
        (400, Never),
        (410, Never),
        (422, Never),
        (302, NotNow),
        (401, NotNow),
        (404, NotNow),
        (429, NotNow),
        (503, NotNow),
    ],
)
def test_what_a_gateway_answers_says_whether_trying_again_helps(there, status, raised):
    there.status = status
    with pytest.raises(raised):
        Gateway(there.address, "").carry(**SAID)
    assert len(there.heard) == 1, "nobody is led elsewhere with a number"


def test_a_gateway_that_does_not_answer_is_tried_again():
    with pytest.raises(NotNow):
        Gateway("http://127.0.0.1:9/", "").carry(**SAID)


@pytest.mark.parametrize("report", [Report.DELIVERED, Report.FAILED])
def test_who_sends_the_files_by_hand_says_so_by_moving_them(tmp_path, report):
    folder = Folder(tmp_path / "outgoing")
    assert folder.report(message=MESSAGE) is Report.UNKNOWN
    folder.carry(**SAID)
    assert folder.report(message=MESSAGE) is Report.UNKNOWN
    (folder.path / report).mkdir()
    (folder.path / f"{MESSAGE}.txt").rename(folder.path / report / f"{MESSAGE}.txt")
    assert folder.report(message=MESSAGE) is report
    assert folder.report(message=UUID(int=8)) is Report.UNKNOWN


def test_a_gateway_is_asked_by_id_and_token_and_told_no_number(there):
    Gateway(there.address, "geheim").report(message=MESSAGE)
    assert there.heard == [(f"/send?id={MESSAGE}", "Bearer geheim", {})]


@pytest.mark.parametrize(
    ("status", "says", "report"),
    [
        (200, '{"state": "delivered"}', Report.DELIVERED),
        (200, '{"state": "failed", "why": "off"}', Report.FAILED),
        (200, '{"state": "sent"}', Report.UNKNOWN),
        (200, '{"state": "unknown"}', Report.UNKNOWN),
        (200, '{"state": null}', Report.UNKNOWN),
        (200, '{"state": {}}', Report.UNKNOWN),
        (200, '["delivered"]', Report.UNKNOWN),
        (200, '"delivered"', Report.UNKNOWN),
        (200, "", Report.UNKNOWN),
        (200, "<html>", Report.UNKNOWN),
        (200, "[" * 2000, Report.UNKNOWN),
        (200, '{"state": "delivered", "more": "' + "x" * 2000 + '"}', Report.UNKNOWN),
        (404, '{"state": "delivered"}', Report.UNKNOWN),
        (302, '{"state": "delivered"}', Report.UNKNOWN),
        (500, '{"state": "failed"}', Report.UNKNOWN),
    ],
)
def test_only_a_plain_answer_says_what_became_of_it(there, status, says, report):
    there.status, there.says = status, says.encode()
    assert Gateway(there.address, "").report(message=MESSAGE) is report


def test_bytes_that_are_no_text_say_nothing(there):
    there.says = b"\xff\xfe{"
    assert Gateway(there.address, "").report(message=MESSAGE) is Report.UNKNOWN


def test_a_gateway_that_is_not_there_cannot_be_asked():
    with pytest.raises(NotNow):
        Gateway("http://127.0.0.1:9/", "").report(message=MESSAGE)


# how an answer begins that never ends: in words, and sealed
BEGINS = {"http": b"HTTP/1.1 ", "https": b"\x16\x03\x03\x40\x00\x02"}


@pytest.fixture(params=BEGINS)
def dripping(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server that sends a byte again and again, each sooner than anybody gives up waiting for one."""
    monkeypatch.setattr(carriers, "PATIENCE", 0.4)
    over = Event()
    with socket.create_server(("127.0.0.1", 0)) as door:

        def drip() -> None:
            with suppress(OSError), door.accept()[0] as caller:
                caller.sendall(BEGINS[request.param])
                while not over.wait(0.05):
                    caller.sendall(b"x")

        thread = Thread(target=drip, daemon=True)
        thread.start()
        yield f"{request.param}://127.0.0.1:{door.getsockname()[1]}/"
        over.set()
        thread.join(5)


@pytest.mark.parametrize("ask", ["carry", "report"])
def test_a_gateway_that_drips_holds_nobody_up(dripping, ask):
    gateway, begun = Gateway(dripping, ""), monotonic()
    with pytest.raises(NotNow):
        gateway.carry(**SAID) if ask == "carry" else gateway.report(message=MESSAGE)
    assert 0.3 < monotonic() - begun < 3


def test_which_one_the_settings_say(settings, tmp_path):
    settings.VAR = tmp_path
    settings.SMS, settings.SMS_TOKEN = "files", ""
    assert sms() == Folder(tmp_path / "outgoing")
    settings.SMS, settings.SMS_TOKEN = "https://gateway.example/send", "t"
    assert sms() == Gateway("https://gateway.example/send", "t")
    settings.SMS = ""
    assert sms() is None


@pytest.mark.parametrize(
    "value", ["", "https://gateway.example/send", "http://127.0.0.1:8080/send", "http://localhost/"]
)
def test_a_real_server_takes_a_safe_address(value):
    assert gateway(demo=False, value=value) == value


@pytest.mark.parametrize("value", ["http://gateway.example/", "files", "ftp://127.0.0.1/", "http://127.0.0.1.example/"])
def test_numbers_do_not_go_out_in_clear(value):
    with pytest.raises(ImproperlyConfigured, match="CHENGNUO_SMS"):
        gateway(demo=False, value=value)


def test_the_demo_writes_files_whatever_is_said():
    assert gateway(demo=True, value="https://gateway.example/send") == "files"
