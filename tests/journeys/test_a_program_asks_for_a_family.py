"""A program asks what a family is entitled to that it does not name: an answer as the schema says, or one refusal that explains itself."""

from __future__ import annotations

import json

import pytest
from django.core.cache import caches

from chengnuo.policies import bound
from chengnuo.policies.machine_form import data
from tests.factories import bad
from tests.unit.policies.families import told
from tests.unit.policies.test_machine_form import SCHEMA, fits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
ADDRESS = "/api/v1/entitlements"
CHILD = {"born": "2025-03-02", "chinese": True, "guardian_claims": True, "died": "none", "first_claimed": "none"}
FAMILY = {"on": "2026-12-31", "place": "420526", "child": [CHILD]}


@pytest.fixture
def call(client):
    def ask(body, **more):
        caches["process"].clear()
        text = body if isinstance(body, str) else json.dumps(body)
        return client.post(ADDRESS, text, content_type="application/json", **more)

    return ask


def test_the_answer_is_as_the_schema_says_and_the_same_as_the_command_gives(call):
    answer = call(FAMILY)
    assert answer.status_code == 200
    assert fits(answer.json(), SCHEMA) == ""
    (subsidy,) = [each for each in answer.json() if each["programme"] == "childcare-subsidy"]
    found, ahead = told("childcare-subsidy")
    assert subsidy == json.loads(json.dumps(data(found, ahead)))


def test_one_programme_can_be_asked_for(call):
    (found,) = call(FAMILY | {"only": ["childcare-subsidy"]}).json()
    assert (found["outcome"], found["amount"]) == ("entitled", 360_000)


def test_what_is_left_out_is_not_known_and_today_is_the_day(call):
    (found,) = call({"child": [{}], "only": ["childcare-subsidy"]}).json()
    assert (found["outcome"], found["needs"][0]) == ("undecided", "child.born")


def test_it_answers_as_the_law_was_known_on_a_day(call):
    found = call({"on": "2025-12-31", "known": "2025-07-01", "child": [CHILD], "only": ["childcare-subsidy"]}).json()
    assert found[0]["outcome"] == "not entitled"


@pytest.mark.parametrize("code", ["42", "4205", "420526", "420526103", "420526103201"])
def test_a_place_is_any_beginning_of_its_code_at_the_end_of_a_level(call, code):
    (found,) = call({"place": code, "child": [CHILD | {"which_child": 1}], "only": ["yichang-childcare-grant"]}).json()
    assert found["outcome"] == "not entitled"


@pytest.mark.parametrize(
    ("body", "where", "said"),
    [
        ([], "family", "no keys and values"),
        ({"child": [{"name": "x"}]}, "family › child[1] › name", "is not a key here"),
        ({"child": [{"married": True}]}, "family › child[1] › married", "is not a key here"),
        ({"child": [{"born": "2025-02-30"}]}, "family › child[1] › born", "has to be a date"),
        (
            {"child": [{"born": "2027-01-05"}], "on": "2027-12-31"},
            "family › child[1] › born",
            "No birth to come is read",
        ),
        ({"child": [{"chinese": 1}]}, "family › child[1] › chinese", "has to be a bool"),
        ({"child": {}}, "family › child", "has to be a list"),
        ({"child": [{}] * 10}, "family › child", "One family"),
        ({"place": "420"}, "family › place", "division code"),
        ({"place": 420526}, "family › place", "has to be a str"),
        ({"on": "2026-02-30"}, "family › on", "no such day"),
        ({"on": 5}, "family › on", "has to be a date"),
        ({"on": "1999-12-31"}, "family › on", "is not held here"),
        ({"on": "2999-12-31"}, "family › on", "is not held here"),
        ({"only": ["x"]}, "family › only", "list of words"),
        ({"partly": ["x"]}, "family › partly", "list of words"),
        ({"stamp": "x"}, "family › stamp", "is not a key here"),
    ],
)
def test_what_cannot_be_read_is_refused_with_where_what_why_and_what_instead(call, body, where, said):
    answer = call(body)
    problem = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert (problem["code"], problem["where"], problem["fields"]) == ("unfit", where, [where])
    assert said in f"{problem['what']} {problem['why']}"
    assert all(problem[key] for key in ("title", "remedy", "what", "why", "instead"))


def test_what_is_no_json_is_refused(call):
    assert call("{").status_code == 400


def test_nothing_is_written_and_nothing_needs_a_token(call):
    before = bad.rows()
    assert call(FAMILY).status_code == 200
    assert bad.rows() == before


def test_whoever_calls_without_end_waits(client):
    caches["process"].clear()
    body = json.dumps({"only": ["childcare-subsidy"]})
    codes = [client.post(ADDRESS, body, content_type="application/json").status_code for _call in range(13)]
    assert (codes[11], codes[12]) == (200, 429)


def test_days_that_nobody_else_asks_about_push_nothing_out_of_what_the_pages_keep(call):
    kept = bound._bound.cache_info().currsize
    for year in range(2001, 2006):
        assert call(FAMILY | {"on": f"{year}-12-31"}).status_code == 200
    assert bound._bound.cache_info().currsize == kept


def test_the_description_names_every_fact_and_the_one_refusal(client):
    described = client.get("/api/v1/openapi.json").json()
    family = described["components"]["schemas"]["Family"]
    assert family["properties"]["child"]["items"]["properties"]["born"]["description"] == "the child's date of birth"
    assert family["properties"]["person"]["items"]["additionalProperties"] is False
    answers = described["paths"]["/api/v1/entitlements"]["post"]["responses"]
    assert answers["422"]["content"]["application/problem+json"]["schema"]["$ref"].endswith("/UnfitProblem")
