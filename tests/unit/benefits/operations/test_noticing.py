"""A claim at a notice: put in by itself, on by itself, again where it never hung; and never kept for ever by a list that stays small."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.benefits.models import Claim, Opinion
from chengnuo.benefits.operations import claiming, noticing
from chengnuo.core.instants import local_date
from chengnuo.foundation import outbox
from chengnuo.foundation.actor import resident
from chengnuo.foundation.models.outbox import Errand
from chengnuo.foundation.refused import AlreadyReceived
from chengnuo.notices import queries
from chengnuo.notices.models import Notice, NoticeLine
from chengnuo.notices.operations import ending, publishing
from chengnuo.people.models import Office, Post
from chengnuo.policies.notices import notices as law
from chengnuo.policies.programmes import programmes
from chengnuo.policies.stages import is_guarded, stages, way_of
from chengnuo.promises.models import Duty
from tests.factories import cases, claims, county, notices, photos

pytestmark = pytest.mark.django_db
DAY = claims.DAY
TUESDAY = county.MONDAY + DAY


def follow(at=TUESDAY):
    while outbox.drain(at, "test").tried:
        pass


def at_notice(count=5, **said):
    """Claims that have reached the notice of their village."""
    made = [claims.made(of=of, **said) for of in range(1, count + 1)]
    for claim in made:
        claims.passed_on(claim, claims.DESK, at=TUESDAY)
    follow()
    return [claims.again(claim) for claim in made]


def list_of(claim) -> Notice:
    return queries.about(claim.pk)[0]


def published(claim, *, at=TUESDAY):
    return notices.does(publishing.publish, list_of(claim), at=at)


def over(claim, *, at=TUESDAY, days=20):
    ending.end_due(at=at + days * DAY)
    follow(at + days * DAY)
    return claims.again(claim)


def keys(claim):
    return claims.again(claim).stands_at.key


def test_it_is_put_into_the_list_by_itself_masked_and_once():
    claim, other = at_notice(2)
    notice = list_of(claim)
    assert notice == list_of(other)
    assert (notice.status, notice.size, notice.sort, notice.office) == ("drafted", 2, "review", claim.office)
    assert [line.mask for line in notice.lines.all()] == ["欧阳*兰"] * 2
    noticing.settle(claim.pk, at=TUESDAY)
    assert NoticeLine.objects.count() == 2


def test_it_goes_on_by_itself_on_the_day_after_the_last_with_the_duty_kept_and_no_opinion():
    claim, *_others = at_notice()
    notice = published(claim)
    notices.does(publishing.hang, notice, at=TUESDAY, photo=photos.made())
    claim = over(claim)
    assert (claim.stands_at.key, claim.office.key) == ("township_review", county.TOWNSHIP)
    duties = Duty.objects.filter(subject_id=claim.pk).order_by("opened_at", "pk")
    assert [duty.outcome for duty in duties] == ["kept", "kept", ""]
    assert local_date(duties[1].ended_at) == duties[2].opened_on == notice.ends + DAY
    assert not Opinion.objects.filter(claim=claim, stage="village_notice").exists()
    assert {keys(other) for other in _others} == {"township_review"}


def test_one_that_never_hung_is_put_into_the_next():
    claim, *_others = at_notice()
    first = published(claim)
    over(claim)
    assert notices.again(first).status == "missed"
    assert (keys(claim), list_of(claim).status, list_of(claim).size) == ("village_notice", "drafted", 5)


@pytest.mark.parametrize(("law", "stage"), [("again", "village_notice"), ("goes_on", "township_review")])
def test_after_a_recall_the_law_of_the_pack_decides(law, stage, monkeypatch):
    class Held:
        at = staticmethod(lambda *_said: type("Row", (), {"value": law}))

    claim, *_others = at_notice()
    notices.does(publishing.recall, published(claim), reason="mistake", at=TUESDAY)
    monkeypatch.setattr(noticing, "parameters", Held)
    follow()
    assert keys(claim) == stage
    assert len(queries.about(claim.pk)) == (2 if law == "again" else 1)


def test_withdrawn_it_leaves_the_list_at_once_also_while_it_runs():
    claim, other, *_others = at_notice(7)
    published(claim)
    for each in (claim, other):
        cases.withdraw(each.case, at=TUESDAY)
    follow()
    notice = list_of(_others[0])
    assert (notice.status, notice.size, notice.lines.count()) == ("published", 5, 5)
    assert not queries.about(claim.pk)


def test_a_list_that_became_too_small_while_it_ran_is_recalled_and_the_rest_stand_in_the_next():
    claim, *others = at_notice()
    first = published(claim)
    cases.withdraw(claim.case, at=TUESDAY)
    follow()
    assert (notices.again(first).status, notices.again(first).recall_reason) == ("recalled", "small")
    following = {list_of(other) for other in others}
    assert [(each.status, each.size) for each in following] == [("drafted", 4)]
    assert {keys(other) for other in others} == {"village_notice"}
    assert not queries.running(county.village().pk, at=TUESDAY)


def test_a_list_that_stays_small_keeps_nobody_for_ever():
    (claim,) = at_notice(1)
    noticing.settle_all(at=TUESDAY + 13 * DAY)
    assert keys(claim) == "village_notice"
    noticing.settle_all(at=TUESDAY + 14 * DAY)
    assert keys(claim) == "township_review"
    assert not NoticeLine.objects.exists()
    assert set(Duty.objects.filter(subject_id=claim.pk).values_list("outcome", flat=True)) == {"kept", ""}


def test_where_the_next_office_has_closed_it_stays_in_its_list_and_the_night_goes_on_with_the_others():
    """The way of it on the third night, when it had left its list and was nowhere."""
    claim, other = at_notice(2)
    Post.objects.filter(office__key=county.TOWNSHIP, is_reception=True).update(is_reception=False)
    for night in (14, 15, 16):
        assert noticing.settle_all(at=TUESDAY + night * DAY) == 0
        assert {keys(each) for each in (claim, other)} == {"village_notice"}
        assert list_of(claim).lines.count() == 2
    Post.objects.filter(key=claims.TOWNSHIP_DESK).update(is_reception=True)
    assert noticing.settle_all(at=TUESDAY + 17 * DAY) == 2
    assert {keys(each) for each in (claim, other)} == {"township_review"}
    assert not NoticeLine.objects.exists()


def test_one_claim_that_fails_keeps_no_other_from_its_way(monkeypatch, caplog):
    bad, other = at_notice(2)
    real = noticing.noticed

    def fails(claim, **said):
        if claim == bad.pk:
            raise AlreadyReceived("claim", "1")
        return real(claim, **said)

    monkeypatch.setattr(noticing, "noticed", fails)
    assert noticing.settle_all(at=TUESDAY + 14 * DAY) == 1
    assert (keys(bad), keys(other)) == ("village_notice", "township_review")
    assert (list_of(bad).lines.count(), str(bad.pk) in caplog.text) == (1, True)
    monkeypatch.undo()
    assert noticing.settle_all(at=TUESDAY + 15 * DAY) == 1
    assert keys(bad) == "township_review"


def test_a_result_of_which_the_errand_was_lost_is_found_by_the_night():
    claim = claims.at_decision()
    claims.granted(claim, at=TUESDAY + 5 * DAY)
    Errand.objects.all().delete()
    assert not Notice.objects.filter(sort="result").exists()
    for put in (1, 0):
        assert noticing.settle_all(at=TUESDAY + 6 * DAY) == put
        assert Notice.objects.get(sort="result").size == 1
    assert list_of(claim).sort == "result"


def test_a_list_that_is_long_enough_is_the_offices_duty_and_is_not_skipped():
    claim, *_others = at_notice()
    noticing.settle_all(at=TUESDAY + 60 * DAY)
    assert keys(claim) == "village_notice"


def test_while_the_family_is_asked_it_stays_and_goes_on_when_it_has_answered():
    claim, *_others = at_notice()
    notice = published(claim)
    notices.does(publishing.hang, notice, at=TUESDAY, photo=photos.made())
    case = cases.ask_once(claim.case, at=TUESDAY, post=claim.case.holder.key)
    follow()
    assert over(claim).stands_at.key == "village_notice"
    cases.supply(case, at=TUESDAY + 21 * DAY)
    follow(TUESDAY + 21 * DAY)
    assert keys(claim) == "township_review"


def test_the_office_of_a_closed_list_keeps_nobody():
    claim, *_others = at_notice()
    Office.objects.filter(key=county.VILLAGE).update(closed_on=TUESDAY.date())
    assert over(claim, days=2).stands_at.key == "township_review"


def test_what_is_granted_after_notices_has_its_result_published_and_nothing_else_is():
    claim = claims.at_decision()
    follow(TUESDAY + 5 * DAY)
    claims.granted(claim, at=TUESDAY + 5 * DAY)
    follow(TUESDAY + 5 * DAY)
    result = Notice.objects.get(sort="result")
    assert (result.office.key, result.size) == ("health-bureau", 1)
    noticing.settle(claim.pk, at=TUESDAY + 6 * DAY)
    assert notices.again(result).size == 1
    refused = claims.at_decision(of=2)
    claims.refused(refused, at=TUESDAY + 5 * DAY)
    follow(TUESDAY + 5 * DAY)
    assert notices.again(result).size == 1


@pytest.mark.parametrize("programme", ["special-bereaved"])
def test_what_is_guarded_stands_in_no_notice_from_its_beginning_to_its_award(programme):
    claim = claims.at_decision(programme)
    claims.granted(claim, at=TUESDAY + 5 * DAY)
    follow(TUESDAY + 5 * DAY)
    noticing.settle_all(at=TUESDAY + 90 * DAY)
    assert not Notice.objects.exists()
    assert not NoticeLine.objects.exists()


def test_every_way_with_a_notice_is_of_a_programme_for_which_a_rule_requires_one():
    for each in programmes():
        way = way_of(each, county.MONDAY.date(), "420526101201")
        noticed = way is not None and any(stage.notice for stage in way.stages)
        assert not (noticed and is_guarded(each))
        assert noticed <= (each.words.key in law().required), each.words.key
    assert all(any(stages().by_key[key].notice for key in way) for way in stages().published)


def test_an_errand_about_nothing_does_nothing():
    assert not noticing.settle(uuid4(), at=TUESDAY + timedelta(days=1))
    assert not Claim.objects.exists()


def test_what_is_examined_anew_hangs_anew():
    claim, *_others = at_notice()
    first = published(claim)
    notices.does(publishing.hang, first, at=TUESDAY, photo=photos.made())
    claim, later = over(claim), TUESDAY + 21 * DAY
    facts = {"person": [claims.RURAL | {"born": "1959-03-02"}]}
    claiming.restate(claim=claim.pk, facts=facts, by=resident(claim.case_id), at=later, key=uuid4())
    claims.passed_on(claims.again(claim), claims.DESK, at=later + DAY)
    follow(later + DAY)
    assert keys(claim) == "village_notice", "the neighbours saw other facts"
    assert list_of(claim) != first
    assert list_of(claim).status == "drafted"
    noticing.settle(claim.pk, at=later + DAY)
    assert NoticeLine.objects.filter(about_id=claim.pk, notice__sort="review").count() == 2, "and once"
