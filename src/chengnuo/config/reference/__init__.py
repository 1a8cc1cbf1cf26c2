"""The pages of docs/reference, made from the code: each is a function without arguments that gives the text of one file.

They are the same on every machine: nothing is read from a database, nor from a setting that differs between machines.
"""

from __future__ import annotations

from collections.abc import Callable

from chengnuo.config.reference import (
    parameters,
    permissions,
    population,
    privacy,
    programmes,
    promises,
    settings,
    states,
)

PAGES: dict[str, Callable[[], str]] = {
    "states.md": states.page,
    "permissions.md": permissions.page,
    "promises.md": promises.page,
    "parameters.md": parameters.page,
    "programmes.md": programmes.page,
    "population-format.md": population.page,
    "settings.md": settings.page,
    "what-we-do-not-hold.md": privacy.page,
}
