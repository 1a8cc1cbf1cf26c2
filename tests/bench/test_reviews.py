"""What the rig of renewals measures, at the size of a few awards: everybody is renewed once, and it says how long it took."""

from __future__ import annotations

import dataclasses

import pytest
from django.db import connection

from bench.rigs import paying
from bench.rigs import reviews as rig
from bench.scale import SMALLEST
from chengnuo.benefits.models import Award, Due
from tests.factories import county

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]
FEW = 5


@pytest.fixture
def few(monkeypatch):
    for post in paying.POSTS:
        county.officer(post, at=rig.DAY)
    monkeypatch.setattr(rig, "AWARDS", FEW)
    yield dataclasses.replace(SMALLEST, percent=100)
    with connection.cursor() as cursor:  # the rig has the planner look at the tables; what it noted is gone with them
        cursor.execute("DROP TABLE IF EXISTS sqlite_stat1")


def test_everybody_is_renewed_once_and_what_is_missing_is_said(few, capsys):
    rig.measure(few)
    said = capsys.readouterr().out
    assert f"{FEW} awards renewed" in said
    assert "the longest time that the writer was held" in said
    assert "every award is renewed once" in said
    assert Due.objects.filter(year=rig.YEAR).values("award").distinct().count() == FEW == Award.objects.count()
    # whoever was not renewed would be missed
    Due.objects.filter(year=rig.YEAR).delete()
    assert Due.objects.filter(year=rig.YEAR - 1).count() == FEW
