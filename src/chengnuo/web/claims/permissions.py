"""What the gate asks for the addresses of claims: they are for everybody, and what is sent there asks for itself."""

from __future__ import annotations

from chengnuo.web.open import OPEN

CLAIMS: dict[str, str] = dict.fromkeys(("claims:claim", "claims:paper"), OPEN)
