"""Fields of the core's small values."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models.fields.json import KeyTransform

from chengnuo.core.text3 import Text3

KEPT = 1024


class Text3Field(models.JSONField):
    """A `Text3`: the same text in three scripts. Stored as {"hans", "hant", "en", "reviewed"}."""

    description = "Text in three scripts"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if not isinstance(value, str) or isinstance(expression, KeyTransform):
            return super().from_db_value(value, expression, connection)
        return _read(value)

    def to_python(self, value: Any) -> Any:
        said = super().to_python(value)
        return Text3.from_dict(said) if isinstance(said, dict) else said

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value.to_dict() if isinstance(value, Text3) else value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002  # Django's
        return super().get_db_prep_value(value.to_dict() if isinstance(value, Text3) else value, connection, prepared)

    def value_to_string(self, obj: models.Model) -> Any:
        held = self.value_from_object(obj)
        return held.to_dict() if isinstance(held, Text3) else held


@lru_cache(maxsize=KEPT)
def _read(stored: str) -> Any:
    """Equal letters are the same value, which nobody can change: names and titles stand in every line of every list."""
    said = json.loads(stored)
    return Text3.from_dict(said) if isinstance(said, dict) else said
