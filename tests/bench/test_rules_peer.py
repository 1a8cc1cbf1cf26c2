"""The peer of `bench rules` computes what the product computes, to the fen, in both of its idioms."""

from __future__ import annotations

from datetime import date

import pytest

from bench.rules.peer import columns
from bench.rules.peer.situation import situation
from bench.rules.peer.system import Idiom, Peer
from bench.rules.question import READINGS, SIX, asked, law
from chengnuo.core.rules import FIGURE, Bound, Outcome, roots
from chengnuo.core.rules.graph import walk
from tests.bench.families import families, persons

ENTITIES = ("person", "child")


def amounts(peer, people):
    """By entity and programme, in the order of the members."""
    table = persons(people)
    found = {}
    for entity in ENTITIES:
        _, members = columns.of_role(table, entity)
        computed = peer.amounts(entity, columns.arrays(members, entity), len(members))
        found |= {key: [int(each) for each in fen] for key, fen in computed.items()}
    return found


def reference(people, day):
    """The same from the scalar evaluator. A sum that stands and was not found is no fen for the peer, which has no word for it."""
    bound, found = Bound(SIX, law(), asked(day)), {each.words.key: [] for each in SIX}
    for household in people:
        for each in bound.determine(household):
            assert each.outcome is not Outcome.UNDECIDED or each.needs == (FIGURE,)
            found[each.programme.words.key].append(each.amount or 0)
    return found


def test_the_peer_was_written_for_a_reading_of_every_open_question():
    nodes = walk(*(root for programme in SIX for root in roots(programme)))
    assert set(READINGS) == {node.data[0] for node in nodes if node.operator == "chosen"}


@pytest.mark.parametrize("idiom", Idiom)
@pytest.mark.parametrize("year", [2013, 2018, 2022, 2025, 2026, 2030])
def test_the_same_fen_for_everybody(idiom, year):
    day = date(year, 12, 31)
    people = families(700, year, seed=year)
    assert amounts(Peer(idiom, SIX, law(), asked(day)), people) == reference(people, day)


@pytest.mark.parametrize("idiom", Idiom)
def test_the_same_fen_for_one_family_told_as_a_situation(idiom):
    peer = Peer(idiom, SIX, law(), asked())
    for household in families(40, 2026, seed=8):
        if any(household.members.values()):
            found = peer.of_family(situation(household))
            adults, children = (len(household.members[entity]) for entity in ENTITIES)
            of = {"person": slice(None, adults), "child": slice(adults, adults + children)}
            theirs = {each.words.key: found[each.words.key][of[each.who.name]].tolist() for each in SIX}
            assert theirs == reference([household], asked().day)
