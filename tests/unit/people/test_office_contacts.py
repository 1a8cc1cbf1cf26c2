"""Telephones and hours of many offices from one table: checked as on the page of one, each change in the log."""

from __future__ import annotations

from datetime import date

import pytest

from chengnuo.foundation.models import LogEntry
from chengnuo.imports import queries
from chengnuo.imports.models import ImportBatch
from chengnuo.people.models import Office
from chengnuo.people.office_contacts import OfficeContacts
from tests.factories import county
from tests.factories.register import admin, applied, rehearsed, undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TOLD = {"target": "office_contacts", "head": ["机构编号", "电话", "办公时间"]}
OTHER = "village-420526103201"


def faults(*row):
    (planned,) = queries.rows(admin(), rehearsed([row], **TOLD))
    return [fault.sentence for fault in planned.faults]


def office(key=county.VILLAGE):
    return Office.objects.get(key=key)


def test_it_is_checked_as_on_the_page_of_one_office():
    assert faults(county.VILLAGE, "call me", "") == ["This is no telephone number."]
    assert faults(county.VILLAGE, "", "morning") == ["These hours cannot be read."]
    assert faults("no-office", "100 1", "")[0].startswith("there is no such office here")
    assert faults(county.VILLAGE, 10012345678, "８:00") == ["These hours cannot be read."]


def test_a_closed_office_is_none():
    Office.objects.filter(key=OTHER).update(closed_on=date(2026, 1, 1))
    assert faults(OTHER, "100 1", "")[0].startswith("there is no such office here")


def test_the_hours_are_compared_as_they_are_kept():
    Office.objects.filter(key=county.VILLAGE).update(hours="08:00–12:00, 14:00–17:00")
    batch = rehearsed([[county.VILLAGE, "", "08:00-12:00；14:00～17:00"]], **TOLD)
    assert (batch.sames, batch.changes) == (1, 0)


def test_each_office_that_changes_has_its_entry():
    before = office().telephone, office(OTHER).telephone
    batch = applied([[county.VILLAGE, "100 1", ""], [OTHER, "100 2", ""]], **TOLD)
    assert (office().telephone, office(OTHER).telephone) == ("100 1", "100 2")
    entries = LogEntry.objects.filter(ref_kind="office", schema="import_batch.put/1")
    assert {entry.ref_id for entry in entries} == {str(office().pk), str(office(OTHER).pk)}
    undone(batch)
    assert (office().telephone, office(OTHER).telephone) == before
    assert ImportBatch.objects.get().stayed == 0


@pytest.mark.parametrize("does", ["add", "remove"])
def test_no_office_comes_or_goes_by_a_table(does):
    with pytest.raises(TypeError, match="no office"):
        getattr(OfficeContacts(), does)({"x": {}}, None, None)


def test_the_table_to_begin_with_names_every_open_office():
    head, *rows = OfficeContacts().template()
    assert head == ["Number of the office", "Name of the office", "Telephone", "Hours"]
    assert len(rows) == Office.objects.filter(closed_on=None).count()
