"""The law with a reform: rows among rows, read on the days that count for the year."""

from dataclasses import replace
from datetime import date

import pytest

from chengnuo.core.rules import Asked, NoValue
from chengnuo.policies.loader import parameters
from chengnuo.policies.sheet import Unfit
from chengnuo.population.simulate.law import Law, overlaid, pair, with_reform
from chengnuo.population.simulate.reform import read
from tests.unit.population.simulate.hand_made import ASKED, NOW, law, reform, row

NAME = "special.bereaved_rural"


def rows(folder, values, **changed):
    return [one for _, one in read(reform(folder, values, **changed), parameters()).rows]


def after(folder, values, asked=ASKED):
    return pair(law(), read(reform(folder, values), parameters()), asked).after.parameters


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2022, 6, 30), 45000),
        (date(2022, 7, 1), 59000),
        (date(2025, 12, 31), 59000),
        (date(2026, 1, 1), 69000),
        (date(2030, 1, 1), 69000),
    ],
)
def test_a_new_row_stands_from_its_day_on(tmp_path, day, value):
    assert after(tmp_path, {NAME: 69000}).at(NAME, day).value == value


def test_a_row_counts_at_its_place_and_below(tmp_path):
    found = after(tmp_path, {NAME: [row(69000, place="4205")]})
    assert found.at(NAME, date(NOW, 12, 31), "420526101001").value == 69000
    assert found.at(NAME, date(NOW, 12, 31), "429006000000").value == 59000


def test_a_row_of_the_same_day_and_place_is_replaced(tmp_path):
    found = after(tmp_path, {NAME: [row(60000, **{"from": date(2022, 7, 1)})]})
    assert [each.value for each in found.history(NAME)].count(59000) == 0
    assert found.at(NAME, date(NOW, 1, 1)).value == 60000


def test_a_repeal_ends_a_parameter(tmp_path):
    found = after(tmp_path, {"complications.grade1": [row(None)]})
    with pytest.raises(NoValue):
        found.at("complications.grade1", date(NOW, 12, 31))


def test_a_reading_is_changed_like_a_number(tmp_path):
    found = after(tmp_path, {"incentive.whose_registration": [row("own")]})
    assert found.at("incentive.whose_registration", date(NOW, 12, 31)).value == "own"


def test_a_reading_that_the_question_does_not_have_is_refused(tmp_path):
    with pytest.raises(Unfit, match="one of both, own"):
        rows(tmp_path, {"incentive.whose_registration": [row("neither")]})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("many", "It has to be a int"),
        (-5, "It counts something"),
        (True, "It has to be a int"),
        (2.5, "It has to be a int"),
    ],
)
def test_a_value_of_another_kind_is_refused_as_in_a_pack(tmp_path, value, said):
    with pytest.raises(Unfit, match=said):
        rows(tmp_path, {NAME: [row(value)]})


@pytest.mark.parametrize("missing", ["from", "known_since", "certainty", "source"])
def test_a_row_without_one_of_its_parts_is_refused(tmp_path, missing):
    one = {key: said for key, said in row(69000).items() if key != missing}
    with pytest.raises(Unfit, match="is missing"):
        rows(tmp_path, {NAME: [one]})


def test_rows_stand_the_oldest_first(tmp_path):
    with pytest.raises(Unfit, match="the oldest first"):
        rows(tmp_path, {NAME: [row(69000), row(68000, **{"from": date(2025, 1, 1)})]})


@pytest.mark.parametrize("place", ["42052", "x", "4205261010011"])
def test_a_place_ends_at_a_level(tmp_path, place):
    with pytest.raises(Unfit, match="digits"):
        rows(tmp_path, {NAME: [row(69000, place=place)]})


def test_a_row_of_a_month_of_the_year_counts_though_it_is_over(tmp_path):
    """From March to May more, then as before: the year's sum is another one."""
    some = [row(69000, **{"from": date(NOW, 3, 1)}), row(59000, **{"from": date(NOW, 6, 1)})]
    assert after(tmp_path, {NAME: some}).at(NAME, date(NOW, 4, 1)).value == 69000


def test_what_was_not_known_yet_changes_nothing(tmp_path):
    asked = Asked(date(NOW, 12, 31), known=date(2025, 6, 1))
    with pytest.raises(Unfit, match="not known yet"):
        after(tmp_path, {NAME: 69000}, asked)


def test_what_lies_behind_another_row_changes_nothing(tmp_path):
    with pytest.raises(Unfit, match="leaves the law of 2026"):
        after(tmp_path, {NAME: [row(50000, **{"from": date(2020, 1, 1)})]})


def test_an_overlay_leaves_what_was_there(tmp_path):
    before = parameters()
    overlaid(before, rows(tmp_path, {NAME: 69000}))
    assert before.at(NAME, date(NOW, 12, 31)).value == 59000


def test_programmes_are_the_same_where_only_numbers_change(tmp_path):
    found = with_reform(law(), read(reform(tmp_path), parameters()), ASKED)
    assert found.programmes == law().programmes


def test_a_class_of_a_programme_that_is_not_computed_is_refused(tmp_path):
    (tmp_path / "double.py").write_text(
        "from chengnuo.policies.national.programmes.bereaved import Bereaved as Old\n"
        "class Bereaved(Old):\n    amount = Old.amount * 2\n",
        encoding="utf-8",
    )
    changed = {"parameters": [], "programmes": [{"replaces": "special-bereaved", "class": "double.py"}]}
    others = tuple(each for each in law().programmes if each.words.key != "special-bereaved")
    with pytest.raises(Unfit, match="--only"):
        pair(Law(others, parameters()), read(reform(tmp_path, **changed), parameters()), ASKED)


def test_a_class_may_come_from_a_module(tmp_path):
    module = "chengnuo.policies.national.programmes.bereaved"
    changed = {"parameters": [], "programmes": [{"replaces": "special-bereaved", "class": module}]}
    with pytest.raises(Unfit, match="same conditions and amount"):
        pair(law(), read(reform(tmp_path, **changed), parameters()), ASKED)


def test_untouched_and_touched_are_all(tmp_path):
    both = pair(law(), read(reform(tmp_path), parameters()), ASKED)
    keys = {each.words.key for each in (*both.before.programmes, *both.untouched)}
    assert keys == {each.words.key for each in law().programmes}
    assert not {*both.before.programmes} & {*both.untouched}


def test_both_laws_name_the_programmes_in_one_order(tmp_path):
    before, after_it = pair(law(), read(reform(tmp_path), parameters()), ASKED).laws
    assert [each.words.key for each in before.programmes] == [each.words.key for each in after_it.programmes]
    assert replace(before, parameters=after_it.parameters) == after_it
