"""A claim from its beginning to its award, on its own way."""

from __future__ import annotations

import pytest

from chengnuo.benefits import queries
from chengnuo.cases.models import Case
from chengnuo.promises.models import Duty
from tests.factories import claims, county

pytestmark = pytest.mark.django_db
LATER = county.MONDAY + 10 * claims.DAY


def owed(claim):
    return [
        (duty.promise.promise.key, duty.outcome, duty.office.key)
        for duty in Duty.objects.filter(subject_id=claim.pk).order_by("opened_at", "pk")
    ]


def test_a_rural_allowance_goes_through_village_and_township_and_each_stage_is_a_duty():
    claim = claims.at_decision()
    award = claims.granted(claim, at=LATER)
    assert [(year.year, year.fen) for year in queries.years(award.pk)] == [(2026, 96_000)]
    assert owed(claim) == [
        ("claim-village-review", "kept", county.VILLAGE),
        ("claim-village-notice", "kept", county.VILLAGE),
        ("claim-township-review", "kept", county.TOWNSHIP),
        ("claim-township-notice", "kept", county.TOWNSHIP),
        ("claim-county-decision", "kept", "health-bureau"),
    ]
    case = Case.objects.get(pk=claim.case_id)
    assert (case.status, case.open_steps) == ("done", 0)


def test_a_loss_is_seen_by_the_county_alone():
    claim = claims.at_decision("special-bereaved")
    claims.granted(claim, at=LATER)
    assert {office for _promise, _outcome, office in owed(claim)} == {"health-bureau"}
    assert claim.village_id is claim.township_id is None
    assert claim.is_guarded
