"""Every year until now, and none twice: by the day of the decision, whatever was awarded before, and opened once for all of them."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from chengnuo.benefits.models import Award, Due
from chengnuo.benefits.operations import awards
from chengnuo.benefits.operations.awards import YearAwarded
from chengnuo.benefits.operations.claiming import NotThatYear
from chengnuo.foundation.refused import AlreadyReceived
from chengnuo.foundation.sealed import Sealed
from tests.factories import awarding, claims, county

pytestmark = pytest.mark.django_db
LATER = county.MONDAY + 10 * claims.DAY
# the county is eight hours ahead
LAST_MINUTE = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)
NEW_YEAR = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)


def years(award):
    return list(Due.objects.filter(award=award).order_by("year").values_list("year", flat=True))


def ended(award, *, at=LATER):
    by = county.officer(claims.BUREAU_DESK, at=at)
    return awarding.end(award=award.pk, ending="move", on=date(2026, 3, 1), by=by, at=at, key=uuid4())


def test_the_year_turns_at_midnight_of_the_county():
    before, after = claims.at_decision(of=1), claims.at_decision(of=2)
    assert years(claims.granted(before, at=LAST_MINUTE)) == [2026]
    assert years(claims.granted(after, at=NEW_YEAR)) == [2026, 2027]
    for at, year in ((LAST_MINUTE, 2027), (NEW_YEAR, 2028)):
        with pytest.raises(NotThatYear):
            claims.made(of=3, at=at, year=year)
    assert claims.made(of=3, at=NEW_YEAR, year=2027).year == 2027


def test_whoever_holds_a_post_elsewhere_too_determines_in_that_of_the_office_of_the_award():
    award = claims.granted(claims.at_decision(of=1), at=county.MONDAY)
    by = county.also_elsewhere(claims.BUREAU_DESK)
    due = awarding.determine(award=award.pk, year=2026, facts=None, by=by, at=county.MONDAY, key=uuid4())
    assert due.determined_by.key == claims.BUREAU_DESK


def test_in_whatever_order_somebody_claims_no_year_has_two_sums():
    for of, order in enumerate(
        [(2024, 2026), (2026, 2024), (2025, 2025), (2026, 2025, 2024), (2024, 2025, 2026)], start=1
    ):
        begun: list[Award] = []
        for year in order:
            try:
                begun.append(claims.granted(claims.at_decision(of=of, year=year), at=LATER))
            except YearAwarded:
                continue
            ended(begun[-1])
        held = Counter(Due.objects.filter(award__in=begun, fen__gt=0).values_list("year", flat=True))
        assert held == dict.fromkeys(range(min(order), 2027), 1), order
        for award in begun:
            assert award.begins == min(years(award)), order


def test_a_grant_that_finds_every_year_paid_leaves_nothing_behind():
    ended(claims.granted(claims.at_decision(year=2025), at=LATER))
    again = claims.at_decision(year=2025)
    with pytest.raises(YearAwarded):
        claims.granted(again, at=LATER)
    assert (claims.again(again).status, again.opinions.filter(verdict="decides").count()) == ("open", 0)
    assert Award.objects.count() == 1
    assert claims.refused(claims.again(again), at=LATER, reasons="这些年已经发过。").status == "refused"


def test_one_decision_that_is_sent_twice_is_one_award_with_each_year_once():
    claim, key = claims.at_decision(year=2024), uuid4()
    by = county.officer(claims.BUREAU_HEAD, at=LATER)
    told = {"claim": claim.pk, "by": by, "at": LATER, "key": key}
    award = claims.deciding.grant(**told)
    with pytest.raises(AlreadyReceived):
        claims.deciding.grant(**told)
    assert years(award) == [2024, 2025, 2026]
    assert set(Due.objects.values_list("number", flat=True)) == {1}


def test_the_statement_is_opened_once_for_all_its_years(monkeypatch):
    ready, opened, real = claims.at_decision(year=2022), [], Sealed.reveal

    def looked(self, **said):
        opened.append(said["reason"])
        return real(self, **said)

    monkeypatch.setattr(Sealed, "reveal", looked)
    assert len(years(claims.granted(ready, at=LATER))) == 5
    assert opened.count(awards.REVIEW) == 1
    opened.clear()
    claims.granted(claims.at_decision(of=2), at=LATER)
    assert awards.REVIEW not in opened, "of one year alone nothing more is opened"


def test_two_persons_and_two_programmes_take_no_year_from_each_other():
    mine, theirs = claims.at_decision(of=1, year=2025), claims.at_decision(of=2, year=2025)
    other = claims.at_decision("special-bereaved", of=1, year=2025)
    found = [claims.granted(claim, at=LATER) for claim in (mine, theirs, other)]
    assert [years(award) for award in found] == [[2025, 2026]] * 3
    assert len({bytes(award.person_index) for award in found}) == 3, "not even one's own programmes find each other"
