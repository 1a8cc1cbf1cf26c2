"""A reform that changes nothing, or names what is not there, is refused: where, what, why, what to write instead."""

import re
from datetime import date

import pytest

from chengnuo.core.rules import Miswritten
from chengnuo.policies.loader import parameters
from chengnuo.policies.sheet import Unfit
from chengnuo.population.simulate.law import overlaid, pair
from chengnuo.population.simulate.reform import read
from tests.unit.population.simulate.hand_made import ASKED, NOW, law, reform, row


def refused(folder, **said):
    path = reform(folder, **said)
    with pytest.raises(Unfit) as error:
        pair(law(), read(path, parameters()), ASKED)
    return error.value


def touched(folder, **said):
    return {each.words.key for each in pair(law(), read(reform(folder, **said), parameters()), ASKED).after.programmes}


def test_a_reform_is_rows_of_law(tmp_path):
    found = read(reform(tmp_path), parameters())
    ((where, one),) = found.rows
    assert (one.name, one.value, one.unit, one.begins) == (
        "special.bereaved_rural",
        69000,
        "fen a month",
        date(NOW, 1, 1),
    )
    assert where.endswith("values[1]")
    assert found.title.en == "a raise"


def test_an_unknown_parameter_is_refused_with_the_nearest_one(tmp_path):
    error = refused(tmp_path, values={"special.bereft_rural": 1})
    assert "parameters[1] › name" in error.where
    assert "special.bereft_rural" in error.what
    assert error.instead.startswith("special.bereaved_rural or ")


def test_a_parameter_may_be_new_where_it_says_what_it_is(tmp_path):
    label = {"hans": "新", "hant": "新", "en": "new"}
    said = [{"name": "special.new", "unit": "fen", "label": label, "values": [row(5)]}]
    assert read(reform(tmp_path, parameters=said), parameters()).rows[0][1].label.en == "new"


def test_a_yearly_rate_from_july_is_refused(tmp_path):
    error = refused(tmp_path, values={"incentive.a_year": [row(192_000, **{"from": date(NOW, 7, 1)})]})
    assert "the months before would be paid at it too" in error.why


def test_a_row_with_the_value_that_stands_is_refused(tmp_path):
    error = refused(tmp_path, values={"special.bereaved_rural": 59000})
    assert "59000" in error.what
    assert "already" in error.why


def test_a_row_that_ends_what_another_begins_changes_something(tmp_path):
    rows = [row(69000), row(59000, **{"from": date(NOW, 7, 1)})]
    assert touched(tmp_path, values={"special.bereaved_rural": rows})


def test_a_repeal_of_what_does_not_stand_is_refused(tmp_path):
    error = refused(tmp_path, values={"tianmen.third_child": [row(None, place="4205")]})
    assert "to nothing" in error.what


def test_a_parameter_that_no_programme_reads_is_refused(tmp_path):
    error = refused(tmp_path, values={"limits.small_cell": [row(9)]})
    assert "No programme" in error.why


@pytest.mark.parametrize("begins", [date(NOW + 1, 1, 1), date(NOW + 9, 1, 1)])
def test_a_reform_of_another_year_is_refused_with_the_day_to_ask_for(tmp_path, begins):
    error = refused(tmp_path, values={"special.bereaved_rural": [row(69000, **{"from": begins})]})
    assert str(NOW) in error.what
    assert str(begins) in error.instead


def test_a_reform_without_anything_is_refused(tmp_path):
    assert "names no parameter and no programme" in refused(tmp_path, parameters=[]).what


@pytest.mark.parametrize(
    ("changed", "where", "near"),
    [
        ({"parametres": []}, "parametres", "parameters"),
        ({"title": None, "titel": {"hans": "a", "hant": "a", "en": "a"}}, "title", "titel"),
    ],
)
def test_a_key_that_was_typed_wrongly_is_told_with_the_one_that_was_meant(tmp_path, changed, where, near):
    error = refused(tmp_path, **changed)
    assert error.where.endswith(where)
    assert near in error.instead


def test_a_programme_that_is_not_there_is_refused_with_the_nearest_one(tmp_path):
    error = refused(tmp_path, programmes=[{"replaces": "special-berieved", "class": "x.py"}])
    assert error.instead.startswith("special-bereaved")


def test_a_reform_touches_the_programmes_that_read_it_and_those_that_rest_on_them(tmp_path):
    found = touched(tmp_path)
    assert {"special-bereaved", "rural-incentive", "inpatient-insurance", "special-family-services"} <= found


