"""docs/reference/what-we-do-not-hold.md: what is never recorded, and every table with what it holds, why and how long."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from chengnuo.config.reference import markdown
from chengnuo.config.sweeping import KEEPS
from chengnuo.foundation.sealed import SealedField
from chengnuo.foundation.third_parties import TABLES
from chengnuo.policies.charter import charter

NEVER_TEXT = (
    "There is no table, column, form field, import column or log entry for these. `tests/contracts/test_charter.py` fails "
    "when a name that the charter forbids appears, and when a column that could hold somebody's words was not decided on."
)
NOR = (
    "Why somebody withdrew a request",
    "A register of residents: the same person asking twice is two contacts, and accounts are for officers only",
    "Numbers of identity cards and bank accounts; electronic addresses",
)
INSTEAD_TEXT = "Parts of the measures of about 2010 that are not built, and what stands in their place."
HELD_TEXT = (
    "Every model says in its class `Privacy` what it holds, for what, on which basis and how long; a contract test refuses "
    "one that does not. A sealed column is encrypted with a key outside the database, and an officer's look at it is kept, once a day."
)
OTHERS_TEXT = "These come with packages. `foundation/third_parties.py` lists them, and a contract test fails when an installed table is missing."
SWEPT_TEXT = (
    "The worker throws these away every night (`config/sweeping.py`), and sessions that have run out. What else has an end is "
    "not thrown away by this version yet: erasure by time limits is still to be built."
)
HEADS = ("table", "holds", "for", "basis", "kept")


def page() -> str:
    ours = [model for model in apps.get_models() if model.__module__.startswith("chengnuo.")]
    holding = [model for model in ours if _says(model)["holds"] != "nothing"]
    empty = [model for model in ours if model not in holding]
    others = ((markdown.code(name), it.holds, it.purpose, it.retention) for name, it in TABLES.items())
    return markdown.page(
        "What we do not hold, and what we do",
        markdown.section("Never recorded", NEVER_TEXT, markdown.bullets(_never())),
        markdown.section("What stands instead", INSTEAD_TEXT, markdown.table(("then", "here"), _instead())),
        markdown.section("What is held", HELD_TEXT, markdown.table((*HEADS, "sealed"), map(_held, holding))),
        markdown.section("Tables that hold nothing about a person", markdown.table(HEADS, map(_row, empty))),
        markdown.section("What goes by itself", SWEPT_TEXT, markdown.table(("table", "after"), _swept())),
        markdown.section("Tables of others", OTHERS_TEXT, markdown.table(("table", "holds", "for", "kept"), others)),
    )


def _never() -> list[str]:
    return [*(text.en for text in charter().never_recorded), *NOR]


def _instead() -> list[tuple[str, str]]:
    return [(row.measure.en, row.here.en) for row in charter().instead]


def _swept() -> list[tuple[str, str]]:
    return [(markdown.code(model._meta.label), f"{kept.days} days") for model, _column, kept in KEEPS]


def _says(model: type[models.Model]) -> dict[str, str]:
    """The words of the model's `Privacy`, whose presence a contract test sees to."""
    said = vars(model)["Privacy"]
    return {name: getattr(said, name) for name in ("holds", "purpose", "basis", "retention")}


def _row(model: type[models.Model]) -> tuple[str, ...]:
    return (markdown.code(model._meta.label), *_says(model).values())


def _held(model: type[models.Model]) -> tuple[str, ...]:
    sealed = [field.name for field in model._meta.concrete_fields if isinstance(field, SealedField)]
    return (*_row(model), ", ".join(map(markdown.code, sealed)))
