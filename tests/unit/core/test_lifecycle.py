"""A table of moves: which may happen, why the others may not, and the picture drawn from it."""

from __future__ import annotations

import copy
import pickle
import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.cases.lifecycle import CASE
from chengnuo.core.lifecycle import START, Guard, Lifecycle, Move, Passage, Status, guard, staying
from chengnuo.promises.lifecycle import PROMISE

AT = datetime(2026, 3, 2, tzinfo=UTC)
ARROW = re.compile(r"    (\S+) --> (\S+?)(?:: (\w+))?")


class Light(Status):
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    OUT = "out"


RED, AMBER, GREEN, OUT = Light
STATUSES = [light.value for light in Light]


@guard("Somebody crosses.")
def street_is_free(light, _at):
    return light.free


@guard("It is night.")
def by_day(_light, at):
    return at.hour >= 6


LIGHTS = Lifecycle(
    "light",
    Light,
    [
        Move("install", START >> RED),
        Move("warn", (RED | GREEN) >> AMBER),
        Move("go", AMBER >> GREEN, guards=(street_is_free, by_day)),
        Move("clean", staying(RED | AMBER | GREEN)),
        Move("break_down", (RED | AMBER | GREEN) >> OUT),
    ],
)


def light(*, free=True):
    return SimpleNamespace(free=free)


# reading the table


def test_a_table_reads_like_a_sentence():
    assert Passage(frozenset({"red"}), "amber") == (RED >> AMBER)
    assert Passage(frozenset({"red", "amber", "green"}), "out") == ((RED | AMBER | GREEN) >> OUT)
    assert Passage(frozenset(), "red") == (START >> RED)
    assert staying(RED) == Passage(frozenset({"red"}), "")
    assert ((RED | GREEN) >> OUT).statuses == {"red", "green", "out"}


def test_brackets_that_were_forgotten_are_noticed():
    with pytest.raises((TypeError, AttributeError)):
        _ = RED | GREEN >> OUT


@pytest.mark.parametrize(
    ("status", "free", "hour", "move", "code"),
    [
        ("", True, 9, "install", None),
        ("red", True, 9, "install", "status"),
        ("", True, 9, "warn", "status"),
        ("red", True, 9, "warn", None),
        ("green", True, 9, "warn", None),
        ("amber", True, 9, "warn", "status"),
        ("amber", True, 9, "go", None),
        ("amber", False, 9, "go", "street_is_free"),
        ("amber", True, 3, "go", "by_day"),
        ("amber", False, 3, "go", "street_is_free"),
        ("red", False, 3, "go", "status"),
        ("out", True, 9, "clean", "status"),
        ("green", False, 3, "clean", None),
    ],
)
def test_a_move_happens_or_says_why_not(status, free, hour, move, code):
    found = getattr(LIGHTS, move).objection(status, light(free=free), AT.replace(hour=hour))
    assert (found and found.code) == code
    assert found is None or found.sentence.endswith(".")


def test_the_first_guard_that_fails_speaks():
    assert LIGHTS.go.objection("amber", light(free=False), AT).sentence == "Somebody crosses."


@pytest.mark.parametrize(
    ("move", "status", "target"), [("warn", "red", "amber"), ("clean", "red", "red"), ("install", "", "red")]
)
def test_where_a_move_leads(move, status, target):
    assert getattr(LIGHTS, move).target(status) == target


def test_a_move_that_there_is_not_is_named_with_those_that_are():
    with pytest.raises(AttributeError, match="light has no move 'fly'; it has install, warn"):
        LIGHTS.fly  # noqa: B018  # asking for it is the test


def test_a_table_survives_copies_and_pickles():
    """Django copies classes' attributes in many places; looking for a move must not run in circles."""
    shallow = copy.copy(LIGHTS)
    assert list(shallow) == list(LIGHTS)
    assert pickle.loads(pickle.dumps(Light.RED)) is Light.RED  # noqa: S301  # our own, of a moment ago
    with pytest.raises(AttributeError):
        Lifecycle.__new__(Lifecycle).anything  # noqa: B018  # asking for it is the test


def test_two_moves_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two moves named go"):
        Lifecycle("light", Light, [Move("go", RED >> GREEN), Move("go", AMBER >> GREEN)])


class Door(Status):
    OPEN = "open"


