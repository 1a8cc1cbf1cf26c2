"""The interface for programs, version 1: what it is made of, and its description (OpenAPI 3.1)."""

from __future__ import annotations

from chengnuo.web.api import catalogue, entitlements, figures, places, problems, promises, requests
from chengnuo.web.api.keys import RATE
from chengnuo.web.api.problems import ProblemAPI
from chengnuo.web.throttle import Throttle

surface = ProblemAPI(
    title="Chengnuo",
    version="1",
    description=(
        "What is public needs no token. Handing in requests and following them needs one, which the county's administrator of"
        " accounts issues. Sentences come in the language of Accept-Language: zh-Hans, zh-Hant or en. Refusals are problems of"
        " RFC 9457."
    ),
    docs_url=None,
    urls_namespace="api",
    throttle=[Throttle(RATE)],
)
problems.install(surface)
for part in (places, catalogue, promises, figures, entitlements, requests):
    surface.add_router("", part.router)
