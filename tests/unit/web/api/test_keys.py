"""Who calls: a token where it is shown, for what it allows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from chengnuo.core.instants import local_date
from chengnuo.foundation import clock
from chengnuo.people.models import Office, Scope
from chengnuo.web.api.keys import ApiKey, Bearer, caller
from tests.factories import cases, county, tokens

pytestmark = pytest.mark.django_db
make = RequestFactory()


@pytest.fixture
def issued(monday):
    return tokens.issue([Scope.ASK])


def bearing(words):
    return make.get("/api/v1/requests", headers={"Authorization": words} if words else {})


@pytest.mark.parametrize(
    ("spoken", "known"),
    [
        ("Bearer {}", True),
        ("bearer {}", True),
        ("{}", False),
        ("Basic {}", False),
        ("Token {}", False),
        ("Bearer", False),
        ("", False),
        ("Bearer {}x", False),
    ],
)
def test_a_token_is_heard_in_its_one_form(issued, spoken, known):
    found = Bearer(Scope.ASK)(bearing(spoken.format(issued.secret)))
    assert bool(found) is known
    assert not known or found.token == issued.token.pk


@pytest.mark.parametrize("copied", [str.lower, lambda s: s.replace("-", ""), lambda s: s.replace("-", " "), str.strip])
def test_what_was_copied_from_paper_is_the_same_token(issued, copied):
    assert caller(copied(issued.secret), Scope.ASK).token == issued.token.pk


@given(secret=st.text(max_size=80))
@how(deadline=None, max_examples=40)
def test_whatever_is_shown_is_a_token_or_nobody(secret):
    assert caller(secret, Scope.ASK) is None


def test_its_actor_is_the_office_and_nobody_in_it(issued):
    actor = caller(issued.secret, Scope.ASK)
    assert (actor.offices, actor.posts, actor.account) == ({issued.token.office_id}, frozenset(), None)
    assert not actor.is_officer
    assert actor.signature == str(issued.token.pk)


def test_a_scope_that_it_has_not_is_none(issued):
    assert caller(issued.secret, Scope.FOLLOW) is None


def test_it_ends_with_its_day_its_office_and_its_word(issued, monday):
    assert caller(issued.secret, Scope.ASK)
    monday.move(timedelta(days=(issued.token.ends - local_date(clock.now())).days - 1))
    assert caller(issued.secret, Scope.ASK), "the last whole day"
    monday.move(cases.DAY)
    assert caller(issued.secret, Scope.ASK) is None
    monday.move(-2 * cases.DAY)
    Office.objects.filter(pk=issued.token.office_id).update(closed_on=county.MONDAY.date())
    assert caller(issued.secret, Scope.ASK) is None


@pytest.mark.parametrize(
    ("method", "shown", "known"),
    [
        ("get", {"api_key": "{}"}, True),
        ("post", {"api_key": "{}"}, True),
        ("get", {"API_KEY": "{}"}, False),
        ("get", {"api_key": ""}, False),
        ("post", {}, False),
    ],
)
def test_open311_shows_it_as_a_parameter_or_a_field(issued, method, shown, known):
    request = getattr(make, method)("/open311/v2/requests.json", {k: v.format(issued.secret) for k, v in shown.items()})
    assert bool(ApiKey(Scope.ASK)(request)) is known


def test_a_field_goes_before_the_address(issued):
    request = make.post("/open311/v2/requests.json?api_key=old", {"api_key": issued.secret})
    assert ApiKey(Scope.ASK)(request).token == issued.token.pk
