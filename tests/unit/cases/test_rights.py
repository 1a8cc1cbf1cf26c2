"""What the law gives a family: ways to object to a refusal with their last days, and completeness by silence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chengnuo.cases.rights import Remedies, complete_since, remedies
from tests.factories import cases, county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
AT = county.MONDAY
SECOND = timedelta(seconds=1)


def test_an_authority_s_refusal_opens_review_and_court():
    ways = remedies(cases.refuse(cases.ask("dibao"), at=AT, post=cases.TOWNSHIP_DESK))
    assert ways == Remedies(review_by=date(2026, 5, 1), suit_by=date(2026, 9, 2))


def test_a_committee_s_refusal_opens_neither_and_is_a_refusal():
    assert remedies(cases.refuse(cases.ask(), at=AT)) == Remedies(review_by=None, suit_by=None)


@pytest.mark.parametrize("finished", [False, True])
def test_what_is_not_refused_needs_no_remedy(finished):
    case = cases.ask()
    assert remedies(cases.finish(case, at=AT) if finished else case) is None


def test_silence_makes_complete_only_when_the_time_for_the_list_is_over():
    case = cases.ask()
    assert complete_since(case, now=case.complete_by) is None
    assert complete_since(case, now=case.complete_by + SECOND) == date(2026, 3, 2)


def test_a_list_a_result_or_a_complaint_is_no_silence():
    asked = cases.ask_once(cases.ask(), at=AT)
    done = cases.finish(cases.ask(), at=AT)
    for case in (asked, done, cases.complaint()):
        assert complete_since(case, now=case.complete_by + SECOND) is None
