"""A renewal that dies in any place: begun again it renews each award once, and nobody is left out. The same for the filling."""

from __future__ import annotations

import pytest
from django.db import connection

from chengnuo.benefits.models import Award, Due
from chengnuo.foundation.pace import Pace
from chengnuo.reviews.models import Review
from chengnuo.reviews.operations import opening, renewing
from tests.factories import money, reviews
from tests.factories.reviews import BEGUN, HEAD, OVER, said

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, AT_A_TIME = 5, 2


class Killed(BaseException):
    """As the power goes: nothing of ours catches it."""


def broken_after(number: int):
    """Lets so many statements through, then the power goes."""
    left = [number]

    def wrapper(execute, sql, params, many, context):
        if left[0] <= 0:
            raise Killed
        left[0] -= 1
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


def until_done(does, is_done) -> int:
    """Breaks it after one statement more each time; returns how often it died."""
    deaths = 0
    while not is_done():
        assert deaths < 400
        try:
            with broken_after(deaths):
                does()
        except Killed:
            deaths += 1
    return deaths


def test_killed_after_every_statement_it_asks_and_renews_each_once(monkeypatch):
    monkeypatch.setattr(opening, "PACE", Pace(AT_A_TIME, most=AT_A_TIME))
    monkeypatch.setattr(renewing, "PACE", Pace(AT_A_TIME, most=AT_A_TIME))
    for of in range(1, PEOPLE + 1):
        reviews.awarded(of)
    campaign = opening.begin(programme=money.PROGRAMME, year=2026, **said(HEAD))
    deaths = until_done(lambda: opening.go_on(at=BEGUN, steps=9), lambda: reviews.again(campaign).status == "running")
    assert deaths > 10
    assert Review.objects.count() == reviews.again(campaign).reviews_made == PEOPLE
    reviews.closed(reviews.again(campaign))
    renewal = renewing.confirm(renewal=reviews.looked(reviews.proposed(campaign)).pk, **said(HEAD, OVER))
    deaths = until_done(lambda: renewing.go_on(at=OVER, steps=9), lambda: reviews.again(renewal).status == "done")
    assert deaths > 10
    assert (reviews.again(renewal).renewed, reviews.again(renewal).left) == (PEOPLE, 0)
    assert sorted(Due.objects.filter(year=2026).values_list("award", "number")) == sorted(
        (pk, 1) for pk in Award.objects.values_list("pk", flat=True)
    )
