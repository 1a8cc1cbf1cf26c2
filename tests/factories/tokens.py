"""Tokens of other systems, and calls with them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from chengnuo.people.models import AccessToken, Office, Scope
from chengnuo.people.operations import tokens
from tests.factories import county

ADMIN = "health-bureau.account-admin"
BOTH = (Scope.ASK, Scope.FOLLOW)
NEXT_YEAR = date(2027, 3, 2)
WANTED = {"service": "village-proof", "village": "420526101201", "name": "欧阳桂兰", "details": "需要一份居住证明"}


def issue(
    scopes: Sequence[str] = BOTH, *, name: str = "12345", ends: date = NEXT_YEAR, office: str = "health-bureau"
) -> tokens.Issued:
    return tokens.issue(
        name=name,
        office=Office.objects.get(key=office).pk,
        scopes=scopes,
        ends=ends,
        by=county.officer(ADMIN),
        at=county.MONDAY,
        key=uuid4(),
    )


def revoke(token: AccessToken) -> AccessToken:
    at = county.MONDAY + timedelta(minutes=5)
    return tokens.revoke(token=token.pk, by=county.officer(ADMIN), at=at, key=uuid4())


def call(
    path: str, body: Any = None, *, secret: str = "", key: UUID | None = None, client: Client | None = None
) -> Any:
    """A call as another system makes it: POST where there is a body."""
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    if key:
        headers["Idempotency-Key"] = str(key)
    browser, where = client or Client(), f"/api/v1{path}"
    if body is None:
        return browser.get(where, headers=headers)
    return browser.post(where, json.dumps(body), content_type="application/json", headers=headers)
