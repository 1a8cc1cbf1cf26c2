"""Tables of residents and of deaths on their pages: each button in its state, what is said, and nothing of the register in what comes back."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from chengnuo.foundation.models import Look
from chengnuo.imports.models import ImportBatch
from chengnuo.imports.operations import ending, onward
from chengnuo.imports.operations.stage import stage
from chengnuo.registers.models import Resident
from chengnuo.web.tables.acts import DEEDS
from tests.factories import county, desk, residents, tables
from tests.unit.registers.test_tables import CODE, DEATHS, ELSEWHERE, HEAD, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW, KEEPER, BUREAU_HEAD = county.MONDAY, "health-bureau.desk", "health-bureau.head"
TOWNSHIP_DESK = f"{county.TOWNSHIP}.desk"


@pytest.fixture
def here(client):
    return desk.at(client, KEEPER)


def sent(here, rows, head=HEAD, target="residents"):
    """What the page says once the table is read."""
    where = reverse("tables:send", args=[target])
    form = {"stamp": here.client.get(where).context["form"].stamp}
    form["content"] = SimpleUploadedFile("t.csv", tables.text([head, *rows]))
    return here.client.post(where, form, follow=True, **desk.ENGLISH)


def staged(rows, post=KEEPER):
    content = tables.text([HEAD, *rows])
    return stage(target="residents", content=content, by=county.officer(post), at=NOW, key=uuid4())


def offered(here, batch):
    html = here.get("table", batch).content.decode()
    return {each for each in DEEDS if f'"{reverse("tables:table_deed", args=[batch, each])}"' in html}


def came_back(here, batch):
    answer = here.client.get(reverse("tables:back", args=[batch]), **desk.ENGLISH)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


# which button, and what is said


def test_each_state_of_a_table_has_its_buttons_and_its_word(here):
    batch = staged([row(order) for order in range(1, 4)]).pk
    assert offered(here, batch) == {"drop"}, "what is not rehearsed yet is taken in by nobody"
    assert "being read" in desk.said(here.get("table", batch))
    onward.go_on(at=NOW, limit=1)
    assert offered(here, batch) == {"apply", "drop"}
    for deed, word, open_to in (("apply", "taken in", {"undo"}), ("undo", "undone", set())):
        here.send("table_deed", batch, deed)
        assert offered(here, batch) == open_to
        assert word in desk.said(here.get("list"))
    assert not Resident.objects.exists()


def test_half_way_in_a_table_can_be_neither_dropped_nor_ordered_again_and_a_second_one_waits(here):
    sent(here, [row(order) for order in range(1, 502)])
    first = ImportBatch.objects.get().pk
    onward.go_on(at=NOW, limit=1)
    here.send("table_deed", first, "apply")
    onward.go_on(at=NOW, limit=1)
    assert offered(here, first) == set(), "it goes on by itself"
    for deed in DEEDS:
        assert "This can no longer be done" in desk.said(here.send("table_deed", first, deed)), deed
    sent(here, [row(900)])
    second = ImportBatch.objects.exclude(pk=first).get()
    said = desk.said(here.send("table_deed", second.pk, "apply"))
    assert "Another table of this kind is being taken in or undone just now." in said
    second.refresh_from_db()
    assert second.status == "rehearsed"


def test_after_thirty_days_a_table_has_no_button_no_rows_and_no_way_back(here):
    said = sent(here, [row(1)])
    batch = ImportBatch.objects.get().pk
    assert reverse("tables:back", args=[batch]) in said.content.decode()
    here.send("table_deed", batch, "apply")
    assert ending.end_old(at=NOW + timedelta(days=30), limit=9) == 1
    page = here.get("table", batch)
    assert "taken in, for good" in desk.said(page)
    assert (offered(here, batch), page.context["page"].lines, page.context["page"].back_href) == (set(), (), "")
    assert here.client.get(reverse("tables:back", args=[batch])).status_code == 404
    assert Resident.objects.count() == 1


@pytest.mark.parametrize("post", [TOWNSHIP_DESK, BUREAU_HEAD, f"{county.VILLAGE}.desk", "finance-bureau.desk"])
def test_no_other_post_sees_the_table_in_a_list_or_by_its_address(here, post):
    sent(here, [row(1)])
    batch = ImportBatch.objects.get().pk
    there = desk.at(here.client, post)
    for page in ("tables:table", "tables:back"):
        assert there.client.get(reverse(page, args=[batch])).status_code in {403, 404}, page
    for page in ("tables:send", "tables:begin"):
        for target in ("residents", "deaths"):
            assert there.client.get(reverse(page, args=[target])).status_code in {403, 404}, (page, target)
    assert str(batch) not in there.get("list").content.decode()


# nothing of a person


def test_no_list_and_no_page_of_a_table_names_anybody(here):
    residents.living(residents.number(order=1), "旧名字", village=county.village(ELSEWHERE).pk)
    said = [
        sent(here, [row(1, name="新名字"), row(2, name="王桂兰怀孕"), row(3, village="420526999999"), row(4), row(4)])
    ]
    batch = ImportBatch.objects.get().pk
    said += [here.get("list"), here.get("table", batch), here.get("table_deed", batch, "apply")]
    here.send("table_deed", batch, "apply")
    said += [here.get("table", batch), here.get("table_deed", batch, "undo"), here.get("list")]
    people = [residents.number(order=order) for order in range(1, 5)]
    secrets = [*people, "旧名字", "新名字", "欧阳桂兰", "王桂兰", "怀孕", CODE, ELSEWHERE, "420526999999", "1956"]
    for page in said:
        assert page.status_code == 200
        assert not [each for each in secrets if each in page.content.decode()]


def test_the_table_that_comes_back_has_what_was_sent_and_nothing_of_what_stood_there(here):
    was = {"standing": "moved", "since": NOW.date() - timedelta(days=77)}
    residents.living(residents.number(order=1), "旧名字", village=county.village(ELSEWHERE).pk, **was)
    rows = [row(1, name="新名字", born=""), row(2), row(2), row(3, village="420526999999")]
    sent(here, rows)
    back = came_back(here, ImportBatch.objects.get().pk)
    assert [line[: len(HEAD)] for line in back] == [HEAD, *rows]
    assert {len(line) for line in back} == {len(HEAD) + 1}
    reasons = [line[-1] for line in back]
    assert reasons[1] == "is changed", "not from what, and not to what"
    assert reasons[2] == "is added"
    assert reasons[3] == "is not taken in；Identity number: the same as in row 3"
    assert reasons[4].startswith("is not taken in；Code of the village: ")
    for secret in ("旧名字", ELSEWHERE, str(was["since"]), "moved"):
        assert secret not in str(back), secret


def test_that_a_table_went_back_is_kept_as_a_look_with_its_reason(here):
    sent(here, [row(1)])
    batch = ImportBatch.objects.get().pk
    before = Look.objects.count()
    came_back(here, batch)
    assert Look.objects.count() > before
    assert Look.objects.filter(account=here.actor.account, reason="a table goes back to whoever sent it").exists()


def test_a_row_that_somebody_changed_after_the_rehearsal_says_so_in_the_table_that_comes_back(here):
    person = residents.living(residents.number(order=1), "旧名字")
    sent(here, [row(1, name="新名字"), row(2)])
    batch = ImportBatch.objects.get().pk
    residents.changed(person, residents.number(order=1), name="改了名")
    here.send("table_deed", batch, "apply")
    lines = came_back(here, batch)
    assert lines[1][-1] == "somebody changed it after the rehearsal: it stays as it stood"
    assert lines[2][-1] == "is added"
    assert "改了名" not in str(lines)
    assert "left as they stood: rows 2" in desk.said(here.get("table", batch))


@pytest.mark.parametrize("target", ["residents", "deaths"])
def test_the_table_to_begin_with_has_columns_alone(here, target):
    residents.living(residents.number(order=1), "旧名字", standing="died", since=NOW.date())
    content = here.client.get(reverse("tables:begin", args=[target]), **desk.ENGLISH).content
    (sheet,) = load_workbook(io.BytesIO(content)).worksheets
    (names,) = sheet.values
    assert names[0] == "Identity number"


def test_who_is_not_in_the_register_is_told_beside_the_row_and_nobody_is_added(here):
    residents.living(residents.number(order=1))
    rows = [[residents.number(order=1), "2026-02-03"], [residents.number(order=2), "2026-02-03"], ["", "2026-02-03"]]
    said = desk.said(sent(here, rows, DEATHS, "deaths"))
    assert "nobody with this number is in the register" in said
    batch = ImportBatch.objects.get()
    assert (batch.adds, batch.changes, batch.refusals) == (0, 1, 2)
    here.send("table_deed", batch.pk, "apply")
    assert Resident.objects.values("person").distinct().count() == 1


@pytest.mark.parametrize("content", [b"", b"\x00\xff\x00", tables.text([["x"], ["1"]]), tables.text([HEAD])])
def test_a_file_that_is_no_table_of_residents_is_refused_in_words_and_leaves_nothing(here, content):
    where = reverse("tables:send", args=["residents"])
    stamp = here.client.get(where).context["form"].stamp
    answer = here.client.post(where, {"stamp": stamp, "content": SimpleUploadedFile("t.csv", content)}, **desk.ENGLISH)
    assert answer.status_code == 200
    assert "Please check" in desk.said(answer)
    assert not ImportBatch.objects.exists()
