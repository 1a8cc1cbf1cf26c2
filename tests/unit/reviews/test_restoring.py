"""An award that was ended by mistake goes on by two officers, neither of whom is the one who ended it; nothing is paid twice."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from chengnuo.benefits import queries
from chengnuo.benefits.models import Award
from chengnuo.channels.models import ClosedLetter, Message
from chengnuo.channels.operations import writing
from chengnuo.config import worker
from chengnuo.foundation.models.log import LogEntry
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere
from chengnuo.payments import queries as paying
from chengnuo.payments.models import Recovery
from chengnuo.payments.operations import recovery
from chengnuo.payments.operations.batches import NothingOwed
from chengnuo.payments.operations.recovery import NothingOpen
from chengnuo.payments.operations.restoring import AnotherInForce, CameBack, SaidToBeDead
from chengnuo.reviews.models import Review
from chengnuo.reviews.operations import amending
from chengnuo.reviews.operations.amending import GivesOtherwise, NoReasons, Waits
from tests.factories import awarding, cases, claims, county, messages, money, recoveries, residents, reviews
from tests.factories.amendments import again, confirmed, ended, restored
from tests.factories.money import LATER, said

pytestmark = pytest.mark.django_db
HEAD, DESK, ABOVE = claims.BUREAU_HEAD, claims.BUREAU_DESK, "city-supervision.head"
DIED = date(2026, 2, 1)
NEXT_YEAR = datetime(2027, 3, 8, 2, tzinfo=UTC)


def dead(award=None, day=DIED):
    """Ended by the head, for a death that was somebody else's."""
    found = award or money.awarded()
    confirmed(ended(found, "death", on=day))
    return again(found)


def sums(award):
    return [(year.year, year.fen, year.before) for year in queries.years(award.pk)]


def test_it_goes_on_by_another_than_ended_it_and_nothing_is_otherwise_before():
    award = dead()
    found = restored(award)
    assert (found.sort, found.year, found.fen, found.holder.key) == ("restore", 2026, 96_000, ABOVE)
    assert again(award).status == "ended"
    with pytest.raises(NotHere):  # the head ended it
        confirmed(found)
    confirmed(found, post=ABOVE)
    on = again(award)
    assert (on.status, on.ends_on, on.ended_for, on.ended_account) == ("in_force", None, "", None)
    assert sums(on) == [(2026, 96_000, (96_000,))], "what is as it was is determined no third time"
    (facts,) = json.loads(cases.opened(on.facts))["person"]
    assert (facts["died"], facts["ended"], facts["rural"]) == ("none", "none", True)


def test_what_a_review_ended_is_confirmed_by_the_head_who_did_not_end_it():
    review = reviews.reviewed(at=LATER)
    reviews.changed(review, at=LATER)
    reviews.deciding.end(review=review.pk, **said(DESK))
    worker.drain(LATER)
    found = restored(again(review.award))
    assert found.holder.key == HEAD
    confirmed(found)
    assert again(review.award).status == "in_force"


def test_whoever_ended_it_does_not_confirm_it_in_another_post_either():
    award = dead()
    found = restored(award)
    account = county.account_of(HEAD).pk
    assert again(award).ended_account == account
    Award.objects.filter(pk=award.pk).update(ended_account=county.account_of(ABOVE).pk)
    with pytest.raises(NotHere):
        confirmed(found, post=ABOVE)


def test_the_year_between_is_due_and_its_lateness_is_told():
    award = dead()
    confirmed(restored(award, at=NEXT_YEAR), post=ABOVE, at=NEXT_YEAR)
    assert [(year, fen) for year, fen, _before in sums(award)] == [(2027, 96_000), (2026, 96_000)]
    told = paying.told_of(again(award), by=county.officer(DESK), today=NEXT_YEAR.date())
    assert [(each.year, each.is_late, bool(each.cause)) for each in told.years] == [
        (2027, False, True),
        (2026, True, True),
    ]


def cut(of=1):
    """Of two years, the second paid, and then ended from a day in the first."""
    award = reviews.awarded(of)
    awarding.determine(award=award.pk, year=2026, facts=None, **said(DESK))
    money.reconciled(money.exported(money.fund()))
    confirmed(ended(award, "death", on=date(2025, 12, 20)))
    assert sums(award)[0] == (2026, 0, (96_000,))
    return again(award)


def test_what_was_paid_before_is_not_paid_again():
    award = cut()
    found = restored(award)
    assert (found.year, found.fen) == (2025, 192_000)
    confirmed(found, post=ABOVE)
    assert sums(award)[0] == (2026, 96_000, (0, 96_000))
    told = paying.told_of(again(award), by=county.officer(DESK), today=LATER.date()).years
    assert [(each.year, each.due, each.paid, each.outstanding) for each in told] == [
        (2026, 96_000, 96_000, 0),
        (2025, 96_000, 0, 96_000),
    ]
    with pytest.raises(NothingOwed):
        money.proposed(money.fund(0))


