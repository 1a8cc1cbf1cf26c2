"""Every table whose rows have a time is swept of exactly those whose time is over; a row on its last day stays."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.crypto import get_random_string

from chengnuo.config import sweeping
from chengnuo.foundation.models import ActKey
from chengnuo.keeping.models import Drill
from chengnuo.people.models import Account, FactorReset, Folder, SignIn
from tests.factories import county

pytestmark = pytest.mark.django_db
NOW, DAY = county.MONDAY, timedelta(days=1)


def account():
    return Account.objects.create(username=get_random_string(12), name="李娜（演示）")


MAKE = {
    SignIn: lambda at: SignIn.objects.create(account=account(), at=at, worked=True),
    Drill: lambda at: Drill.objects.create(at=at, worked=True),
    FactorReset: lambda at: FactorReset.objects.create(account=account(), asked_by=account(), asked_at=at),
    Folder: lambda at: Folder.objects.create(
        name_index=get_random_string(32).encode(), password="x", receipts="{}", used_on=at.date()
    ),
}


@pytest.mark.parametrize("model", MAKE, ids=lambda model: model.__name__)
def test_the_last_day_stays_and_the_day_after_goes(model):
    kept = next(kept for each, _column, kept in sweeping.KEEPS if each is model)
    last, _over = MAKE[model](NOW - kept), MAKE[model](NOW - kept - DAY)
    assert sweeping.sweep(NOW) >= 1
    assert list(model.objects.all()) == [last]
    sweeping.sweep(NOW)
    assert list(model.objects.all()) == [last], "a second time takes nothing"


def test_keys_that_tell_no_hour_go_after_two_days_and_others_after_ninety():
    ActKey.objects.all().delete()
    for pk, days in ((-1, 1), (-2, 3), (1, 3), (2, 91)):
        ActKey.objects.create(pk=pk, operation="test/1", key=uuid4(), body=b"", at=NOW - days * DAY)
    sweeping.sweep(NOW)
    assert set(ActKey.objects.values_list("pk", flat=True)) == {-1, 1}
