"""Rules and families by chance: any graph of the closed set, under a law with changes, places, repeals and gaps."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from chengnuo.core.rules import NOT_APPLICABLE, Asked, Entity, Household, Parameters, Programme, Rounding, Truth, Whole
from chengnuo.core.rules.graph import AGGREGATES, COUNT, DAY, TRUTH, Node
from tests.unit.core.rules.law import CHILD, HOUSEHOLD, PERSON, row, said, words

ENTITIES = {each.name: each for each in (HOUSEHOLD, PERSON, CHILD)}
BOUND = 2**31
RATES = [
    row("x.rate", 100), row("x.rate", 250, date(2026, 3, 1)), row("x.rate", 70, date(2026, 11, 1), known=date(2026, 6, 1)),
    row("x.local", 7), row("x.local", 9, date(2026, 5, 1), place="4205"), row("x.local", None, date(2026, 8, 1), place="4205"),
    row("x.there", 3, place="42"), row("x.ended", 5), row("x.ended", None, date(2025, 7, 1)), row("x.later", 6, date(2027, 2, 1)),
]  # fmt: skip
READINGS = [row("x.reading", "one", unit="reading", options=("one", "other"))]
BIRTHDAY = row("x.day", date(1990, 2, 28), unit="date")
LAW = Parameters([*RATES, *READINGS, BIRTHDAY])
NAMES = sorted({each.name for each in RATES})
QUESTIONS = [
    Asked(day, known, place)
    for day in (date(2026, 12, 31), date(2026, 4, 30), date(2025, 12, 31), date(1999, 5, 5))
    for known in (date.max, date(2026, 5, 5))
    for place in (None, "420526000000", "110101000000")
]


def facts_of(entity: Entity) -> dict[str, list[Node]]:
    name = entity.name
    return {
        TRUTH: [entity.truth(f"{name}_{each}", said(each)).node for each in "ab"],
        COUNT: [entity.whole(f"{name}_{each}", said(each)).node for each in "xy"],
        DAY: [entity.day(f"{name}_d", said("d")).node],
        "perhaps": [
            entity.perhaps_truth(f"{name}_pt", said("t"))._fact.node,
            entity.perhaps_whole(f"{name}_pw", said("w"))._fact.node,
            entity.perhaps_day(f"{name}_pd", said("d"))._fact.node,
        ],
    }


FACTS = {name: facts_of(entity) for name, entity in ENTITIES.items()}
EVERY = [node.data for kinds in FACTS.values() for nodes in kinds.values() for node in nodes]
SMALL = st.integers(-40, 40)
DAYS = st.one_of(
    st.dates(), st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.sampled_from([date.min, date.max, date(2024, 2, 29)])
)
WHOLES = st.one_of(st.integers(0, 3), SMALL, st.sampled_from([-BOUND, BOUND]))


@st.composite
def graphs(draw, kind: str, scope: tuple[str, ...] = ("household", "person"), depth: int = 4) -> Node:
    """A rule of a kind about a member of one of these entities."""
    if depth == 0 or draw(st.integers(0, 5)) == 5:  # rarely: chance likes small numbers
        return draw(st.one_of(st.sampled_from([node for each in scope for node in FACTS[each][kind]]), leaves(kind)))
    shape = draw(st.sampled_from(SHAPES[kind]))
    if shape in AGGREGATES:
        entity = draw(st.sampled_from(["person", "child"]))
        inside = COUNT if shape == "sum" else TRUTH
        return Node(shape, kind, (draw(graphs(inside, tuple(dict.fromkeys([*scope, entity])), depth - 1)),), entity)
    if shape in {"applies", "otherwise"}:
        asked = [node for each in scope for node in FACTS[each]["perhaps"] if shape == "applies" or node.kind == kind]
        default = () if shape == "applies" else (draw(graphs(kind, scope, depth - 1)),)
        return Node(shape, kind, (draw(st.sampled_from(asked)), *default))
    below = BELOW.get(shape, [kind, kind])
    if shape in {"less", "at_most", "equal"}:
        below = [draw(st.sampled_from([COUNT, DAY]))] * 2
    arguments = tuple(draw(graphs(each, scope, depth - 1)) for each in below)
    if shape == "accrued":
        arguments = tuple(Node("add", COUNT, (Node("asked", COUNT, (), "january"), each)) for each in arguments)
    if shape == "look_up":
        arguments = *arguments, Node("constant", COUNT, (), draw(SMALL))
    return Node(
        shape,
        kind,
        (draw(graphs(TRUTH, scope, depth - 1)), *arguments) if shape == "when" else arguments,
        draw(data(shape)),
    )


BELOW = {
    "not": [TRUTH], "named": [COUNT], "divide": [COUNT], "look_up": [COUNT], "year_of": [DAY], "month_of": [DAY],
    "months_after": [DAY, COUNT],
}  # fmt: skip


def data(shape: str) -> st.SearchStrategy:
    """What an operator is told besides."""
    tables = st.dictionaries(SMALL, SMALL, max_size=4).map(lambda table: tuple(sorted(table.items())))
    told = {
        "divide": st.tuples(st.integers(1, 9), st.sampled_from(Rounding)),
        "look_up": tables,
        "accrued": st.sampled_from(NAMES),
    }
    return told.get(shape, st.none())


SHAPES = {
    TRUTH: ["and", "or", "not", "when", "applies", "otherwise", "less", "at_most", "equal", "any", "all"],
    DAY: ["when", "otherwise", "least", "most", "months_after"],
    COUNT: [
        "add", "subtract", "multiply", "divide", "least", "most", "look_up", "year_of", "month_of", "accrued", "when", "otherwise",
        "count", "sum", "named",
    ],
}  # fmt: skip


def leaves(kind: str) -> st.SearchStrategy[Node]:
    """What the law and the day that is asked for say."""
    if kind == TRUTH:
        chosen = [Node("chosen", TRUTH, (), ("x.reading", option)) for option in ("one", "other")]
        return st.sampled_from([*chosen, *(Node("in_force", TRUTH, (), name) for name in NAMES)])
    if kind == DAY:
        said = [Node("asked", DAY, (), name) for name in ("today", "new_years_day", "years_end")]
        constants = st.builds(lambda day: Node("constant", DAY, (), day), DAYS)
        return st.one_of(st.sampled_from([*said, Node("parameter", DAY, (), "x.day")]), constants)
    said = [Node("asked", COUNT, (), name) for name in ("year", "january", "december")]
    rates = [Node("parameter", COUNT, (), name) for name in NAMES]
    return st.one_of(
        st.sampled_from([*said, *rates]), st.builds(lambda number: Node("constant", COUNT, (), number), SMALL)
    )


def programme(
    key: str, who: str, conditions: list[Node], amount: Node | None = None, stands: str = "x.rate"
) -> type[Programme]:
    told = {f"c{number}": Truth(node) for number, node in enumerate(conditions)}
    body = {"words": words(told, key=key), "who": ENTITIES[who], "stands": stands, "conditions": told}
    return type("MadeUp", (Programme,), body if amount is None else body | {"amount": Whole(amount)})


@st.composite
def programmes(draw, key: str = "made-up") -> type[Programme]:
    who = draw(st.sampled_from(["person", "child", "household"]))
    scope = tuple(dict.fromkeys(["household", who]))
    conditions = draw(st.lists(graphs(TRUTH, scope), min_size=1, max_size=3))
    amount = draw(st.none() | graphs(COUNT, scope))
    return programme(key, who, conditions, amount, draw(st.sampled_from(["x.rate", "x.there"])))


def telling(rule: Node, who: str) -> list[type[Programme]]:
    """Two programmes that together tell all of a rule's value: true, false or unknown; a number, a month."""
    if rule.kind == TRUTH:
        return [programme("holds", who, [rule]), programme("fails", who, [Node("not", TRUTH, (rule,))])]
    number = Node("month_of", COUNT, (rule,)) if rule.kind == DAY else rule
    nought = Node("constant", COUNT, (), 0)
    own = Node("constant", TRUTH, (), data=True)
    return [
        programme("above", who, [own], number),
        programme("below", who, [own], Node("subtract", COUNT, (nought, number))),
    ]


def answers(fact) -> st.SearchStrategy:
    known = {TRUTH: st.booleans(), DAY: DAYS}.get(fact.kind, WHOLES)
    return st.one_of(known, known, st.none(), *([st.just(NOT_APPLICABLE)] * fact.perhaps))


def members(entity: str) -> st.SearchStrategy:
    return st.fixed_dictionaries({fact.name: answers(fact) for fact in EVERY if fact.entity == entity})


FAMILIES = st.builds(
    lambda facts, persons, children, partly: Household(facts, {"person": persons, "child": children}, partly),
    members("household"),
    st.lists(members("person"), max_size=3),
    st.lists(members("child"), max_size=3),
    st.sampled_from([frozenset(), frozenset(), frozenset({"child"}), frozenset({"person", "child"})]),
)