def test_a_row_takes_the_place_of_the_one_of_its_day_and_place_only(tmp_path):
    rows = [
        one
        for _, one in read(
            reform(tmp_path, values={"special.bereaved_rural": [row(1, **{"from": date(2022, 7, 1)})]}), parameters()
        ).rows
    ]
    before, after = parameters(), overlaid(parameters(), rows)
    assert after.at("special.bereaved_rural", date(2022, 7, 1)).value == 1
    assert len(after.history("special.bereaved_rural")) == len(before.history("special.bereaved_rural"))
    assert after.history("special.bereaved") == before.history("special.bereaved")


def test_the_messages_say_where_what_why_and_what_instead(tmp_path):
    said = str(refused(tmp_path, values={"special.bereaved_rural": 59000}))
    assert re.search(r"^.*reform\.yaml › .*: .*\n  Why: .*\n  Write instead: .+$", said, re.DOTALL)


CLASS = '''
"""A class for the test."""

from chengnuo.core.rules import JANUARY, Programme, accrued, when
from chengnuo.policies.counting import last_month
from chengnuo.policies.facts import person
from chengnuo.policies.national.programmes.complications import Complications, last

class Changed(Programme):
    words = Complications.words
    who = person.PERSON
    stands = Complications.stands
    conditions = {CONDITIONS}
    exits = Complications.exits
    claimed = Complications.claimed
    amount = AMOUNT
'''


def with_class(folder, conditions="Complications.conditions", amount="Complications.amount * 2", **changed):
    (folder / "changed.py").write_text(
        CLASS.replace("{CONDITIONS}", conditions).replace("AMOUNT", amount), encoding="utf-8"
    )
    return {"parameters": [], "programmes": [{"replaces": "special-complications", "class": "changed.py"} | changed]}


def test_a_class_takes_the_place_of_a_programme(tmp_path):
    both = pair(law(), read(reform(tmp_path, **with_class(tmp_path)), parameters()), ASKED)
    before, after = ({each.words.key: each for each in one.programmes} for one in both.laws)
    assert list(before) == list(after)
    assert after["special-complications"].__name__ == "Changed"
    assert before["special-complications"].__name__ == "Complications"
    assert not {*before} & {each.words.key for each in both.untouched}


def test_a_class_that_reckons_the_same_is_refused(tmp_path):
    assert "same conditions" in refused(tmp_path, **with_class(tmp_path, amount="Complications.amount")).what


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("Complications.amount / 2", "round"),
        ("nonsense", "NameError"),
        ("(", "SyntaxError"),
        ("dated('x.y', 'fen')", "NameError"),
    ],
)
def test_a_class_that_cannot_be_read_is_refused_with_the_reason(tmp_path, amount, said):
    assert said in str(refused(tmp_path, **with_class(tmp_path, amount=amount)))


def test_a_class_that_is_not_there_is_refused(tmp_path):
    error = refused(tmp_path, **with_class(tmp_path, **{"class": "gone.py"}))
    assert "gone.py" in error.what


def test_a_class_with_another_key_is_refused(tmp_path):
    error = refused(tmp_path, **with_class(tmp_path, replaces="special-bereaved"))
    assert "special-complications" in error.what
    assert "special-bereaved" in error.instead


def test_a_class_that_asks_the_law_for_what_it_does_not_hold_is_refused(tmp_path):
    amount = "accrued('complications.grade9', JANUARY, last)"
    with pytest.raises(Miswritten, match="grade9"):
        pair(law(), read(reform(tmp_path, **with_class(tmp_path, amount=amount)), parameters()), ASKED)


def test_who_rests_on_a_replaced_programme_rests_on_the_new_one(tmp_path):
    conditions = "{**Complications.conditions, 'certified': ~person.complication_grade.applies}"
    both = pair(law(), read(reform(tmp_path, **with_class(tmp_path, conditions)), parameters()), ASKED)
    names = {each.words.key for each in both.after.programmes}
    assert names >= {"special-complications", "rural-incentive", "inpatient-insurance"}


def test_two_files_of_one_name_would_overwrite_each_other_in_a_dossier(tmp_path):
    said = []
    for folder, key, old in (
        ("a", "special-bereaved", "bereaved import Bereaved"),
        ("b", "special-disabled-child", "disabled_child import DisabledChild"),
    ):
        (tmp_path / folder).mkdir()
        text = f"from chengnuo.policies.national.programmes.{old} as Old\n\n\nclass New(Old):\n    amount = Old.amount * 2\n"
        (tmp_path / folder / "new.py").write_text(text)
        said.append({"replaces": key, "class": f"{folder}/new.py"})
    with pytest.raises(Unfit, match=r"needs two files called new\.py"):
        read(reform(tmp_path, programmes=said), parameters())
