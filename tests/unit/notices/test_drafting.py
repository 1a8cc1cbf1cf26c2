"""Lines come from claims, masked; the sensitive never; the small list waits; a withdrawn claim leaves at once."""

from __future__ import annotations

from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import IntegrityError, models, transaction

from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import act
from chengnuo.foundation.gate import gate
from chengnuo.foundation.models.log import LogEntry
from chengnuo.foundation.refs import Ref
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused, NotHere
from chengnuo.notices import queries
from chengnuo.notices.models import Notice, NoticeLine
from chengnuo.notices.operations import drafting, publishing
from chengnuo.people.models import Post
from chengnuo.people.roles import OFFICERS
from chengnuo.policies.programmes import programmes
from tests.factories import cases, county, notices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = county.MONDAY


def test_a_name_is_masked_and_stands_nowhere_else():
    line = notices.put("欧阳桂兰")
    assert (line.mask, line.village) == ("欧阳*兰", county.village())
    held = [getattr(row, field.attname) for row in (line, line.notice) for field in row._meta.concrete_fields]
    assert not [value for value in held if isinstance(value, str) and "桂" in value]


@pytest.mark.parametrize("typed", ["张三13812345678", "11010519491231002X", "一三八一二三四五六七八", "李四（残疾）"])
def test_what_is_no_name_leaves_nothing_of_itself(typed):
    mask = notices.put(typed).mask
    assert len(mask.replace("*", "")) <= 2
    assert not set(mask) & set("0123456789X疾四三")


def test_lines_gather_in_one_draft_of_each_kind_and_office():
    first, second = notices.put("李小明"), notices.put("王芳")
    other = notices.put("王芳", kind="result")
    above = notices.put("王芳", office=notices.office(county.TOWNSHIP))
    assert first.notice == second.notice
    assert len({first.notice_id, other.notice_id, above.notice_id}) == 3
    assert notices.again(first.notice).size == 2
    assert (above.notice.village, above.notice.township) == (None, county.village().above)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=other.notice_id).update(sort="review")


def test_what_was_published_takes_no_more_lines():
    running = notices.published()
    assert notices.put("吴秀英").notice != running
    assert notices.again(running).size == 5


@pytest.mark.parametrize("programme", [each.words.key for each in programmes() if each.words.key != notices.PROGRAMME])
def test_no_other_programme_is_ever_noticed(programme):
    with pytest.raises(drafting.NeverNoticed):
        notices.put(programme=programme)
    assert not Notice.objects.exists()


def test_the_sensitive_ones_are_among_them():
    sensitive = {each.words.key for each in programmes() if each.words.sensitive}
    assert sensitive >= {
        "special-bereaved",
        "special-disabled-child",
        "special-complications",
        "special-family-services",
        "inpatient-insurance",
        "childcare-subsidy",
        "yichang-birth-grant",
    }


def test_the_same_claim_is_put_once():
    about = Ref("claim", uuid4())
    notices.put("李小明", about=about)
    with pytest.raises(AlreadyReceived):
        notices.put("李小明", about=about)
    notices.put("李小明", about=about, kind="result")
    assert NoticeLine.objects.filter(about_id=about.id).count() == 2


@pytest.mark.parametrize("trouble", [False, True])
def test_inside_an_act_above_it_is_done_or_undone_with_it(trouble):
    with suppress(NotHere), act("notice.put/1", by=system(), at=NOW, key=uuid4(), said={}) as a:
        a.permit()
        notices.put("李小明")
        if trouble:
            raise NotHere
    assert NoticeLine.objects.exists() is not trouble


def test_an_office_without_a_counter_has_no_notice():
    Post.objects.filter(office=notices.office(), is_reception=True).update(is_reception=False)
    with pytest.raises(NotHere):
        notices.put()


@pytest.mark.parametrize("bring", [notices.drafted, notices.published, notices.hung])
def test_a_withdrawn_claim_leaves_every_list_at_once(bring):
    notices.put("周大川")
    notice = bring()
    line = notice.lines.first()
    assert drafting.take_out(about=line.about, at=NOW) == 1
    assert (notices.again(notice).size, notice.lines.count()) == (5, 5)
    assert line.reference not in {entry.reference for entry in queries.shown(notice).entries}
    assert drafting.take_out(about=line.about, at=NOW) == 0


def test_nobody_puts_or_takes_a_line_by_hand():
    for action in ("notice.put", "notice.take_out"):
        assert set(gate.rules[action].cells) == {"system"}
    assert not set(OFFICERS) & set(gate.rules["notice.put"].cells)


def test_a_list_that_is_too_small_waits_and_is_joined_with_the_next():
    notice = notices.drafted(count=4)
    with pytest.raises(MoveRefused, match="joined with the next"):
        notices.does(publishing.publish, notice)
    notices.put("周大川")
    assert notices.does(publishing.publish, notice).size == 5


def test_the_order_of_the_list_tells_nothing_of_who_came_first():
    notice = notices.drafted(count=7)
    shown = [entry.reference for entry in queries.shown(notice).entries]
    assert shown == sorted(shown)
    assert len(set(shown)) == 7
    assert {str(line.pk)[14] for line in notice.lines.all()} == {"4"}, "random ids"


def test_who_waits_for_the_next_list_is_not_told_by_the_log():
    notices.drafted()
    assert {entry.group for entry in LogEntry.objects.filter(ref_kind="notice")} == {"sensitive"}
    notices.does(publishing.publish, Notice.objects.get())
    last = LogEntry.objects.filter(ref_kind="notice", schema="notice.publish/1").get()
    assert last.group == "plain"
    assert last.public["schema"] == "notice.publish/1"


def test_no_column_could_hold_a_number_a_reason_or_a_programme():
    columns = {field.name for field in NoticeLine._meta.concrete_fields}
    assert columns == {"id", "notice", "mask", "reference", "village", "about_kind", "about_id"}
    words = [f for f in Notice._meta.concrete_fields if isinstance(f, models.CharField | models.TextField)]
    assert {f.name for f in words} == {"status", "number", "sort", "recall_reason"}


def test_numbers_and_references_join_no_digits_and_make_no_word():
    numbers = {drafting._drawn(drafting.NUMBER) for _ in range(500)}
    assert len(numbers) == 500
    assert not {sign for number in numbers for sign in number} & set("0123456789AEIOUY")


def test_the_desk_sees_its_own_and_those_below():
    notice = notices.drafted()
    for post in (cases.DESK, cases.HEAD, cases.TOWNSHIP_DESK, cases.BUREAU_HEAD):
        assert queries.listed(county.officer(post), most=9) == [notice]
    for post in (f"{cases.ELSEWHERE}.desk", f"{cases.TOWNSHIP_ELSEWHERE}.head", "civil-affairs.head"):
        assert queries.listed(county.officer(post), most=9) == []
