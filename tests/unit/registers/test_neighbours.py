"""Each check beside its right and its wrong neighbour: the day itself, the day before, the day after; and what a finding tells."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db.models import F

from chengnuo.benefits.models import Award
from chengnuo.core.identity import born_on
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.refused import AlreadyReceived, Overtaken, Refused
from chengnuo.registers.checks import checks
from chengnuo.registers.models import Finding, Resident, ResidentGram
from chengnuo.registers.operations import checking, comparing, mending
from tests.factories import awarding, claims, county, money, register_situations, residents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW, TODAY, DAY = county.MONDAY, county.MONDAY.date(), timedelta(days=1)
TOWNSHIP_DESK = f"{county.TOWNSHIP}.desk"
OLDEST, BORN = date(1901, 3, 2), date(1956, 3, 1)  # of whoever would be 125 years old today


def said(post=TOWNSHIP_DESK, at=NOW):
    return {"by": county.officer(post, at=at), "at": at, "key": uuid4()}


def suspected(fault, today=TODAY):
    return [each.about for each in checks.known[fault].suspects(today)]


def is_suspected(fault, **how):
    """Of one entry that goes again."""
    row = residents.living(residents.number(how.get("born", BORN).strftime("%Y%m%d")), **how)
    found = suspected(fault)
    ResidentGram.objects.all().delete(), Resident.objects.all().delete()
    assert found in ([], [row.person]), "once at most"
    return bool(found)


def died(since, born=BORN):
    return {"born": born, "standing": "died", "since": since}


def test_days_that_can_be_beside_days_that_cannot():
    for how, wrong in (
        ({"born": TODAY}, False),
        ({"born": TODAY + DAY}, True),
        ({"born": OLDEST}, False),
        ({"born": OLDEST - DAY}, True),
        # whoever died or moved is no more too old than others
        (died(date(1990, 1, 1), OLDEST - DAY), False),
        (died(BORN), False),
        (died(BORN - DAY), True),
        (died(TODAY), False),
        (died(TODAY + DAY), True),
        (died(TODAY) | {"standing": "moved"}, False),
        (died(TODAY + DAY) | {"standing": "moved"}, True),
        (died(BORN - DAY) | {"standing": "moved"}, True),
    ):
        assert is_suspected("impossible-days", **how) is wrong, how


def test_what_cannot_be_today_may_be_tomorrow():
    row = residents.living(residents.number(), standing="died", since=TODAY + DAY)
    assert suspected("impossible-days") == [row.person]
    assert suspected("impossible-days", TODAY + DAY) == []


def test_a_birth_is_the_one_within_the_number_to_the_day():
    for days, wrong in ((0, False), (-1, True), (1, True), (366, True)):
        row = residents.living(residents.number("19560301"), born=BORN + days * DAY)
        assert (suspected("born-otherwise") == [row.person]) is wrong, days
        ResidentGram.objects.all().delete(), Resident.objects.all().delete()
    leap = residents.number("19560229")
    assert (born_on(leap), born_on(residents.number("19570229"))) == (date(1956, 2, 29), None)
    residents.living(leap)
    assert suspected("born-otherwise") == []


def test_what_no_longer_counts_is_looked_at_by_no_check():
    """What was replaced by a right row, and the one of a pair that gave way."""
    wrong = residents.living(residents.number(order=1), born=BORN + DAY, standing="died", since=TODAY + DAY)
    assert suspected("born-otherwise") == suspected("impossible-days") == [wrong.person]
    residents.changed(wrong, residents.number(order=1), standing="died", since=TODAY)
    assert suspected("born-otherwise") == suspected("impossible-days") == []
    pair = register_situations.pair()
    Resident.objects.filter(person=pair.second).update(born=BORN + DAY)
    assert suspected("born-otherwise") == [pair.second]
    joined = comparing.join(pair=pair.pk, keeps=str(pair.first), **said("health-bureau.desk"))
    assert suspected("born-otherwise") == []
    comparing.undo(pair=joined.pk, **said("health-bureau.desk"))
    assert suspected("born-otherwise") == [pair.second], "and again where they are two"


def test_two_awards_are_a_fault_only_of_one_person_while_both_are_in_force():
    one, _other = money.awarded(1), money.awarded(2, programme="special-bereaved", account=None)
    assert suspected("two-awards") == [], "of two people"
    same = money.awarded(1, programme="special-bereaved", account=None)
    assert set(suspected("two-awards")) == {one.pk, same.pk}
    awarding.end(award=same.pk, ending="statement", on=money.DAY, **said("health-bureau.head", money.LATER))
    assert suspected("two-awards") == [], "one has ended"


def test_an_account_is_shared_only_as_long_as_it_is_where_both_are_paid():
    one, two, three = (money.awarded(of) for of in (1, 2, 3))
    assert suspected("shared-account") == []
    money.give(two, money.digits(1))
    assert set(suspected("shared-account")) == {one.pk, two.pk}
    money.give(three, money.digits(1))
    assert sorted(suspected("shared-account")) == sorted([one.pk, two.pk, three.pk]), "each once"
    money.give(two, money.digits(22)), money.give(three, money.digits(33))
    assert suspected("shared-account") == [], "what stood there before is nobody's account any more"
    money.give(two, money.digits(1))
    awarding.end(award=one.pk, ending="statement", on=money.DAY, **said("health-bureau.head", money.LATER))
    assert suspected("shared-account") == [], "nor is that of an award that has ended"


def test_of_the_dead_only_who_is_dead_today_by_the_newest_row():
    award = money.awarded(1)
    entry = residents.living(claims.number(1))
    assert suspected("award-of-the-dead") == []
    entry = residents.changed(entry, claims.number(1), standing="died", since=TODAY)
    assert suspected("award-of-the-dead") == [award.pk]
    residents.changed(entry, claims.number(1))
    assert suspected("award-of-the-dead") == [], "the notice of the death was wrong"


def found(order=1):
    residents.living(residents.number(order=order), born=BORN + DAY)
    checking.check_all(at=NOW)
    return Finding.objects.get(status="open")


def test_a_finding_is_ended_once_whatever_is_pressed_again():
    finding, told = found(), said()
    words = "户口簿上就是三月二日"
    mending.keep(finding=finding.pk, words=words, **told)
    with pytest.raises(AlreadyReceived):
        mending.keep(finding=finding.pk, words=words, **told)
    with pytest.raises(Refused) as other:
        mending.keep(finding=finding.pk, words="别的理由", **told)
    assert other.value.code != AlreadyReceived.code
    with pytest.raises(Refused):
        mending.mend(finding=finding.pk, **said())
    kept = money.again(finding)
    assert (kept.status, kept.ended_on) == ("right", TODAY)
    assert kept.words.reveal(by=county.officer(TOWNSHIP_DESK), reason="a test") == words
    entries = LogEntry.objects.filter(ref_kind="finding")
    assert {entry.schema for entry in entries} == {"finding.find/1", "finding.keep/1"}
    assert not [entry for entry in entries if words in f"{entry.private}{entry.public}"]


def test_of_two_who_end_a_finding_at_once_one_is_told_so_and_leaves_no_word(monkeypatch):
    finding = found()

    def meanwhile(words):
        Finding.objects.filter(pk=finding.pk).update(version=F("version") + 1)
        return words

    monkeypatch.setattr(mending, "plain", meanwhile)
    with pytest.raises(Overtaken):
        mending.keep(finding=finding.pk, words="户口簿", **said())
    same = money.again(finding)
    assert (same.status, same.words, same.ended_on) == ("open", None, None)


def test_how_something_stood_is_told_by_no_two_findings_alike():
    """One record with two faults, and the same record found again: what `seen` holds leads nowhere and is no row's id."""
    row = residents.living(residents.number(), born=BORN + DAY, standing="died", since=TODAY + DAY)
    checking.check_all(at=NOW)
    one, two = Finding.objects.order_by("pk")
    assert (one.about, {one.fault, two.fault}) == (two.about, {"born-otherwise", "impossible-days"})
    assert one.seen != two.seen
    assert not {row.pk.hex, str(row.pk), row.person.hex} & {one.seen, two.seen}
    for each in (one, two):
        mending.mend(finding=each.pk, **said())
    checking.check_all(at=NOW)
    again = Finding.objects.get(status="open", fault=one.fault)
    assert again.seen == one.seen, "and as it stands unchanged, so it is known"


def test_a_check_touches_nothing_but_its_findings():
    money.awarded(1)
    residents.living(claims.number(1), standing="died", since=TODAY, born=BORN)
    before = [list(model.objects.order_by("pk").values()) for model in (Award, Resident)]
    assert checking.check_all(at=NOW) == 2
    after = [list(model.objects.order_by("pk").values()) for model in (Award, Resident)]
    assert str(after) == str(before)
    touched = set(LogEntry.objects.filter(schema="finding.find/1").values_list("ref_kind", flat=True))
    assert "award" not in touched
