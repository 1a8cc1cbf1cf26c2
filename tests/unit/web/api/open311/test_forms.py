"""The two forms of Open311: what is said in JSON is said in XML, under the names of the specification."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from xml.etree.ElementTree import fromstring

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.web.api.open311.forms import ByAddress

ROOT = "/open311/v2"
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
# what XML 1.0 can hold and gives back unchanged
legible = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xD7FF), max_size=40)
names = st.from_regex(r"[a-z][a-z_]{0,11}", fullmatch=True)


def rendered(path, data, status=200):
    return ByAddress().render(RequestFactory().get(f"{ROOT}{path}"), data, response_status=status)


def tree_of(path, data, status=200):
    return fromstring(rendered(path, data, status))  # noqa: S314  # our own


@pytest.mark.parametrize(
    ("path", "status", "whole", "one"),
    [
        ("/services.xml", 200, "services", "service"),
        ("/requests.xml", 200, "service_requests", "request"),
        ("/requests.xml", 201, "service_requests", "request"),
        ("/requests/1234567890.xml", 200, "service_requests", "request"),
        ("/requests.xml", 400, "errors", "error"),
        ("/services/none.xml", 404, "errors", "error"),
        ("/requests.xml", 429, "errors", "error"),
    ],
)
def test_a_list_and_each_thing_in_it_have_their_names(path, status, whole, one):
    tree = tree_of(path, [{"code": "a"}, {"code": "b"}], status)
    assert tree.tag == whole
    assert [each.tag for each in tree] == [one, one]
    assert [each.findtext("code") for each in tree] == ["a", "b"]


def test_what_is_one_thing_stands_for_itself():
    tree = tree_of("/discovery.xml", {"contact": "x", "endpoints": [{"formats": ["application/json", "text/xml"]}]})
    assert (tree.tag, tree.findtext("contact")) == ("discovery", "x")
    assert [each.text for each in tree.iter("format")]
    assert [each.tag for each in tree.find("endpoints")] == ["endpoint"]


def test_one_service_is_a_definition():
    tree = tree_of("/services/village-proof.xml", {"service_code": "village-proof", "attributes": []})
    assert (tree.tag, tree.findtext("service_code"), len(tree.find("attributes"))) == (
        "service_definition",
        "village-proof",
        0,
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (True, "true"),
        (False, "false"),
        (None, None),
        (0, "0"),
        ("", None),
        ("<b>&", "<b>&"),
        (AT, "2026-03-02T02:00:00Z"),
    ],
)
def test_each_value_as_the_specification_writes_it(value, said):
    assert tree_of("/services.xml", [{"x": value}]).find("service/x").text == said


def test_an_empty_list_is_an_empty_whole():
    assert len(tree_of("/requests.xml", [])) == 0
    assert json.loads(rendered("/requests.json", [])) == []


def test_without_the_ending_of_xml_it_is_json():
    assert json.loads(rendered("/services.json", [{"x": True, "at": AT}])) == [
        {"x": True, "at": "2026-03-02T02:00:00Z"}
    ]


def test_it_declares_itself_and_chinese_is_readable():
    made = rendered("/services.xml", [{"service_name": "居住证明"}])
    assert made.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    assert "居住证明" in made.decode()


@given(rows=st.lists(st.dictionaries(names, legible, min_size=1, max_size=4), max_size=4))
def test_both_forms_say_the_same_whatever_is_said(rows):
    tree = tree_of("/requests.xml", rows)
    in_xml = [{part.tag: part.text or "" for part in each} for each in tree]
    assert in_xml == json.loads(rendered("/requests.json", rows)) == rows
