"""What an act leaves in the log: for outsiders as little as the group allows, for its owner everything, sealed by the leaf."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from chengnuo.core.log import commitment, leaf_hash
from chengnuo.foundation.log import store
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.models.noun import Trace
from tests.factories import cases, county, log

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 17, 30, tzinfo=UTC)  # half past one at night, the third of March in the county
OFFICE = uuid4()
TOLD = {"day": "2026-03-03", "office": str(OFFICE), "schema": "thing.do/1"}


def entry(group: str) -> LogEntry:
    (leaf,) = log.written(at=AT, group=group, office=OFFICE)
    return LogEntry.objects.get(leaf=leaf)


def test_a_plain_entry_tells_what_kind_of_act_was_done_on_which_day_and_never_where():
    assert entry("plain").public == {"class": "plain", "day": "2026-03-03", "schema": "thing.do/1"}


@pytest.mark.parametrize("group", ["sensitive", "anonymous"])
def test_a_guarded_entry_tells_nothing(group):
    assert entry(group).public == {}


@pytest.mark.parametrize("group", ["plain", "sensitive", "anonymous"])
def test_its_owner_can_open_it_and_see_what_the_leaf_says(group):
    found = entry(group)
    assert (
        found.private.items() >= (TOLD | {"class": group, "to": "done", "kind": "thing", "row": found.ref_id}).items()
    )
    assert found.commitment == commitment(bytes(found.salt), found.private)
    assert bytes(found.leaf) == leaf_hash(found.public, found.commitment)


def test_no_fact_of_an_act_can_pass_for_what_the_log_says_itself():
    trace = Trace(office=OFFICE)
    store.write("thing.do/1", [("thing", uuid4(), trace, {"schema": "other/1", "day": "2020-01-01"})], at=AT)
    assert LogEntry.objects.latest("written_at").private.items() >= TOLD.items()


def test_of_an_anonymous_entry_nothing_tells_the_hour():
    found = entry("anonymous")
    assert found.pk.version == 4
    assert found.written_at == datetime(2026, 3, 2, 16, tzinfo=UTC), "midnight in the county"
    assert found.private["at"] == "2026-03-03"


def test_an_office_that_is_not_there_is_an_empty_word():
    (leaf,) = log.written(at=AT)
    assert LogEntry.objects.get(leaf=leaf).private["office"] == ""


def test_two_equal_acts_look_different():
    one, other = entry("plain"), entry("plain")
    assert one.public == other.public
    assert one.commitment != other.commitment
    assert bytes(one.salt) != bytes(other.salt)


def test_any_number_of_entries_is_one_statement():
    for count in (1, 40):
        with CaptureQueriesContext(connection) as seen:
            log.written(count, at=AT)
        assert len([each for each in seen if each["sql"].startswith("INSERT")]) == 1


def test_a_salt_without_its_words_or_words_without_their_salt_cannot_be():
    found = entry("plain")
    for lonely in ({"salt": None}, {"private": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LogEntry.objects.filter(pk=found.pk).update(**lonely)
    LogEntry.objects.filter(pk=found.pk).update(salt=None, private=None)


def public_of(case, schema):
    return LogEntry.objects.get(ref_kind="case", ref_id=str(case.pk), schema=schema).public


def test_what_a_family_does_leaves_no_public_trace():
    begun, complained = log.request(), log.complaint(county.MONDAY + timedelta(minutes=1))
    assert public_of(begun.case, "case.receive/1") == public_of(complained.case, "case.complain/1") == {}


def test_that_a_family_says_not_resolved_is_in_no_public_part_however_many_entries_it_makes():
    case = cases.ask()
    cases.finish(case, at=county.MONDAY)
    before = set(LogEntry.objects.values_list("pk", flat=True))
    cases.say_not(case, at=county.MONDAY + timedelta(days=1))
    entries = LogEntry.objects.exclude(pk__in=before)
    assert entries.count() == 2, "the case's, and that of the duty of which the office above was told"
    assert all(each.public == {} for each in entries)
