"""Whoever types another's address, guesses a code, forges a form or sends fields that no form has, gets nothing by it."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chengnuo.cases.models import Case, Chapter
from chengnuo.foundation.receipts import receipt_code
from tests.factories import cases, county
from tests.factories.cases import DESK, HEAD
from tests.factories.desk import said, stamp_in
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
FOREIGN = f"{cases.ELSEWHERE}.desk"
NOBODY_S = UUID("01234567-89ab-7def-8123-456789abcdef")
PAGES = [
    ("request", ()), ("done", ()), ("slip", ()), ("proof", ()),
    ("deed", ("withdraw",)), ("deed", ("say_not",)), ("deed", ("say_resolved",)), ("deed", ("supply",)),
    ("consent", ("messages",)),
]  # fmt: skip


def address(name, case, args):
    return reverse(f"family:{name}", args=[case, *args])


def family_of(case) -> Client:
    """A browser in which the receipt of this case was typed."""
    browser = Browser()
    browser.open("/follow/")
    browser.send("/follow/", code=receipt_code(case.pk))
    return browser.client


@pytest.mark.parametrize(("name", "args"), PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_receipt_opens_no_other_case_and_tells_not_whether_there_is_one(monday, name, args, method):
    own, other = cases.ask(), cases.ask()
    client = family_of(own)
    answers = [
        getattr(client, method)(address(name, case, args), {}, HTTP_ACCEPT_LANGUAGE="en")
        for case in (other.pk, NOBODY_S)
    ]
    real, invented = ((answer.status_code, said(answer), answer.headers.get("Location")) for answer in answers)
    assert str(other.pk) not in real[1]
    assert other.number not in real[1]
    assert (real[0], real[1]) == (invented[0], invented[1])
    # the page of a form that was sent twice answers in neutral words, whoever asks
    assert real[0] in ((200,) if (name, method) == ("done", "get") else (302, 403, 404, 405))
    assert cases.again(other).version == other.version


def test_an_officer_opens_a_foreign_case_by_no_address(monday):
    case = cases.ask()
    desk = cases.at_desk(FOREIGN)
    for name, args in (("case", ()), ("deed", ("finish",)), ("deed", ("take_over",)), ("counter_done", ())):
        real, invented = (desk.get(name, pk, *args) for pk in (case.pk, NOBODY_S))
        assert (real.status_code, said(real)) == (invented.status_code, said(invented))
        assert real.status_code in (302, 403, 404)


def test_a_colleague_s_form_does_not_act_upon_a_foreign_case(monday):
    """A stamp is no permission: it only says that a form was ours."""
    own, other = cases.ask(village="420526102201"), cases.ask()
    desk = cases.at_desk(FOREIGN)
    opened = desk.get("deed", own.pk, "finish")
    answer = desk.client.post(
        reverse("desk:deed", args=[other.pk, "finish"]), {"stamp": stamp_in(opened), "result": "办好了"}
    )
    assert answer.status_code == 404
    assert cases.again(other).status == "received"


# fields that no form has


@pytest.mark.parametrize(
    "extra",
    [
        {"status": "closed"},
        {"holder": "x", "holder_id": "x"},
        {"word": "resolved", "closed_at": "2026-03-02"},
        {"office": "x", "about_office": "x", "about_office_id": "x"},
        {"by": "x", "at": "2020-01-01", "key": "x"},
        {"finished_by_id": "x", "reopened": "9", "is_guarded": "0", "received_at": "2020-01-01"},
    ],
)
def test_fields_that_no_form_has_are_not_taken(monday, extra):
    case = cases.ask()
    assert cases.deed(case, "finish", DESK, result="办好了", **extra).status_code == 302
    found = cases.again(case)
    assert (found.status, found.word, found.closed_at, found.reopened) == ("done", "", None, 0)
    assert (found.holder.key, found.finished_by.key, found.about_office_id) == (DESK, DESK, None)
    assert (found.office_id, found.received_at, found.finished_at) == (
        case.office_id,
        county.MONDAY,
        county.MONDAY,
    )


@pytest.mark.parametrize("to", [f"{county.VILLAGE}.supervisor", FOREIGN, cases.CITY_HEAD, "nobody", "not a number"])
def test_a_choice_that_was_not_offered_is_not_taken(monday, to):
    case = cases.ask()
    value = {"nobody": str(uuid4()), "not a number": "' OR 1=1"}.get(to) or str(cases.post_of(to))
    assert cases.deed(case, "offer", DESK, to=value).status_code == 200
    assert cases.again(case).offered_to_id is None


@pytest.mark.parametrize("stamp", ["", "x", "a:b:c", "\x00", "9" * 4000])
def test_a_form_without_our_stamp_does_nothing_and_keeps_what_was_typed(monday, stamp):
    case = cases.ask()
    desk = cases.at_desk(DESK)
    answer = desk.client.post(reverse("desk:deed", args=[case.pk, "finish"]), {"stamp": stamp, "result": "办好了喽"})
    assert answer.status_code == 200
    assert "办好了喽" in answer.content.decode()
    assert cases.again(case).status == "received"


def test_the_stamp_of_one_form_does_not_send_another(monday):
    case = cases.ask()
    desk = cases.at_desk(DESK)
    stamp = stamp_in(desk.get("deed", case.pk, "finish"))
    answer = desk.client.post(
        reverse("desk:deed", args=[case.pk, "refuse"]), {"stamp": stamp, "reasons": "不符合", "law": "第六条"}
    )
    assert answer.status_code == 200
    assert cases.again(case).status == "received"


def test_a_form_pressed_twice_is_one_deed(monday):
    case = cases.ask()
    desk = cases.at_desk(DESK)
    typed = {"stamp": stamp_in(desk.get("deed", case.pk, "finish")), "result": "办好了"}
    first, second = (desk.client.post(reverse("desk:deed", args=[case.pk, "finish"]), typed) for _ in range(2))
    assert first.status_code == 302
    assert second.status_code in (200, 302)
    assert "can no longer be done" not in second.content.decode()
    assert Chapter.objects.filter(case=case, move="finish").count() == 1


# guessing receipts


def guess(code):
    browser = Browser()
    browser.open("/follow/")
    with CaptureQueriesContext(connection) as seen:
        where = browser.send("/follow/", code=code)
    # counting the attempts is no work for the code
    told = [
        query["sql"] for query in seen if "foundation_counted" not in query["sql"] and "SAVEPOINT" not in query["sql"]
    ]
    asked = [re.sub(r"'[^']*'|[0-9a-f]{8,}|\\x[0-9a-f]+|\d+", "?", sql) for sql in told]
    text = re.sub(r"\d[\d ]*", "", browser.text)
    return where, text, asked


def test_every_wrong_code_gets_the_same_answer_for_the_same_work(monday):
    case = cases.ask()
    ended = cases.withdraw(cases.ask(), at=county.MONDAY)
    near = f"{(int(receipt_code(case.pk)) + 1) % 10**16:016d}"
    answers = [guess(code) for code in (near, "1" * 16, f"{case.number}0000", f"{ended.number}9999")]
    assert all(answer == answers[0] for answer in answers)
    assert guess(receipt_code(case.pk))[0] != answers[0][0]


def test_a_wrong_code_opens_nothing_afterwards(monday):
    case = cases.ask()
    browser = Browser()
    browser.open("/follow/")
    browser.send("/follow/", code="1" * 16)
    assert browser.client.get(address("request", case.pk, ())).status_code in (302, 403, 404)


def test_a_case_s_number_is_no_key(monday):
    case = cases.ask()
    where, text, _ = guess(case.number)
    assert str(case.pk) not in where + text
    assert Case.objects.get(pk=case.pk).version == 0


# a cursor from somebody else's list


def test_a_cursor_from_a_colleague_s_list_shows_no_row_of_theirs(monday):
    for _ in range(25):
        cases.ask()
    page = cases.at_desk(HEAD).get("cases").content.decode()
    cursor = re.search(r"[?&](?:amp;)?at=([^\"&]+)", page)
    assert cursor
    elsewhere = cases.at_desk(FOREIGN).client.get(f"{reverse('desk:cases')}?at={cursor[1]}")
    assert elsewhere.status_code == 200
    assert not re.findall(r"/desk/cases/[0-9a-f-]{36}/", elsewhere.content.decode())
