"""The public addresses of notices: anyone may read what runs. What officers do with them stands with the desk's."""

from __future__ import annotations

from chengnuo.web.open import OPEN

NOTICES: dict[str, str] = dict.fromkeys(("notices:robots", "notices:running", "notices:notice", "notices:object"), OPEN)
