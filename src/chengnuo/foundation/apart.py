"""A program in a process of its own, which is given bytes and says bytes: with no environment, and ended when its time is over."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from contextlib import suppress
from threading import Timer


def told(command: Sequence[str], content: bytes, *, seconds: float, most: int) -> tuple[int, bytes]:
    """What the program ended with, and what it wrote: at most so many bytes, and one more where it would say more.

    It reads everything before it writes. `seconds`: by the clock on the wall.
    """
    pipe, none = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=none, env={}, cwd="/") as child:
        over = Timer(seconds, child.kill)
        over.start()
        try:
            said = _spoken(child, content, most)
            return child.wait(), said
        finally:
            over.cancel()
            child.kill()


def _spoken(child: subprocess.Popen[bytes], content: bytes, most: int) -> bytes:
    if child.stdin is None or child.stdout is None:
        raise TypeError("the program is spoken to through pipes")
    with suppress(BrokenPipeError):
        child.stdin.write(content)
    with suppress(BrokenPipeError):
        child.stdin.close()
    return child.stdout.read(most + 1)
