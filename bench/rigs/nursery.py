"""Starts the server and the worker again and again, from a process that has read the code already.

What is started is what `./run` starts, granian with its two processes and the worker; they are forked instead of reading Python
anew, so that a kill costs tenths of a second. It reads commands, one a line: `web PORT` or `work`; it answers with the process
group. At the end of its input it ends everything that it started.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback

from django.core.management import call_command
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from granian.cli import entrypoint

from bench.rigs.people import Stage
from bench.scale import Scale
from chengnuo.config.management.commands import work
from chengnuo.foundation import clock, memo
from tools.commands import web_server

WORDS = ("en", "zh-hans", "zh-hant")


def measure(_scale: Scale) -> None:
    """Called by `bench.part`, when Django is ready."""
    groups = []
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    _rehearse()
    connections.close_all()
    print("ready", flush=True)
    while line := sys.stdin.readline():
        groups.append(_begin(line.split()))
        print(groups[-1], flush=True)
    for group in groups:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


def _rehearse() -> None:
    """Lets the pages be shown and an officer step in, so that all code is read; then forgets everything but the code."""
    browser = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
    with transaction.atomic():
        post = Stage.found().post
        browser.post(reverse("public:step_in"), {"post": post})
        for page in ("desk:inbox", "family:follow", "desk:cases"):
            browser.get(reverse(page))
        for words in WORDS:
            with translation.override(words):
                translation.gettext("Back")
        transaction.set_rollback(True)
    memo.forget()
    clock._known = clock._Known()  # noqa: SLF001  # a process that was started by itself would know nothing either


def _begin(words: list[str]) -> int:
    if child := os.fork():
        with contextlib.suppress(OSError):  # the child may have done it already
            os.setpgid(child, child)
        return child
    code = 1
    try:
        os.setpgid(0, 0)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(2, 1)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        if words[0] == "web":
            sys.argv = web_server(int(words[1]))
            entrypoint()
        else:
            call_command(work.Command())
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:  # noqa: BLE001  # a child must not come back into its parent's loop
        traceback.print_exc()
    finally:
        os._exit(code)
