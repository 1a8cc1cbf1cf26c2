"""What goes wrong, in the one shape: which status and code, what a program is told to do, and what never stands in it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import translation
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from chengnuo.foundation.refused import KeyUsedOtherwise, NotAllowed, NotHere, Overtaken, Refused
from chengnuo.foundation.space import NoRoomToWrite
from chengnuo.web.api import problems
from chengnuo.web.api.requests import PhoneNeedsConsent, UnknownService, UnknownVillage
from chengnuo.web.api.surface import surface

REFUSALS = [
    NotHere,
    NotAllowed,
    Overtaken,
    KeyUsedOtherwise,
    NoRoomToWrite,
    UnknownService,
    UnknownVillage,
    PhoneNeedsConsent,
]


def told(trouble: Exception) -> Any:
    return surface.on_exception(RequestFactory().get("/api/v1/places"), trouble)


def body(trouble: Exception) -> dict[str, Any]:
    return json.loads(told(trouble).content)


@pytest.mark.parametrize("refused", REFUSALS)
def test_a_refusal_says_its_own_words_status_and_code(refused):
    answer = told(refused())
    said = json.loads(answer.content)
    assert (answer.status_code, said["status"], said["code"]) == (refused.http, refused.http, refused.code)
    assert (said["title"], said["remedy"], said["law"]) == (refused.sentence, refused.remedy, refused.law)
    assert answer["Content-Type"] == problems.MEDIA_TYPE
    assert said["fields"] == []


@pytest.mark.parametrize(
    ("trouble", "status", "code"),
    [
        (AuthenticationError(), 401, "no-token"),
        (Throttled(wait=7), 429, "too-often"),
        (ValidationError([]), 422, "malformed"),
        (HttpError(400, "Cannot parse request body"), 400, "malformed"),
        (HttpError(405, "Method not allowed"), 405, "malformed"),
        (Refused("Once only."), 409, "refused"),
    ],
)
def test_everything_else_has_the_same_shape(trouble, status, code):
    answer = told(trouble)
    said = json.loads(answer.content)
    assert (answer.status_code, said["status"], said["code"]) == (status, status, code)
    assert set(said) == {"status", "code", "title", "remedy", "law", "fields"}
    assert said["title"]


def test_a_sentence_of_the_moment_goes_before_that_of_the_kind():
    assert body(Refused("Once only."))["title"] == "Once only."


@pytest.mark.parametrize(
    ("trouble", "name", "value"),
    [
        (Throttled(wait=7.9), "Retry-After", "8"),
        (Throttled(wait=None), "Retry-After", "1"),
        (NoRoomToWrite(), "Retry-After", "3600"),
        (NotHere(), "Retry-After", None),
        (AuthenticationError(), "WWW-Authenticate", "Bearer"),
        (NotAllowed(), "WWW-Authenticate", None),
    ],
)
def test_a_program_is_told_when_to_call_again_and_how_to_show_itself(trouble, name, value):
    assert told(trouble).headers.get(name) == value


@pytest.mark.parametrize(
    ("places", "fields"),
    [
        ([("body", "asked", "phone")], ["asked.phone"]),
        ([("body", "asked", "village"), ("body", "asked", "name")], ["asked.name", "asked.village"]),
        ([("body", "asked", "name"), ("body", "asked", "name")], ["asked.name"]),
        ([("query", "cursor")], ["cursor"]),
        ([("body", "items", 3, "name")], ["items.3.name"]),
        ([("body",)], []),
    ],
)
def test_the_fields_are_named_each_once_and_what_stood_in_them_is_not(places, fields):
    errors = [{"loc": place, "msg": "string does not match", "input": "10012345678"} for place in places]
    said = body(ValidationError(errors))
    assert said["fields"] == fields
    assert "10012345678" not in json.dumps(said)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
@pytest.mark.parametrize("trouble", [NotHere(), AuthenticationError(), Throttled(wait=1), ValidationError([])])
def test_the_sentences_are_in_the_language_of_the_call_and_the_code_is_not(trouble, language):
    english = body(trouble)
    with translation.override(language):
        said = body(trouble)
    assert said["code"] == english["code"]
    assert said["title"] != english["title"]
    assert said["title"].isascii() is False


def test_the_description_knows_refusals_under_their_own_media_type():
    kinds = [set(content) for content in problems.contents(surface.get_openapi_schema())]
    assert {problems.MEDIA_TYPE} in kinds
    described = json.dumps(surface.get_openapi_schema(), default=str)
    assert '"application/json": {"schema": {"$ref": "#/components/schemas/Problem"' not in described
