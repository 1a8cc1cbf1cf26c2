"""Whoever complains without a name is found by nobody: not by an officer, not by who owns the database, not by who has the keys too."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from chengnuo.cases import queries
from chengnuo.cases.models import Case, Chapter
from chengnuo.cases.operations import answer, handle
from chengnuo.cases.operations.receive import Begun
from chengnuo.config.sweeping import sweep
from chengnuo.core.instants import day_begins
from chengnuo.foundation.actor import resident
from chengnuo.foundation.log import proofs
from chengnuo.foundation.models import ActKey, LogEntry
from chengnuo.foundation.receipts import receipt_code
from chengnuo.promises.models import Duty
from chengnuo.web.casework.receipts import receipt_of
from tests.factories import cases, county, log
from tests.factories.cases import DAY, HOUR
from tests.factories.family import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
BEGINS = day_begins(county.MONDAY)
MANY = 9
CHECK = "/complain/check/"
WITHOUT = "/follow/without-a-name/"


def at_minute(minute: int) -> datetime:
    return county.MONDAY + timedelta(minutes=minute)


@pytest.fixture
def day() -> list[Begun]:
    """A day at the offices: requests every few minutes, and among them complaints without a name, in the order of the list."""
    found = []
    for n in range(MANY):
        cases.ask(at=at_minute(20 * n))
        cases.ask(at=at_minute(20 * n + 5))
        found.append(cases.complained(at=at_minute(20 * n + 10)))
    cases.ask(at=at_minute(20 * MANY))
    return found


def tables() -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """The whole database: every table, as somebody reads it who owns it."""
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            columns = [each[0] for each in cursor.description]
            found[name] = (columns, [tuple(map(plain, row)) for row in cursor.fetchall()])
    return found


def plain(value: Any) -> Any:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


def text_of(value: Any) -> str:
    return value.hex if isinstance(value, UUID) else str(value).replace("-", "")


def rows_of(complaint: UUID, whole: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Every row that names the complaint, and every row that names one of those, as far as ids lead."""
    known, found = {complaint.hex}, {}
    while True:
        size = len(found)
        for table, (columns, rows) in whole.items():
            if not table.startswith(
                ("cases_", "people_contact", "people_consent", "promises_duty", "promises_esc", "foundation_")
            ):
                continue
            for row in rows:
                said = [text_of(value) for value in row]
                if any(each in value for each in known for value in said):
                    found[table, said[columns.index("id")] if "id" in columns else str(said)] = dict(
                        zip(columns, row, strict=True)
                    )
        for (table, key), row in list(found.items()):
            known |= {key} if table != "foundation_actkey" else set()
            known |= {text_of(row["contact_id"])} if row.get("contact_id") else set()
        if len(found) == size:
            return [(table, row) for (table, _key), row in found.items()]


def test_no_row_that_it_caused_tells_more_than_the_day(day):
    whole = tables()
    for begun in day:
        rows = rows_of(begun.case.pk, whole)
        assert {table for table, _row in rows} == {
            "cases_case",
            "cases_chapter",
            "people_contact",
            "promises_duty",
            "foundation_logentry",
        }
        for table, row in rows:
            for column, value in row.items():
                assert no_hour(value), (table, column, value)


def no_hour(value: Any) -> bool:
    """Whether a value is no instant within the day: not as an instant, nor in a text, nor in an id that carries one."""
    said = str(value)
    if isinstance(value, datetime) or re.match(r"\d{4}-\d\d-\d\d \d\d:", said):
        instant = value if isinstance(value, datetime) else datetime.fromisoformat(said)
        instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        return not BEGINS < instant < BEGINS + DAY
    ids = re.findall(r"[0-9a-f]{8}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}", text_of(value))
    near = {f"{int((BEGINS + hour * HOUR).timestamp() * 1000):012x}"[:4] for hour in range(25)}
    in_text = re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d", said)
    return not in_text and not any(each[:4] in near and made_today(each) for each in ids)


def made_today(each: str) -> bool:
    made = datetime.fromtimestamp(int(each.replace("-", "")[:12], 16) / 1000, tz=UTC)
    return BEGINS <= made < BEGINS + DAY


