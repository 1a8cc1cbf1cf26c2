"""Many grants at once: only what is exactly what the rules give, a sample opened by one officer, confirmed by another, each once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from chengnuo.benefits.models import Award, Bulk, BulkItem, Opinion
from chengnuo.benefits.operations import bulk, deciding
from chengnuo.benefits.operations.bulk import ChangedMeanwhile, NothingToDecide, SampleUnopened
from chengnuo.benefits.operations.deciding import AwardedAlready, NothingToPay
from chengnuo.foundation.clock import ClockWentBack
from chengnuo.foundation.models.log import LogEntry
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere, Overtaken, SignInAgain
from chengnuo.foundation.space import NoRoomToWrite
from chengnuo.people.models import Holding, Post
from tests.factories import bulks, cases, claims, county, objections
from tests.factories.claims import BUREAU_DESK, BUREAU_HEAD

pytestmark = pytest.mark.django_db
NOW = county.MONDAY + 10 * claims.DAY


def told(post, at=NOW):
    return bulks.told(post, at)


def drawn(**said):
    return bulks.drawn(at=NOW, **said)


def opened(found):
    return bulks.opened(found, at=NOW)


def proposed():
    return bulks.proposed(opened(drawn()), at=NOW)


def confirmed():
    return bulks.confirmed(proposed(), at=NOW)


def on(found, post=BUREAU_HEAD):
    return bulks.on(found, at=NOW, post=post)


def many(count=7):
    return [claims.at_decision(of=of) for of in range(1, count + 1)]


def test_each_is_a_decision_of_its_own_by_the_second_officer():
    ours = many()
    found = confirmed()
    assert (found.size, found.items.filter(is_sample=True).count()) == (7, 5)
    assert on(found).status == "done"
    assert {award.claim_id for award in Award.objects.all()} == {claim.pk for claim in ours}
    assert set(found.items.values_list("why_not", flat=True)) == {""}
    head = county.officer(BUREAU_HEAD).account
    assert set(Opinion.objects.filter(verdict="decides").values_list("account", flat=True)) == {head}
    assert LogEntry.objects.filter(schema="award.grant/1", ref_kind="claim").count() == 7


def test_what_needs_a_look_of_its_own_is_never_among_them():
    plain = claims.at_decision(of=1)
    claims.at_decision(of=2, facts=claims.RURAL | {"born": "1980-05-01"})  # not entitled
    claims.at_decision(of=3, facts=claims.RURAL | {"rural": None})  # not settled
    doubted = claims.passed_on(claims.made(of=4), claims.DESK, at=county.MONDAY, verdict="doubts", words="户口在外县。")
    while doubted.stage + 1 < len(doubted.stages):
        doubted = claims.passed_on(doubted, claims.TOWNSHIP_DESK, at=county.MONDAY)
    claims.made(of=5)  # another stage comes first
    for _twice in (1, 2):
        claims.at_decision(of=6)
    objected, *_others = objections.noticed(at=county.MONDAY)
    objections.answered(objections.made(objected), upheld=True, at=county.MONDAY)
    assert [item.subject_id for item in drawn().items.all()] == [plain.pk]


@pytest.mark.parametrize("programme", ["special-bereaved", "special-complications", "childcare-subsidy"])
def test_what_is_guarded_is_never_decided_so(programme):
    if programme == "special-bereaved":
        claims.at_decision(programme)
    with pytest.raises(NothingToDecide):
        drawn(programme=programme)


def test_the_sample_is_opened_before_it_is_proposed_and_by_who_drew_it():
    many(3)
    found = drawn()
    with pytest.raises(SampleUnopened):
        bulk.propose(bulk=found.pk, **told(BUREAU_DESK), key=uuid4())
    item = found.items.filter(is_sample=True).first()
    with pytest.raises(NotHere):
        bulk.open_one(item=item.pk, **told(BUREAU_HEAD))
    opened(found)
    first = BulkItem.objects.get(pk=item.pk).opened_at
    bulk.open_one(item=item.pk, **told(BUREAU_DESK, NOW + claims.DAY))
    assert BulkItem.objects.get(pk=item.pk).opened_at == first
    with pytest.raises(MoveRefused):
        bulk.confirm(bulk=found.pk, **told(BUREAU_HEAD), key=uuid4())


def test_two_officers_of_two_posts_also_for_the_database():
    many(2)
    found = proposed()
    for post in (BUREAU_DESK, claims.TOWNSHIP_DESK, cases.TOWNSHIP_HEAD, "civil-affairs.head"):
        with pytest.raises((NotHere, NotAllowed)):
            bulk.confirm(bulk=found.pk, **told(post), key=uuid4())
    # the same person in another post
    head = Post.objects.get(key=BUREAU_HEAD)
    Holding.objects.filter(post=head).delete()
    Holding.objects.create(post=head, account=county.account_of(BUREAU_DESK), begins="2025-01-01")
    with pytest.raises((NotHere, NotAllowed)):
        bulk.confirm(bulk=found.pk, **told(BUREAU_HEAD), key=uuid4())
    with pytest.raises(IntegrityError), transaction.atomic():
        Bulk.objects.filter(pk=found.pk).update(confirmed_account=found.drawn_account, confirmed_by=head)


def test_whoever_examined_one_does_not_decide_it_here_either():
    mine, other = claims.at_decision(of=1), claims.at_decision(of=2)
    # another than whoever examined the other one; the head of the office only afterwards
    account = county.account_of(f"{county.TOWNSHIP}.head")
    Opinion.objects.filter(claim=mine, stage="township_review").update(account=account.pk)
    head = Post.objects.get(key=BUREAU_HEAD)
    Holding.objects.filter(post=head).delete()
    Holding.objects.create(post=head, account=account, begins="2025-01-01")
    found = on(confirmed())
    assert dict(found.items.values_list("subject_id", "why_not")) == {mine.pk: "examined-before", other.pk: ""}
    assert claims.again(mine).status == "open"


def test_what_changed_since_is_left_to_be_decided_by_itself():
    first, second, third = many(3)
    found = confirmed()
    cases.withdraw(second.case, at=NOW)
    objections.follow(NOW)
    claims.granted(third, at=NOW, fen=1, reasons="另有规定")
    on(found)
    why = dict(found.items.values_list("subject_id", "why_not"))
    assert why == {first.pk: "", second.pk: "changed-meanwhile", third.pk: "changed-meanwhile"}
    assert Award.objects.get(claim=third).dues.get().fen == 1


def test_broken_off_anywhere_and_begun_again_it_grants_each_once(monkeypatch):
    many(5)
    found, real, calls = confirmed(), deciding.grant, []

    def breaks(**said):
        calls.append(said)
        done = real(**said)
        if len(calls) in {2, 4}:  # the decision stands, and nobody wrote down that it does
            raise ConnectionError
        return done

    monkeypatch.setattr(deciding, "grant", breaks)
    for _ in range(2):
        with pytest.raises(ConnectionError):
            on(found)
    assert on(found).status == "done"
    assert Award.objects.count() == 5
    assert set(found.items.values_list("why_not", flat=True)) == {""}
    with pytest.raises(NotHere):
        on(found)


@pytest.mark.parametrize("stops", [NoRoomToWrite, ClockWentBack, SignInAgain, Overtaken, NotHere, NotAllowed])
def test_what_is_not_about_the_claim_stops_it_and_burns_nothing(stops, monkeypatch):
    many(2)
    found = confirmed()

    def stopped(**_said):
        raise stops

    monkeypatch.setattr(deciding, "grant", stopped)
    with pytest.raises(stops):
        on(found)
    assert set(found.items.values_list("done_at", "why_not")) == {(None, "")}
    monkeypatch.undo()
    assert on(found).status == "done"
    assert Award.objects.count() == 2


def test_what_is_about_the_claim_is_kept_as_the_reason_and_the_others_go_on(monkeypatch):
    ours, why = many(5), [ChangedMeanwhile, AwardedAlready, NothingToPay, MoveRefused]
    found, real = confirmed(), deciding.grant
    refusals = {claim.pk: refused for claim, refused in zip(ours, why, strict=False)}

    def refuses(*, claim, **said):
        if claim in refusals:
            raise refusals[claim]
        return real(claim=claim, **said)

    monkeypatch.setattr(deciding, "grant", refuses)
    assert on(found).status == "done"
    codes = dict(found.items.values_list("subject_id", "why_not"))
    assert codes == {claim.pk: refusals[claim.pk].code if claim.pk in refusals else "" for claim in ours}


def test_the_confirmed_sum_is_what_is_granted_or_nothing_is(monkeypatch):
    """The act looks itself: what changes between a look before it and the grant is not missed."""
    first, second = many(2)
    found, real = confirmed(), deciding.proposal_of

    def another(claim, by):
        told = real(claim, by)
        return told | {"amount": told["amount"] + 1} if claim.pk == second.pk else told

    monkeypatch.setattr(deciding, "proposal_of", another)
    on(found)
    assert dict(found.items.values_list("subject_id", "why_not")) == {first.pk: "", second.pk: "changed-meanwhile"}
    assert Award.objects.get().dues.get().fen == found.items.get(subject_id=first.pk).fen
    assert claims.again(second).status == "open"


@pytest.mark.parametrize("column", [{"edition": "older"}, {"status": "paused"}])
def test_what_was_found_by_other_rules_or_stands_still_is_not_granted(column):
    (claim,) = many(1)
    found = confirmed()
    type(claim).objects.filter(pk=claim.pk).update(**column)
    on(found)
    assert [item.why_not for item in found.items.all()] == ["changed-meanwhile"]
    assert not Award.objects.exists()


def sample_of(found):
    return set(found.items.filter(is_sample=True).values_list("subject_id", flat=True))


def test_to_draw_again_gives_the_same_sample_and_none_that_misses_what_was_in_it():
    ours = many(8)
    first = drawn()
    for _again in range(4):
        bulk.drop(bulk=Bulk.objects.order_by("pk").last().pk, **told(BUREAU_DESK), key=uuid4())
        assert sample_of(drawn()) == sample_of(first)
    assert sample_of(drawn()) == sample_of(first), "also while another is open"
    decided = next(claim for claim in ours if claim.pk in sample_of(first))
    claims.granted(decided, at=NOW)
    following = sample_of(drawn())
    assert sample_of(first) - {decided.pk} < following
    assert len(following) == 5, "chance fills up what was decided by itself"


def test_whoever_holds_more_posts_acts_in_the_one_at_the_claims_office():
    many(2)
    for post, more in ((BUREAU_DESK, f"{cases.ELSEWHERE}.desk"), (BUREAU_HEAD, "civil-affairs.head")):
        Holding.objects.filter(post__key=more).delete()
        also = Post.objects.get(key=more)
        Holding.objects.create(post=also, account=county.account_of(post), begins="2025-01-01")
    found = confirmed()
    assert (found.drawn_by.key, found.confirmed_by.key, found.office.key) == (BUREAU_DESK, BUREAU_HEAD, "health-bureau")
    on(found)
    assert set(Opinion.objects.filter(verdict="decides").values_list("post__key", flat=True)) == {BUREAU_HEAD}


def test_a_few_at_a_time_and_dropped_it_goes_no_further(monkeypatch):
    monkeypatch.setattr(bulk, "AT_A_TIME", 2)
    many(5)
    found = confirmed()
    assert on(found).status == "confirmed"
    assert found.items.exclude(done_at=None).count() == Award.objects.count() == 2
    with pytest.raises(NotHere):
        on(found, BUREAU_DESK)
    bulk.drop(bulk=found.pk, **told(BUREAU_DESK), key=uuid4())
    with pytest.raises(NotHere):
        on(found)
    assert Award.objects.count() == 2
