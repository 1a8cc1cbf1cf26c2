"""An officer wishes one e-mail each working day: counts and numbers, nobody's name, and it ends when they say so."""

from __future__ import annotations

from datetime import UTC, datetime
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.utils import translation

from chengnuo.channels.models import Digest
from chengnuo.channels.operations import digests
from chengnuo.config import worker
from chengnuo.config.security import mail_of
from chengnuo.people.models import Account
from chengnuo.promises.models import Duty
from tests.factories import cases, county
from tests.factories.desk import Desk, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TO = "desk@example.org"
TUESDAY = datetime(2026, 3, 3, 0, 30, tzinfo=UTC)  # half past eight in the county


@pytest.fixture
def desk() -> Desk:
    return cases.at_desk(cases.DESK)


@pytest.fixture
def wished(desk):
    assert desk.send("digest", email=TO).status_code == 302
    return desk


def test_it_comes_on_the_morning_of_the_next_working_day(wished):
    cases.ask(at=county.MONDAY - 30 * cases.DAY)
    assert worker.send_digests(county.MONDAY) == 0
    assert worker.send_digests(TUESDAY) == 1
    assert worker.send_digests(TUESDAY + cases.HOUR) == 0
    (sent,) = mail.outbox
    assert sent.to == [TO]
    assert Digest.objects.get().next_at == TUESDAY + cases.DAY


def test_it_says_numbers_and_counts_and_nobodys_name(wished):
    late = cases.ask(at=county.MONDAY - 60 * cases.DAY)
    worker.send_digests(TUESDAY)
    text = mail.outbox[0].body
    assert f"Late, in your hands: 1 ({late.number})" in text
    assert "/desk/inbox/" in text
    for private in ("欧阳桂兰", "居住证明", str(late.promise.title)):
        assert private not in text


def test_before_a_deadline_it_reminds_on_the_working_day_before(wished):
    """Due at the end of a Monday: the Friday before says it, the Thursday does not."""
    case = cases.ask()
    Duty.objects.filter(pk=cases.duty_of(case).pk).update(due_at=datetime(2026, 3, 9, 16, tzinfo=UTC))
    thursday, friday, monday = (datetime(2026, 3, day, 1, tzinfo=UTC) for day in (5, 6, 9))
    reader = county.officer(cases.DESK)
    with translation.override("en"):
        assert digests.text_of(reader, thursday) == ""
        assert digests.text_of(reader, friday).startswith(f"Due on the next working day: 1 ({case.number})")
        assert digests.text_of(reader, monday).startswith(f"Due today: 1 ({case.number})")


def test_a_head_hears_of_what_is_late_below():
    head = cases.at_desk(cases.HEAD)
    head.send("digest", email=TO)
    late = cases.ask(at=county.MONDAY - 60 * cases.DAY)
    worker.send_digests(TUESDAY)
    assert f"Late in your office and below: 1 ({late.number})" in mail.outbox[0].body


def test_on_a_day_with_nothing_none_is_sent(wished):
    assert worker.send_digests(TUESDAY) == 1
    assert mail.outbox == []
    assert Digest.objects.get().next_at == TUESDAY + cases.DAY


def test_nobody_gets_one_who_did_not_choose_it(desk):
    cases.ask(at=county.MONDAY - 60 * cases.DAY)
    assert worker.send_digests(TUESDAY) == 0


def test_it_ends_when_they_say_so(wished):
    assert "Send me none any more" in said(wished.get("digest"))
    assert wished.send("stop_digest").status_code == 302
    assert not Digest.objects.exists()
    assert "No e-mail is sent to you" in said(wished.send("stop_digest"))


def test_another_address_takes_the_place_of_the_first(wished):
    wished.send("digest", email="other@example.org")
    cases.ask(at=county.MONDAY - 60 * cases.DAY)
    worker.send_digests(TUESDAY)
    assert [sent.to for sent in mail.outbox] == [["other@example.org"]]


def test_what_is_no_address_is_said_and_stays(desk):
    answer = desk.send("digest", email="desk at example")
    assert answer.status_code == 200
    assert "desk at example" in answer.content.decode()
    assert not Digest.objects.exists()


def test_a_server_that_fails_is_tried_again_and_said(wished, monkeypatch):
    def fails(*_said):
        raise SMTPServerDisconnected

    cases.ask(at=county.MONDAY - 60 * cases.DAY)
    with monkeypatch.context() as patch:
        patch.setattr(digests, "send_mail", fails)
        worker.send_digests(TUESDAY)
    assert "The last one could not be sent" in said(wished.get("digest"))
    worker.send_digests(TUESDAY + digests.AGAIN)
    assert len(mail.outbox) == 1
    assert Digest.objects.get().failed_at is None


def test_a_closed_account_gets_none(wished):
    cases.ask(at=county.MONDAY - 60 * cases.DAY)
    Account.objects.filter(pk=wished.actor.account).update(is_active=False)
    worker.send_digests(TUESDAY)
    assert mail.outbox == []
    assert not Digest.objects.exists()


def test_where_nothing_sends_nobody_can_choose(desk, settings):
    settings.MAIL = ""
    assert desk.get("digest").status_code == 404
    assert worker.send_digests(TUESDAY) == 0


@pytest.mark.parametrize(
    ("server", "port", "ssl"),
    [("smtps://me:p%40ss@mail.example", 465, True), ("smtp://me:p%40ss@mail.example", 587, False)],
)
def test_a_server_is_never_spoken_to_in_clear(server, port, ssl, tmp_path):
    said_to_django = mail_of(server, tmp_path)
    assert (said_to_django["EMAIL_PORT"], said_to_django["EMAIL_USE_SSL"], said_to_django["EMAIL_USE_TLS"]) == (
        port,
        ssl,
        not ssl,
    )
    assert (said_to_django["EMAIL_HOST_USER"], said_to_django["EMAIL_HOST_PASSWORD"]) == ("me", "p@ss")
