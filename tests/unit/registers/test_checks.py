"""What does not fit is found, becomes a duty, is looked at by a person, and stops nothing."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from chengnuo.benefits.operations.claiming import Numbers
from chengnuo.foundation.plain import NotForTheRecord
from chengnuo.foundation.refused import MoveRefused, NotHere
from chengnuo.payments.models import Payment
from chengnuo.people.models import Office
from chengnuo.promises.models import Duty
from chengnuo.promises.operations import escalation
from chengnuo.promises.readings import LIVE
from chengnuo.registers import queries
from chengnuo.registers.checks import BornOtherwise, Checks, checks
from chengnuo.registers.models import Finding, Resident
from chengnuo.registers.operations import checking, mending
from chengnuo.registers.operations.mending import NoReason
from tests.factories import awarding, claims, county, money, residents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = money.LATER
TOWNSHIP_DESK = f"{county.TOWNSHIP}.desk"


def found():
    checking.check_all(at=NOW)
    return sorted(Finding.objects.filter(status="open").values_list("fault", flat=True))


def said(post):
    return {"by": county.officer(post, at=NOW), "at": NOW, "key": uuid4()}


def owed(finding):
    return dict(Duty.objects.filter(subject_id=finding.pk).values_list("promise__promise__key", "outcome"))


WRONG = [
    ("born-otherwise", {"born": date(1956, 3, 2)}),
    ("impossible-days", {"standing": "died", "since": date(1950, 1, 1)}),
    ("impossible-days", {"standing": "moved", "since": date(2030, 1, 1)}),
]


def test_each_fault_is_found_once_and_what_is_right_is_not():
    residents.living(residents.number(order=99))
    residents.living(residents.number("19000101", 98), standing="died", since=date(1990, 1, 1))
    for order, (fault, how) in enumerate(WRONG, 1):
        residents.living(residents.number(order=order), **how)
        assert found().count(fault) == [each for each, _how in WRONG[:order]].count(fault), how
    residents.living(residents.number("19000101", 97))
    assert found() == ["born-otherwise", "impossible-days", "impossible-days", "impossible-days"]
    assert checking.check_all(at=NOW) == 0, "nothing is found twice"


def test_a_finding_is_a_duty_of_the_township_and_ends_as_mended_or_right():
    one, two = (residents.living(residents.number(order=order), born=date(1956, 3, 2)) for order in (1, 2))
    found()
    first, second = (Finding.objects.get(about=each.person) for each in (one, two))
    assert (first.office.key, owed(first)) == (county.TOWNSHIP, {"record-mended": ""})
    for post in (f"{county.VILLAGE}.desk", "health-bureau.head", "township-420526102000.desk"):
        with pytest.raises(NotHere):
            mending.mend(finding=first.pk, **said(post))
    mending.mend(finding=first.pk, **said(TOWNSHIP_DESK))
    assert owed(first) == {"record-mended": "kept"}
    with pytest.raises(MoveRefused):
        mending.mend(finding=first.pk, **said(TOWNSHIP_DESK))
    for words, why in ((" ", NoReason), ("她怀孕了", NotForTheRecord)):
        with pytest.raises(why):
            mending.keep(finding=second.pk, words=words, **said(TOWNSHIP_DESK))
    mending.keep(finding=second.pk, words="户口簿上就是三月二日", **said(TOWNSHIP_DESK))
    assert Finding.objects.get(pk=second.pk).ended_on == NOW.date()
    checking.check_all(at=NOW + timedelta(days=1))
    again = Finding.objects.get(status="open")
    assert again.about == one.person, "what was called mended and was not is found anew; what is right is not"
    residents.changed(two, born=date(1956, 3, 3), identity=residents.number(order=2))
    assert found() == ["born-otherwise"] * 2, "and is found again when it changes"


def test_a_dead_payee_two_awards_and_a_shared_account_are_found_and_no_payment_waits():
    dead, alive = money.awarded(1), money.awarded(2)
    money.give(alive, money.digits(1))
    money.awarded(1, programme="special-bereaved", account=money.digits(1))
    residents.living(claims.number(1), standing="died", since=date(2026, 2, 1))
    assert found() == ["award-of-the-dead"] * 2 + ["shared-account"] * 3 + ["two-awards"] * 2
    finding = Finding.objects.filter(about=dead.pk).first()
    assert finding.office.key == "health-bureau"
    batch = money.exported()
    paid = Payment.objects.filter(batch=batch)
    assert {payment.award_id for payment in paid} >= {dead.pk, alive.pk}, "a check never pauses a payment"
    assert set(paid.values_list("status", flat=True)) == {"sent"}


def for_a_child():
    """An award whose payee is person 1, and which is for the child 501."""
    award = money.awarded(1)
    award.child = claims.number(501)
    award.person_index = Numbers(claims.number(1), claims.number(501)).index(award.programme)
    award.save()
    return award


def test_a_dead_payee_is_found_whose_number_is_not_that_of_the_child():
    for_a_child()
    entry = residents.living(claims.number(1), standing="moved", since=date(2026, 2, 1))
    assert "award-of-the-dead" not in found()
    residents.changed(entry, claims.number(1), standing="died", since=date(2026, 2, 2))
    assert found().count("award-of-the-dead") == 1
    residents.living(claims.number(501), standing="died", since=date(2026, 2, 2))
    assert found().count("award-of-the-dead") == 1, "of one award, once"


def test_a_dead_child_is_found_and_another_dead_person_is_not():
    for_a_child()
    residents.living(claims.number(7), standing="died", since=date(2026, 2, 2))
    assert "award-of-the-dead" not in found()
    residents.living(claims.number(501), standing="died", since=date(2026, 2, 2))
    assert found() == ["award-of-the-dead"]


def test_a_finding_about_an_award_leads_to_no_row_of_the_register():
    award = money.awarded(1)
    row = residents.living(claims.number(1), standing="died", since=date(2026, 2, 1))
    found()
    finding = Finding.objects.get(about=award.pk)
    told = {str(getattr(finding, field.attname)) for field in Finding._meta.concrete_fields}
    assert not told & {str(row.pk), str(row.person)}
    assert not [said for said in told if row.pk.hex in said.replace("-", "") or row.person.hex in said.replace("-", "")]
    mending.keep(finding=finding.pk, words="家人来过", **said(finding.holder.key))
    assert found() == [], "and it is known again all the same"


def test_two_findings_of_one_dead_person_are_not_known_as_one():
    money.awarded(1), money.awarded(1, programme="special-bereaved", account=None)
    residents.living(claims.number(1), standing="died", since=date(2026, 2, 1))
    found()
    seen = Finding.objects.filter(fault="award-of-the-dead").values_list("seen", flat=True)
    assert len(seen) == len(set(seen)) == 2


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_everybody_is_read_once_whatever_the_size_of_a_page(monkeypatch, size):
    monkeypatch.setattr(queries, "PAGE", size)
    people = {residents.living(residents.number(order=order), born=date(1956, 3, 2)).pk for order in range(1, 8)}
    read = [row.pk for row in queries.in_pages(Resident.objects.all())]
    assert (set(read), len(read)) == (people, 7)
    assert checking.check_all(at=NOW) == 7
    assert list(queries.in_pages(Resident.objects.none())) == []


def test_no_check_holds_a_read_open_while_what_it_found_is_written(monkeypatch):
    """Of SQLite an open read that becomes a write fails at once where anybody wrote meanwhile."""
    monkeypatch.setattr(QuerySet, "iterator", lambda *_a, **_k: pytest.fail("a read was left open"))
    money.awarded(1)
    residents.living(claims.number(1), standing="died", since=date(2026, 2, 1))
    residents.living(residents.number(order=2), born=date(1956, 3, 2))
    assert set(found()) == {"award-of-the-dead", "born-otherwise"}


def test_one_account_of_one_person_for_two_programmes_is_no_finding():
    money.awarded(1)
    money.awarded(1, programme="special-bereaved", account=money.digits(1))
    assert "shared-account" not in found()


def test_every_check_says_what_it_found_and_what_to_do_and_has_one_name():
    assert set(checks.known) == {
        "born-otherwise",
        "impossible-days",
        "award-of-the-dead",
        "two-awards",
        "shared-account",
    }
    assert all(check.says and check.to_do and check.kind for check in checks.known.values())
    twice = Checks()
    twice.register(BornOtherwise())
    with pytest.raises(ValueError, match="registered already"):
        twice.register(BornOtherwise())


def test_where_a_township_has_no_office_the_keeper_looks_and_where_nobody_does_nothing_is_made():
    residents.living(born=date(1956, 3, 2))
    Office.objects.filter(key=county.TOWNSHIP).update(closed_on=NOW.date() - timedelta(days=1))
    assert checking.check_all(at=NOW) == 1
    assert Finding.objects.get().office.key == "health-bureau"
    residents.living(residents.number(order=2), born=date(1956, 3, 2))
    Office.objects.filter(key="health-bureau").update(closed_on=NOW.date() - timedelta(days=1))
    assert checking.check_all(at=NOW) == 0
    assert Finding.objects.count() == 1


def test_a_duty_that_nobody_looks_at_goes_up_and_the_head_may_end_it():
    residents.living(born=date(1956, 3, 2))
    checking.check_all(at=NOW)
    finding = Finding.objects.get()
    duty = Duty.objects.get(subject_id=finding.pk)
    escalation.escalate_due(at=duty.due_at + timedelta(hours=1))
    asked = Duty.objects.get(parent=duty)
    assert asked.holder.key == f"{county.TOWNSHIP}.head"
    later = asked.opened_at + timedelta(days=1)
    mending.mend(finding=finding.pk, by=county.officer(f"{county.TOWNSHIP}.head"), at=later, key=uuid4())
    assert not Duty.objects.filter(LIVE, subject_id=finding.pk).exists(), "nothing is left to answer for"


def test_who_moved_is_not_dead_and_an_award_that_ended_is_none():
    award = money.awarded(1)
    entry = residents.living(claims.number(1), standing="moved", since=date(2026, 2, 1))
    assert found() == []
    residents.changed(entry, claims.number(1), standing="died", since=date(2026, 2, 1))
    awarding.end(award=award.pk, ending="death", on=date(2026, 2, 1), **said("health-bureau.head"))
    assert found() == []


def test_a_finding_cannot_be_without_its_day_or_its_reason():
    residents.living(born=date(1956, 3, 2))
    checking.check_all(at=NOW)
    rows = Finding.objects.filter(pk=Finding.objects.get().pk)
    for wrong in ({"status": "mended"}, {"ended_on": NOW.date()}, {"status": "right", "ended_on": NOW.date()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    twice = rows.get()
    twice.pk = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save(force_insert=True)
