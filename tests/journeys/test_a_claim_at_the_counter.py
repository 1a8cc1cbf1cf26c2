"""Somebody claims at a counter: an officer asks the questions of that programme alone, and is named as the helper."""

from __future__ import annotations

import json

import pytest

from chengnuo.benefits.models import Claim
from chengnuo.foundation.actor import resident
from tests.factories import claims, county
from tests.factories.calculator import OLD
from tests.factories.claiming import BUTTON, Claimant
from tests.factories.desk import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
SERVICE = "/desk/counter/rural-incentive-support/"


@pytest.fixture
def desk(client):
    county.sign_in(client, claims.DESK)
    return Claimant(client)


def test_the_service_leads_to_the_questions_of_its_programme(desk):
    page = desk.client.get(SERVICE, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert set(BUTTON.findall(page)) == {"rural-incentive"}
    desk.begin("rural-incentive")
    desk.answers(OLD)
    assert {"person.1.born", "person.1.rural"} <= set(desk.asked)
    assert "place" not in desk.asked
    assert desk.at == "name"


def test_two_programmes_of_one_service_are_told_apart(desk):
    page = desk.client.get("/desk/counter/special-assistance/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert set(BUTTON.findall(page)) == {"special-bereaved", "special-disabled-child"}


def test_a_service_without_a_way_is_asked_for_like_any_other(desk):
    answer = desk.client.get("/desk/counter/village-proof/", HTTP_ACCEPT_LANGUAGE="en")
    assert "Claim what the law gives" not in said(answer)


def test_the_officer_is_named_as_the_helper(desk):
    desk.begin("rural-incentive")
    desk.answers(OLD)
    desk.says_who()
    assert "Read all of it back aloud" in desk.text
    claim = Claim.objects.get(case=desk.declares())
    assert claim.case.helper.key == claims.DESK
    assert claim.case.channel == "counter"
    assert "Received. Hand over the slip." in desk.text
    assert len(desk.code.replace(" ", "")) == 16


def test_on_the_telephone_the_code_is_read_aloud_and_the_slip_is_in_the_callers_language(desk):
    desk.begin("rural-incentive")
    desk.answers(OLD)
    desk.says_who(contact={"how": "phone", "slip": "zh-hant"})
    claim = Claim.objects.get(case=desk.declares())
    assert (claim.case.channel, claim.case.contact.language) == ("phone", "zh-hant")
    assert "Read the code aloud" in desk.text


def test_what_is_never_recorded_is_not_taken_as_a_name(desk):
    desk.begin("rural-incentive")
    desk.answers(OLD)
    desk.send(name="怀孕的王桂兰", number=claims.number())
    assert desk.at == "name"
    assert "is never recorded here" in desk.text
    assert 'value="怀孕的王桂兰"' in desk.page


def test_the_officers_own_village_is_chosen_already(desk):
    desk.begin("rural-incentive")
    desk.answers(OLD)
    desk.send(name="欧阳桂兰", number=claims.number())
    assert f'value="{county.village().above_id}" ' in desk.page
    assert "checked" in desk.page


def test_a_loss_claimed_at_a_village_counter_goes_to_the_county_alone(desk):
    desk.begin("special-bereaved")
    assert "nobody in the village" not in desk.text
    desk.answers({f"person.1.{name}": _typed(value) for name, value in claims.BEREAVED.items()})
    desk.says_who()
    claim = Claim.objects.get(case=desk.declares())
    assert claim.stages == ["county_check", "county_decision"]
    assert claim.office.key == "health-bureau"
    stated = json.loads(claim.facts.reveal(by=resident(claim.case_id), reason="test", of=claim.case_id))
    assert stated["person"][0]["child_died"] == "2015-03-01"


def _typed(value):
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
