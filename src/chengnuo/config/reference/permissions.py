"""docs/reference/permissions.md: the gate's table, for a reader who knows the law and no code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from chengnuo.config.reference import markdown
from chengnuo.foundation.gate import ANY, FRESH_FOR, Cell, Rule, gate
from chengnuo.people.roles import DESCRIPTIONS
from chengnuo.web.open import OPEN
from chengnuo.web.permissions import ADDRESSES

INTRODUCTION = (
    "One table says who may do what to which object, and one gate is asked: by pages, operations, lists, exports and files. "
    "A role that is not named in a line may not do it. There is no superuser."
)
MINUTES = int(FRESH_FOR.total_seconds() // 60)
FRESH = f"¹ after a sign-in of the last {MINUTES} minutes."
NEVER = "Never, whatever the role, where "
ADDRESSES_TEXT = "An address that is not in this table does not answer. What lies behind a page asks the gate again for the very object."


def page() -> str:
    roles = ((markdown.spoken(role), words) for role, words in DESCRIPTIONS.items())
    return markdown.page(
        "Permissions",
        INTRODUCTION,
        markdown.section("Roles", markdown.table(("role", "who that is"), roles)),
        markdown.section("Who may do what", FRESH, *_nouns()),
        markdown.section("Addresses", ADDRESSES_TEXT, _addresses()),
    )


def _nouns() -> Iterator[str]:
    nouns = sorted({action.partition(".")[0] for action in gate.rules})
    for noun in nouns:
        rules = [rule for action, rule in gate.rules.items() if action.partition(".")[0] == noun]
        rows = ((markdown.code(rule.action), roles, where) for rule in rules for where, roles in _cells(rule))
        table = markdown.table(("action", "who", "where"), rows)
        yield markdown.section(noun.capitalize(), table, _taken_away(rules), level=3)


def _cells(rule: Rule) -> Iterator[tuple[str, str]]:
    """Where something may be done, and the roles that may do it there."""
    roles: dict[str, list[str]] = {}
    for role in rule.cells:
        if cell := rule.cell(role):
            roles.setdefault(_when(cell), []).append(markdown.spoken(role))
    yield from ((where, ", ".join(named)) for where, named in roles.items())


def _when(cell: Cell) -> str:
    where = "always" if cell.relation is ANY else cell.relation.meaning
    return where + (" ¹" if cell.fresh else "")


def _taken_away(rules: Iterable[Rule]) -> str:
    by_reason: dict[str, list[str]] = {}
    for rule in rules:
        if rule.never:
            by_reason.setdefault(rule.never.meaning, []).append(markdown.code(rule.action))
    return markdown.bullets(f"{NEVER}{reason}: {', '.join(actions)}." for reason, actions in by_reason.items())


def _addresses() -> str:
    routes = dict(_routes(get_resolver().url_patterns))
    rows = (
        (markdown.code(name), markdown.code(f"/{routes[name]}"), "(anyone)" if action == OPEN else action)
        for name, action in sorted(ADDRESSES.items())
    )
    return markdown.table(("name", "address", "what the gate is asked"), rows)


def _routes(
    patterns: Iterable[URLPattern | URLResolver], space: str = "", before: str = ""
) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _routes(pattern.url_patterns, inner, route)
        else:
            yield f"{space}{pattern.name}", route
