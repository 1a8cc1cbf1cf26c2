"""The county that is served here, as the law knows it: by its code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chengnuo.core.text3 import Text3
from chengnuo.foundation.memo import for_a_minute
from chengnuo.people.codes import codes_of
from chengnuo.people.queries import cell


@dataclass(frozen=True)
class Home:
    code: str
    name: Text3


@for_a_minute
def home_on(day: date) -> Home:
    """Every question asks for it, and it changes once in decades."""
    county = cell().county
    return Home(codes_of([county.pk], on=day)[county.pk], county.name)
