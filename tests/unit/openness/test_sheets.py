"""A sheet a village and quarter: owed from its first day on, never for one that is over, dated by it whenever the worker woke up."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from chengnuo.core.instants import midnight
from chengnuo.core.periods import read
from chengnuo.foundation.models.log import LogEntry
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused, NotAllowed, NotHere
from chengnuo.openness import queries
from chengnuo.openness.models import BoardSheet
from chengnuo.openness.operations import sheets
from chengnuo.people.models import Office, Post
from chengnuo.promises.models import Duty, PromiseVersion, Release
from chengnuo.promises.operations.releases import freeze_due
from tests.factories import boards, cases, county, owed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = county.MONDAY
Q1, Q2 = read("2026-Q1"), read("2026-Q2")
VILLAGES = 96


def duty_of(sheet, kind="put_up"):
    return Duty.objects.get(subject_id=sheet.pk, kind=kind, parent=None)


def does(operation, sheet, post=cases.DESK, **told):
    return operation(sheet=sheet.pk, by=county.officer(post), **{"at": NOW, "key": uuid4()} | told)


def test_every_village_owes_the_sheet_of_the_quarter_that_runs_and_of_no_other():
    assert sheets.owe_due(at=NOW, limit=10) == 10
    assert sheets.owe_due(at=NOW) == VILLAGES - 10
    assert sheets.owe_due(at=NOW) == 0
    assert Counter(BoardSheet.objects.values_list("period", "status")) == {("2026-Q1", "owed"): VILLAGES}


def test_it_is_owed_by_the_committees_counter_from_the_first_instant_on():
    sheet = boards.owed()
    duty = duty_of(sheet)
    assert (sheet.begins, sheet.ends) == (date(2026, 1, 1), date(2026, 3, 31))
    assert (duty.opened_at, duty.opened_on) == (Q1.begins_at, Q1.begins)
    assert (duty.holder.key, duty.office.key, duty.promise.promise.key) == (cases.DESK, county.VILLAGE, "board-sheet")
    assert (duty.village, duty.township) == (county.village(), county.village().above)
    assert duty.bureau.key == "health-bureau"


def test_a_county_that_promised_only_half_of_it_or_later_owes_nothing():
    PromiseVersion.objects.filter(promise__key="board-sheet-down").update(begins=Q1.begins + timedelta(days=1))
    assert sheets.owe_due(at=NOW) == 0
    assert sheets.owe_due(at=Q2.begins_at) == VILLAGES, "from the next quarter on"


def test_a_counter_that_opens_in_mid_quarter_is_not_late_from_the_start():
    desk = Post.objects.get(key=cases.DESK)
    Post.objects.filter(pk=desk.pk).update(is_reception=False)
    assert sheets.owe_due(at=NOW) == VILLAGES - 1
    Post.objects.filter(pk=desk.pk).update(is_reception=True)
    opens = NOW + timedelta(days=20)
    assert sheets.owe_due(at=opens) == 1
    duty = duty_of(boards.of_village())
    assert (duty.opened_at, duty.due_at > opens) == (opens, True)
    assert sheets.owe_due(at=Q2.begins_at + timedelta(days=3)) == VILLAGES
    assert duty_of(boards.of_village("2026-Q2")).opened_at == Q2.begins_at, "from then on like everybody"


@pytest.mark.parametrize(
    ("bring", "kind", "outcome"),
    [(boards.owed, "put_up", "discharged"), (lambda: boards.put_up(boards.owed()), "put_up", "broken"), (boards.over, "take_down", "discharged")],
)  # fmt: skip
def test_a_closed_office_owes_nothing(bring, kind, outcome):
    sheet = bring()
    closed = (Q2.begins if kind == "take_down" else Q1.begins) + timedelta(days=3)
    Office.objects.filter(pk=sheet.office_id).update(closed_on=closed)
    awake = Q2.begins_at + timedelta(days=80)
    assert sheets.end_due(at=awake) >= 1
    sheet = boards.of_village()
    assert (sheet.status, sheet.taken_down_at) == ("let_go", None)
    duty = duty_of(sheet, kind)
    assert duty.outcome == outcome, "however long the worker slept, and what was broken stays so"
    if outcome == "discharged":
        assert duty.discharged_at == midnight(closed)
    assert not Duty.objects.filter(subject_id=sheet.pk, outcome="").exists()
    assert not BoardSheet.objects.filter(status="let_go").exclude(pk=sheet.pk).exists()
    assert sheets.end_due(at=awake) == 0
    sheets.owe_due(at=awake)
    assert not BoardSheet.objects.filter(village=sheet.village, period="2026-Q2").exists()


def test_it_is_put_up_and_taken_down_by_its_own_committee():
    sheet = boards.owed()
    for stranger in (cases.TOWNSHIP_HEAD, f"{cases.ELSEWHERE}.desk", cases.BUREAU_HEAD):
        with pytest.raises((NotHere, NotAllowed)):
            does(sheets.put_up, sheet, stranger)
    assert does(sheets.put_up, sheet, cases.HEAD).put_up_at == NOW
    with pytest.raises(MoveRefused):
        does(sheets.take_down, sheet)
    assert sheets.end_due(at=Q2.begins_at) == VILLAGES
    later = Q2.begins_at + timedelta(days=2)
    down = does(sheets.take_down, boards.of_village(), at=later)
    assert (down.status, down.taken_down_at) == ("taken_down", later)
    assert duty_of(down, "take_down").opened_at == Q2.begins_at


def test_the_end_comes_once_and_dated_by_the_quarter():
    boards.put_up(boards.owed())
    late = Q2.begins_at + timedelta(days=50)
    assert sheets.end_due(at=Q1.over_at - timedelta.resolution) == 0
    assert sheets.end_due(at=late, limit=5) == 5
    assert sheets.end_due(at=late) == VILLAGES - 5
    assert sheets.end_due(at=late) == 0
    assert Counter(BoardSheet.objects.values_list("status", flat=True)) == {"missed": VILLAGES - 1, "over": 1}
    assert duty_of(boards.of_village(), "take_down").opened_at == Q1.over_at
    missed = BoardSheet.objects.filter(status="missed").first()
    duty = duty_of(missed)
    assert (duty.outcome, duty.discharged_at) == ("broken", Q1.over_at)


def test_nothing_is_put_up_when_its_quarter_is_over_though_the_worker_sleeps():
    sheet = boards.owed()
    with pytest.raises(MoveRefused, match="quarter of this sheet is over"):
        does(sheets.put_up, sheet, at=Q2.begins_at)


def test_the_same_form_twice_counts_once():
    sheet, key = boards.owed(), uuid4()
    does(sheets.put_up, sheet, key=key)
    with pytest.raises(AlreadyReceived):
        does(sheets.put_up, sheet, key=key)
    with pytest.raises(MoveRefused):
        does(sheets.put_up, sheet)


def test_a_status_without_its_instant_is_no_row():
    sheet = boards.owed()
    for wrong in ({"status": "up"}, {"status": "taken_down", "put_up_at": NOW}, {"put_up_at": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BoardSheet.objects.filter(pk=sheet.pk).update(**wrong)


def test_it_stands_in_the_log_and_in_no_figure():
    boards.put_up(boards.owed())
    schemas = set(LogEntry.objects.filter(ref_kind="board_sheet").values_list("schema", flat=True))
    assert schemas == {"board_sheet.owe/1", "board_sheet.put_up/1"}
    owed.settle(county.VILLAGE, "kept", NOW, count=12)
    freeze_due(at=Q2.begins_at + timedelta(days=1))
    march = Release.objects.get(period="2026-03", place__level="county")
    rows = {row["key"]: row for row in march.figures["rows"]}
    assert rows["village-proof"]["kept"] == 12
    assert "board-sheet" not in rows


def test_the_public_sees_the_newest_first_and_what_is_owed_of_each():
    boards.over()
    sheets.owe_due(at=Q2.begins_at)
    newest, before = queries.hung(county.village().pk, most=4)
    assert (newest.sheet.period, [duty.kind for duty in newest.duties]) == ("2026-Q2", ["put_up"])
    assert (before.sheet.period, [duty.kind for duty in before.duties]) == ("2026-Q1", ["put_up", "take_down"])
    assert queries.hung(county.village().above_id, most=4) == []
    assert [each.sheet.period for each in queries.hung(county.village().pk, most=1)] == ["2026-Q2"]
