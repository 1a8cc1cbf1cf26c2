"""What the gate asks for the family addresses."""

from __future__ import annotations

FAMILY: dict[str, str] = {}
