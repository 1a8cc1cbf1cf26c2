"""Time ends a notice once, dated by its days; who waits above is told once; nothing else ends by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from chengnuo.core.instants import local_date, midnight
from chengnuo.foundation import outbox
from chengnuo.foundation.models.outbox import Errand
from chengnuo.foundation.refs import Ref
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused, NotHere
from chengnuo.notices import queries, terms
from chengnuo.notices.operations import drafting, ending, publishing
from chengnuo.people.models import Office
from chengnuo.promises.models import Duty
from tests.factories import cases, county, notices, photos

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW, DAY = county.MONDAY, timedelta(days=1)
LATE = NOW + 30 * DAY
TOLD = ("notice.expire/1", "notice.miss/1", "notice.recall/1", "notice.let_go/1")


@pytest.fixture
def told(monkeypatch):
    """An application above that listens."""
    monkeypatch.setattr(outbox, "_handlers", {})
    for topic in TOLD:
        outbox.subscribe(topic, lambda _errand: None, name=f"test {topic}")
    return lambda: list(Errand.objects.order_by("pk").values_list("topic", flat=True))


def close(notice, on):
    Office.objects.filter(pk=notice.office_id).update(closed_on=on)


@pytest.mark.parametrize(("bring", "topic"), [(notices.hung, "notice.expire/1"), (notices.published, "notice.miss/1")])
def test_the_application_above_is_told_once_how_it_ended(told, bring, topic):
    notice = bring()
    abouts = {line.about for line in notice.lines.all()}
    for _twice in range(2):
        ending.end_due(at=LATE)
    assert told() == [topic]
    assert set(queries.noticed(notice.pk)) == abouts, "of everybody whose line stood there to the end"


def test_who_was_taken_out_was_not_noticed():
    notices.put("周大川")
    notice = notices.hung()
    left = notice.lines.first().about
    drafting.take_out(about=left, at=NOW)
    ending.end_due(at=LATE)
    assert left not in queries.noticed(notice.pk)
    assert len(queries.noticed(notice.pk)) == 5


def test_what_is_over_forgets_nobody_when_a_claim_is_withdrawn_later():
    notice = notices.over()
    assert drafting.take_out(about=notice.lines.first().about, at=LATE) == 0
    assert notice.lines.count() == 5


def test_a_claim_that_is_in_two_notices_leaves_both():
    about = Ref("claim", uuid4())
    for kind in ("review", "result"):
        notices.put("李小明", about=about, kind=kind)
    assert drafting.take_out(about=about, at=NOW) == 2
    assert drafting.take_out(about=Ref("claim", uuid4()), at=NOW) == 0


def test_a_claim_that_left_a_list_does_not_come_back_to_one_of_the_kind():
    about = Ref("claim", uuid4())
    notice = notices.put("李小明", about=about).notice
    drafting.take_out(about=about, at=NOW)
    with pytest.raises(AlreadyReceived):
        notices.put("李小明", about=about)
    assert notices.again(notice).size == 0


def test_an_empty_draft_waits_and_is_published_by_nobody():
    line = notices.put()
    drafting.take_out(about=line.about, at=NOW)
    ending.end_due(at=LATE)
    with pytest.raises(MoveRefused, match="too small"):
        notices.does(publishing.publish, line.notice)
    assert queries.shown(notices.again(line.notice)).entries == ()


@pytest.mark.parametrize("bring", [notices.published, notices.hung])
def test_a_list_that_runs_ends_when_it_becomes_too_small_and_not_before(bring):
    for name in ("周大川", "吴秀英"):
        notices.put(name)
    notice = bring()
    first, second, third, *_left = notice.lines.all()
    for line, size in ((first, 6), (second, 5)):
        drafting.take_out(about=line.about, at=NOW)
        assert (notices.again(notice).size, notices.again(notice).runs(NOW)) == (size, True)
    drafting.take_out(about=third.about, at=NOW)
    found = notices.again(notice)
    assert (found.status, found.recall_reason, found.size, found.runs(NOW)) == ("recalled", "small", 4, False)
    assert not notice.lines.exclude(mask="").exists()
    assert len(queries.noticed(notice.pk)) == 4, "the application above puts them into the next"


@pytest.mark.parametrize("bring", [notices.published, notices.hung])
def test_one_whose_days_are_over_is_not_recalled_because_somebody_left_it(bring):
    notice = bring()
    drafting.take_out(about=notice.lines.first().about, at=LATE)
    assert (notices.again(notice).status, notices.again(notice).recalled_at) == (notice.status, None)


@pytest.mark.parametrize("minutes", [-1, 0])
def test_it_ends_at_midnight_of_the_county_and_not_of_utc(minutes):
    notice = notices.hung()
    midnight_there = midnight(notice.ends + DAY)
    assert midnight_there == datetime(2026, 3, 9, 16, tzinfo=UTC)
    assert ending.end_due(at=midnight_there + timedelta(minutes=minutes)) == (1 if minutes == 0 else 0)


@pytest.mark.parametrize("bring", [notices.drafted, notices.published, notices.hung, notices.over])
def test_a_closed_office_owes_nothing_and_its_lists_count_as_let_go(told, bring):
    notice = bring()
    close(notice, NOW.date())
    before = told()
    assert ending.end_due(at=LATE) == 1
    assert (notices.again(notice).status, told()[len(before) :]) == ("let_go", ["notice.let_go/1"])
    assert not Duty.objects.filter(subject_id=notice.pk, outcome="").exists()
    assert not notice.lines.exclude(mask="").exists()
    assert ending.end_due(at=LATE) == 0


def test_an_office_that_closes_tomorrow_still_has_its_notice_today():
    notice = notices.published()
    close(notice, local_date(NOW) + DAY)
    assert ending.end_due(at=NOW) == 0
    assert notices.again(notice).runs(NOW)


def test_a_closed_office_begins_no_notice():
    close(notices.published(), NOW.date())
    with pytest.raises(NotHere):
        notices.put("周大川")


@pytest.mark.parametrize("bring", [notices.drafted, notices.over, lambda: None])
def test_a_restore_leaves_alone_what_nobody_sees(bring):
    notice = bring()
    ending.recall_all(LATE)
    assert notice is None or notices.again(notice).status == notice.status


def test_a_recalled_notice_is_not_ended_again_and_keeps_its_days():
    notice = notices.does(publishing.recall, notices.hung(), reason="lead")
    assert ending.end_due(at=LATE) == 0
    assert (notices.again(notice).status, notices.again(notice).ends) == ("recalled", notice.ends)


def test_when_its_photo_was_thrown_away_the_notice_still_tells_when_it_hung():
    notice = notices.over()
    ending.forget_old(at=NOW + 800 * DAY)
    assert (notices.again(notice).proof, notices.again(notice).hung_at) == (None, NOW)
    assert queries.notice(county.officer(cases.DESK), notice.pk).proof is None


def test_it_is_hung_once():
    notice = notices.hung()
    with pytest.raises(MoveRefused):
        notices.does(publishing.hang, notice, photo=photos.made("PNG"))
    assert notices.again(notice).hung_by.key == cases.DESK


def test_a_county_that_counts_workdays_has_longer_notices(monkeypatch):
    office = Office.objects.get(key=county.VILLAGE)
    assert terms.last_day(office, begins=date(2026, 3, 2)) == date(2026, 3, 9)
    monkeypatch.setattr(terms, "WORKING", "calendar")
    assert terms.last_day(office, begins=date(2026, 3, 2)) == date(2026, 3, 11)


def test_a_notice_over_the_spring_festival_ends_on_the_first_workday_after_it():
    notice = notices.published(at=datetime(2026, 2, 9, 2, tzinfo=UTC))
    assert (notice.begins, notice.ends) == (date(2026, 2, 9), date(2026, 2, 24))
    assert notice.runs(datetime(2026, 2, 24, 15, 59, tzinfo=UTC))


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_everything_that_is_over_ends_in_one_night_however_small_a_part_is(limit):
    for each in range(3):
        notices.published(at=NOW - each * DAY)
    assert ending.end_due(at=LATE, limit=limit) == 3
    assert ending.end_due(at=LATE, limit=limit) == 0


def test_a_part_of_which_nothing_ends_is_not_tried_for_ever(monkeypatch):
    notices.published()
    tried = []
    monkeypatch.setattr(ending, "_end", lambda *said: tried.append(said) or 0)
    assert ending.end_due(at=LATE) == 0
    assert len(tried) == 1
