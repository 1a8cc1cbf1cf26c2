"""What the promise says that the office looks up itself, no family is asked for."""

from __future__ import annotations

import pytest

from chengnuo.cases import queries
from chengnuo.cases.models import Case
from chengnuo.cases.operations import handle
from tests.factories import cases, county, desk
from tests.factories.cases import TOWNSHIP_DESK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
HELD = "child-entry"  # of a service that its own office answers: "the office looks it up"


@pytest.fixture
def case():
    return cases.ask("childcare-subsidy")


def asked(case, *missing):
    return cases.does(handle.ask_once, case, TOWNSHIP_DESK, at=county.MONDAY, missing=list(missing), words="")


def papers(case):
    return {need["key"]: need["instead"] for need in case.promise.needs}


def test_what_the_office_has_is_not_among_what_may_be_brought(case):
    assert papers(case)[HELD] == "held"
    brought = [need["key"] for need in queries.to_bring(case)]
    assert HELD not in brought
    assert brought == [key for key, instead in papers(case).items() if instead != "held"]


def test_whoever_sends_it_all_the_same_is_refused_and_the_clock_runs_on(client, case):
    answer = desk.at(client, TOWNSHIP_DESK).send("deed", case.pk, "ask_once", missing=[HELD])
    assert "Choose at least one" in desk.said(answer)
    assert Case.objects.get(pk=case.pk).status == "received"


def test_what_it_cannot_find_may_be_asked_for_in_words(case):
    assert asked(case, "出生医学证明（户籍上没有的）").status == "waiting"


def test_the_officer_s_form_does_not_offer_it(client, case):
    page = desk.at(client, TOWNSHIP_DESK).get("deed", case.pk, "ask_once").content.decode()
    assert f'value="{HELD}"' not in page
    assert 'name="other"' in page
