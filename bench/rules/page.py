"""The calculator's pages beside the floor page: the first question, and a result."""

from __future__ import annotations

import re

from django.urls import reverse

from bench import speed
from bench.addresses import Page
from bench.rules.question import PLACE
from bench.scale import Scale
from bench.signed_in import browser
from chengnuo.web.entitlements.values import UNKNOWN

TIMES_THE_FLOOR = 2.0
MOST = 60  # questions
AT = re.compile(r'name="at" value="([^"]+)"')
ANSWERS = {
    "place": PLACE,
    "who": "child",
    "children": "1",
    "child.1.born": "2025-03-02",
    "child.1.chinese": "yes",
    "child.1.guardian_claims": "yes",
    "child.1.first_claimed": "none",
}
Form = tuple[tuple[str, str], ...]


def measure(scale: Scale) -> None:
    address = reverse("entitlements:calculate")
    pages = (
        Page("the calculator's first question", address, form=(("answer", ""),)),
        Page("a result of the calculator", address, form=_settled(address)),
    )
    speed.compare(dict.fromkeys(pages, TIMES_THE_FLOOR), scale)


def _settled(address: str) -> Form:
    """The form that shows a result: to whatever else is asked, the family says that it does not know."""
    client, answers = browser(), dict(ANSWERS)
    for _ in range(MOST):
        lines = [f"{name}={said}" for name, said in answers.items()]
        page = client.post(address, {"answer": lines, "to": "result"}).content.decode()
        if reverse("entitlements:letter") in page:
            return (*(("answer", line) for line in lines), ("to", "result"))
        if (asked := AT.search(page)) is None:
            break
        answers[asked[1]] = UNKNOWN
    raise RuntimeError(f"{address} gives no result; it was told {answers}")
