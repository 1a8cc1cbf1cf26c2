"""Whoever is refused is told what happened and what can be done: each refusal of the program, as a table."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from chengnuo.foundation.refused import AlreadyReceived, MoveRefused, Refused
from tests.contracts.repository import SRC, python, text

CODE = re.compile(r"[a-z]+(-[a-z]+)*")
# says its sentence itself each time, or names what the reader must do in the sentence itself
SPEAKS_FOR_ITSELF = {"refused", "move", "already-received", "sign-in-again"}


# every class in the sources whose base is the family, by name, with the module where it stands
WRITTEN = {
    match[1]: ".".join(path.relative_to(SRC).with_suffix("").parts)
    for path in python("src/")
    for match in re.finditer(r"^class (\w+)\((?:\w+\.)?Refused\):", text(path), re.MULTILINE)
}
for module in sorted(set(WRITTEN.values())):
    import_module(module)


def family(of=Refused):
    for child in of.__subclasses__():
        if child.__module__.startswith("chengnuo."):
            yield child
            yield from family(child)


KNOWN = sorted(set(family()), key=lambda kind: kind.code)


def test_every_refusal_that_is_written_is_known_here():
    assert len(WRITTEN) > 15
    assert set(WRITTEN) <= {kind.__name__ for kind in KNOWN}


@pytest.mark.parametrize("kind", KNOWN, ids=lambda kind: kind.code)
def test_a_refusal_says_what_happened_and_what_to_do(kind):
    assert CODE.fullmatch(kind.code)
    # a colon: what it is about follows
    assert kind.code == "move" or kind.sentence.endswith((".", "?", ":"))
    assert kind.remedy or kind.code in SPEAKS_FOR_ITSELF
    assert kind.http in (200, 400, 403, 404, 409, 410, 413, 422, 429, 500, 503)
    assert not kind.remedy or kind.remedy.endswith(".")


def test_codes_are_nobody_else_s():
    codes = [kind.code for kind in KNOWN]
    assert sorted(set(codes)) == codes


def test_a_refusal_may_speak_for_itself_and_carries_facts():
    refused = MoveRefused("It has no address.", why="addressed")
    assert (refused.said, str(refused), refused.facts) == (
        "It has no address.",
        "It has no address.",
        {"why": "addressed"},
    )
    assert MoveRefused().said == MoveRefused.sentence


def test_already_received_carries_what_the_first_one_made():
    refused = AlreadyReceived("case", "17")
    assert (refused.kind, refused.row, refused.http) == ("case", "17", 200)
    assert "17" not in refused.said
