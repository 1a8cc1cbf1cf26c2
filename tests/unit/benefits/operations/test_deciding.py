"""Decisions: by whoever did not examine, with reasons where they depart from the rules; a person has one award a programme."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from chengnuo.benefits import queries
from chengnuo.benefits.models import Award, Due
from chengnuo.benefits.operations.awards import NotDecided, NotYet, YearAwarded
from chengnuo.benefits.operations.deciding import AwardedAlready, DepartureNeedsReasons, NothingToPay
from chengnuo.cases.models import Case
from chengnuo.cases.operations.handle import ReasonsMissing
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere
from tests.factories import awarding, cases, claims, county

pytestmark = pytest.mark.django_db
LATER = county.MONDAY + 10 * claims.DAY


def test_it_is_granted_as_the_rules_give_and_its_case_is_done():
    claim = claims.at_decision()
    award = claims.granted(claim, at=LATER)
    due = Due.objects.get(award=award)
    assert (due.year, due.fen, due.departs, due.edition) == (2026, 96_000, False, claim.edition)
    assert Case.objects.get(pk=claim.case_id).status == "done"
    assert cases.opened(award.name) == "欧阳桂兰"
    assert cases.opened(award.identity) == claims.number()


@pytest.mark.parametrize("said", [{"fen": 50_000}, {"fen": 96_001}])
def test_another_sum_needs_reasons(said):
    claim = claims.at_decision()
    with pytest.raises(DepartureNeedsReasons):
        claims.granted(claim, at=LATER, **said)
    award = claims.granted(claim, at=LATER, reasons="七月才满足条件，依据国人口发〔2004〕39号。", **said)
    assert Due.objects.get(award=award).departs


def test_what_the_rules_do_not_give_is_granted_with_a_sum_and_reasons_alone():
    claim = claims.at_decision(facts=claims.RURAL | {"rural": False})
    with pytest.raises(DepartureNeedsReasons):
        claims.granted(claim, at=LATER, fen=96_000)
    with pytest.raises(NothingToPay):
        claims.granted(claim, at=LATER, reasons="户口去年才转")
    assert claims.granted(claim, at=LATER, fen=96_000, reasons="户口去年才转").begins == 2026


@pytest.mark.parametrize("fen", [0, -1])
def test_a_grant_names_a_sum(fen):
    with pytest.raises(NothingToPay):
        claims.granted(claims.at_decision(), at=LATER, fen=fen, reasons="不知道")


def test_whoever_examined_it_does_not_decide_it():
    claim = claims.made("special-bereaved")
    claims.passed_on(claim, claims.BUREAU_HEAD, at=county.MONDAY + claims.DAY)
    with pytest.raises(NotHere):
        claims.granted(claim, at=LATER, post=claims.BUREAU_HEAD)


@pytest.mark.parametrize("post", [claims.DESK, claims.TOWNSHIP_DESK])
def test_only_the_county_decides(post):
    with pytest.raises((NotHere, NotAllowed)):
        claims.granted(claims.at_decision(), at=LATER, post=post)


def test_nothing_is_decided_before_the_last_stage():
    claim = claims.made("special-bereaved")
    with pytest.raises(MoveRefused, match="come before"):
        claims.granted(claim, at=LATER)


def test_a_person_is_awarded_a_programme_once():
    first, second = claims.at_decision(), claims.at_decision(name="别名")
    assert queries.others_of_the_person(first) == 1
    claims.granted(first, at=LATER)
    with pytest.raises(AwardedAlready):
        claims.granted(second, at=LATER)
    award = Award.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.bulk_create(
            [
                Award(
                    claim=second,
                    programme=award.programme,
                    place=award.place,
                    person_index=award.person_index,
                    office=award.office,
                    begins=2026,
                    granted_at=LATER,
                    status="in_force",
                )
            ]
        )


def test_a_refusal_has_reasons_and_a_law_and_closes_the_case_with_them():
    claim = claims.at_decision()
    for missing in ({"reasons": " "}, {"law": ""}):
        with pytest.raises(ReasonsMissing):
            claims.refused(claim, at=LATER, **missing)
    claims.refused(claim, at=LATER)
    case = Case.objects.get(pk=claim.case_id)
    assert case.status == "refused"
    assert cases.opened(case.refusal_law) == "国人口发〔2004〕36号"
    assert not Award.objects.exists()


def determine(award, year, **said):
    by = county.officer(claims.BUREAU_DESK)
    return awarding.determine(award=award.pk, year=year, by=by, at=LATER, key=uuid4(), **{"facts": None} | said)


def test_another_year_and_another_sum_are_rows_more():
    award = claims.granted(claims.at_decision(), at=LATER)
    assert determine(award, 2027).fen == 96_000
    less = determine(award, 2027, facts={"person": [claims.RURAL | {"rural": False}]})
    assert (less.fen, less.number) == (0, 2)
    found = [(year.year, year.fen, year.before) for year in queries.years(award.pk)]
    assert found == [(2027, 0, (96_000,)), (2026, 96_000, ())]


def test_an_open_answer_changes_nothing_that_was_granted():
    award = claims.granted(claims.at_decision(), at=LATER)
    with pytest.raises(NotDecided):
        determine(award, 2027, facts={"person": [claims.RURAL | {"rural": None}]})
    assert [year.year for year in queries.years(award.pk)] == [2026]


def test_an_award_ends_from_a_day_that_has_come_and_what_was_due_stays():
    award = claims.granted(claims.at_decision(), at=LATER)
    said = {"award": award.pk, "ending": "death", "by": county.officer(claims.BUREAU_DESK), "at": LATER}
    with pytest.raises(NotYet):
        awarding.end(**said, on=date(2026, 12, 1), key=uuid4())
    awarding.end(**said, on=date(2026, 3, 1), key=uuid4())
    ended = Award.objects.get()
    assert (ended.status, ended.ended_for, ended.ends_on) == ("ended", "death", date(2026, 3, 1))
    assert queries.years(award.pk)[0].fen == 96_000


def ended(award, on=date(2026, 3, 1), ending="move", at=LATER):
    by = county.officer(claims.BUREAU_DESK, at=at)
    return awarding.end(award=award.pk, ending=ending, on=on, by=by, at=at, key=uuid4())


def years(award):
    return [(year.year, year.fen) for year in reversed(queries.years(award.pk))]


def test_after_its_end_the_person_may_be_awarded_anew_and_no_year_is_paid_twice():
    first = claims.granted(claims.at_decision(year=2025), at=LATER)
    assert years(first) == [(2025, 96_000), (2026, 96_000)]
    ended(first)
    for year in (2025, 2026):
        again = claims.at_decision(year=year)
        assert queries.years_of_the_person(again) == [2025, 2026]
        for said in ({}, {"fen": 1, "reasons": "只补差额，第三条。"}):
            with pytest.raises(YearAwarded):
                claims.granted(again, at=LATER, **said)
    assert queries.years_of_the_person(claims.at_decision(of=2)) == []
    assert Award.objects.count() == 1
    assert claims.granted(claims.at_decision(of=2), at=LATER).begins == 2026


def test_only_the_years_that_are_not_held_are_determined_and_the_award_begins_with_them():
    first = claims.granted(claims.at_decision(year=2025), at=LATER)
    Due.objects.filter(award=first, year=2026).delete()
    ended(first)
    second = claims.granted(claims.at_decision(year=2025), at=LATER)
    assert (years(second), second.begins) == ([(2026, 96_000)], 2026)
    assert Award.objects.get(pk=second.pk).begins == 2026
    with pytest.raises(YearAwarded):
        determine(second, 2025)
    assert determine(second, 2026).number == 2


def test_a_year_that_was_taken_down_to_nothing_is_free_again():
    first = claims.granted(claims.at_decision(), at=LATER)
    determine(first, 2026, facts={"person": [claims.RURAL | {"rural": False}]})
    ended(first)
    assert years(claims.granted(claims.at_decision(), at=LATER)) == [(2026, 96_000)]


def test_a_claim_of_an_earlier_year_gets_every_year_until_now_that_the_rules_settle():
    award = claims.granted(claims.at_decision(year=2024), at=LATER)
    assert [year for year, _fen in years(award)] == [2024, 2025, 2026]
    assert all(fen for _year, fen in years(award))
    assert award.begins == 2024
    gone = claims.at_decision(year=2024, of=2, facts=claims.RURAL | {"died": "2024-06-30"})
    assert [year for year, _fen in years(claims.granted(gone, at=LATER))] == [2024]


def test_another_sum_is_that_of_its_year_alone():
    award = claims.granted(
        claims.at_decision(year=2025), at=LATER, fen=50_000, reasons="七月才满足条件，依据国人口发〔2004〕39号。"
    )
    assert years(award) == [(2025, 50_000), (2026, 96_000)]
    assert list(award.dues.order_by("year").values_list("departs", flat=True)) == [True, False]


def test_a_child_is_supported_for_each_year_that_has_begun():
    child = {"born": "2024-05-02", "chinese": True, "guardian_claims": True, "first_claimed": "none", "died": "none"}
    claim = claims.at_decision("childcare-subsidy", entity="child", facts=child, year=2025)
    award = claims.granted(claim, at=LATER)
    assert [year for year, _fen in years(award)] == [2025, 2026]
