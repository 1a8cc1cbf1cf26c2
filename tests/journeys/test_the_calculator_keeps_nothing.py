"""Nothing that somebody answers is kept: no row, no address, no cookie but the language's, no cache, no log line."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chengnuo.foundation import memo
from tests.factories import bad
from tests.factories.calculator import ADDRESS, BABY, OLD, Calculator
from tests.factories.hearing import listening

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
KNOWN = BABY | OLD | {
    "who": "both", "more": "loss complications", "person.1.child_died": "2019-02-03", "person.1.complication_grade": "2", "person.1.pension": "3217"
}  # fmt: skip
TELLING = ("2025-03-02", "1960-03-02", "2019-02-03", "child.1", "person.1", "complication", "3217", "321700")


@pytest.fixture
def heard():
    with listening() as lines:
        yield lines


def test_no_row_is_written(django_assert_max_num_queries):
    memo.forget()
    before = bad.rows()
    with CaptureQueriesContext(connection) as asked:
        phone = Calculator()
        phone.result(KNOWN)
        phone.letter("childcare-subsidy.1")
    assert bad.rows() == before
    assert Session.objects.count() == 0
    said = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    assert not [sql for sql in said if not sql.lstrip("( ").upper().startswith("SELECT")]
    assert not [sql for sql in said for word in TELLING if word in sql]


def test_the_browser_is_left_with_no_cookie_that_tells():
    phone = Calculator()
    phone.result(KNOWN)
    assert set(phone.client.cookies) <= {"csrftoken"}
    phone.send(language="zh-hant")
    assert set(phone.client.cookies) <= {"csrftoken", "django_language"}
    assert phone.client.cookies["django_language"]["httponly"]


def test_no_page_may_be_kept_by_a_cache_and_none_has_an_address_of_its_own():
    phone = Calculator()
    assert phone.last["Cache-Control"] == "no-store"
    phone.send()
    titles = set()
    while phone.at:
        assert phone.last["Cache-Control"] == "no-store"
        assert phone.last.request["PATH_INFO"] == ADDRESS
        assert phone.last.request["QUERY_STRING"] == ""
        titles.add(phone.page.partition("<title>")[2].partition("</title>")[0])
        assert f'action="{ADDRESS}?' not in phone.page
        phone.answer(KNOWN.get(phone.at, "?"))
    assert len(titles) == 1, "the history keeps titles: none tells the question"
    assert phone.letter("childcare-subsidy.1")["Cache-Control"] == "no-store"


def test_no_log_line_tells_an_answer(heard):
    phone = Calculator()
    phone.result(KNOWN)
    phone.letter("childcare-subsidy.1")
    phone.post(answer=["child.1.born=2025-03-02", "child.1.died=never"], at="person.1.complication_grade", said="77")
    phone.post(letter="x", answer="person.1.complication_grade=2")
    logged = [line for line in heard if "SELECT" not in line and "INSERT" not in line]
    assert not [line for line in logged for word in TELLING if word in line]


def test_an_address_with_answers_in_it_is_not_read(client):
    page = client.get(f"{ADDRESS}?answer=who=child&at=child.1.born&said=2").content.decode()
    main = page[page.index("<main") :]
    assert "Begin" in main
    assert "child.1" not in main


def test_an_officer_at_a_counter_asks_alike_and_leaves_nothing():
    client = Client()
    before = bad.rows()
    page = Calculator(client).result(BABY)
    assert "3,600 yuan" in page
    assert bad.rows() == before


@pytest.mark.parametrize("known", [BABY, OLD])
def test_a_page_asks_the_database_little(known):
    memo.forget()
    phone = Calculator()
    phone.answers(known)
    phone.send(to="check")
    with CaptureQueriesContext(connection) as asked:
        phone.send(to="result")
    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) <= 12


def test_the_way_out_stands_on_every_page():
    phone = Calculator()
    phone.send()
    while phone.at:
        assert "data-exit" in phone.page
        phone.answer(OLD.get(phone.at, "?"))
    assert "data-exit" in phone.page
    phone.send(to="result")
    assert "data-exit" in phone.page
