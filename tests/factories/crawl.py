"""Everything that somebody can open from where they are, by links alone: pages, lists and files, a few of each kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

LINK = re.compile(r'(?:href|action)="([^"#]+)"')
NEVER = ("/accounts/", "/static/", "/demo/", "/language/")
OF_A_KIND, MOST = 2, 800


def opened(client: Client, begin: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Address and what it answers, as text; of one kind of page the first few, and each address once."""
    waiting, seen, kinds = list(begin), set(begin), Counter[str]()
    while waiting and sum(kinds.values()) < MOST:
        address = waiting.pop(0)
        try:
            kind = resolve(urlsplit(address).path).view_name
        except Resolver404:
            continue
        kinds[kind] += 1
        if kinds[kind] > OF_A_KIND:
            continue
        answer = client.get(address, HTTP_ACCEPT_LANGUAGE="zh-hans")
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = content.decode(errors="replace")
        yield address, text
        for link in map(unescape, LINK.findall(text) if "html" in answer.get("Content-Type", "") else ()):
            if link.startswith("/") and not link.startswith(NEVER) and link not in seen:
                seen.add(link)
                waiting.append(link)
