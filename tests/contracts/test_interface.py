"""The interfaces for programs against their own descriptions: every operation, by everybody, with input nobody thought of."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.core.cache import caches
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from chengnuo.people.models import Scope
from chengnuo.web.api.surface import surface
from chengnuo.web.permissions import ADDRESSES
from tests.factories import tokens

pytestmark = pytest.mark.django_db
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
DESCRIPTIONS = ["/api/v1/openapi.json", "/open311/v2/openapi.json"]
ROLES: dict[str, tuple[Scope, ...]] = {
    "visitor": (),
    "asks": (Scope.ASK,),
    "follows": (Scope.FOLLOW,),
    "both": (Scope.ASK, Scope.FOLLOW),
}
EXAMPLES = 6  # of each kind, operation and role; `./run bench interface` tries more
SHORT = settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))  # fmt: skip


@pytest.fixture(autouse=True)
def _one_connection():
    """A call of a server closes old connections when it ends; here it is the test's own."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def tried(description: str, secret: str, how: settings = SHORT) -> int:
    """How many operations were called; each call is checked against the description. Raises what it found."""
    described = schemathesis.openapi.from_wsgi(description, get_wsgi_application())
    operations = [found.ok() for found in described.get_all_operations()]
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    for operation in operations:
        kinds = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]

        @how
        @given(call=st.one_of(kinds))
        def one(call: Any) -> None:
            caches["process"].clear()
            answer = call.call(headers=headers | {"Idempotency-Key": str(uuid4())})
            call.validate_response(answer, checks=CHECKS)

        one()
    return len(operations)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("description", DESCRIPTIONS)
def test_no_call_is_answered_otherwise_than_described(description, role, monday):
    secret = tokens.issue(ROLES[role]).secret if ROLES[role] else ""
    assert tried(description, secret) >= 6


@pytest.mark.parametrize("flaw", [{"status": 500}, {"status": 418}, {"content_type": "text/html"}])
def test_the_trial_finds_what_is_planted(flaw, monday, monkeypatch):
    def planted(request: HttpRequest, *_args: object, **_how: object) -> HttpResponse:
        return HttpResponse("{}", **{"content_type": "application/json"} | flaw)

    monkeypatch.setattr(surface, "create_response", planted)
    with pytest.raises(BaseExceptionGroup):
        tried(DESCRIPTIONS[0], "")


def test_every_operation_stands_in_the_table_of_addresses():
    described = {name for name in ADDRESSES if name.startswith(("api:", "open311:"))}
    assert len(described) == 20
