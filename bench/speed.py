"""How fast pages come through real servers on loopback, beside the floor in the same run: one client alone, and eight at once."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from bench import tell, timing
from bench.addresses import Page, inbox, place, township
from bench.scale import Scale
from bench.signed_in import signed_in
from chengnuo.cases.models import Case
from tools.commands import web_server

OURS = ("bench.measured_settings", "chengnuo.config.wsgi:application")
FLOOR = ("bench.floor_settings", "bench.floor_wsgi:application")
TIMES_THE_FLOOR = 3
CLIENTS = 8
ROUNDS, SECONDS, PATIENCE = 5, 30, 90
FLOORED = "the floor"
FORM, TOKEN = "application/x-www-form-urlencoded", "t" * 32  # a form's token is whatever the cookie says
Taken = dict[str, list[float]]


@dataclass(frozen=True)
class Asked:
    name: str
    port: int
    address: str
    cookie: str = ""
    body: str = ""


def measure(scale: Scale) -> None:
    compare({inbox(): TIMES_THE_FLOOR, place(): TIMES_THE_FLOOR}, scale)


def compare(goals: dict[Page, float], scale: Scale) -> None:
    """Every page beside the floor, in the same run; at most so many times the floor."""
    with _server(OURS) as ours, _server(FLOOR) as bare:
        asked = {page.name: _asked(page, ours) for page in goals}
        every = [Asked(FLOORED, bare, f"/floor/?{urlencode({'township': township().pk})}"), *asked.values()]
        for page in every:
            _ask(http.client.HTTPConnection("127.0.0.1", page.port, timeout=SECONDS), page)
        alone = _rounds(every, max(1, scale.requests // ROUNDS), clients=1)
        together = _rounds(every, max(1, scale.requests // ROUNDS), clients=CLIENTS)
    tell.remark(f"{Case.objects.count()} cases, {scale.requests} requests a page, two processes of the server")
    _tell(FLOORED, alone, together)
    for page, goal in goals.items():
        _tell(page.name, alone, together)
        one = timing.milliseconds(alone[page.name]) / timing.milliseconds(alone[FLOORED])
        eight = timing.p95(together[page.name]) / timing.p95(together[FLOORED])
        tell.figure("  times the floor, one client", one, "×", goal=goal)
        tell.figure("  times the floor, eight clients", eight, "×", goal=goal)


def _tell(name: str, alone: Taken, together: Taken) -> None:
    tell.figure(f"{name}, one client, median", timing.milliseconds(alone[name]), "ms")
    tell.figure(f"{name}, eight clients, p95", timing.p95(together[name]), "ms")


def _asked(page: Page, port: int) -> Asked:
    if page.form:
        body = urlencode([*page.form, ("csrfmiddlewaretoken", TOKEN)])
        return Asked(page.name, port, page.address, f"csrftoken={TOKEN}", body)
    cookie = f"sessionid={signed_in(page.role).session.session_key}" if page.role else ""
    return Asked(page.name, port, page.address, cookie)


def _rounds(pages: list[Asked], requests: int, *, clients: int) -> Taken:
    """Every round asks for all pages in turn; each client keeps its connection, as a browser does."""
    taken: Taken = {page.name: [] for page in pages}
    with ThreadPoolExecutor(clients) as pool:
        for _ in range(ROUNDS):
            for page in pages:
                for found in pool.map(lambda _, page=page: _client(page, requests), range(clients)):
                    taken[page.name] += found
    return taken


def _client(page: Asked, requests: int) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", page.port, timeout=SECONDS)
    try:
        return [_ask(connection, page) for _ in range(requests)]
    finally:
        connection.close()


def _ask(connection: http.client.HTTPConnection, page: Asked) -> float:
    began = time.perf_counter()
    headers = {"Cookie": page.cookie} if page.cookie else {}
    if page.body:
        connection.request("POST", page.address, page.body, headers | {"Content-Type": FORM})
    else:
        connection.request("GET", page.address, headers=headers)
    response = connection.getresponse()
    response.read()
    if response.status != HTTPStatus.OK:
        raise RuntimeError(f"{page.name} answered {response.status}: {page.address}")
    return time.perf_counter() - began


@contextmanager
def _server(which: tuple[str, str]) -> Iterator[int]:
    """A server as `./run` starts it, on a free port, until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings, application = which
    env = os.environ | {"DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(web_server(port, application), env=env) as process:
        try:
            _await(port)
            yield port
        finally:
            process.terminate()


def _await(port: int) -> None:
    for _ in range(PATIENCE * 10):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start within {PATIENCE} seconds")
