"""The result as a whole: what counts, in which order, the sum of the year, and what is left out and said to be so."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from chengnuo.core.rules import PLACE
from chengnuo.web.entitlements.results import ResultPage, _total, counting, result_page
from tests.unit.web.entitlements.asked import all_asked
from tests.unit.web.entitlements.test_asking import BABY, OLD, without
from tests.unit.web.entitlements.test_cards import SECOND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def page(known: dict[str, str], who: str, **begun: str) -> ResultPage:
    now = all_asked(known, who=who, children=begun.pop("children", "1"), **begun)[1]
    request = RequestFactory().get("/entitlements/")
    request._messages = []
    return result_page(request, now)


def keys(cards) -> list[str]:
    return [card.key for card in cards]


def test_every_programme_stands_in_one_of_three_groups():
    found = page(SECOND | {"child.1.chinese": "?"}, "child")
    groups = [keys(found.entitled), keys(found.undecided), keys(found.others)]
    assert "parental-leave.1" in groups[0]
    assert "childcare-subsidy.1" in groups[1]
    assert "maternity-leave.1" in groups[2]
    every = [key for group in groups for key in group]
    assert len(every) == len(set(every))


def test_the_money_of_the_year_is_added_up_where_there_is_more_than_one_sum():
    found = page(SECOND, "child")
    assert (found.total, found.most) == ("3,600 yuan", "13,200 yuan"), "with what the texts leave open"
    assert page(BABY, "child").total == "", "one sum is its own total"


def test_money_that_hangs_on_no_open_reading_is_one_sum():
    sums = [SimpleNamespace(sums=each) for each in ((100_00, 200_00), (300_00,), (), (0, 0))]
    assert _total(sums) == ("400 yuan", "500 yuan")
    assert _total([*sums[1:], SimpleNamespace(sums=(1_00,))]) == ("301 yuan", "")


def test_days_and_premiums_are_not_money():
    assert page(BABY | {"child.1.born": "2010-01-01"}, "child").total == ""


def test_what_was_left_out_is_said_to_an_adult():
    assert "nobody is asked" in page(OLD | {"more": "none"}, "me").left_out
    assert page(BABY, "child").left_out == ""
    assert page(OLD | {"more": "?"}, "me", only="rural-incentive").left_out == ""


def test_who_named_a_loss_is_not_told_that_nobody_asks_about_it():
    assert page(OLD | {"more": "loss"}, "me").left_out == "Support for other particular situations is left out."


def test_what_hangs_on_the_place_is_a_list_of_names():
    found = page(BABY, "child", place="?")
    assert "Yichang childcare grant" in found.elsewhere
    assert not [name for name in found.elsewhere if "examination" in name], "what was repealed holds nowhere"
    assert len(found.elsewhere) == len(set(found.elsewhere)), "each once, however many children"
    assert not [card for card in found.undecided if card.key.startswith("yichang")]


def test_what_hangs_on_the_place_is_not_counted():
    now = all_asked(BABY, place="?", who="child", children="2")[1]
    assert any(PLACE in each.needs for each in now.found)
    assert not any(PLACE in each.needs for each in counting(now))


def test_a_programme_of_another_place_that_was_chosen_says_where_it_is_in_force():
    found = page({}, "child", only="tianmen-birth-grant")
    (card,) = found.others
    assert (card.name, card.alone) == ("Tianmen grant after a birth", True)
    assert "in force" in card.fails
    assert card.then.startswith("It is in force: Tianmen City, ")


def test_what_hangs_on_a_number_that_is_not_held_is_named_and_not_passed_over(monkeypatch):
    without(monkeypatch, "childcare-subsidy")
    found = page(SECOND, "child", children="2")
    assert found.without_number == ("Childcare subsidy",), "once, however many children"
    assert not [key for key in keys((*found.entitled, *found.undecided, *found.others)) if "childcare-sub" in key]
    assert found.total == "", "what is not known is in no sum: one is left"


def test_a_change_of_language_takes_all_answers_along():
    found = page(BABY, "child")
    carried = [value for name, value in found.shell.carried if name == "answer"]
    assert "child.1.born=2025-03-02" in carried
    assert found.title == "What am I entitled to?", "the browser's history keeps it"
