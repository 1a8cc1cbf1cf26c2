"""The administrator sends a table of all offices' telephones: rehearsed, seen through, taken in, and undone."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from chengnuo.foundation.models import LogEntry, StoredFile
from chengnuo.imports.models import ImportBatch, ImportChunk
from chengnuo.people.models import Office
from tests.factories import cases, county, desk, tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
ADMIN = "health-bureau.account-admin"
SEND = reverse("tables:send", args=["office_contacts"])
OTHER = "village-420526103201"
HEAD = ["机构编号", "名称", "联系电话", "办公时间"]
ROWS = [
    [county.VILLAGE, "这里", "100 7777 0001", "08:00-12:00，14:00-17:00"],
    [OTHER, "那里", 10088880002, ""],
    ["village-000000000000", "没有", "100 9999 0003", ""],
    [cases.ELSEWHERE, "坏的", "call me", ""],
]


@pytest.fixture
def here(client):
    return desk.at(client, ADMIN)


def send(here, content, name="t.xlsx"):
    stamp = here.client.get(SEND).context["form"].stamp
    return here.client.post(SEND, {"content": SimpleUploadedFile(name, content), "stamp": stamp}, follow=True)


def press(here, name):
    batch = ImportBatch.objects.get()
    where = reverse("tables:table_deed", args=[batch.pk, name])
    stamp = here.client.get(where).context["form"].stamp
    return here.client.post(where, {"stamp": stamp}, follow=True)


def reached(key):
    office = Office.objects.get(key=key)
    return office.telephone, office.hours


def test_it_is_rehearsed_taken_in_and_undone(here):
    before = reached(county.VILLAGE), reached(OTHER)
    answer = send(here, tables.workbook([["全县电话"], [], HEAD, *ROWS]))
    page = desk.said(answer)
    assert "only rehearsed" in page
    assert "Nothing is changed yet." in page
    assert (reached(county.VILLAGE), reached(OTHER)) == before
    assert "there is no such office here" in page
    assert "Telephone: This is no telephone number." in page
    assert "call me" not in page
    assert "100 7777 0001" in page
    batch = ImportBatch.objects.get()
    assert (batch.rows, batch.adds, batch.changes, batch.sames, batch.refusals) == (4, 0, 2, 0, 2)
    page = desk.said(press(here, "apply"))
    assert "taken in" in page
    assert reached(county.VILLAGE) == ("100 7777 0001", "08:00–12:00, 14:00–17:00")
    assert reached(OTHER) == ("10088880002", before[1][1]), "what a row leaves empty stays"
    Office.objects.filter(key=OTHER).update(telephone="100 1111 2222")
    page = desk.said(press(here, "undo"))
    assert "undone" in page
    assert "not undone: rows 5" in page
    assert (reached(county.VILLAGE), reached(OTHER)[0]) == (before[0], "100 1111 2222")
    assert not StoredFile.objects.exists()
    assert not ImportChunk.objects.exclude(rows__isnull=True, before__isnull=True).exists()
    schemas = list(LogEntry.objects.filter(ref_kind="import_batch").values_list("schema", flat=True))
    assert sorted(schemas) == [
        f"import_batch.{name}/1" for name in ("apply", "end_undo", "put", "rehearse", "stage", "take_back", "undo")
    ]
    assert LogEntry.objects.filter(ref_kind="office", schema="import_batch.put/1").count() == 2


def test_the_table_goes_back_with_its_reasons(here):
    send(here, tables.workbook([["全县电话"], [], HEAD, *ROWS]))
    where = reverse("tables:back", args=[ImportBatch.objects.get().pk])
    rows = list(load_workbook(io.BytesIO(here.client.get(where).content)).active.values)
    assert rows[0][0] == "全县电话"
    assert [row[-1] for row in rows[2:5]] == ["What becomes of it", "is changed", "is changed"]
    assert rows[5][-1] == "is not taken in；there is no such office here; its number stands in the table to begin with"
    assert rows[6][-1].startswith("is not taken in；Telephone: ")


def test_the_table_to_begin_with_changes_nothing(here):
    begin = here.client.get(reverse("tables:begin", args=["office_contacts"])).content
    assert "stay as they are" in desk.said(send(here, begin))
    batch = ImportBatch.objects.get()
    assert (batch.changes, batch.refusals, batch.sames) == (0, 0, batch.rows)


def test_a_table_that_is_dropped_leaves_nothing(here):
    send(here, tables.text([HEAD, *ROWS], encoding="gb18030"), "t.csv")
    assert "dropped" in desk.said(press(here, "drop"))
    assert not StoredFile.objects.exists()
    assert reached(county.VILLAGE)[0] != ROWS[0][2]
    where = reverse("tables:back", args=[ImportBatch.objects.get().pk])
    assert here.client.get(where).status_code == 404


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Choose a file."),
        (tables.workbook([["机构编号", "电话"], ["a", "=1+1"]]), "holds formulas"),
        (
            tables.text([["a", "b"], ["1", "2"]]),
            "No line of this file names the columns. These are needed: Number of the office",
        ),
        (b"%PDF-1.7", "neither a workbook"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_above_the_form(here, content, says):
    answer = send(here, content)
    assert answer.status_code == 200
    assert says in desk.said(answer)
    assert not ImportBatch.objects.exists()
    assert not StoredFile.objects.exists()


def test_nobody_else_comes_near(client):
    there = desk.at(client, cases.BUREAU_HEAD)
    assert there.client.get(SEND).status_code == 403
    assert there.client.get(reverse("tables:list")).status_code == 403
