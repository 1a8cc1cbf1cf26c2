"""What a resident takes along: the signed promise that an entry will stand in the log, and later the proof that it does."""

from __future__ import annotations

A_DAY = 86_400
