"""Two hundred mutants of each kind of table: read, or refused by a known code; in bounded time and memory."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

import pytest

from chengnuo.imports.reader import sheets_of
from chengnuo.imports.refusals import SENTENCES, FileRefused
from tests.factories.forks import outcomes
from tests.factories.mutants import WHOLE, mutants

MUTANTS, THROUGH_ALL = 200, 5


@pytest.mark.parametrize("kind", WHOLE)
def test_a_mutant_is_read_or_refused_and_nothing_else(kind):
    ends = Counter()
    for made in outcomes(mutants(kind, MUTANTS)):
        assert made.seconds <= 5, made
        assert made.mebibytes <= 512, made
        assert made.code >= 0 or made.refusal == "", made
        ends["read" if made.code == 0 else made.refusal or f"killed {made.code}"] += 1
    assert ends.total() == MUTANTS
    assert not {end for end in ends if end not in SENTENCES and end != "read"}, ends
    assert ends["read"] or kind == "workbook, bytes", ends
    assert ends["read"] < MUTANTS, "the damage is real"


@pytest.mark.parametrize("kind", WHOLE)
def test_only_the_one_refusal_comes_out_of_the_reader(kind):
    """A few of them all the way: another process, its pipes, and the words."""
    for mutant in mutants(kind, THROUGH_ALL):
        with suppress(FileRefused):
            assert sheets_of(mutant)
