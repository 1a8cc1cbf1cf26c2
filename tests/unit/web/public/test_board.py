"""What stands on a board sheet: what fits, the newest released figures, and whoever complaints go to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.foundation import memo
from chengnuo.people.models import Office
from chengnuo.promises.operations.releases import freeze_due
from chengnuo.web.public import board
from chengnuo.web.public.board import Counter, Offered
from tests.factories import county, owed
from tests.factories.desk import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
CODE = "420526101201"
DAY = timedelta(days=1)


def board_of():
    return Client().get(reverse("public:board", args=[CODE]))


def page():
    return board_of().context["page"]


def counter(name, count):
    return Counter(name, "", tuple(Offered(f"{name} {at}", "", "") for at in range(count)))


@pytest.mark.parametrize(
    ("village", "township", "shown"),
    [(5, 13, (5, 13)), (5, 30, (5, 13)), (18, 4, (18, 0)), (25, 4, (18, 0)), (0, 0, (0, 0)), (1, 2, (1, 2))],
)
def test_the_villages_own_services_come_before_the_townships_and_no_more_than_fit(village, township, shown):
    found = board._first([counter("v", village), counter("t", township)])
    assert tuple(len(each.services) for each in found) == shown
    assert sum(shown) <= board.MOST


def test_it_says_that_there_is_more(monkeypatch):
    assert page().cut is False
    monkeypatch.setattr(board, "MOST", 6)
    assert [len(each.services) for each in page().counters] == [5, 1]
    assert page().cut is True


def test_its_figures_are_the_newest_released_ones_and_small_counts_stay_out():
    assert page().figures == ()
    owed.settle(county.VILLAGE, "kept", county.MONDAY - 75 * DAY, count=30)
    owed.settle(county.VILLAGE, "broken", county.MONDAY - 75 * DAY, count=2)
    freeze_due(at=county.MONDAY)
    memo.forget()
    village, office, committees = page().figures
    assert village.name == "Longchi Village Villagers' Committee: the year 2025"
    assert office.name.endswith("2025, quarter 4")
    assert committees.name.startswith("All village and residents' committees together")
    shown = {count.head: count.number for count in village.shown}
    assert shown["broken"] == "", "two is too few to be told"
    assert shown["kept"] in {"30", ""}


def test_complaints_go_to_the_office_above_and_outside_the_county():
    committee, township = page().complaints
    assert committee[0] == "Longchi Village Villagers' Committee"
    assert committee[1].startswith("Gufu Town Public Service Office")
    assert township[1].startswith("Xingshan Health Bureau")
    assert page().outside.startswith(str(Office.objects.get(key="city-supervision")))
    assert "\u00a0" in committee[1], "a telephone number is not broken over two lines"


def test_its_square_leads_to_the_villages_public_page(settings):
    assert page().address == settings.PUBLIC_ADDRESS + reverse("public:place", args=[CODE])


@pytest.mark.parametrize("host", ["https://promises.county.example", "http://127.0.0.1:8000"])
def test_its_address_breaks_behind_a_stroke_and_within_no_word(settings, host):
    settings.PUBLIC_ADDRESS = host
    parts = page().address_in_parts
    assert "".join(parts) == page().address
    assert parts[-3:] == ["promises/", "places/", f"{CODE}/"]
    assert f"promises/<wbr>places/<wbr>{CODE}/<wbr>" in board_of().content.decode()


def test_why_a_figure_is_not_shown_stands_below_them_and_only_then():
    why = "so few people stand behind it that they might be recognised"
    owed.settle(county.VILLAGE, "kept", county.MONDAY - 75 * DAY, count=30)
    freeze_due(at=county.MONDAY)
    memo.forget()
    assert (page().withheld, why in said(board_of())) == (False, False)
    memo.forget()
    owed.settle(county.VILLAGE, "broken", county.MONDAY + 15 * DAY, count=2)
    freeze_due(at=county.MONDAY + 400 * DAY)
    memo.forget()
    assert (page().withheld, why in said(board_of())) == (True, True)


def test_a_village_without_a_committee_has_no_sheet():
    Office.objects.filter(key=county.VILLAGE).update(closed_on=county.MONDAY.date())
    memo.forget()
    assert Client().get(reverse("public:board", args=[CODE])).status_code == 404
    memo.forget()
