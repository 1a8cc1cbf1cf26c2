"""A hotline that speaks Open311 hands in a request and reads what became of it, as JSON and as XML."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import caches
from django.test import Client

from chengnuo.cases.models import Case
from chengnuo.people.models import Scope
from tests.factories import cases, county, tokens

pytestmark = pytest.mark.django_db
ROOT = "/open311/v2"
WANTED = {"service_code": "village-proof", "address_id": "420526101201", "last_name": "欧阳", "first_name": "桂兰"}


@pytest.fixture(autouse=True)
def _fresh(monday):
    caches["process"].clear()


def tree_of(xml: bytes) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314  # our own answer


def post(secret: str, form: str = "json", **said: str) -> Any:
    return Client().post(f"{ROOT}/requests.{form}", WANTED | {"api_key": secret} | said)


def read(path: str, secret: str) -> Any:
    return Client().get(f"{ROOT}{path}", headers={"Authorization": f"Bearer {secret}"})


def test_it_is_discovered_in_both_forms():
    said = Client().get(f"{ROOT}/discovery.json").json()
    assert said["endpoints"][0]["url"].endswith(ROOT)
    tree = tree_of(Client().get(f"{ROOT}/discovery.xml").content)
    assert tree.tag == "discovery"
    assert [each.text for each in tree.iter("specification")] == ["http://wiki.open311.org/GeoReport_v2"]


def test_the_services_are_those_of_the_catalogue():
    said = Client().get(f"{ROOT}/services.json").json()
    tree = tree_of(Client().get(f"{ROOT}/services.xml").content)
    assert [each.findtext("service_code") for each in tree.findall("service")] == [
        each["service_code"] for each in said
    ]
    assert "birth-registration" not in {each["service_code"] for each in said}
    assert Client().get(f"{ROOT}/services/village-proof.json").json() == {
        "service_code": "village-proof",
        "attributes": [],
    }


def test_a_request_is_handed_in_and_read():
    secret = tokens.issue().secret
    made = post(secret, description="需要一份居住证明")
    assert made.status_code == 201, made.content
    [said] = made.json()
    case = Case.objects.get(number=said["service_request_id"])
    [found] = read(f"/requests/{case.number}.json", secret).json()
    assert (found["status"], found["service_code"]) == ("open", "village-proof")
    assert datetime.fromisoformat(found["expected_datetime"]) == cases.duty_of(case).due_at
    assert "欧阳" not in str(found)
    cases.finish(case, at=county.MONDAY)
    assert (
        read(f"/requests/{case.number}.json", secret).json()[0]["status"] == "open"
    )  # done is the office's word alone
    cases.say_resolved(case, at=county.MONDAY)
    assert read(f"/requests/{case.number}.json", secret).json()[0]["status"] == "closed"


def test_the_same_words_soon_after_are_one_request(monday):
    secret = tokens.issue().secret
    assert post(secret).json() == post(secret).json()
    assert Case.objects.count() == 1
    monday.move(timedelta(seconds=119))
    post(secret)
    assert Case.objects.count() == 1, "whichever window it falls into"
    monday.move(timedelta(minutes=5))
    assert post(secret).json()
    assert Case.objects.count() == 2, "a namesake of the same village"


def test_it_reads_the_same_in_xml():
    secret = tokens.issue().secret
    tree = tree_of(post(secret, "xml").content)
    number = tree.findtext("request/service_request_id")
    answer = read(f"/requests/{number}.xml", secret)
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert tree_of(answer.content).findtext("request/service_code") == "village-proof"


def test_a_list_has_only_its_own():
    mine, theirs = tokens.issue().secret, tokens.issue(name="another").secret
    number = post(mine).json()[0]["service_request_id"]
    foreign = cases.ask().number
    assert [each["service_request_id"] for each in read("/requests.json", mine).json()] == [number]
    assert read(f"/requests.json?service_request_id={number},{foreign}", theirs).json() == []
    assert read(f"/requests/{number}.json", theirs).content == read(f"/requests/{foreign}.json", theirs).content


@pytest.mark.parametrize(
    "wrong",
    [{"service_code": "birth-registration"}, {"address_id": "1"}, {"address_id": ""}, {"last_name": "", "first_name": ""}, {"phone": "ten"}, {"description": "字" * 1001}],
)  # fmt: skip
def test_bad_input_is_an_error_of_the_specification(wrong):
    answer = post(tokens.issue().secret, **wrong)
    assert answer.status_code == 400
    assert answer.json()[0].keys() == {"code", "description"}
    assert Case.objects.count() == 0


def test_errors_come_in_xml_too():
    tree = tree_of(post("", "xml").content)
    assert (tree.tag, tree.findtext("error/code")) == ("errors", "401")


def test_a_token_does_only_what_its_scope_says():
    assert post(tokens.issue([Scope.FOLLOW]).secret).status_code == 401
    assert read("/requests.json", tokens.issue([Scope.ASK]).secret).status_code == 401