def test_no_column_of_any_table_sorts_them_as_they_came(day):
    """The attacker sorts every table by every column, and looks whether the complaints stand in their order, or between the
    requests between which they came.
    """
    whole = tables()
    ids = [begun.case.pk.hex for begun in day]
    for table, (columns, rows) in whole.items():
        mine = {n: row for n, pk in enumerate(ids) for row in rows if any(pk in text_of(value) for value in row)}
        if len(mine) < MANY:
            continue
        for place, column in enumerate(columns):
            values = [str(mine[n][place]) for n in range(MANY)]
            if len(set(values)) < MANY:
                continue
            order = sorted(range(MANY), key=values.__getitem__)
            assert order not in ([*range(MANY)], [*range(MANY)][::-1]), (table, column)
            others = sorted(str(row[place]) for row in rows if row not in mine.values())
            before = [sum(other < value for other in others) for value in values]
            found = sum(2 * (n + 1) == place for n, place in enumerate(before))
            assert found < MANY / 2, (table, column, before)


def test_the_row_of_its_key_names_nothing_and_stands_in_no_order(day):
    rows = ActKey.objects.filter(operation="case.complain/1")
    assert {(row.ref_kind, row.ref_id, row.at) for row in rows} == {("", "", BEGINS)}
    assert all(row.pk < 0 for row in rows)
    assert ActKey.objects.filter(operation="case.receive/1", pk__gt=0).count() == 2 * MANY + 1
    bodies = {bytes(row.body).hex() for row in rows}
    assert not any(body in json.dumps(list(LogEntry.objects.values_list("private", flat=True))) for body in bodies)


def test_it_is_gone_after_the_form_s_own_day(day):
    sweep(county.MONDAY + 3 * DAY)
    assert not ActKey.objects.filter(operation="case.complain/1").exists()
    assert ActKey.objects.filter(operation="case.receive/1").exists()


def test_the_log_takes_them_in_the_next_day_shuffled_and_the_verifier_is_content(day, tmp_path):
    log.settle(county.MONDAY + 6 * HOUR)
    waiting = LogEntry.objects.filter(group="anonymous")
    assert waiting.count() == MANY == waiting.filter(seq=None).count()
    receipts = [log.promise(each, at=at_minute(20 * MANY)) for each in day]
    assert all(DAY.total_seconds() < each["within"] < 2 * DAY.total_seconds() for each in receipts)
    log.settle(county.MONDAY + DAY)
    numbers = [LogEntry.objects.get(ref_id=str(each.case.pk)).seq for each in day]
    assert None not in numbers
    assert numbers != sorted(numbers)
    assert {json.dumps(each) for each in waiting.values_list("public", flat=True)} == {"{}"}
    records = [{"schema": "chengnuo.record/1", "entries": proofs.of(Case.kind, each.case.pk)} for each in day]
    found = log.outsider(tmp_path, heads=log.kept(), receipts=[*receipts, *records])
    assert found.returncode == 0, found.stdout


def test_the_office_s_time_limit_is_the_same(day):
    named = cases.duty_of(cases.complaint(name="王桂兰", at=at_minute(200)))
    for begun in day:
        duty = cases.duty_of(begun.case)
        assert (duty.due_at, duty.broken_at) == (named.due_at, named.broken_at)


# what its writer does later


def test_what_the_writer_says_later_tells_the_day_alone_and_stands_after_what_it_answers():
    case = cases.complaint()
    cases.does(handle.ask_once, case, cases.TOWNSHIP_DESK, at=at_minute(60), missing=["哪一天"], words="")
    cases.does(handle.supply, case, resident(case.pk), at=at_minute(333), words="上周五")
    cases.does(handle.finish, case, cases.TOWNSHIP_DESK, at=at_minute(400), result="已整改")
    cases.does(answer.say_not, case, resident(case.pk), at=at_minute(444), words="没有")
    cases.does(answer.withdraw, case, resident(case.pk), at=at_minute(444) + DAY)
    moves = list(Chapter.objects.filter(case=case).order_by("at", "pk").values_list("move", flat=True))
    assert moves == ["receive", "ask_once", "supply", "finish", "say_not", "withdraw"]
    told = [at_minute(333), at_minute(444), at_minute(444) + DAY]
    minutes = {f"{each:%H:%M}" for each in told}
    for table, row in rows_of(case.pk, tables()):
        assert not any(minute in str(value) for value in row.values() for minute in minutes), (table, row)
    assert not Duty.objects.filter(subject_id=case.pk, outcome="").exists()
    mine = LogEntry.objects.filter(schema__in=["case.supply/1", "case.say_not/1", "case.withdraw/1"])
    assert set(mine.values_list("group", flat=True)) == {"anonymous"}


# the code


