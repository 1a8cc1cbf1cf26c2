"""A table of telephones while offices change, close and move: what stands there at the order counts, and one statement writes it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chengnuo.foundation.models import LogEntry
from chengnuo.imports import queries
from chengnuo.imports.operations import onward
from chengnuo.people.models import Office
from tests.factories import county
from tests.factories.register import admin, applied, ordered, rehearsed, undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TOLD = {"target": "office_contacts", "head": ["机构编号", "电话", "办公时间"]}
OTHER = "village-420526103201"


def office(key=county.VILLAGE):
    return Office.objects.get(key=key)


def written(batch):
    onward.go_on(at=county.MONDAY, limit=9)
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize("change", [{"closed_on": date(2026, 3, 1)}, {"telephone": "100 9"}, {"hours": "09:00–10:00"}])
def test_an_office_that_changed_between_rehearsal_and_order_is_left(change):
    batch = ordered([[county.VILLAGE, "100 1", ""], [OTHER, "100 2", ""]], **TOLD)
    Office.objects.filter(key=OTHER).update(**change)
    before = office(OTHER).telephone
    assert (written(batch).left, queries.not_in(batch)[0]) == (1, [3])
    assert (office().telephone, office(OTHER).telephone) == ("100 1", before)


def test_an_office_that_has_another_name_since_is_written_all_the_same():
    """The version is of what the table writes, not of the whole office."""
    batch = ordered([[county.VILLAGE, "100 1", ""]], **TOLD)
    Office.objects.filter(key=county.VILLAGE).update(name=office(OTHER).name)
    assert written(batch).left == 0
    assert office().telephone == "100 1"


def test_an_office_that_closed_since_is_not_undone_and_is_listed():
    batch = applied([[county.VILLAGE, "100 1", ""], [OTHER, "100 2", ""]], **TOLD)
    Office.objects.filter(key=OTHER).update(closed_on=date(2026, 3, 2))
    assert undone(batch).stayed == 1
    assert queries.not_in(batch)[1] == [3]
    assert office(OTHER).telephone == "100 2"


def test_what_was_empty_before_is_empty_again():
    Office.objects.filter(key=county.VILLAGE).update(telephone="", hours="")
    undone(applied([[county.VILLAGE, "100 1", "08:00-12:00"]], **TOLD))
    assert (office().telephone, office().hours) == ("", "")


@pytest.mark.parametrize("row", [["100 1", ""], ["", "09:00-10:00"], ["", ""]])
def test_an_empty_cell_never_erases(row):
    Office.objects.filter(key=county.VILLAGE).update(telephone="100 5", hours="08:00–12:00")
    applied([[county.VILLAGE, *row]], **TOLD)
    assert (office().telephone, office().hours) == (row[0] or "100 5", row[1].replace("-", "–") or "08:00–12:00")


def test_no_entry_of_the_log_has_a_number_of_a_telephone():
    applied([[county.VILLAGE, "100 7777 0001", ""]], **TOLD)
    assert "100 7777 0001" not in str(list(LogEntry.objects.values()))


def test_however_many_offices_change_as_many_statements_are_made():
    keys = list(Office.objects.filter(closed_on=None).order_by("key").values_list("key", flat=True)[:40])
    counts = []
    for some, telephone in ((keys[:2], "100 1"), (keys, "100 2")):
        batch = ordered([[key, telephone, ""] for key in some], **TOLD)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            written(batch)
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 2
    assert set(Office.objects.filter(key__in=keys).values_list("telephone", flat=True)) == {"100 2"}


@pytest.mark.parametrize("key", [county.VILLAGE.upper(), f" {county.VILLAGE}　", f"'{county.VILLAGE}", "0"])
def test_the_number_of_an_office_is_one_or_is_none(key):
    """What surrounds it is not part of it; another spelling is another office, which is not there."""
    (row,) = queries.rows(admin(), rehearsed([[key, "100 1", ""]], **TOLD))
    assert row.verdict == ("change" if county.VILLAGE in key else "refuse")
