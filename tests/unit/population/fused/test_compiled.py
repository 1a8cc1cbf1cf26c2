"""The compiled kernel: the same to the fen, kept for the next process, one for every day, place and rate."""

import importlib.util
import marshal
import py_compile
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from chengnuo.core.rules import (
    NOT_APPLICABLE,
    Asked,
    Household,
    Parameters,
    Rounding,
    accrued,
    any_of,
    count_of,
    look_up,
    when,
)
from chengnuo.core.rules.blocks import Block, Column, Unfitting
from chengnuo.population import private
from chengnuo.population.fused import Fused, cache
from tests.unit.core.rules.blocks.chance import programme
from tests.unit.core.rules.blocks.comparing import by_block, by_scalar
from tests.unit.core.rules.law import CHILD, PERSON, row, said

a, b = (PERSON.truth(name, said(name)) for name in "ab")
x = PERSON.whole("x", said("x"), "fen")
d = PERSON.day("d", said("d"))
died = PERSON.perhaps_day("died", said("died"))
holds = CHILD.truth("holds", said("holds"))
RATES = [row("x.rate", 100), row("x.rate", 250, date(2026, 3, 1)), row("x.age", 3, unit="years")]
LAW = Parameters(RATES)
end = died.otherwise(date(2026, 12, 31))
RULES = [
    programme(
        "all-sorts", "person", [((a & (x < 5)) | ~b | any_of(CHILD, holds)).node, (d.after_months(x) <= end).node],
        (accrued("x.rate", last=end.month) + when(a, x.divided(3, Rounding.HALF_UP), look_up(x, {-3: 7, 2: 5}, unit="fen")) * 11).node,
    ),
    programme("families", "household", [(count_of(CHILD, holds) >= 1).node]),
]  # fmt: skip
DAYS = [date(1, 1, 1), date(2024, 2, 29), date(2026, 5, 31), date.max]
TRUTHS = [True, False]


def families(*, unknown):
    """Every pairing of these answers, three persons a household, with children of all sorts."""
    extra = [None] if unknown else []
    answers = product(
        TRUTHS + extra, TRUTHS, [-3, 0, 2, 7, 2**31, *extra], [*DAYS, *extra], [NOT_APPLICABLE, *DAYS[1:], *extra]
    )
    persons = [dict(zip(("a", "b", "x", "d", "died"), each, strict=True)) for each in answers]
    children = [[], [True], [False], [False, True], *([[None], [None, True]] if unknown else [])]
    for number in range(0, len(persons), 3):
        told = [{"holds": holds} for holds in children[number // 3 % len(children)]]
        partly = frozenset({"child"} if unknown and number % 2 else ())
        yield Household({}, {"person": persons[number : number + 3], "child": told}, partly)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kernels")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.OURS, str(folder))
        yield folder


@pytest.mark.parametrize("unknown", [False, True], ids=["complete", "with unknowns"])
def test_a_kernel_gives_what_the_scalar_evaluator_gives_on_any_day(unknown, kept):
    told = list(families(unknown=unknown))
    before = len(list(kept.glob("*.py")))
    for asked in (
        Asked(date(2026, 12, 31)),
        Asked(date(2026, 2, 1)),
        Asked(date(2025, 7, 1), date.max, "420526000000"),
    ):
        found = by_block(RULES, LAW, asked, told, Fused)
        assert found == by_scalar(RULES, LAW, asked, told)
        assert len({outcome for outcome, _ in found["all-sorts"]}) == 2 + unknown
    assert len(list(kept.glob("*.py"))) == before + 1, "another day needs no other kernel"
    assert list(kept.glob("__pycache__/*.nbc")), "the next process need not compile"


def test_a_number_beyond_its_bounds_is_refused(kept):
    rule = [programme("all-sorts", "person", [(x < 5).node])]
    column = Column(np.array([1, 2**40]))
    given = Block(1, {"person": {"x": column}}, {"person": np.array([0, 2])})
    with pytest.raises(Unfitting, match=r"person\.x: holds 1099511627776"):
        Fused(rule, LAW, Asked(date(2026, 1, 1))).determine(given)


def test_a_kernel_that_somebody_wrote_over_is_written_anew(kept):
    text = "def kernel():\n    return 7\n"
    cache.compiled(text)
    (path,) = [each for each in kept.glob("*.py") if each.read_text() == text]
    path.write_text("def kernel():\n    return 8\n")
    cache.compiled.cache_clear()
    assert cache.compiled(text)() == 7
    assert path.read_text() == text


def test_what_others_may_have_written_beside_a_kernel_is_not_run(monkeypatch, tmp_path):
    """A module as Python keeps it, with the time and the size of the kernel that lies beside it untouched."""
    text, folder = "def kernel():\n    return 11\n", tmp_path / "kernels"
    monkeypatch.setenv(cache.OURS, str(folder))
    cache.compiled(text)
    (path,) = folder.glob("*.py")
    py_compile.compile(str(path), doraise=True)
    kept = Path(importlib.util.cache_from_source(str(path)))
    kept.write_bytes(
        kept.read_bytes()[:16] + marshal.dumps(compile("def kernel(): return 'poisoned'", str(path), "exec"))
    )
    cache.compiled.cache_clear()
    assert cache.compiled(text)() == "poisoned", "this is what somebody could do"
    for change in (
        lambda: folder.chmod(0o777),
        lambda: (folder.chmod(0o700), folder.rename(tmp_path / "else"), folder.symlink_to("else")),
    ):
        change()
        cache.compiled.cache_clear()
        assert cache.compiled(text)() == 11
        assert cache.folder() != folder
        assert private.is_private(cache.folder())


def test_kernels_are_kept_where_the_user_keeps_such_things(monkeypatch, tmp_path):
    monkeypatch.delenv(cache.OURS, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() == tmp_path / "chengnuo"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache.folder() == tmp_path / ".cache" / "chengnuo"
