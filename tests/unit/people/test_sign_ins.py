"""When an account was used: enough for its owner to know themselves again, and no more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from chengnuo.people.models import Account, SignIn
from chengnuo.people.operations import sign_ins
from tests.factories import county

pytestmark = pytest.mark.django_db
AT = county.MONDAY
MINUTE = timedelta(minutes=1)
PHONE = "Mozilla/5.0 (Linux; Android 14; SM-S9180 Build/UP1A) AppleWebKit/537.36 Chrome/126.0.6478.122"


@pytest.fixture
def mine():
    return Account.objects.create(username="mine", name="李娜（演示）")


@pytest.fixture
def other():
    return Account.objects.create(username="other", name="王强（演示）")


def note(account, *, worked=True, address="10.20.30.40", after=0):
    sign_ins.note(account, worked=worked, agent=PHONE, address=address, at=AT + after * MINUTE)


@pytest.mark.parametrize(
    ("address", "kept"),
    [("10.20.30.40", "10.20.*.*"), ("2408:8456:f1a0::17", "2408:8456:*"), ("", ""), ("no address", "")],
)
def test_half_of_the_address_and_the_kind_of_device_are_kept(mine, address, kept):
    note(mine, address=address)
    row = SignIn.objects.get()
    assert (row.account, row.at, row.device, row.address) == (mine, AT, "Android", kept)


@pytest.mark.parametrize(
    ("address", "known"), [("10.20.99.1", True), ("10.21.30.40", False), ("2408:8456::1", False), ("", False)]
)
def test_from_about_there_somebody_came_before(mine, other, address, known):
    note(mine)
    note(mine, worked=False, address="10.21.0.1")
    note(other, address="10.21.0.1")
    assert sign_ins.was_here(mine.pk, address) is known


def test_uses_are_listed_newest_first_of_one_s_own_account_and_no_more_than_asked(mine, other):
    for after in (3, 1, 2, -1):
        note(mine, after=after)
    note(other, after=4)
    found = sign_ins.newest(mine.pk, since=AT, most=2)
    assert [row.at - AT for row in found] == [3 * MINUTE, 2 * MINUTE]
    assert len(sign_ins.newest(mine.pk, since=AT, most=9)) == 3
    assert len(sign_ins.newest(mine.pk, since=AT + MINUTE, most=9)) == 3, "the instant itself counts"


def test_signed_out_everywhere_is_one_account_s_alone(mine, other):
    sign_ins.leave_everywhere(mine.pk, at=AT)
    sign_ins.password_set(other.pk, at=AT)
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.signed_out_at, mine.password_set_at) == (AT, None)
    assert (other.signed_out_at, other.password_set_at) == (None, AT)


class AttemptsTest(TestCase):
    @given(st.lists(st.booleans(), max_size=12), st.randoms(use_true_random=False))
    def test_failed_attempts_count_from_the_last_that_worked(self, story, chance):
        """In whatever order the rows were written."""
        account = Account.objects.create(username="tried", name="赵敏（演示）")
        order = list(enumerate(story))
        chance.shuffle(order)
        for after, worked in order:
            note(account, worked=worked, after=after)
        wanted = len(story) if True not in story else story[::-1].index(True)
        assert sign_ins.failed_since_the_last(account.pk) == wanted
