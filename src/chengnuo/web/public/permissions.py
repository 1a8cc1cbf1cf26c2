"""What the gate asks for the public addresses."""

from __future__ import annotations

PUBLIC: dict[str, str] = {}
