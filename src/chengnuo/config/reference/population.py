"""docs/reference/population-format.md: the columns of a population and of its results, from the facts that the programmes ask."""

from __future__ import annotations

from collections.abc import Iterable

from chengnuo.config.reference import markdown
from chengnuo.core.rules.graph import DAY, TRUTH
from chengnuo.policies.programmes import programmes
from chengnuo.population.columns import NONE, Columns, FactColumn, columns
from chengnuo.population.summary import MOST_PLACES

INTRODUCTION = (
    "Two files, one row a household and one row a person; or one with both ([nested](#the-nested-form)). Parquet is read as it is, CSV "
    "and DuckDB are brought into this form first. How: [compute a population](../how-to/compute-a-population.md)."
)
HEADS = ("column", "type", "meaning")
TYPES = {DAY: "date32", TRUTH: "bool"}
ID = "int64, or string of letters from a to z, digits, `-` and `_` with a digit among them; opaque: it tells nothing of anybody"
ORDER = (
    "Both files in the order of `household_id` are read as they are, row group by row group; anything else is sorted first, on the "
    "disk beside the result. Row groups of households of 65,536 rows at most, and of persons cut at the same households, are read fastest."
)
EMPTY = (
    "**Null is unknown**, never no and never nought; a column of facts that is not there is unknown for everybody. Where a fact may "
    f"not apply (no spouse, not dead), a second column `…{NONE}` says so: true is *there is none*, and the value is null then. Days "
    "lie in the years 1 to 9999. A value under a fact of the other role is not read."
)
REFUSED = (
    "Columns that are none of these, wrong types, ids that are empty, twice, or look like an identity number (with its check digit), a mobile "
    "number, a bank card, a name or another word, persons without a household, roles and division codes that are none, numbers and days out of range, a value "
    "beside *there is none*: one report tells every kind of fault with its count and first examples, and nothing is written. An id that "
    "is a random number of 15 or 18 digits may look like an identity number by chance, one of 11 digits like a telephone: count from 1 "
    "instead, or take digests or UUIDs."
)
CSV = (
    "The same columns with a line of names, UTF-8, commas; `2026-12-31`, `true`, `false`, digits; an empty field is null. Ids, places and roles "
    "are text. In a DuckDB file the tables are called `persons` and `households`."
)
NESTED = (
    "One row a household with its columns, and `persons`, a list of structs of the persons' columns without `household_id`. "
    "`./run nest` makes it; Spark reads it, because each row is a whole household."
)
RESULTS = (
    "`out.parquet`: one row a person in the order of the input, with `household_id`, `person_id`, `role`; `out.households.parquet`: one "
    "row a household with `household_id`. In each, two columns for every programme about its rows:"
)
OF_RESULTS = (
    (
        "<programme>.outcome",
        "int8",
        "0 not entitled, 1 entitled, 2 undecided; null: the programme is not about this role",
    ),
    (
        "<programme>.amount",
        "int64",
        "fen, days or marks in the year of the day that is asked for; null unless entitled to an amount",
    ),
)
SUMMARY = (
    "`out.summary.csv`: by programme and place how many are entitled, not, undecided, and the sum of the amounts. Counts of "
    f"fewer people than `limits.small_cell` are empty, and so are those from which one could be worked out, with the number of people at "
    f"each place known; a sum stands only where every count of its line does. Of more than {MOST_PLACES} places only the line `all` is told."
)


def page() -> str:
    known = columns(programmes())
    return markdown.page(
        "The columns of a population",
        INTRODUCTION,
        markdown.section("households", markdown.table(HEADS, [*_of_households(known), *_facts(known.household)])),
        markdown.section("persons", markdown.table(HEADS, [*_of_persons(known), *_facts(known.persons)])),
        markdown.section("Unknown, and none", EMPTY),
        markdown.section("Order", ORDER),
        markdown.section("What is refused", REFUSED),
        markdown.section("CSV and DuckDB", CSV),
        markdown.section("The nested form", NESTED),
        markdown.section("Results", RESULTS, markdown.table(HEADS, _code(OF_RESULTS)), _keys(), SUMMARY),
    )


def _of_households(known: Columns) -> Iterable[tuple[str, ...]]:
    place = (
        "12-digit division code of the registration, or its beginning (2, 4, 6, 9 digits), which leaves open what the law tells "
        "apart within it; null: not known"
    )
    complete = [
        (name, "bool", f"every {role} of the household is named; false or null: there may be more")
        for role, name in known.complete.items()
    ]
    return _code([("household_id", ID, "each household once"), ("place", "string", place), *complete])


def _of_persons(known: Columns) -> Iterable[tuple[str, ...]]:
    roles = " or ".join(markdown.code(role) for role in known.roles)
    own = [
        ("household_id", "as in households", "the household, which has a row there"),
        ("person_id", ID, "each once in its household"),
        ("role", "string", f"{roles}: an adult who may claim, or a child"),
    ]
    return _code(own)


def _facts(known: Iterable[FactColumn]) -> Iterable[tuple[str, ...]]:
    for column in known:
        said = "; ".join(f"of a {entity}: {fact.label.en} ({fact.label.hans})" for entity, fact in column.facts.items())
        kind = TYPES.get(column.kind, f"int32 or int64, in {column.kind}: {column.least:,} to {column.most:,}")
        yield ", ".join(map(markdown.code, column.names)), kind + (", bool" if column.perhaps else ""), said


def _keys() -> str:
    return markdown.bullets(
        f"{markdown.code(each.words.key)}, about a {each.who.name}: {each.words.name.en}" for each in programmes()
    )


def _code(rows: Iterable[tuple[str, str, str]]) -> Iterable[tuple[str, ...]]:
    return ((markdown.code(name), kind, meaning) for name, kind, meaning in rows)
