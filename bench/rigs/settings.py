"""The settings as shipped, with one application more: the rigs' listener, and the flaws that they plant to test themselves."""

from __future__ import annotations

import os

from chengnuo.config import settings as shipped
from chengnuo.config.settings import *  # noqa: F403  # all of them: what is tried is what is shipped

INSTALLED_APPS = [*shipped.INSTALLED_APPS, "bench.rigs"]
FLAW = os.environ.get("BENCH_FLAW", "")
OUTSIDE = {
    "answers-first": ["bench.rigs.flaws.AnswersFirst"],
    "tells-by-time": ["bench.rigs.flaws.TellsByTime"],
    "answers-500": ["bench.rigs.flaws.Breaks"],
    "holds-the-writer": ["bench.rigs.flaws.HoldsTheWriter"],
    "commits-halves": ["bench.rigs.flaws.CommitsHalves"],
}
# within the session's own: what a journey remembers must not be kept yet when it forgets
INSIDE = {"forgets-keys": ["bench.rigs.flaws.ForgetsKeys"]}
MIDDLEWARE = [*OUTSIDE.get(FLAW, []), *shipped.MIDDLEWARE, *INSIDE.get(FLAW, [])]
# a rig asks more often than anybody may, and wants to see the answers, not the limit
ACCOUNT_RATE_LIMITS = shipped.ACCOUNT_RATE_LIMITS | {"receipt_code": "1000000/m/ip"}