@pytest.mark.parametrize("passage", [RED >> Door.OPEN, Door.OPEN >> RED, staying(Door.OPEN)])
def test_a_status_of_another_noun_is_refused(passage):
    with pytest.raises(ValueError, match=r"light\.go names a status that no light has: \['open'\]"):
        Lifecycle("light", Light, [Move("go", passage)])


# properties of any table


def guards():
    """Guards whose answers the test sets: each holds while its name is not among the noun's troubles."""
    return st.lists(st.sampled_from("abc"), unique=True, max_size=3).map(
        lambda names: tuple(
            Guard(name, lambda noun, _at, name=name: name not in noun.troubles, f"No {name}.") for name in names
        )
    )


passages = st.builds(Passage, st.frozensets(st.sampled_from(STATUSES), max_size=4), st.sampled_from([*STATUSES, ""]))
tables = st.lists(st.tuples(passages, guards()), max_size=7).map(
    lambda rows: Lifecycle(
        "light", Light, [Move(f"m{n}", passage, guards=held) for n, (passage, held) in enumerate(rows)]
    )
)
nouns = st.frozensets(st.sampled_from("abc")).map(lambda troubles: SimpleNamespace(troubles=troubles))


@given(table=tables, status=st.sampled_from(["", *STATUSES]), noun=nouns)
def test_no_objection_exactly_when_the_status_and_every_guard_allow_it(table, status, noun):
    for move in table:
        starts = status in move.passage.sources if move.passage.sources else status == ""
        holds = all(each.holds(noun, AT) for each in move.guards)
        found = move.objection(status, noun, AT)
        assert (found is None) == (starts and holds)
        if found is not None and starts:
            failing = [each.name for each in move.guards if not each.holds(noun, AT)]
            assert found.code == failing[0]


@given(table=tables, status=st.sampled_from(["", *STATUSES]), noun=nouns)
def test_open_moves_are_those_without_an_objection_in_the_order_of_the_table(table, status, noun):
    found = table.open_to(status, noun, AT)
    assert found == [move for move in table if move.objection(status, noun, AT) is None]


def arrows(diagram):
    lines = diagram.splitlines()
    assert lines[0] == "stateDiagram-v2"
    return [ARROW.fullmatch(line).groups() for line in lines[1:]]


@given(table=tables)
def test_the_picture_shows_every_move_from_every_status_and_every_end(table):
    expected = [
        (source, move.target(source), move.name)
        for move in table
        for source in (sorted(move.passage.sources) or ["[*]"])
    ]
    ends = [(status, "[*]", None) for status in STATUSES if not _moves_on(table, status)]
    assert arrows(table.diagram()) == expected + ends
    assert list(table.ends) == [status for status, _end, _name in ends]
    assert [status for status in STATUSES if status not in table.ends] == list(table.open)


def _moves_on(table, status):
    return any(status in move.passage.sources and move.passage.target for move in table)


# the two tables of this repository

EXPECTED_ENDS = {
    "case": {"closed", "refused", "withdrawn"},
    "promise": {"discarded", "ended"},
}


@pytest.mark.parametrize("table", [CASE, PROMISE], ids=lambda table: table.noun)
class TestOurTables:
    def test_every_status_is_reached_and_ends_are_meant(self, table):
        drawn = arrows(table.diagram())
        reached, waiting = set(), ["[*]"]
        while waiting:
            here = waiting.pop()
            news = {target for source, target, name in drawn if source == here and name} - reached
            reached |= news
            waiting += news
        assert reached == {status.value for status in table.statuses}
        assert {source for source, target, name in drawn if name is None} == EXPECTED_ENDS[table.noun]

    def test_from_every_status_an_end_can_be_reached(self, table):
        """Nothing waits for ever: whatever happened, some move leads on to an end."""
        drawn = [(source, target) for source, target, name in arrows(table.diagram()) if name]
        good = set(EXPECTED_ENDS[table.noun])
        while news := {source for source, target in drawn if target in good} - good:
            good |= news
        assert {status.value for status in table.statuses} <= good

    def test_there_is_one_beginning(self, table):
        assert [move.target("") for move in table if not move.passage.sources] == [next(iter(table.statuses)).value]

    def test_every_guard_says_a_sentence(self, table):
        for move in table:
            for each in move.guards:
                assert each.otherwise.endswith(".")
                assert each.otherwise[0].isupper()
