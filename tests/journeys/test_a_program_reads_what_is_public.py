"""A journalist's program reads what the pages show: places, services, promises, and the figures, through the same gate."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chengnuo.foundation import clock
from chengnuo.policies.charter_words import tells_of
from tests.factories import cases, county, tokens

pytestmark = pytest.mark.django_db
COUNTY, TOWNSHIP, VILLAGE = "420526000000", "420526101000", "420526101201"


@pytest.fixture(autouse=True)
def _fresh(monday):
    caches["process"].clear()


def read(path: str, **how):
    answer = tokens.call(path, **how)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_county_and_its_townships_are_listed():
    found = read("/places")
    assert found[0] == {
        "code": COUNTY,
        "name": found[0]["name"],
        "level": "county",
        "above": None,
    }
    assert {place["above"] for place in found[1:]} == {COUNTY}
    assert len(found) == 9


def test_a_township_says_its_villages_and_its_own_office():
    found = read(f"/places/{TOWNSHIP}")
    assert {place["level"] for place in found["below"]} == {"village"}
    assert {place["above"] for place in found["below"]} == {TOWNSHIP}
    assert [office["key"] for office in found["offices"]] == [county.TOWNSHIP]


def test_what_an_office_owes_is_a_band():
    [quiet] = read(f"/places/{VILLAGE}")["offices"]
    assert (quiet["owed"], quiet["late"]) == ("none", "none")
    for _ in range(6):
        cases.ask()
    [busy] = read(f"/places/{VILLAGE}")["offices"]
    assert (busy["owed"], busy["late"]) == ("5-9", "none")
    with clock.frozen(county.MONDAY + timedelta(days=30)):
        [late] = read(f"/places/{VILLAGE}")["offices"]
    assert late["late"] == "5-9"


@pytest.mark.parametrize("code", ["999999999999", "42052610120", "420526101201x", "四二零五二六一零一二零一"])
def test_a_place_that_there_is_not(code):
    answer = tokens.call(f"/places/{code}")
    assert answer.status_code in (404, 422)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["title"]


def test_a_service_says_what_is_needed_and_why():
    found = read("/services/village-proof")
    assert found["kind"] == "service"
    assert found["limit"]["rule"].startswith("working_days(")
    assert all(need["why"]["hans"] for need in found["needs"])
    assert all(basis["certainty"] in "ABCD" for basis in found["bases"])
    assert found["provider"] is None


def test_a_referral_names_its_provider_and_has_no_limit():
    found = read("/services/birth-registration")
    assert (found["kind"], found["limit"]) == ("referral", None)
    assert found["provider"]["telephone"]


def test_no_service_that_tells_of_these_can_be_asked_for():
    for found in read("/services"):
        if tells_of(found["title"]["hans"]):
            assert found["kind"] == "referral", found["key"]


def test_a_promise_says_every_version():
    standing = {each["key"]: each for each in read("/promises")}
    assert standing["missing-list"]["kind"] == "procedure"
    whole = read("/promises/village-proof")
    assert whole["versions"][0]["begins"] == standing["village-proof"]["begins"]
    assert whole["versions"][0]["limit"] == standing["village-proof"]["limit"]


@pytest.mark.parametrize(
    "path", ["/services/none", "/promises/none", f"/figures/{COUNTY}/2019-01", "/figures/999999999999/2026"]
)
def test_what_there_is_not_is_said_so(path):
    answer = tokens.call(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-here")
    assert answer.json()["remedy"]


@pytest.mark.parametrize("period", ["2026-13", "2026-Q5", "next", "2026-1", "20261"])
def test_a_period_that_is_none_is_malformed(period):
    answer = tokens.call(f"/figures/{COUNTY}/{period}")
    assert (answer.status_code, answer.json()["fields"]) == (422, ["period"])


def test_a_cursor_that_does_not_fit_begins_at_the_front():
    assert read("/figures?cursor=nonsense") == read("/figures")


def test_a_call_is_not_answered_in_html_by_any_method():
    for method in ("put", "patch", "delete"):
        answer = getattr(Client(), method)("/api/v1/places")
        assert answer.status_code == 405
        assert "GET" in answer["Allow"]


@pytest.mark.parametrize("path", ["/places", f"/places/{COUNTY}", "/services", "/promises", "/figures"])
def test_it_asks_the_same_whatever_there_is(path):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            read(path)
        return len([query for query in queries if "SAVEPOINT" not in query["sql"]])

    read(path)
    few = asked()
    for _ in range(3):
        cases.ask()
    assert asked() == few <= 8


def test_the_description_is_whole():
    described = read("/openapi.json")
    assert described["openapi"].startswith("3.1")
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    assert all(operation["description"] for operation in operations)
    guarded = [operation["operationId"] for operation in operations if operation.get("security")]
    assert sorted(guarded) == ["follow_a_request", "hand_in_a_request", "list_requests"]


def test_sentences_come_in_three_languages():
    limits = {
        language: Client(headers={"Accept-Language": language})
        .get("/api/v1/services/village-proof")
        .json()["limit"]["words"]
        for language in ("zh-Hans", "zh-Hant", "en")
    }
    assert len(set(limits.values())) == 3