def complain(phone: Browser, **said: str) -> UUID:
    phone.open(f"/complain/?about={county.VILLAGE}")
    for step, typed in {
        "words": {"words": "跑了三趟"},
        "name": {"name": ""},
        "contact": {"phone": "", "consents": []},
    }.items():
        phone.send(f"/complain/{step}/", **typed | said.get(step, {}))
    done = phone.send(CHECK)
    return UUID(done.split("/")[2])


def test_the_code_is_on_the_page_on_the_slip_and_in_no_table():
    phone = Browser()
    case = complain(phone)
    code = phone.code.replace(" ", "")
    assert len(code) == 16
    assert code != receipt_code(case)
    held = resident(case)
    receipt = receipt_of(queries.seen(held, case), viewer=held, now=county.MONDAY)
    assert receipt.leaf_says.startswith("In the public log from the next day on")
    assert receipt.follow == WITHOUT
    phone.open(f"/request/{case}/received/")
    assert phone.code.replace(" ", "") == code
    assert phone.client.get(f"/request/{case}/slip.pdf").status_code == 200
    whole = json.dumps(tables(), default=str)
    assert code not in whole
    assert str(case) not in "".join(Session.objects.values_list("session_data", flat=True))


def test_it_opens_on_the_page_for_complaints_without_a_name_and_on_no_other():
    phone = Browser()
    case = complain(phone)
    code, other = phone.code, Browser()
    assert other.send("/follow/", code=code) == "/follow/"
    assert "No request opens with this code." in other.text
    assert other.send(WITHOUT, code=code) == f"/request/{case}/"
    assert "跑了三趟" in other.text
    other.open(f"/request/{case}/received/")
    assert other.code == code


def test_the_code_of_a_request_opens_nothing_there():
    request, phone = cases.ask(), Browser()
    assert phone.send(WITHOUT, code=receipt_code(request.pk)) == WITHOUT


def test_both_pages_lead_to_each_other():
    phone = Browser()
    phone.open("/follow/")
    assert f'href="{WITHOUT}"' in phone.page
    phone.open(WITHOUT)
    assert "See how your complaint or objection stands" in phone.text
    assert 'href="/follow/"' in phone.page


def test_each_page_does_the_same_work_for_any_code(django_assert_num_queries):
    code = cases.complained().code
    for typed, found in ((code, True), ("0" * 16, False), (receipt_code(cases.ask().pk), False)):
        with django_assert_num_queries(1):
            assert (queries.by_dear_receipt(typed) is not None) is found


def test_an_index_copied_to_another_complaint_opens_nothing():
    one, two = cases.complained(), cases.complained()
    index = Case.objects.get(pk=one.case.pk).receipt_index
    Case.objects.filter(pk=one.case.pk).update(receipt_index=bytes(32))
    Case.objects.filter(pk=two.case.pk).update(receipt_index=index)
    assert queries.by_dear_receipt(one.code) is None


def test_codes_are_no_pattern():
    codes = [cases.complained().code for _ in range(20)]
    assert len(set(codes)) == 20
    assert codes != sorted(codes)
    assert Random(1).choice(codes).isdecimal()


def test_it_is_hidden_at_the_office_complained_about():
    begun = cases.complained()
    about = Browser(Client())
    county.sign_in(about.client, cases.DESK)
    assert about.send(WITHOUT, code=begun.code) == WITHOUT


def test_sent_twice_it_is_one_and_the_second_page_shows_the_same_receipt():
    phone = Browser()
    phone.open(f"/complain/?about={county.VILLAGE}")
    phone.send("/complain/words/", words="跑了三趟")
    phone.send("/complain/name/", name="")
    phone.send("/complain/contact/", phone="", consents=[])
    stamp, first = phone.stamp, phone.send(CHECK)
    code = phone.code
    assert phone.send(CHECK, stamp=stamp) == first
    assert phone.code == code
    stranger = Browser()
    assert "/received/" in stranger.send(CHECK, stamp=stamp)
    assert "Its receipt is not shown here again." in stranger.text
    assert Case.objects.count() == 1


@pytest.mark.parametrize(("name", "phone"), [("王桂兰", ""), ("", "10012345678"), ("王桂兰", "10012345678")])
def test_whoever_gives_a_name_or_a_telephone_is_answered_by_the_hour(name, phone):
    browser = Browser()
    consents = {"phone": phone, "consents": ["call_back"] if phone else []}
    case = Case.objects.get(pk=complain(browser, name={"name": name}, contact=consents))
    assert not case.is_anonymous
    assert case.received_at == county.MONDAY
    assert browser.code.replace(" ", "") == receipt_code(case.pk)
