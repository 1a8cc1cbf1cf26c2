"""Words that no password rests on, because whoever knows this place tries them first."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# docs/explanation/security-measures.md lists them
WORDS = ("chengnuo", "promise", "county", "office", "family", "officer", "admin", "password", "yichang", "zigui")
REST = 6  # characters that must be left when the words and all digits are taken out


class WordsOfThisPlace:
    """Named in AUTH_PASSWORD_VALIDATORS. `chengnuo2026` is refused; four words of which one is `county` are not."""

    def validate(self, password: str, _user: Any = None) -> None:
        """Raises ValidationError."""
        known = "|".join(map(re.escape, WORDS))
        left = re.sub(rf"{known}|[\W\d_]", "", password.casefold())
        if re.search(known, password.casefold()) and len(left) < REST:
            raise ValidationError(self.get_help_text(), code="words_of_this_place")

    def get_help_text(self) -> str:
        return _("It must not rest on the name of this platform, of the county or of a post.")
