"""Money that is asked back: days, months and sums at their boundaries, keys that come twice, two at once, and who hears or reads what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import F

from chengnuo.benefits.models import Due
from chengnuo.foundation.actor import resident
from chengnuo.foundation.models import Errand, LogEntry
from chengnuo.foundation.plain import NotForTheRecord
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused, NotAllowed, NotHere, Overtaken, Refused
from chengnuo.payments import queries
from chengnuo.payments.internal import ledger
from chengnuo.payments.internal.overpaid import by_year, overpaid, still_over
from chengnuo.payments.models import Entry, Payment, Recovery
from chengnuo.payments.operations import recovery
from chengnuo.payments.operations.recovery import MoreThanOpen, NotOverpaid, ReasonsNeeded, TooManyMonths
from tests.factories import claims, money, recoveries
from tests.factories.money import GRANTED, LATER, said
from tests.factories.recoveries import FEN

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HEAD, DESK, FINANCE = claims.BUREAU_HEAD, claims.BUREAU_DESK, money.FINANCE_DESK


def due_is(award, fen):
    """By a newer row, as when it is determined once more."""
    last = Due.objects.filter(award=award, year=2026).order_by("-number")[0]
    last.pk, last.fen, last.number = uuid4(), fen, last.number + 1
    last.save(force_insert=True)


def kept(row, *, instalments=1, answer="核对过户口。"):
    return recovery.keep(recovery=row.pk, answer=answer, instalments=instalments, **said(HEAD))


def test_the_last_day_of_an_objection_is_the_county_s():
    row = recoveries.decided()
    last = (LATER + 60 * DAY).date()
    assert row.object_by == last
    before_midnight = datetime(last.year, last.month, last.day, 15, 59, tzinfo=UTC)
    midnight = datetime(last.year, last.month, last.day, 16, tzinfo=UTC)
    with pytest.raises(MoveRefused):
        recoveries.objected(row, midnight)
    assert money.again(row).status == "decided"
    assert recoveries.objected(row, before_midnight).status == "objected"


def test_it_is_decided_over_one_month_to_sixty_and_anew_with_the_answer():
    award = recoveries.overpaid()
    for months, is_right in ((-1, False), (0, False), (1, True), (60, True), (61, False)):
        row = recoveries.proposed(award, 1)
        if is_right:
            found = recovery.decide(recovery=row.pk, instalments=months, **said(HEAD))
            assert kept(recoveries.objected(found), instalments=61 - months).instalments == 61 - months
            with pytest.raises(TooManyMonths):
                kept(found, instalments=months - 1 if months == 1 else months + 1)
        else:
            with pytest.raises(TooManyMonths):
                recovery.decide(recovery=row.pk, instalments=months, **said(HEAD))
            same = money.again(row)
            assert (same.status, same.told_on, same.decided_by) == ("proposed", None, None)


def test_no_more_is_proposed_than_is_too_much_of_that_very_year():
    award = recoveries.overpaid()
    about = {"award": award.pk, "why": "less", "reasons": "重新核定。"}
    assert by_year(award.pk) == {2026: GRANTED}
    for year, fen in ((2025, 1), (2027, 1), (2026, GRANTED + 1), (2026, 0), (2026, -GRANTED)):
        with pytest.raises(NotOverpaid):
            recovery.propose(**about, year=year, fen=fen, **said(DESK))
    assert not Recovery.objects.exists()
    assert recovery.propose(**about, year=2026, fen=GRANTED, **said(DESK)).open_fen == GRANTED
    assert (by_year(award.pk), overpaid(award.pk, 2026)) == ({}, 0), "what is asked is not asked again"


def test_at_each_step_it_follows_what_is_due_then_and_what_came_back_stays():
    """One that is proposed, decided, partly back, objected to, kept and settled, while the due rises beside each step."""
    award = recoveries.overpaid()
    row = recoveries.proposed(award, GRANTED)
    due_is(award, 10)
    row = recovery.decide(recovery=row.pk, instalments=12, **said(HEAD))
    assert (row.fen, row.open_fen) == (GRANTED - 10, GRANTED - 10)
    row = recoveries.came_back(row, FEN)
    due_is(award, 30)
    assert (still_over(row), money.again(row).fen) == (GRANTED - 30 - FEN, GRANTED - 10), (
        "it is written by an act alone"
    )
    row = kept(recoveries.objected(money.again(row)))
    assert (row.fen, row.back_fen) == (GRANTED - 30, FEN)
    # a due that falls again asks for no more than was decided
    due_is(award, 0)
    assert (still_over(row), overpaid(award.pk, 2026)) == (GRANTED - 30 - FEN, 30)
    due_is(award, GRANTED - FEN - 7)
    with pytest.raises(MoreThanOpen):
        recoveries.came_back(row, 8)
    row = recoveries.came_back(row, 7)
    assert (row.status, row.fen, row.back_fen) == ("settled", FEN + 7, FEN + 7)
    assert ledger.standing([award.pk], 2026)[award.pk].paid == GRANTED - FEN - 7
    assert by_year(award.pk) == {}


def test_what_is_waived_in_the_middle_keeps_what_came_and_frees_nothing():
    award = recoveries.overpaid()
    row = recoveries.came_back(recoveries.decided(award, GRANTED), FEN)
    row = recovery.waive(recovery=row.pk, answer="生活困难。", **said(HEAD))
    assert (row.status, row.back_fen, overpaid(award.pk, 2026)) == ("waived", FEN, 0)
    with pytest.raises(NotOverpaid):
        recoveries.proposed(award, 1)
    other = recoveries.proposed(recoveries.overpaid(2), GRANTED)
    recovery.drop(recovery=other.pk, **said(HEAD))
    assert recoveries.proposed(other.award, GRANTED).status == "proposed", "what was dropped may be proposed anew"


def test_a_sum_that_comes_twice_under_one_key_is_booked_once():
    row, told = recoveries.decided(), said(FINANCE)
    recovery.receive(recovery=row.pk, fen=FEN // 2, **told)
    with pytest.raises(AlreadyReceived):
        recovery.receive(recovery=row.pk, fen=FEN // 2, **told)
    with pytest.raises(Refused) as other:
        recovery.receive(recovery=row.pk, fen=FEN // 2 - 1, **told)
    assert other.value.code != AlreadyReceived.code
    assert (money.again(row).back_fen, Entry.objects.filter(about=row.pk).count()) == (FEN // 2, 1)


def test_of_two_sums_at_once_one_is_booked_and_the_other_told_so(monkeypatch):
    row, as_is_due = recoveries.decided(), recovery._as_is_due

    def meanwhile(found):
        Recovery.objects.filter(pk=row.pk).update(version=F("version") + 1)
        return as_is_due(found)

    monkeypatch.setattr(recovery, "_as_is_due", meanwhile)
    with pytest.raises(Overtaken):
        recoveries.came_back(row, FEN)
    assert (money.again(row).back_fen, Entry.objects.filter(about=row.pk).count()) == (0, 0)
    monkeypatch.undo()
    assert recoveries.came_back(money.again(row), FEN).status == "settled"


def test_nothing_of_it_touches_what_is_paid_later_of_the_same_year():
    """While it is open the due rises above what was paid: the whole difference is paid, and nothing of it is kept back."""
    award = recoveries.overpaid()
    row = recoveries.came_back(recoveries.decided(award, GRANTED), FEN)
    due_is(award, GRANTED)
    fund, before = money.fund(0), Payment.objects.count()
    batch = money.exported(fund)
    assert [each.fen for each in money.payments(batch)] == [FEN], "what came back is due again, and no less"
    assert Payment.objects.count() == before + 1
    assert (money.again(row).status, money.again(row).back_fen) == ("decided", FEN)


def test_words_are_kept_sealed_and_no_office_writes_what_it_may_not():
    award = recoveries.overpaid()
    about = {"award": award.pk, "year": 2026, "fen": FEN, "why": "less"}
    for reasons, why in (("", ReasonsNeeded), (" \n", ReasonsNeeded), ("她怀孕了", NotForTheRecord)):
        with pytest.raises(why):
            recovery.propose(**about, reasons=reasons, **said(DESK))
    row = recoveries.objected(recoveries.decided(award))
    for does in (kept, lambda found, answer: recovery.waive(recovery=found.pk, answer=answer, **said(HEAD))):
        for answer, why in (("  ", ReasonsNeeded), ("她怀孕了", NotForTheRecord)):
            with pytest.raises(why):
                does(row, answer=answer)
    kept(row, answer="核对过户口簿。")
    with connection.cursor() as cursor:
        cursor.execute("SELECT reasons, objection, answer FROM payments_recovery")
        stored = b"".join(bytes(cell) for cell in cursor.fetchone())
    entries = LogEntry.objects.filter(ref_kind="recovery")
    logged = "".join(f"{each.private}{each.public}" for each in entries)
    assert {each.schema for each in entries} == {
        f"recovery.{name}/1" for name in ("propose", "decide", "object", "keep")
    }
    for words in ("户口已转为城镇", "我一直住在村里", "核对过户口簿"):
        assert words.encode() not in stored
        assert words not in logged


def test_the_person_hears_of_what_was_decided_and_never_of_what_was_not():
    told = Errand.objects.filter(topic__startswith="recovery.", handler="payments.asked_back")
    dropped = recoveries.proposed(recoveries.overpaid(1))
    recovery.drop(recovery=dropped.pk, **said(HEAD))
    assert not told.exists()
    recovery.waive(
        recovery=kept(recoveries.objected(recoveries.decided(recoveries.overpaid(2)))).pk, answer="困难。", **said(HEAD)
    )
    assert sorted(told.values_list("topic", flat=True)) == ["recovery.decide/1", "recovery.keep/1", "recovery.waive/1"]
    payloads = Errand.objects.filter(topic__startswith="recovery.").values_list("payload", flat=True)
    assert {frozenset(each) for each in payloads} == {frozenset({"kind", "id"})}, "an id, and no sum or word"


def test_only_whoever_it_is_asked_of_reads_it_or_objects():
    row = recoveries.decided()
    other = recoveries.decided(recoveries.overpaid(2))
    mine, theirs = recoveries.county_resident(row), recoveries.county_resident(other)
    assert [list(queries.asked_back(mine, each.award_id)) for each in (row, other)] == [[row], []]
    for by in (theirs, resident(row.award_id), resident(row.pk), resident(row.award.claim_id)):
        with pytest.raises((NotHere, NotAllowed)):
            recovery.object_to(recovery=row.pk, words="不同意", by=by, at=LATER, key=uuid4())
    found = recovery.object_to(recovery=row.pk, words="不同意", by=mine, at=LATER, key=uuid4())
    assert (found.status, money.again(other).status) == ("objected", "decided")
