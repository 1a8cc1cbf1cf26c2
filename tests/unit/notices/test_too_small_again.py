"""A list that ran and became too small: it is gone at once, the rest stand in the next under other marks, and nobody waits for ever."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from chengnuo.benefits.operations import claiming, noticing
from chengnuo.core.privacy import mask_name
from chengnuo.foundation.actor import resident
from chengnuo.foundation.models.outbox import Errand
from chengnuo.foundation.refused import MoveRefused
from chengnuo.notices import queries
from chengnuo.notices.lifecycle import least_lines
from chengnuo.notices.models import Notice, NoticeLine
from chengnuo.notices.operations import ending, publishing
from chengnuo.promises.models import Duty
from tests.factories import cases, claims, county, notices
from tests.factories.objections import follow, noticed, noticing_at

pytestmark = pytest.mark.django_db
NOW, DAY, MINUTE = county.MONDAY, claims.DAY, timedelta(minutes=1)


def leaves(claim, at=NOW + DAY):
    cases.withdraw(claim.case, at=at)
    follow(at)


def list_of(claim):
    return queries.about(claim.pk)[0]


def stage(claim):
    return claims.again(claim).stands_at.key


def marks(claim):
    """By which a reader could know a line again, in each list in which it stood."""
    found = NoticeLine.objects.filter(about_id=claim.pk).select_related("notice").order_by("notice__pk")
    return [(line.notice.number, line.reference, line.pk) for line in found]


def test_at_the_least_size_it_runs_and_one_below_it_is_gone_with_every_mask():
    first, second, *others = noticed(count=least_lines(NOW) + 1)
    notice = list_of(first)
    leaves(first)
    assert (notices.again(notice).status, notices.again(notice).size) == ("up", least_lines(NOW))
    leaves(second)
    notice = notices.again(notice)
    assert (notice.status, notice.recall_reason, notice.size) == ("recalled", "small", least_lines(NOW) - 1)
    assert set(notice.lines.values_list("mask", flat=True)) == {""}
    assert queries.running(county.village().pk, at=NOW + DAY) == []
    kinds = Duty.objects.filter(subject_id=notice.pk).values_list("kind", "outcome")
    assert dict(kinds) == {"notice_up": "kept", "notice_down": ""}, "the paper is still to be taken down"
    assert {stage(other) for other in others} == {"village_notice"}


def test_the_next_list_has_other_marks_and_whoever_compares_both_joins_nobody():
    gone, *others = noticed()
    leaves(gone)
    for other in others:
        once, again = marks(other)
        assert not set(once) & set(again)
    following = list_of(others[0])
    assert (following.status, following.size) == ("drafted", 4)
    assert set(following.lines.values_list("mask", flat=True)) == {mask_name("欧阳桂兰")}
    assert not queries.about(gone.pk)
    with pytest.raises(MoveRefused, match="joined with the next"):
        notices.does(publishing.publish, following, at=NOW + DAY)
    newcomer = claims.made(of=6, at=NOW + DAY)
    claims.passed_on(newcomer, claims.DESK, at=NOW + DAY)
    follow(NOW + DAY)
    assert list_of(newcomer) == following
    assert notices.does(publishing.publish, following, at=NOW + DAY).status == "published"


def test_recalled_again_and_again_each_stands_in_one_list_at_a_time():
    claim, *others = noticed()
    for number, gone in enumerate(others[:2], start=1):
        at = NOW + number * DAY
        leaves(gone, at)
        assert NoticeLine.objects.filter(about_id=claim.pk).exclude(notice__status="recalled").count() == 1
        filler = claims.made(of=20 + number, at=at)
        claims.passed_on(filler, claims.DESK, at=at)
        follow(at)
        notices.does(publishing.publish, list_of(claim), at=at)
    assert len(marks(claim)) == 3
    for once, again in pairwise(marks(claim)):
        assert not set(once) & set(again)
    assert not NoticeLine.objects.filter(notice__status="recalled").exclude(mask="").exists()


def test_who_was_in_a_recalled_list_waits_no_longer_than_one_who_never_was():
    gone, *others = noticed()
    leaves(gone)
    begun = Duty.objects.filter(subject_id=others[0].pk).latest("opened_at").opened_at
    noticing_at(begun + 14 * DAY - MINUTE)
    assert {stage(other) for other in others} == {"village_notice"}
    noticing_at(begun + 14 * DAY)
    assert {stage(other) for other in others} == {"township_review"}
    assert not NoticeLine.objects.filter(notice__status="drafted").exists(), "nobody stands in a list they have left"
    assert set(Notice.objects.values_list("status", "size")) == {("recalled", 4), ("drafted", 0)}


def test_whatever_errand_is_lost_or_comes_twice_the_night_brings_the_same():
    lost, *others = noticed()
    cases.withdraw(lost.case, at=NOW + DAY)
    follow(NOW + DAY)
    Errand.objects.filter(done_at=None).delete()
    for _night in range(2):
        noticing_at(NOW + 2 * DAY)
        follow(NOW + 2 * DAY)
        assert [len(queries.about(other.pk)) for other in others] == [2] * 4
        assert list_of(others[0]).size == 4
    assert not any(noticing.settle(other.pk, at=NOW + 2 * DAY) for other in others)


def test_a_refused_or_guarded_claim_comes_to_no_list_whoever_asks():
    refused, guarded = claims.at_decision(of=7), claims.at_decision("special-bereaved", of=8)
    follow(NOW + 9 * DAY)
    claims.refused(refused, at=NOW + 9 * DAY)
    claims.granted(guarded, at=NOW + 9 * DAY)
    follow(NOW + 9 * DAY)
    before = NoticeLine.objects.count()
    for claim in (refused, guarded):
        assert not noticing.settle(claim.pk, at=NOW + 9 * DAY)
        assert not [each for each in queries.about(claim.pk) if each.sort == "result"]
    assert (NoticeLine.objects.count(), queries.about(guarded.pk)) == (before, [])


def test_one_that_is_put_right_while_its_list_runs_stands_in_it_once_and_is_looked_at_again():
    claim, *_others = noticed()
    by = resident(claim.case_id)
    claiming.restate(claim=claim.pk, facts={"person": [claims.RURAL]}, by=by, at=NOW + DAY, key=uuid4())
    assert (stage(claim), len(queries.about(claim.pk))) == ("village_review", 1)
    claims.passed_on(claims.again(claim), claims.DESK, at=NOW + DAY)
    follow(NOW + DAY)
    assert (stage(claim), len(queries.about(claim.pk)), list_of(claim).size) == ("village_notice", 1, 5)
    ending.end_due(at=NOW + 10 * DAY)
    follow(NOW + 10 * DAY)
    assert (stage(claim), len(queries.about(claim.pk))) == ("village_notice", 2), (
        "what is stated now has a list of its own"
    )