def test_what_was_not_paid_meanwhile_is_payable_once():
    award = dead()
    with pytest.raises(NothingOwed):
        money.proposed(money.fund())
    confirmed(restored(award), post=ABOVE)
    (payment,) = money.payments(money.proposed(money.fund(0)))
    assert payment.fen == 96_000
    with pytest.raises(NothingOwed):
        money.proposed(money.fund(0))


def test_another_award_in_force_stands_against_it_and_its_years_are_not_paid_twice():
    award = money.awarded()
    confirmed(ended(award, "move", on=date(2026, 3, 1)))
    at = NEXT_YEAR
    second = claims.granted(claims.at_decision(year=2027, at=at), at=at + 9 * claims.DAY)
    later = at + 9 * claims.DAY
    with pytest.raises(AnotherInForce):
        restored(again(award), at=later)
    awarding.end(award=second.pk, ending="move", on=later.date(), **said(DESK, later))
    found = restored(again(award), at=later)
    assert (found.year, found.fen) == (2026, 96_000)  # 2027 is the other's
    confirmed(found, post=ABOVE, at=later)
    assert [year for year, _fen, _before in sums(award)] == [2026]


def test_what_is_still_asked_back_is_asked_no_more():
    award = cut()
    asked = recoveries.decided(award, 10_000)
    assert paying.still_open(again(asked)) == 10_000
    confirmed(restored(award), post=ABOVE)
    assert paying.still_open(again(asked)) == 0
    with pytest.raises(NothingOpen):
        recovery.keep(recovery=recoveries.objected(asked).pk, answer="仍须退回", instalments=1, **said(HEAD))


def test_what_has_all_come_back_stands():
    award = cut()
    recoveries.came_back(recoveries.decided(award, 96_000), 96_000)
    assert Recovery.objects.get().status == "settled"
    with pytest.raises(CameBack):
        restored(award)


def test_the_register_is_put_right_first():
    award = dead()
    row = residents.living(claims.number(1), standing="died", since=DIED)
    with pytest.raises(SaidToBeDead):
        restored(award)
    residents.changed(row, claims.number(1), standing="living")
    assert restored(award).status == "proposed"


def test_it_needs_reasons_an_end_and_one_proposal_at_a_time():
    award = money.awarded()
    with pytest.raises(MoveRefused):
        restored(award)
    dead(award)
    with pytest.raises(NoReasons):
        amending.restore(award=award.pk, reasons=" ", **said(DESK))
    restored(again(award))
    with pytest.raises(Waits):
        restored(again(award))


def test_it_is_confirmed_as_it_was_proposed_or_not_at_all():
    award = dead()
    found = restored(award)
    type(found).objects.filter(pk=found.pk).update(fen=5)
    with pytest.raises(GivesOtherwise):
        confirmed(found, post=ABOVE)
    assert again(award).status == "ended"


@pytest.mark.parametrize("post", [claims.DESK, claims.TOWNSHIP_DESK, money.FINANCE_HEAD])
def test_no_other_office_proposes_it(post):
    with pytest.raises((NotHere, NotAllowed)):
        restored(dead(), post=post)


def test_a_child_that_was_lost_keeps_its_day():
    award = money.awarded(programme="special-bereaved")
    before = json.loads(cases.opened(award.facts))
    confirmed(ended(award, "death", on=date(2026, 3, 1)))
    confirmed(restored(again(award)), post=ABOVE)
    assert json.loads(cases.opened(again(award).facts)) == before


def test_what_ends_again_drops_its_reviews_again():
    review = reviews.reviewed(at=LATER)
    confirmed(ended(review.award))
    worker.drain(LATER)
    confirmed(restored(again(review.award)), post=ABOVE)
    # another year's, in place of the one that was dropped
    fields = {field.attname: getattr(review, field.attname) for field in Review._meta.concrete_fields}
    Review.objects.all().delete()
    other = Review(**fields | {"id": uuid4(), "status": "open", "version": 0, "facts": None, "phone": None})
    other.save(force_insert=True)
    confirmed(ended(again(review.award)))
    worker.drain(LATER)
    assert again(other).status == "dropped"


def test_it_is_in_the_log_and_told_once_by_a_message_or_else_a_letter(settings, tmp_path):
    settings.VAR = tmp_path
    award = dead()
    case = messages.agreed(award.claim.case, at=LATER)
    other = dead(money.awarded(of=2))
    worker.drain(LATER)
    Message.objects.all().delete()
    for letter in ClosedLetter.objects.all():
        by = county.officer(letter.holder.key, at=LATER)
        writing.send_out(letter=letter.pk, by=by, at=LATER, key=uuid4())
    for each in (award, other):
        confirmed(restored(each), post=ABOVE)
    worker.drain(LATER)
    assert messages.readings(case) == ["queued"]
    assert ClosedLetter.objects.filter(case=other.claim.case_id, status="owed").count() == 1
    assert "现予更正" not in str(list(LogEntry.objects.values()))
