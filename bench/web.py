"""The pages at the size of some years: whether they are found by indexes, how fast they come beside the floor, and what a crowd does.

Each part first shows that it finds what it looks for: a list without an index, an answer that failed, a writer that was held.
"""

from __future__ import annotations

from itertools import chain

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import addresses, crowd, plans, speed, tell
from bench.scale import Scale
from bench.signed_in import browser, signed_in
from chengnuo.cases.models import Case
from chengnuo.promises.models import Duty

PAGE, SEARCH = 3.0, 4.0  # times the floor
MOST = 12  # queries
UNINDEXED = Case.objects.filter(channel="web", pause_reason="none").order_by()


def measure(scale: Scale) -> None:
    tell.remark(f"{Case.objects.count():,} cases, {Duty.objects.count():,} duties")
    pages = {
        addresses.inbox(): PAGE,
        addresses.place(): PAGE,
        addresses.case(): PAGE,
        addresses.search(): SEARCH,
    }
    with CaptureQueriesContext(connection) as seen:
        UNINDEXED.exists()
    tell.planted("a list without an index", found=plans.walked(seen[0]["sql"]) != [])
    plans.look(chain(pages, addresses.lists()))
    for page in pages:
        _count(page)
    speed.compare(pages, scale)
    crowd.measure(scale)


def _count(page: addresses.Page) -> None:
    client = signed_in(page.role) if page.role else browser()
    client.get(page.address)
    with CaptureQueriesContext(connection) as seen:
        client.get(page.address)
    tell.figure(f"queries of {page.name}", len(seen), goal=MOST)
