"""The list of cases: found by two characters of a name, by number and by what they are; the filters stay from page to page."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.factories import cases, county, desk

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def made():
    """By name: one finished, one late, one of another service."""
    done = cases.ask(at=county.MONDAY - DAY, name="王建国")
    cases.finish(done, at=county.MONDAY)
    return {
        "done": done,
        "late": cases.ask(at=county.MONDAY - 9 * DAY, name="欧阳桂兰"),
        "other": cases.ask("help-with-forms", at=county.MONDAY, name="阿依古丽·买买提"),
    }


def found(client, made, post=cases.DESK, **query):
    text = desk.at(client, post).get("cases", **query).content.decode()
    return {name for name, case in made.items() if case.number in text}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({}, {"done", "late", "other"}),
        ({"q": "桂兰"}, {"late"}),
        ({"q": "欧阳"}, {"late"}),
        ({"q": "阿依古丽买买提"}, {"other"}),
        ({"q": "没有"}, set()),
        ({"status": "done"}, {"done"}),
        ({"sort": "request"}, {"done", "late", "other"}),
        ({"sort": "complaint"}, set()),
        ({"service": "help-with-forms"}, {"other"}),
        ({"late": "yes"}, {"late"}),
        ({"late": "yes", "q": "建国"}, set()),
        ({"status": "nonsense", "sort": "nonsense"}, {"done", "late", "other"}),
        ({"q": "欧\x00阳"}, {"late"}),
        ({"q": "%_'\";--"}, set()),
        ({"at": "forged"}, {"done", "late", "other"}),
    ],
)
def test_what_is_asked_for_is_found(client, monday, made, query, wanted):
    assert found(client, made, **query) == wanted


def test_a_number_is_found_also_in_wide_digits(client, monday, made):
    wide = made["late"].number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert found(client, made, q=made["late"].number) == {"late"}
    assert found(client, made, q=wide) == {"late"}


@pytest.mark.parametrize(
    ("post", "sees"),
    [
        (cases.TOWNSHIP_DESK, True),
        (cases.BUREAU_DESK, True),
        (f"{cases.ELSEWHERE}.desk", False),
        (f"{cases.TOWNSHIP_ELSEWHERE}.head", False),
    ],
)
def test_who_stands_above_sees_below(client, monday, made, post, sees):
    assert bool(found(client, made, post)) is sees


def test_a_name_finds_nothing_that_the_gate_does_not_show(client, monday, made):
    assert found(client, made, f"{cases.ELSEWHERE}.desk", q="桂兰") == set()


def test_leafing_keeps_the_filters(client, monday):
    made = [cases.ask(at=county.MONDAY - 30 * DAY, name="欧阳桂兰") for _ in range(22)]
    cases.ask(at=county.MONDAY - 31 * DAY, name="王建国")
    here = desk.at(client, cases.DESK)
    first = here.get("cases", q="桂兰", late="yes").content.decode()
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    query = {key: values[0] for key, values in parse_qs(urlsplit(following).query).items()}
    assert (query["q"], query["late"]) == ("桂兰", "yes")
    second = here.get("cases", **query).content.decode()
    shown = [{case.number for case in made if case.number in page} for page in (first, second)]
    assert [len(each) for each in shown] == [20, 2]
    assert not shown[0] & shown[1]


def test_a_cursor_of_other_filters_begins_the_list_again(client, monday):
    made = [cases.ask(at=county.MONDAY - n * DAY) for n in range(22)]
    here = desk.at(client, cases.DESK)
    first = here.get("cases").content.decode()
    cursor = parse_qs(urlsplit(first.split('rel="next" href="')[1].split('"')[0]).query)["at"][0]
    again = here.get("cases", at=cursor, sort="request").content.decode()
    assert made[0].number in again


def test_what_was_typed_stays_in_the_form(client, monday, made):
    text = desk.at(client, cases.DESK).get("cases", q='桂"兰', status="done", late="yes").content.decode()
    assert 'value="桂&quot;兰"' in text
    assert '<option value="done" selected>' in text
    assert 'value="yes" checked' in text


def test_the_search_leaves_no_name_in_the_page_that_lists(client, monday, made):
    """A list shows numbers: a name is read on the page of the case, where the look is recorded."""
    text = desk.at(client, cases.DESK).get("cases").content.decode()
    assert "王建国" not in text
