"""Who keeps the register, and which awards nobody has together: as data, read strictly."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from chengnuo.policies import registers as module
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from chengnuo.policies.registers import registers
from chengnuo.policies.sheet import Unfit


def test_every_pair_is_of_two_programmes_that_there_are():
    known = {each.words.key for each in programmes()}
    found = registers()
    assert found.apart
    assert all(len(pair) == 2 and pair <= known for pair in found.apart)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"apart": [["rural-incentive", "no-such-programme"]]}, "no-such-programme"),
        ({"apart": "rural-incentive"}, "apart"),
        ({"householder": "x"}, "householder"),
        ({"keeper": None}, "keeper"),
    ],
)
def test_what_nobody_knows_is_refused(tmp_path, monkeypatch, change, said):
    told = yaml.safe_load(module.FILE.read_text(encoding="utf-8")) | change
    other = tmp_path / "registers.yaml"
    other.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(module, "FILE", other)
    with pytest.raises(Unfit, match=said):
        registers.__wrapped__()


def test_nobody_who_is_gone_stays_for_ever():
    assert 0 < parameters().whole("registers.gone_kept", date(2026, 3, 2)) <= 120
