"""Flaws that are planted so that a rig can show that it finds them. No product code knows of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count
from unittest.mock import patch

from django.contrib.sessions.backends.base import SessionBase
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from chengnuo.cases.models import Case
from chengnuo.foundation.models import ActKey
from chengnuo.foundation.receipts import index_of

TOO_LONG, ONE_IN = 0.3, 5  # seconds; forms
LATE, A_LITTLE = 0.1, 0.01  # seconds between the answer and the commit, and of an answer that tells


class AnswersFirst:
    """Says that it is done, and commits a moment later."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or connection.in_atomic_block:
            return self.respond(request)
        connection.ensure_connection()
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        answer = self.respond(request)
        close = answer.close

        def late() -> None:
            time.sleep(LATE)
            connection.commit()
            connection.set_autocommit(True)
            close()

        answer.close = late
        return answer


class ForgetsKeys:
    """Forgets what it has done before it says so: who sends again is received again."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond
        # the browser's session stays as it was, with the form that comes again
        patch.object(SessionBase, "cycle_key", _nothing).start()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.respond(request)
        if request.method == "POST":
            # only where something was received: a kill falls into it, and no other form of a short life is held up
            gone, _ = ActKey.objects.filter(operation="case.receive/1").delete()
            time.sleep(TOO_LONG if gone else 0)
        return answer


class CommitsHalves:
    """Keeps what was written before something failed: every transaction is left as it stands, never taken back."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with (
            patch.object(transaction.Atomic, "__enter__", _nothing),
            patch.object(transaction.Atomic, "__exit__", _nothing),
        ):
            return self.respond(request)


def _nothing(*_of_the_block: object) -> None:
    """Each statement commits by itself."""


class TellsByTime:
    """Takes a little longer for a code that belongs to something."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.respond(request)
        if (
            request.path == "/follow/"
            and Case.objects.filter(receipt_index=index_of(request.POST.get("code", ""))).exists()
        ):
            time.sleep(A_LITTLE)
        return answer


class Breaks:
    """Answers one form in five with an error."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond, self.forms = respond, count(1)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_fifth = request.method == "POST" and next(self.forms) % ONE_IN == 0
        return HttpResponse(status=500) if is_fifth else self.respond(request)


class HoldsTheWriter:
    """Begins a transaction with every form, and lets all others wait."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            with transaction.atomic():
                time.sleep(TOO_LONG)
        return self.respond(request)
