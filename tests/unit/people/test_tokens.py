"""Tokens of other systems: what is issued is found by its secret alone, however it was copied, until its day and no longer."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.plain import NotForTheRecord
from chengnuo.foundation.refused import NotAllowed, NotHere, SignInAgain
from chengnuo.people import queries
from chengnuo.people.models import AccessToken, Office, Scope
from chengnuo.people.operations import tokens
from chengnuo.people.operations.tokens import NoScope, RevokedAlready, TooLong
from chengnuo.people.roles import Role
from tests.factories import county
from tests.factories import tokens as made

pytestmark = pytest.mark.django_db
TODAY = county.MONDAY.date()
DAY = timedelta(days=1)
MISTAKEN = {"0": "oO", "1": "iIlL"}


@st.composite
def secrets_as_typed(draw):
    """A secret as it is issued, and as somebody may type it from paper."""
    drawn = draw(st.text(tokens.DIGITS, min_size=tokens.LENGTH, max_size=tokens.LENGTH))
    typed = ""
    for digit in drawn:
        typed += draw(st.sampled_from(["", "", "-", " ", "\t"]))
        typed += draw(st.sampled_from(digit + digit.lower() + MISTAKEN.get(digit, "")))
    return drawn, typed


@given(secrets_as_typed())
def test_however_it_was_copied_from_paper_it_is_the_same_token(both):
    drawn, typed = both
    assert tokens.digest_of(typed) == tokens.digest_of(drawn)


@given(secrets_as_typed(), st.integers(0, tokens.LENGTH - 1), st.sampled_from(tokens.DIGITS))
def test_one_other_digit_is_another_token(both, place, other):
    drawn, _ = both
    changed = drawn[:place] + other + drawn[place + 1 :]
    assert (tokens.digest_of(changed) == tokens.digest_of(drawn)) == (changed == drawn)


@pytest.mark.parametrize("older", ["Kx3-_lowercaseAndUPPER", "x" * 32 + "u", "UUUU-" * 8])
def test_a_token_of_the_older_kind_is_taken_letter_by_letter(older):
    assert tokens.digest_of(older) != tokens.digest_of(older.swapcase())
    assert tokens.digest_of(older) != tokens.digest_of(f" {older}")


def test_the_secret_stands_nowhere_and_is_in_groups_that_can_be_copied():
    issued = made.issue()
    groups = issued.secret.split("-")
    assert [len(group) for group in groups] == [4] * 8
    assert set("".join(groups)) <= set(tokens.DIGITS)
    row = AccessToken.objects.values().get()
    entry = LogEntry.objects.get(schema="token.issue/1")
    for held in (row, entry.private, entry.public):
        assert "".join(groups) not in str(held).replace("-", "")
    assert (row["ending"], bytes(row["digest"])) == (groups[-1], tokens.digest_of(issued.secret))


def test_no_two_are_alike():
    assert len({made.issue(name=f"system {number}").secret for number in range(20)}) == 20


def test_what_it_may_do_is_kept_once_and_in_order():
    issued = made.issue([Scope.FOLLOW, Scope.ASK, Scope.FOLLOW])
    assert issued.token.scopes == sorted([Scope.ASK.value, Scope.FOLLOW.value])


def found(issued, *, scope=Scope.ASK, on=TODAY):
    return queries.system_of(tokens.digest_of(issued.secret), scope=scope, on=on)


def test_a_system_acts_for_its_office_under_its_token():
    issued = made.issue([Scope.ASK])
    actor = found(issued)
    office = Office.objects.get(key="health-bureau")
    assert [(hat.role, hat.office, hat.post) for hat in actor.hats] == [(Role.OTHER_SYSTEM, office.pk, None)]
    assert (actor.token, actor.signature, actor.is_officer) == (issued.token.pk, str(issued.token.pk), False)
    assert found(issued, scope=Scope.FOLLOW) is None


def test_its_last_day_is_the_one_before_it_ends():
    issued = made.issue(ends=TODAY + 3 * DAY)
    assert [found(issued, on=TODAY + days * DAY) is not None for days in range(5)] == [True, True, True, False, False]


@pytest.mark.parametrize("ends", [TODAY - DAY, TODAY, date(2028, 3, 3)])
def test_no_token_has_ended_already_or_lasts_longer_than_two_years(ends):
    with pytest.raises(TooLong):
        made.issue(ends=ends)
    assert not AccessToken.objects.exists()


@pytest.mark.parametrize("ends", [TODAY + DAY, date(2028, 3, 2)])
def test_from_tomorrow_to_two_years_is_a_token_s_time(ends):
    assert made.issue(ends=ends).token.ends == ends


def test_what_is_no_token_is_refused_and_leaves_nothing():
    with pytest.raises(NoScope):
        made.issue([])
    with pytest.raises(ValueError, match="everything"):
        made.issue(["everything"])
    with pytest.raises(NotForTheRecord):
        made.issue(name="怀孕登记")
    with pytest.raises(IntegrityError), transaction.atomic():
        made.issue(name="   ")
    assert not AccessToken.objects.exists()


def test_no_office_that_is_closed_lets_a_system_in():
    before = made.issue()
    Office.objects.filter(key="health-bureau").update(closed_on=TODAY)
    assert found(before) is None
    with pytest.raises(NotHere):
        made.issue()


def test_revoked_it_is_nobody_s_at_once_and_for_good():
    kept, gone = made.issue(), made.issue()
    made.revoke(gone.token)
    assert found(gone) is None
    assert found(kept) is not None
    with pytest.raises(RevokedAlready):
        made.revoke(gone.token)


def test_after_a_restore_all_end_and_what_was_revoked_keeps_its_instant():
    first, second = made.issue(), made.issue()
    revoked_at = made.revoke(first.token).revoked_at
    later = county.MONDAY + 9 * DAY
    tokens.end_all(later)
    assert found(first) is found(second) is None
    assert [AccessToken.objects.get(pk=each.token.pk).revoked_at for each in (first, second)] == [revoked_at, later]


@pytest.mark.parametrize("post", ["health-bureau.head", "health-bureau.auditor", f"{county.VILLAGE}.desk"])
def test_only_the_administrator_revokes_and_only_freshly(post):
    issued = made.issue()
    said = {"token": issued.token.pk, "at": county.MONDAY + 16 * timedelta(minutes=1)}
    with pytest.raises((NotAllowed, NotHere)):
        tokens.revoke(**said, by=county.officer(post, at=said["at"]), key=uuid4())
    with pytest.raises(SignInAgain):
        tokens.revoke(**said, by=county.officer(made.ADMIN), key=uuid4())
    assert found(issued) is not None


def test_a_list_has_the_newest_first_and_one_that_is_not_there_is_not_there():
    older, newer = made.issue(name="older"), made.issue(name="newer")
    AccessToken.objects.filter(pk=older.token.pk).update(issued_at=county.MONDAY - DAY)
    assert [token.name for token in queries.tokens()] == ["newer", "older"]
    assert queries.token(newer.token.pk).office.key == "health-bureau"
    with pytest.raises(NotHere):
        queries.token(uuid4())
