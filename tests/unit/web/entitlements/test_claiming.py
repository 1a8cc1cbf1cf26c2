"""Where a programme is claimed: with the county's own service, for whoever is registered in the county."""

import pytest

from chengnuo.foundation import memo
from chengnuo.policies.claims import claims
from chengnuo.promises.models import PromiseVersion
from chengnuo.web.entitlements.claiming import claims_for
from tests.unit.web.entitlements.asked import answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture(autouse=True)
def _nothing_remembered():
    memo.forget()


def test_the_county_s_service_is_named_with_its_office_and_its_papers():
    claim = claims_for(answers())["childcare-subsidy"]
    assert claim.title == "Claim the childcare subsidy"
    assert claim.href == "/services/childcare-subsidy/"
    assert claim.office == "The service office of your township"
    assert [each.instead for each in claim.bring][:2] == [
        "Bring it or show it.",
        "You need not bring it: the office looks it up.",
    ]


def test_every_claim_of_the_pack_is_a_service_of_the_county():
    assert set(claims_for(answers())) == set(claims())


@pytest.mark.parametrize("place", ["429006000000", "420500000000", "elsewhere", "?"])
def test_who_is_registered_elsewhere_is_sent_to_no_office_of_this_county(place):
    assert claims_for(answers(place=place)) == {}


def test_a_service_that_is_not_offered_any_more_is_not_named():
    PromiseVersion.objects.filter(promise__key="childcare-subsidy").update(ends="2026-01-01")
    assert "childcare-subsidy" not in claims_for(answers())
    assert "rural-incentive" in claims_for(answers())
