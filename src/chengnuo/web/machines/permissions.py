"""What the gate asks for the addresses of watching machines: nothing; the counts ask for a token of their own."""

from __future__ import annotations

from chengnuo.web.open import OPEN

MACHINES: dict[str, str] = dict.fromkeys(("machines:alive", "machines:ready", "machines:metrics"), OPEN)
