"""An officer's e-mail: wished and ended by themselves, once a working day, and sealed where it goes."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.utils import translation
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from chengnuo.channels import queries
from chengnuo.channels.models import Digest
from chengnuo.channels.operations import digests
from chengnuo.core.instants import SHANGHAI, local_date
from chengnuo.foundation.actor import visitor
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.refused import NotAllowed, Refused
from chengnuo.promises import queries as promises
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
MONDAY, DAY = county.MONDAY, cases.DAY
TUESDAY = datetime(2026, 3, 3, 0, 30, tzinfo=UTC)
instants = st.timedeltas(timedelta(), timedelta(days=660)).map(lambda passed: datetime(2025, 2, 1, tzinfo=UTC) + passed)


def choose(post=cases.DESK, email="desk@example.org", key=None):
    return digests.choose(email=email, by=county.officer(post), at=MONDAY, key=key or uuid4())


def stop(post=cases.DESK):
    digests.stop(by=county.officer(post), at=MONDAY, key=uuid4())


@given(at=instants)
@how(deadline=None, max_examples=60)
def test_the_next_morning_is_when_offices_open_on_a_working_day(at):
    goes = digests.next_morning(at)
    assert promises.calendar().is_workday(local_date(goes))
    assert goes.astimezone(SHANGHAI).time() == time(8, 30)
    assert local_date(goes) > local_date(at)
    between = (local_date(goes) - local_date(at)).days
    passed = [local_date(at) + timedelta(days=days) for days in range(1, between)]
    assert not any(promises.calendar().is_workday(day) for day in passed)


def test_one_row_an_officer_in_the_language_that_they_read(monday):
    with translation.override("zh-hant"):
        first = choose()
    second = choose(email="other@example.org")
    assert (first.language, second.language) == ("zh-hant", "en")
    assert Digest.objects.get() == second == queries.digest_of(county.officer(cases.DESK))
    assert second.next_at == TUESDAY
    assert queries.digest_of(county.officer(cases.HEAD)) is None


def test_the_address_lies_sealed_and_stands_in_no_log(monday):
    made = choose(email="somebody@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM channels_digest")
        kept = str(cursor.fetchall())
    assert "somebody" not in kept + str(list(LogEntry.objects.values("private", "public")))
    assert made.email.reveal(by=county.officer(cases.DESK), reason="test") == "somebody@example.org"


def test_the_same_form_twice_is_one_wish(monday):
    key = uuid4()
    choose(key=key)
    with pytest.raises(Refused) as again:
        choose(key=key)
    assert again.value.code == "already-received"
    assert Digest.objects.count() == 1


def test_who_is_no_officer_chooses_none(monday):
    with pytest.raises(NotAllowed):
        digests.choose(email="a@example.org", by=visitor(), at=MONDAY, key=uuid4())
    assert not Digest.objects.exists()


def test_each_ends_their_own_alone(monday):
    choose()
    with pytest.raises(digests.NoDigest):
        stop(cases.HEAD)
    assert Digest.objects.count() == 1
    stop()
    with pytest.raises(digests.NoDigest):
        stop()


def test_so_many_a_round_the_longest_waiting_first(monday):
    posts = (cases.DESK, cases.HEAD, cases.TOWNSHIP_DESK)
    made = [choose(post) for post in posts]
    for wish, hours in zip(made, (1, 3, 2), strict=True):
        Digest.objects.filter(pk=wish.pk).update(next_at=MONDAY - hours * cases.HOUR)
    assert digests.send_due(at=MONDAY, limit=2) == 2
    assert Digest.objects.get(next_at__lte=MONDAY).pk == made[0].pk


def test_a_server_that_is_away_puts_it_off_and_stops_nobody_else(monday, monkeypatch):
    real = digests.send_mail

    def away(subject, said, sender, to):
        if to == ["desk@example.org"]:
            raise ConnectionRefusedError
        return real(subject, said, sender, to)

    monkeypatch.setattr(digests, "send_mail", away)
    late = cases.ask(at=MONDAY - 60 * DAY)
    failing = choose()
    choose(cases.HEAD, email="head@example.org")
    assert digests.send_due(at=TUESDAY, limit=9) == 2
    (sent,) = mail.outbox
    assert sent.to == ["head@example.org"]
    assert late.number in sent.body
    failing.refresh_from_db()
    assert (failing.next_at, failing.failed_at) == (TUESDAY + digests.AGAIN, TUESDAY)


def test_it_is_in_the_language_of_the_wish(monday):
    with translation.override("zh-hans"):
        choose()
    cases.ask(at=MONDAY - 60 * DAY)
    digests.send_due(at=TUESDAY, limit=9)
    with translation.override("zh-hans"):
        assert mail.outbox[0].subject == translation.gettext("Deadlines") != "Deadlines"
    assert "Late" not in mail.outbox[0].body
