"""What a target must promise before it is taken into the list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chengnuo.foundation.gate import gate
from chengnuo.imports.permissions import BY_ITSELF, rules
from chengnuo.imports.targets import Targets, targets
from tests.factories.register import LAYOUT, Register


def test_each_is_registered_once():
    known, register = Targets(), Register()
    known.register(register)
    with pytest.raises(ValueError, match="already"):
        known.register(Register())


def test_many_rows_need_a_table_that_hides_them_until_they_are_all_in():
    with pytest.raises(ValueError, match="all at once"):
        Targets().register(Register(is_hidden=False))
    Targets().register(Register(is_hidden=False, layout=replace(LAYOUT, most=500)))


def test_the_county_s_own_targets_have_words_and_a_table_to_begin_with(db):
    for target in targets.known.values():
        assert target.title
        assert target.hint
        head = next(iter(target.template()))
        assert {str(column.label) for column in target.layout.columns} <= set(head)


def test_the_roles_that_the_targets_name_stand_in_the_gate():
    other = Register(roles=frozenset({"somebody"}))
    found = {rule.action: set(rule.cells) for rule in rules([*targets.known.values(), other])}
    assert found["import_batch.apply"] == {"account_admin", "county_officer", "somebody"}
    assert all(found[f"import_batch.{name}"] == {"system"} for name in BY_ITSELF)
    assert set(found) <= set(gate.rules)
