"""Counts and times of answered requests, by page and outcome: never by person, address or parameter."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

ANSWERED = Counter("chengnuo_answers", "Answers by page, method and status", ["page", "method", "status"])
SECONDS = Histogram(
    "chengnuo_answer_seconds",
    "Seconds until an answer, by page",
    ["page"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
METHODS = {"GET", "HEAD", "POST"}


class MeterMiddleware:
    """First in the row: what it times is what a person waits for, except for the line."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        answer = self.respond(request)
        match = request.resolver_match
        page = match.view_name if match and match.view_name else "none"
        page = (
            "family" if page.startswith("family:") else page
        )  # which of them, in which minute, would tell who complained
        SECONDS.labels(page).observe(perf_counter() - began)
        method = request.method if request.method in METHODS else "other"
        ANSWERED.labels(page, method, str(answer.status_code)).inc()
        return answer
