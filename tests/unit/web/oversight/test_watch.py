"""Supervision runs upward: a village's committee sees what its office owes and since when, and nobody's name or number."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengnuo.promises.operations import escalation
from tests.factories import cases, county, desk

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SUPERVISOR = f"{county.VILLAGE}.supervisor"


@pytest.fixture
def owed():
    made = [cases.ask(at=county.MONDAY - days * DAY) for days in (40, 0)]
    while escalation.escalate_due(at=county.MONDAY):
        pass
    return made


def test_open_and_late_without_names_or_numbers(client, monday, owed):
    response = desk.at(client, SUPERVISOR).get("watch")
    said, page = desk.said(response), response.content.decode()
    assert said.count("Get a proof from the village") == 2
    assert "broken" in said
    assert "on time" in said
    for case in owed:
        assert case.number not in page
        assert str(case.pk) not in page
    for secret in ("欧阳桂兰", "10012345678", "需要一份居住证明"):
        assert secret not in page


def test_late_alone(client, monday, owed):
    said = desk.said(desk.at(client, SUPERVISOR).get("watch", show="late"))
    assert said.count("Get a proof from the village") == 1


def test_another_village_is_another_committee_s(client, monday, owed):
    said = desk.said(desk.at(client, f"{cases.ELSEWHERE}.supervisor").get("watch"))
    assert "Nothing is owed here" in said


def test_the_auditor_sees_all_offices_and_no_name_of_a_guarded_service(client, monday, owed):
    cases.complaint(at=county.MONDAY)
    said = desk.said(desk.at(client, "health-bureau.auditor").get("watch"))
    assert "Get a proof from the village" in said
    assert "A complaint, or a service that is not named here" in said
    assert "complaint" not in said.replace("A complaint, or a service that is not named here", "").replace(
        "How to complain", ""
    )


@pytest.mark.parametrize("page", ["inbox", "cases", "record", "accounts", "promises"])
def test_nothing_else_opens(client, monday, page):
    assert desk.at(client, SUPERVISOR).get(page).status_code == 403


def test_a_case_or_duty_by_its_address_does_not_open(client, monday, owed):
    here = desk.at(client, SUPERVISOR)
    assert here.get("case", owed[0].pk).status_code == 403
    assert here.get("answer", cases.duty_of(owed[0]).pk).status_code == 403
