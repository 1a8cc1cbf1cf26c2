"""How many queries each page takes: every page that links lead to, for a visitor and for each role, with real data."""

from __future__ import annotations

import re
from collections import deque
from http import HTTPStatus
from urllib.parse import urldefrag, urlsplit

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from bench import tell
from bench.scale import Scale
from bench.signed_in import browser, signed_in
from chengnuo.people.roles import OFFICERS, Role

MOST = 12
LINK = re.compile(r'href="(/[^"]*)"')
SAME = 4  # pages under one name: the fifth case page tells nothing new
ROLES = ("", *OFFICERS, Role.SUPERVISOR, Role.AUDITOR, Role.ACCOUNT_ADMIN)
ELSEWHERE = ("/static/", "/i18n/", "/accounts/logout")


def measure(scale: Scale) -> None:
    dearest: dict[str, tuple[int, str]] = {}
    for role in ROLES:
        for name, count in _walk(role, scale.pages):
            dearest[name] = max(dearest.get(name, (0, "")), (count, str(role) or "visitor"))
    ordered = sorted(((count, name, role) for name, (count, role) in dearest.items()), reverse=True)
    if ordered:
        count, name, role = ordered[0]
        tell.figure(f"queries, the dearest of {len(ordered)} kinds of page", count, goal=MOST, note=f"{name}, {role}")
    for count, name, role in ordered[1:6]:
        tell.remark(f"{count:4} {name} ({role})")


def _walk(role: str, most: int) -> list[tuple[str, int]]:
    """Follows links from the first page on, at most so many pages."""
    client = signed_in(role) if role else browser()
    waiting, known, seen, found = deque(["/", "/desk/"] if role else ["/"]), {"/", "/desk/"}, {}, []
    while waiting and len(found) < most:
        address = waiting.popleft()
        name = resolve(urlsplit(address).path).view_name
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > SAME:
            continue
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        if location := response.get("Location", ""):
            waiting.extend({location} - known)
            known.add(location)
        if response.status_code == HTTPStatus.OK and not response.streaming:
            found.append((name, len(queries)))
            links = {
                urldefrag(link.replace("&amp;", "&"))[0]
                for link in LINK.findall(response.content.decode(errors="ignore"))
            }
            fresh = sorted(link for link in links - known if not link.startswith(ELSEWHERE))
            known.update(fresh)
            waiting.extend(fresh)
    return found
