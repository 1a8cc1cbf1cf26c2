"""The list of all programmes: every one, by kind, with who pays, where and when, from which texts, and how sure."""

import pytest

from chengnuo.core.rules import Gives
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from chengnuo.web.entitlements.programmes import KINDS, Listed, _row
from chengnuo.web.entitlements.stands import spans
from tests.unit.web.entitlements.asked import TODAY

KEYS = {each.words.key: each for each in programmes()}


def row(key: str) -> Listed:
    return _row(KEYS[key], TODAY, {})


def test_all_five_kinds_have_a_name_and_a_programme():
    assert set(KINDS) == set(Gives)
    assert {each.gives for each in programmes()} == set(Gives)


def test_a_row_tells_who_pays_who_does_it_and_how_sure_its_figures_are():
    found = row("childcare-subsidy")
    assert (found.name, found.payer) == ("Childcare subsidy", "the public budget")
    assert found.provider
    assert found.sure == "read in the text itself"
    assert found.texts == ("育儿补贴制度实施方案 (2025-07-28)", "育儿补贴制度管理规范（试行） (2025-09-18)")


@pytest.mark.parametrize(
    ("key", "stands"),
    [
        ("childcare-subsidy", ("everywhere in China, from Jan. 1, 2025",)),
        ("yichang-birth-grant", ("Yichang City, from Sept. 22, 2022",)),
        ("parental-leave", ("Hubei Province, from Nov. 26, 2021",)),
        ("only-child-allowance", ("Hubei Province, from Sept. 1, 2002",)),
    ],
)
def test_where_and_when_it_stands_and_an_amount_that_changes_is_no_end(key, stands):
    assert row(key).stands == stands


@pytest.mark.parametrize(
    ("key", "gives"),
    [
        ("childcare-subsidy", "3,600 yuan a year"),
        ("special-bereaved", "590 yuan each month"),
        (
            "yichang-kindergarten-grant",
            "kindergarten grant a semester 1,500 yuan or 500 yuan; the most that is paid for one child in kindergarten 9,000 yuan or 3,000 yuan (a year, by the semester)",
        ),
        ("free-basic-services", "as long as it lasts"),
        ("entrance-bonus", "It has ended."),
    ],
)
def test_a_row_tells_what_it_gives_today(key, gives):
    assert row(key).gives == gives


def test_a_row_tells_for_whom_it_is():
    assert "the child is a Chinese national; a parent or another guardian claims" in row("childcare-subsidy").who


@pytest.mark.parametrize(
    "key", ["rural-incentive", "special-bereaved", "special-disabled-child", "special-complications"]
)
def test_numbers_of_the_past_and_of_some_places_make_those_of_today_no_less_sure(key):
    assert row(key).sure == "from an official source"


def test_what_was_repealed_tells_its_last_day():
    (stands,) = row("entrance-bonus").stands
    assert " to " in stands
    rows = parameters().history(KEYS["entrance-bonus"].stands)
    assert rows[-1].value is None


def test_a_programme_of_several_places_names_them_all():
    assert len(row("yichang-kindergarten-grant").stands) == 7


@pytest.mark.parametrize("key", KEYS)
def test_every_programme_stands_somewhere_and_rests_on_a_text(key):
    found = row(key)
    assert found.stands
    assert found.texts
    assert found.sure


def test_a_value_that_comes_back_is_a_time_of_its_own():
    history = parameters().history("childcare.a_year")
    gone = type(history[0])(**{**vars(history[0]), "value": None, "begins": history[0].begins.replace(year=2027)})
    back = type(history[0])(**{**vars(history[0]), "begins": history[0].begins.replace(year=2029)})
    assert list(spans((history[0], gone, back))) == [
        "everywhere in China, Jan. 1, 2025 to Dec. 31, 2026",
        "everywhere in China, from Jan. 1, 2029",
    ]
