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
from bench.addresses import inbox, place, township
from bench.scale import Scale
from bench.signed_in import signed_in
from chengnuo.cases.models import Case
from tools.commands import web_server

OURS = ("chengnuo.config.settings", "chengnuo.config.wsgi:application")
FLOOR = ("bench.floor_settings", "bench.floor_wsgi:application")
TIMES_THE_FLOOR = 3
CLIENTS = 8
ROUNDS, SECONDS = 5, 30


@dataclass(frozen=True)
class Asked:
    name: str
    port: int
    address: str
    cookie: str = ""


def measure(scale: Scale) -> None:
    with _server(OURS) as ours, _server(FLOOR) as bare:
        pages = list(_pages(ours, bare))
        for page in pages:
            _ask(http.client.HTTPConnection("127.0.0.1", page.port, timeout=SECONDS), page)
        alone = _rounds(pages, max(1, scale.requests // ROUNDS), clients=1)
        together = _rounds(pages, max(1, scale.requests // ROUNDS), clients=CLIENTS)
    tell.remark(f"{Case.objects.count()} cases, {scale.requests} requests a page, two processes of the server")
    floor = pages[0].name
    for page in pages:
        one, eight = timing.milliseconds(alone[page.name]), timing.p95(together[page.name])
        tell.figure(f"{page.name}, one client, median", one, "ms")
        tell.figure(f"{page.name}, eight clients, p95", eight, "ms")
        if page.name != floor:
            tell.figure(
                "  times the floor, one client",
                one / timing.milliseconds(alone[floor]),
                "×",
                goal=TIMES_THE_FLOOR,
            )
            tell.figure(
                "  times the floor, eight clients",
                eight / timing.p95(together[floor]),
                "×",
                goal=TIMES_THE_FLOOR,
            )


def _pages(ours: int, bare: int) -> Iterator[Asked]:
    yield Asked("the floor", bare, f"/floor/?{urlencode({'township': township().pk})}")
    for page in (inbox(), place()):
        cookie = f"sessionid={signed_in(page.role).session.session_key}" if page.role else ""
        yield Asked(page.name, ours, page.address, cookie)


def _rounds(pages: list[Asked], requests: int, *, clients: int) -> dict[str, list[float]]:
    """Every round asks for all pages in turn; each client keeps its connection, as a browser does."""
    taken: dict[str, list[float]] = {page.name: [] for page in pages}
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
    connection.request("GET", page.address, headers={"Cookie": page.cookie} if page.cookie else {})
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
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start within thirty seconds")
