"""Tables through HTTP: who comes near, what the pages say in three scripts, and what is never kept or shown."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from chengnuo.core.text3 import Text3
from chengnuo.foundation import files
from chengnuo.imports.models import ImportBatch
from chengnuo.imports.operations import onward
from chengnuo.imports.targets import targets
from chengnuo.people.models import Office
from chengnuo.web.tables.permissions import TABLES
from tests.factories import cases, county, desk, tables
from tests.factories.register import HEAD as NAMES
from tests.factories.register import Register, people, steady

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
__all__ = ["steady"]  # acts of five hundred rows
ADMIN = "health-bureau.account-admin"
HEAD = ["机构编号", "电话", "办公时间"]
ROW = [county.VILLAGE, "100 7777 0001", ""]
OTHERS = [
    cases.DESK,
    cases.HEAD,
    cases.TOWNSHIP_DESK,
    cases.BUREAU_HEAD,
    cases.CITY_HEAD,
    f"{county.VILLAGE}.supervisor",
    "health-bureau.auditor",
]


@pytest.fixture
def here(client):
    return desk.at(client, ADMIN)


@pytest.fixture
def register(monkeypatch):
    found = Register()
    monkeypatch.setitem(targets.known, found.name, found)
    return found


def send(here, rows, *, target="office_contacts", name="t.csv"):
    where = reverse("tables:send", args=[target])
    stamp = here.client.get(where).context["form"].stamp
    content = SimpleUploadedFile(name, tables.text(rows))
    return here.client.post(where, {"content": content, "stamp": stamp}, follow=True)


def where_of(name, batch="", deed="apply"):
    args = {
        "tables:list": [],
        "tables:begin": ["office_contacts"],
        "tables:send": ["office_contacts"],
        "tables:table_deed": [batch, deed],
    }
    return reverse(name, args=args.get(name, [batch]))


def staged(here):
    send(here, [HEAD, ROW])
    return ImportBatch.objects.get().pk


# who comes near


@pytest.mark.parametrize("post", OTHERS)
def test_no_other_post_opens_any_page_or_sends_any_form(here, post):
    batch = staged(here)
    there = desk.at(here.client, post)
    for page in TABLES:
        for answer in (there.client.get(where_of(page, batch)), there.client.post(where_of(page, batch), {})):
            assert answer.status_code in {403, 404, 405}, page
            assert ROW[1] not in answer.content.decode()
    assert ImportBatch.objects.get().status == "rehearsed"


def test_a_visitor_is_asked_to_sign_in(here):
    batch = staged(here)
    here.client.logout()
    for page in TABLES:
        answer = here.client.get(where_of(page, batch))
        assert answer.status_code == 302
        assert "?next=%2Fdesk%2Ftables%2F" in answer.headers["Location"]


def test_what_is_not_there_is_not_found(here):
    batch = staged(here)
    there = [where_of(page, uuid4()) for page in ("tables:table", "tables:back", "tables:table_deed")]
    there += [where_of("tables:table_deed", batch, name) for name in ("finish", "put", "close", "undo-all")]
    there += [reverse(page, args=["no-such-table"]) for page in ("tables:send", "tables:begin")]
    assert {here.client.get(each).status_code for each in there} == {404}


def test_a_target_of_another_role_is_no_page_of_this_one(here, register):
    register.roles = frozenset({"somebody"})
    assert here.client.get(reverse("tables:send", args=["register"])).status_code == 404
    assert "register" not in here.get("list").content.decode()


@pytest.mark.parametrize(("deed", "fresh"), [("apply", True), ("undo", True), ("drop", False)])
def test_taking_in_and_undoing_ask_who_it_is_after_a_quarter_of_an_hour(here, monday, deed, fresh):
    batch = staged(here)
    if deed == "undo":
        here.send("table_deed", batch, "apply")
    before = ImportBatch.objects.get().status
    monday.move(timedelta(minutes=16))
    answer = here.client.get(where_of("tables:table_deed", batch, deed))
    assert (answer.status_code == 302) == fresh
    assert ImportBatch.objects.get().status == before


def test_a_form_without_its_stamp_or_sent_twice_does_nothing_more(here):
    batch = staged(here)
    where = where_of("tables:table_deed", batch)
    stamp = here.client.get(where).context["form"].stamp
    here.client.post(where, {})
    assert ImportBatch.objects.get().status == "rehearsed"
    for _time in range(2):
        here.client.post(where, {"stamp": stamp}, follow=True)
    found = ImportBatch.objects.get()
    assert (found.status, found.done) == ("applied", 1)


@pytest.mark.parametrize("deed", ["undo", "apply"])
def test_what_is_no_longer_open_has_no_button_and_is_refused_in_words(here, deed):
    batch = staged(here)
    here.send("table_deed", batch, "drop")
    assert where_of("tables:table_deed", batch, deed) not in here.get("table", batch).content.decode()
    assert "This can no longer be done" in desk.said(here.send("table_deed", batch, deed))


# what the pages say


SAID = {
    "zh-hans": ("机构编号", "电话", "第 2 行"),
    "zh-hant": ("機構編號", "電話", "第 2 行"),
    "en": ("Number of the office", "Telephone", "Row 2"),
}


@pytest.mark.parametrize("language", SAID)
def test_every_page_stands_in_three_scripts_and_needs_no_script(here, language):
    send(here, [HEAD, ROW, ["x", "call me", ""]])
    batch = ImportBatch.objects.get().pk
    told = {"HTTP_ACCEPT_LANGUAGE": language}
    page = here.client.get(where_of("tables:table", batch), **told).content.decode()
    for word in SAID[language]:
        assert word in page
    form = here.client.get(where_of("tables:send"), **told).content.decode()
    assert all(word in form for word in SAID[language][:2])
    assert 'enctype="multipart/form-data"' in form
    for html in (page, form, here.client.get(where_of("tables:list"), **told).content.decode()):
        assert "<script>" not in html
        assert "onclick" not in html
        assert f'lang="{language[:2]}' in html
    head = next(load_workbook(io.BytesIO(here.client.get(where_of("tables:begin"), **told).content)).active.values)
    assert head[0] == SAID[language][0]


@pytest.mark.parametrize("language", SAID)
def test_the_table_to_begin_with_is_read_again_in_every_script(here, language):
    content = here.client.get(where_of("tables:begin"), HTTP_ACCEPT_LANGUAGE=language).content
    stamp = here.client.get(where_of("tables:send")).context["form"].stamp
    here.client.post(where_of("tables:send"), {"content": SimpleUploadedFile("t.xlsx", content), "stamp": stamp})
    batch = ImportBatch.objects.get()
    assert (batch.sames, batch.columns) == (batch.rows, ["key", "telephone", "hours"])


def test_no_program_finds_a_formula_in_the_table_to_begin_with(here):
    Office.objects.filter(key=county.VILLAGE).update(name=Text3('=HYPERLINK("x")', "@x", "=1+1"), telephone="+86 1")
    content = here.client.get(where_of("tables:begin")).content
    cells = [cell for row in load_workbook(io.BytesIO(content)).active for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell for cell in cells if str(cell.value or "").startswith(("=", "+", "-", "@"))]
    stamp = here.client.get(where_of("tables:send")).context["form"].stamp
    here.client.post(where_of("tables:send"), {"content": SimpleUploadedFile("t.xlsx", content), "stamp": stamp})
    batch = ImportBatch.objects.get()
    assert batch.sames == batch.rows


# what is never kept or shown


def test_the_name_of_a_file_is_kept_nowhere(here):
    send(here, [HEAD, ROW], name="王桂兰怀孕名单.csv")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # names of our own tables
            assert "怀孕名单" not in str(cursor.fetchall()), table
    assert not [path for path in files.folder().rglob("*") if "怀孕" in path.name]


def test_no_page_shows_a_secret_and_the_table_that_goes_back_has_it(here, register):
    rows = people(2)
    answer = send(here, [NAMES, *rows, [rows[0][0], "再来", "x", "-1"]], target="register")
    batch = ImportBatch.objects.get().pk
    back = here.client.get(where_of("tables:back", batch))
    for number, *_more in rows:
        assert number not in answer.content.decode()
        assert number in back.content.decode()
    assert back.headers["Cache-Control"] == "no-store"
    assert back.headers["X-Content-Type-Options"] == "nosniff"
    assert back.headers["Content-Disposition"] == 'attachment; filename="register.csv"'


def test_a_large_table_says_how_far_it_is_and_shows_its_first_rows(here, register):
    assert "It goes on by itself" in desk.said(send(here, [NAMES, *people(501)], target="register"))
    batch = ImportBatch.objects.get().pk
    onward.go_on(at=county.MONDAY, limit=1)
    page = desk.said(here.get("table", batch))
    assert "The first rows, faults first" in page
    assert page.count("is added") == 50
    here.send("table_deed", batch, "apply")
    assert "0 of 11 parts are in" in desk.said(here.get("table", batch))
    onward.go_on(at=county.MONDAY, limit=1)
    assert "10 of 11 parts are in" in desk.said(here.get("table", batch))
    assert register.seen() == {}
    onward.go_on(at=county.MONDAY, limit=1)
    assert len(register.seen()) == 501
    assert "taken in" in desk.said(here.get("list"))


def test_a_fault_far_below_stands_first(here, register):
    rows = people(301)
    rows[-1][0] = "x"
    page = desk.said(send(here, [NAMES, *rows], target="register"))
    assert "Row 302" in page
    assert page.count("is added") == 49
