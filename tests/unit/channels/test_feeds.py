"""The calendar address of an officer: one at a time, found by its secret alone, ended by its owner."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from chengnuo.channels import queries
from chengnuo.channels.models import Feed
from chengnuo.channels.operations import feeds
from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import visitor
from chengnuo.foundation.refused import NotAllowed, NotHere
from chengnuo.people.models import Account
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
MONDAY, HOUR = county.MONDAY, cases.HOUR
TODAY = local_date(MONDAY)


def opened(post=cases.DESK, at=MONDAY):
    return feeds.open_feed(by=county.officer(post, at=at), at=at, key=uuid4())


def ended(post=cases.DESK):
    feeds.end_feed(by=county.officer(post), at=MONDAY + HOUR, key=uuid4())


def is_read(secret):
    try:
        feeds.reader(secret, on=TODAY)
    except NotHere:
        return False
    return True


def test_its_reader_is_its_owner_with_the_posts_of_the_day(monday):
    officer = county.officer(cases.DESK)
    reader = feeds.reader(opened(), on=TODAY)
    assert (reader.account, reader.posts) == (officer.account, officer.posts)
    assert reader.signed_in_at is None, "an address is no sign-in: nothing serious can be done with it"


def test_a_new_one_ends_the_one_before_and_leaves_others_alone(monday):
    foreign, old = opened(cases.HEAD), opened()
    new = opened(at=MONDAY + HOUR)
    assert [is_read(each) for each in (old, new, foreign)] == [False, True, True]
    current = queries.feed_of(county.officer(cases.DESK))
    assert current.opened_at == MONDAY + HOUR
    assert Feed.objects.get(ended_at__isnull=False).ended_at == MONDAY + HOUR


def test_each_ends_their_own_alone_and_once(monday):
    mine, foreign = opened(), opened(cases.HEAD)
    ended()
    assert [is_read(mine), is_read(foreign)] == [False, True]
    assert queries.feed_of(county.officer(cases.DESK)) is None
    with pytest.raises(feeds.NoFeed):
        ended()


def test_who_is_no_officer_gets_none(monday):
    with pytest.raises(NotAllowed):
        feeds.open_feed(by=visitor(), at=MONDAY, key=uuid4())
    assert not Feed.objects.exists()


@pytest.mark.parametrize(
    "change", [str.upper, str.lower, lambda secret: secret[:-1], lambda secret: f"{secret} ", lambda _: ""]
)
def test_nothing_that_is_nearly_the_secret_opens_it(monday, change):
    secret = opened()
    assert not is_read(change(secret))
    assert is_read(secret)


def test_two_secrets_never_share_a_digest(monday):
    drawn = {opened() for _ in range(5)}
    assert len({feeds.digest_of(each) for each in drawn}) == 5
    assert min(map(len, drawn)) >= 43, "256 bits: nobody guesses it"


def test_the_database_itself_keeps_one_open_at_a_time(monday):
    opened()
    account = county.account_of(cases.DESK)
    with pytest.raises(IntegrityError), transaction.atomic():
        Feed.objects.create(account=account, digest=b"x" * 32, opened_at=MONDAY)


def test_a_closed_account_and_a_restore_end_it(monday):
    secret, other = opened(), opened(cases.HEAD)
    Account.objects.filter(pk=county.officer(cases.DESK).account).update(is_active=False)
    assert [is_read(secret), is_read(other)] == [False, True]
    Account.objects.filter(pk=county.officer(cases.HEAD).account).update(signed_out_at=MONDAY)
    assert not is_read(other), "left everywhere, it is left here too"
    other = opened(cases.HEAD, at=MONDAY + HOUR)
    assert is_read(other)
    feeds.end_all(MONDAY)
    assert not is_read(other)
