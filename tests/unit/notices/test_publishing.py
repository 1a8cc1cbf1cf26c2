"""A notice is seen for its days on the web, hangs on paper with a proof, and goes; recalled, it goes at once."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from chengnuo.core.instants import midnight
from chengnuo.foundation import files
from chengnuo.foundation.models import StoredFile
from chengnuo.foundation.photos import PhotoRefused
from chengnuo.foundation.plain import NotForThePublic
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere, SignInAgain
from chengnuo.notices import queries
from chengnuo.notices.models import Notice, NoticeLine
from chengnuo.notices.operations import ending, publishing
from chengnuo.people.models import Office
from chengnuo.promises.models import Duty
from tests.factories import cases, county, notices, photos

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW, DAY = county.MONDAY, timedelta(days=1)
BEGINS, ENDS = date(2026, 3, 2), date(2026, 3, 9)  # seven days after the Monday of its publication
IS_OVER = midnight(ENDS + DAY)
LATE = IS_OVER + 50 * DAY


def duty(notice: Notice, kind: str) -> Duty:
    return Duty.objects.get(subject_id=notice.pk, kind=kind, parent=None)


def masks(notice: Notice) -> set[str]:
    return set(notice.lines.values_list("mask", flat=True))


def test_it_runs_from_its_publication_through_its_last_day():
    notice = notices.published()
    assert (notice.begins, notice.ends, notice.published_by.key) == (BEGINS, ENDS, cases.DESK)
    assert queries.running(county.village().pk, at=NOW) == [notice]
    assert notice.runs(IS_OVER - timedelta.resolution)
    assert not notice.runs(IS_OVER), "though the worker sleeps"
    assert queries.running(county.village().pk, at=IS_OVER) == []


def test_paper_is_owed_with_the_publication_and_ended_by_its_proof():
    notice = notices.published()
    owed = duty(notice, "notice_up")
    assert (owed.promise.promise.key, owed.holder.key, owed.outcome) == ("notice-up", cases.DESK, "")
    hung = notices.does(publishing.hang, notice, post=cases.HEAD, photo=photos.made())
    assert (hung.status, hung.hung_at, hung.hung_by.key) == ("up", NOW, cases.HEAD)
    assert duty(notice, "notice_up").outcome == "kept"
    proof = StoredFile.objects.get(notice=notice)
    seen = files.content(proof, by=county.officer(cases.DESK), reason="proof")
    assert seen.startswith(b"\xff\xd8\xff")
    assert photos.SECRET not in seen, "nothing but what can be seen"


def test_a_proof_that_is_no_photo_keeps_nothing():
    notice = notices.published()
    with pytest.raises(PhotoRefused):
        notices.does(publishing.hang, notice, photo=b"a list of names")
    assert not StoredFile.objects.exists()
    assert notices.again(notice).status == "published"


def test_when_its_days_are_over_the_masks_go_and_the_paper_is_to_be_taken_down():
    notice = notices.hung()
    assert ending.end_due(at=IS_OVER - timedelta.resolution) == 0
    assert ending.end_due(at=LATE) == 1
    assert ending.end_due(at=LATE) == 0
    notice = notices.again(notice)
    assert (notice.status, masks(notice)) == ("over", {""})
    assert duty(notice, "notice_down").opened_at == IS_OVER, "dated by its end, whenever the worker woke up"
    down = notices.does(publishing.take_down, notice, at=IS_OVER + DAY)
    assert (down.status, down.taken_down_at) == ("taken_down", IS_OVER + DAY)
    assert duty(notice, "notice_down").outcome == "kept"
    assert len(queries.noticed(notice.pk)) == 5, "what stood there is still known above"


def test_one_that_never_hung_was_missed():
    notice = notices.published()
    assert ending.end_due(at=LATE) == 1
    notice = notices.again(notice)
    assert (notice.status, masks(notice)) == ("missed", {""})
    owed = duty(notice, "notice_up")
    assert (owed.outcome, owed.discharged_at) == ("broken", IS_OVER)
    assert not Duty.objects.filter(subject_id=notice.pk, outcome="").exists()


def test_nothing_is_put_up_when_its_days_are_over_though_the_worker_sleeps():
    notice = notices.published()
    with pytest.raises(MoveRefused, match="days of this notice are over"):
        notices.does(publishing.hang, notice, at=IS_OVER, photo=photos.made())


@pytest.mark.parametrize("bring", [notices.published, notices.hung])
@pytest.mark.parametrize("post", [cases.DESK, cases.TOWNSHIP_HEAD, cases.BUREAU_DESK])
def test_it_is_recalled_in_one_step_also_from_above(bring, post):
    notice = bring()
    recalled = notices.does(publishing.recall, notice, post=post, reason="mistake")
    assert (recalled.status, masks(recalled), recalled.runs(NOW)) == ("recalled", {""}, False)
    assert queries.running(county.village().pk, at=NOW) == []
    assert duty(notice, "notice_down").outcome == "", "whatever hangs is to be taken down"
    down = notices.does(publishing.take_down, recalled)
    assert (down.status, down.recall_reason) == ("taken_down", "mistake")


def test_others_do_nothing_with_it():
    notice = notices.published()
    for post in (f"{cases.ELSEWHERE}.desk", f"{cases.TOWNSHIP_ELSEWHERE}.head", f"{county.VILLAGE}.supervisor"):
        with pytest.raises((NotHere, NotAllowed)):
            notices.does(publishing.recall, notice, post=post, reason="mistake")
    for operation, said in ((publishing.hang, {"photo": photos.made()}), (publishing.take_down, {})):
        with pytest.raises(NotHere):
            notices.does(operation, notice, post=cases.TOWNSHIP_HEAD, **said)


def test_to_publish_asks_for_a_fresh_sign_in():
    notice, stale = notices.drafted(), county.officer(cases.DESK, at=NOW - timedelta(hours=1))
    with pytest.raises(SignInAgain):
        notices.does(publishing.publish, notice, by=stale)


def test_a_recall_names_one_of_the_reasons():
    with pytest.raises(ValueError, match="shame"):
        notices.does(publishing.recall, notices.published(), reason="shame")


def test_what_leads_to_a_person_is_not_published_however_it_came_there():
    notice = notices.drafted()
    NoticeLine.objects.filter(pk=notice.lines.first().pk).update(mask="张* １３８ 1234 5678")
    with pytest.raises(NotForThePublic) as refused:
        notices.does(publishing.publish, notice)
    assert refused.value.facts["words"] == "13812345678"
    assert notices.again(notice).status == "drafted"


def test_an_office_whose_name_tells_the_reason_publishes_no_list():
    notice = notices.drafted()
    Office.objects.filter(pk=notice.office_id).update(
        name={"hans": "残疾人联合会", "hant": "殘疾人聯合會", "en": "Federation"}
    )
    with pytest.raises(NotForThePublic, match="leads to a person"):
        notices.does(publishing.publish, notice)


@pytest.mark.parametrize("bring", [notices.drafted, notices.published, notices.hung, notices.over])
def test_a_closed_office_owes_nothing(bring):
    notice = bring()
    Office.objects.filter(pk=notice.office_id).update(closed_on=NOW.date() + DAY)
    assert ending.end_due(at=LATE) == 1
    assert (notices.again(notice).status, masks(notice)) == ("let_go", {""})
    assert not Duty.objects.filter(subject_id=notice.pk, outcome="").exists()


def test_after_a_restore_nothing_runs_that_may_have_been_recalled_since():
    running, ended, draft = (
        notices.hung(),
        notices.published(at=NOW - 30 * DAY),
        notices.put("王芳", kind="result").notice,
    )
    ending.end_due(at=NOW)
    ending.recall_all(NOW)
    assert [notices.again(each).status for each in (running, ended, draft)] == ["recalled", "missed", "drafted"]
    assert notices.again(running).recall_reason == "restored"


def test_the_proof_goes_as_long_after_as_a_case_is_kept():
    notice = notices.over()
    assert ending.forget_old(at=NOW + 729 * DAY) == 0
    assert ending.forget_old(at=NOW + 760 * DAY) == 1
    assert notices.again(notice).proof is None
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"status": "up"}, {"status": "published", "begins": None}, {"recall_reason": "mistake"}, {"recalled_at": NOW}],
)
def test_a_status_without_its_evidence_is_no_row(wrong):
    notice = notices.published()
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(**wrong)


def test_a_draft_has_no_public_page():
    notice = notices.drafted()
    for number in (notice.number, "BCDFGHJKLMNP", ""):
        with pytest.raises(NotHere):
            queries.by_number(number)
    notices.does(publishing.publish, notice)
    assert queries.by_number(notice.number) == notice


def test_the_same_form_twice_counts_once():
    notice, key = notices.drafted(), uuid4()
    notices.does(publishing.publish, notice, key=key)
    with pytest.raises(MoveRefused):
        notices.does(publishing.publish, notice)
