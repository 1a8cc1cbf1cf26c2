"""Money is asked back by people, with reasons and a right to object; never by time, and never out of later money."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from chengnuo.benefits.models import Due
from chengnuo.foundation.actor import resident
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere
from chengnuo.payments import queries
from chengnuo.payments.internal import ledger
from chengnuo.payments.internal.overpaid import overpaid
from chengnuo.payments.models import Entry, Recovery
from chengnuo.payments.operations import recovery
from chengnuo.payments.operations.recovery import MoreThanOpen, NothingOpen, NotOverpaid, ReasonsNeeded, TooManyMonths
from chengnuo.people.roles import Role
from chengnuo.promises.models import Duty
from tests.factories import awarding, claims, county, money, recoveries
from tests.factories.money import GRANTED, LATER, said
from tests.factories.recoveries import FEN

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def owed(row):
    return {duty.promise.promise.key: duty.outcome for duty in Duty.objects.filter(subject_id=row.pk)}


def standing(award, year=2026):
    return ledger.standing([award.pk], year)[award.pk]


def test_nothing_of_it_is_the_systems():
    rules = {action: rule for action, rule in gate.rules.items() if action.startswith("recovery.")}
    assert len(rules) >= 8
    assert not [action for action, rule in rules.items() if rule.cell(Role.SYSTEM)]


def test_nobody_asks_back_what_was_not_paid_too_much_or_without_a_reason():
    award = money.awarded()
    about = {"award": award.pk, "year": 2026, "why": "less"}
    with pytest.raises(NotOverpaid):
        recovery.propose(**about, fen=1, reasons="多发", **said(claims.BUREAU_DESK))
    award = recoveries.overpaid(2)
    assert queries.overpaid(county.officer(claims.BUREAU_DESK), award) == {2026: GRANTED}
    assert queries.overpaid(county.officer(money.FINANCE_DESK), award) == {}
    for fen in (0, -1, GRANTED + 1):
        with pytest.raises(NotOverpaid):
            recoveries.proposed(award, fen)
    with pytest.raises(ReasonsNeeded):
        recovery.propose(**about | {"award": award.pk}, fen=FEN, reasons=" ", **said(claims.BUREAU_DESK))
    with pytest.raises(NotHere):
        recovery.propose(**about | {"award": award.pk}, fen=FEN, reasons="多发", **said(money.FINANCE_DESK))
    # what is asked already is not asked twice
    recoveries.proposed(award, GRANTED - 1)
    with pytest.raises(NotOverpaid):
        recoveries.proposed(award, 2)
    assert overpaid(award.pk, 2026) == 1


def test_one_proposes_another_decides_and_the_person_is_told_with_a_day_to_object():
    found = recoveries.proposed()
    assert owed(found) == {"recovery-decided": ""}
    holder = recoveries.county_resident(found)
    assert list(queries.asked_back(holder, found.award_id)) == []
    for post in (claims.BUREAU_DESK, money.FINANCE_HEAD):
        with pytest.raises(NotHere):
            recovery.decide(recovery=found.pk, instalments=1, **said(post))
    for months in (0, 61):
        with pytest.raises(TooManyMonths):
            recovery.decide(recovery=found.pk, instalments=months, **said(claims.BUREAU_HEAD))
    found = recovery.decide(recovery=found.pk, instalments=5, **said(claims.BUREAU_HEAD))
    assert (found.told_on, found.object_by) == (LATER.date(), (LATER + 60 * DAY).date())
    assert owed(found) == {"recovery-decided": "kept"}
    assert list(queries.asked_back(holder, found.award_id)) == [found]
    assert list(queries.asked_back(resident(uuid4()), found.award_id)) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.filter(pk=found.pk).update(decided_by=found.proposed_by)


def test_an_objection_stops_it_until_it_is_answered_once_and_in_time():
    found = recoveries.decided()
    with pytest.raises(NotAllowed):
        recovery.object_to(recovery=found.pk, words="不同意", **said(claims.BUREAU_HEAD))
    with pytest.raises(MoveRefused):
        recoveries.objected(found, LATER + 61 * DAY)
    found = recoveries.objected(found)
    assert (found.status, owed(found)["recovery-answered"]) == ("objected", "")
    with pytest.raises(MoveRefused):
        recoveries.came_back(found, FEN)
    with pytest.raises(NotHere):  # whoever proposed it does not answer
        recovery.keep(recovery=found.pk, answer="核对过", instalments=9, **said(claims.BUREAU_DESK))
    with pytest.raises(ReasonsNeeded):
        recovery.keep(recovery=found.pk, answer="", instalments=9, **said(claims.BUREAU_HEAD))
    found = recovery.keep(recovery=found.pk, answer="核对过户口。", instalments=9, **said(claims.BUREAU_HEAD))
    assert (found.status, found.instalments, owed(found)["recovery-answered"]) == ("decided", 9, "kept")
    with pytest.raises(MoveRefused):
        recoveries.objected(found)


def test_it_may_be_waived_and_is_then_never_asked_again():
    found = recoveries.objected()
    with pytest.raises(ReasonsNeeded):
        recovery.waive(recovery=found.pk, answer="", **said(claims.BUREAU_HEAD))
    found = recovery.waive(recovery=found.pk, answer="是单位的差错。", **said(claims.BUREAU_HEAD))
    assert (found.status, overpaid(found.award_id, 2026)) == ("waived", GRANTED - FEN)
    with pytest.raises(MoveRefused):
        recoveries.came_back(found, 1)


def test_what_is_dropped_the_person_never_hears_of():
    found = recoveries.proposed()
    found = recovery.drop(recovery=found.pk, **said(claims.BUREAU_HEAD))
    assert list(queries.asked_back(recoveries.county_resident(found), found.award_id)) == []
    assert overpaid(found.award_id, 2026) == GRANTED


def test_what_comes_back_is_booked_for_itself_in_parts_and_due_and_paid_are_equal_again():
    award = recoveries.overpaid()
    found = recoveries.decided(award, GRANTED)
    assert standing(award).paid == GRANTED
    with pytest.raises(NotAllowed):
        recovery.receive(recovery=found.pk, fen=1, **said(claims.DESK))
    with pytest.raises(NotHere):
        recovery.receive(recovery=found.pk, fen=1, **said(claims.BUREAU_HEAD))
    for fen in (0, GRANTED + 1):
        with pytest.raises(MoreThanOpen):
            recoveries.came_back(found, fen)
    found = recoveries.came_back(found, FEN)
    assert (found.status, found.open_fen, standing(award).paid) == ("decided", GRANTED - FEN, GRANTED - FEN)
    found = recoveries.came_back(found, GRANTED - FEN)
    assert (found.status, found.open_fen) == ("settled", 0)
    assert (standing(award).due, standing(award).paid, standing(award).outstanding) == (0, 0, 0)
    entries = Entry.objects.filter(about=found.pk)
    assert [(each.schema, each.lines.count()) for each in entries] == [("recovery.receive/1", 2)] * 2
    assert overpaid(award.pk, 2026) == 0


def test_it_is_never_taken_from_later_money():
    """The next year is paid in full while the whole sum is still open."""
    award = recoveries.overpaid()
    found = recoveries.decided(award, GRANTED)
    back = {"person": [claims.RURAL]}
    awarding.determine(award=award.pk, year=2027, facts=back, **said(claims.BUREAU_DESK))
    batch = money.exported(money.fund(year=2027))
    assert [each.fen for each in money.payments(batch)] == [GRANTED]
    assert money.again(found).open_fen == GRANTED


def due_is(award, fen):
    """By a newer row, as when it is determined once more."""
    last = Due.objects.filter(award=award, year=2026).order_by("-number")[0]
    last.pk, last.fen, last.number = None, fen, last.number + 1
    last._state.adding = True
    last.save(force_insert=True)


# what is due now, and what of 100 yuan that were asked back is still open then
@pytest.mark.parametrize(("due", "still"), [(0, FEN), (GRANTED - FEN, FEN), (GRANTED - 40, 40), (GRANTED - 1, 1)])
def test_no_more_is_asked_back_than_is_still_above_what_is_due_at_each_step(due, still):
    steps = (
        (recoveries.proposed, lambda row: recovery.decide(recovery=row.pk, instalments=1, **said(claims.BUREAU_HEAD))),
        (
            recoveries.objected,
            lambda row: recovery.keep(recovery=row.pk, answer="核对过。", instalments=1, **said(claims.BUREAU_HEAD)),
        ),
        (recoveries.decided, lambda row: recoveries.came_back(row, still)),
    )
    for of, (situation, goes_on) in enumerate(steps, 1):
        award = recoveries.overpaid(of)
        row = situation(recoveries.decided(award) if situation is recoveries.objected else award)
        due_is(award, due)
        assert queries.still_open(row) == still
        if situation is recoveries.decided and still < FEN:
            with pytest.raises(MoreThanOpen):
                recoveries.came_back(row, still + 1)
        found = goes_on(row)
        assert (found.fen, found.fen - found.back_fen) == (still, 0 if situation is recoveries.decided else still)
        assert found.status == ("settled" if situation is recoveries.decided else "decided")


def test_where_all_of_it_is_due_again_nothing_is_asked_and_it_can_only_be_let_go():
    one, two, three = (recoveries.overpaid(of) for of in (1, 2, 3))
    proposed, decided, objected = (
        recoveries.proposed(one),
        recoveries.decided(two),
        recoveries.objected(recoveries.decided(three)),
    )
    for award in (one, two, three):
        due_is(award, GRANTED)
    with pytest.raises(NothingOpen):
        recovery.decide(recovery=proposed.pk, instalments=1, **said(claims.BUREAU_HEAD))
    with pytest.raises(NothingOpen):
        recoveries.came_back(decided, 1)
    with pytest.raises(NothingOpen):
        recovery.keep(recovery=objected.pk, answer="核对过。", instalments=1, **said(claims.BUREAU_HEAD))
    assert [queries.still_open(each) for each in (proposed, decided, objected)] == [0, 0, 0]
    assert recovery.drop(recovery=proposed.pk, **said(claims.BUREAU_HEAD)).status == "dropped"
    for row in (decided, objected):
        found = recovery.waive(recovery=row.pk, answer="重新核定后不再多发。", **said(claims.BUREAU_HEAD))
        assert (found.status, found.back_fen, standing(found.award).paid) == ("waived", 0, GRANTED)


def test_two_that_ask_back_of_one_year_never_ask_the_same_money_twice():
    award = recoveries.overpaid()
    one, two = recoveries.decided(award, FEN), recoveries.decided(award, FEN)
    due_is(award, GRANTED - FEN - 10)
    assert queries.still_open(one) == queries.still_open(two) == 10
    assert recoveries.came_back(one, 10).status == "settled"
    assert queries.still_open(two) == FEN
    assert recoveries.came_back(two, FEN).status == "settled"
    assert standing(award).paid == GRANTED - FEN - 10
