"""A message that came to nothing is owed otherwise; somebody says how the family was told; what is new since the printing is owed again."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from chengnuo.channels import carriers, queries
from chengnuo.channels.models import ClosedLetter, Message
from chengnuo.channels.operations import sending, telling, writing
from chengnuo.channels.operations.writing import NotAWay
from chengnuo.config import worker
from chengnuo.core.instants import local_date
from chengnuo.foundation import clock
from chengnuo.foundation.gate import gate
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.refused import MoveRefused, NotHere
from chengnuo.people.models import Contact, Holding
from chengnuo.people.operations import posts
from chengnuo.promises.models import Duty
from tests.factories import cases, claims, county, messages
from tests.factories.money import LATER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.VAR = tmp_path


def letters(case):
    return list(ClosedLetter.objects.filter(case=case).order_by("news_at", "pk"))


def duty_of(letter):
    return Duty.objects.select_related("promise__promise").get(subject_id=letter.pk)


def by(letter, at=LATER):
    return {"by": county.officer(letter.holder.key, at=at), "at": at, "key": uuid4()}


def not_arrived(case=None, at=LATER):
    """Its message was sent, and the telephone was reached by none of it."""
    found = messages.agreed(case, at=at)
    telling.tell(found.pk, at=at)
    messages.work(at)
    messages.moved("failed")
    messages.work(at + DAY)
    assert messages.readings(found) == ["failed"]
    worker.drain(at + DAY)
    return found


def on_paper(at=LATER):
    case = cases.ask()
    telling.tell(case.pk, at=at)
    return letters(case)[0]


# owed


def test_a_message_that_did_not_arrive_is_owed_by_whoever_has_the_case():
    case = not_arrived()
    (letter,) = letters(case)
    duty = duty_of(letter)
    assert (letter.status, letter.undelivered, letter.holder_id) == ("owed", True, case.holder_id)
    assert (duty.promise.promise.key, duty.holder_id, duty.outcome) == ("told-on-paper", case.holder_id, "")


@pytest.mark.parametrize("error", ["Never", "NotNow"])
def test_so_is_one_that_could_not_be_sent_at_all(error, monkeypatch):
    def carry(_self, **_what):
        raise getattr(carriers, error)

    case = messages.agreed(at=LATER)
    telling.tell(case.pk, at=LATER)
    monkeypatch.setattr(type(carriers.sms()), "carry", carry)
    at = LATER
    while Message.objects.get().failed_at is None:
        assert letters(case) == []
        sending.send_due(at=at, limit=1)
        at = max(at, Message.objects.get().next_at)
    worker.drain(at)
    assert [each.undelivered for each in letters(case)] == [True]


def test_who_wants_no_letter_is_owed_to_be_told_without_paper():
    case = cases.ask()
    Contact.objects.filter(pk=case.contact_id).update(no_paper=True)
    not_arrived(case)
    (letter,) = letters(case)
    with pytest.raises(MoveRefused):
        writing.send_out(letter=letter.pk, **by(letter))
    assert worker.let_letters_go(LATER + DAY) == 0
    assert writing.tell(letter=letter.pk, way="phone", **by(letter)).status == "told"


def test_a_later_message_that_arrives_says_it_too():
    case = not_arrived()
    later = LATER + 2 * DAY
    telling.tell(case.pk, at=later)
    messages.work(later)
    messages.moved("delivered")
    messages.work(later + DAY)
    (letter,) = letters(case)
    assert (messages.readings(case)[-1], letter.status, duty_of(letter).outcome) == (
        "delivered",
        "let_go",
        "discharged",
    )


def test_what_was_owed_on_paper_besides_is_not_let_go_by_a_message():
    letter = on_paper()
    not_arrived(letter.case)
    (same,) = letters(letter.case)
    assert not same.undelivered
    writing.arrived(letter.case_id, at=LATER + DAY)
    assert letters(letter.case)[0].status == "owed"


def test_one_errand_that_is_done_twice_owes_one():
    case = not_arrived()
    writing.owe_undelivered(case.pk, at=LATER + DAY)
    assert len(letters(case)) == 1


# told


@pytest.mark.parametrize("way", ["phone", "person"])
def test_whoever_told_it_says_how_and_it_is_kept_who_it_was(way):
    letter = on_paper()
    done = writing.tell(letter=letter.pk, way=way, **by(letter))
    assert (done.status, done.way, done.told_by_id, done.out_on) == ("told", way, letter.holder_id, local_date(LATER))
    assert duty_of(letter).outcome == "kept"
    assert LogEntry.objects.filter(schema="closed_letter.tell/1").count() == 1
    with pytest.raises(MoveRefused):
        writing.send_out(letter=letter.pk, **by(letter))


def test_there_is_no_other_way_and_nobody_else_says_it():
    letter = on_paper()
    for way in ("letter", "neighbour", ""):
        with pytest.raises(NotAWay):
            writing.tell(letter=letter.pk, way=way, **by(letter))
    other = county.officer(cases.BUREAU_DESK, at=LATER)
    with pytest.raises(NotHere):
        writing.tell(letter=letter.pk, way="phone", by=other, at=LATER, key=uuid4())


def test_the_rows_refuse_what_was_told_by_nobody_or_in_no_way():
    letter = on_paper()
    done = {"status": "told", "out_on": local_date(LATER), "tells_until": LATER, "told_by": letter.holder_id}
    for bad in (done, done | {"way": "letter"}, done | {"way": "phone", "told_by": None}, {"way": "phone"}):
        with (
            pytest.raises(IntegrityError, match=r"who_is_told_is_told_on_a_day_by_somebody|CHECK"),
            transaction.atomic(),
        ):
            ClosedLetter.objects.filter(pk=letter.pk).update(**bad)


# printed


def test_what_is_new_after_the_printing_is_owed_again():
    letter = on_paper()
    writing.printed(letter.pk, at=LATER)
    writing.printed(letter.pk, at=LATER + 2 * DAY)  # looked at again: what was printed first may be what goes out
    telling.tell(letter.case_id, at=LATER + DAY)
    assert len(letters(letter.case)) == 1
    out = writing.send_out(letter=letter.pk, **by(letter, LATER + 3 * DAY))
    assert (out.printed_at, out.tells_until) == (LATER, LATER)
    worker.drain(LATER + 3 * DAY)
    first, second = letters(letter.case)
    assert (first.status, second.status, second.news_on) == ("out", "owed", local_date(LATER + DAY))


@pytest.mark.parametrize("is_printed", [True, False])
def test_what_was_new_before_it_is_told_by_it(is_printed):
    letter = on_paper()
    telling.tell(letter.case_id, at=LATER + DAY)
    if is_printed:
        writing.printed(letter.pk, at=LATER + 2 * DAY)
    writing.send_out(letter=letter.pk, **by(letter, LATER + 3 * DAY))
    worker.drain(LATER + 3 * DAY)
    assert [each.status for each in letters(letter.case)] == ["out"]


def test_who_was_told_in_person_was_told_everything():
    letter = on_paper()
    writing.printed(letter.pk, at=LATER)
    telling.tell(letter.case_id, at=LATER + DAY)
    writing.tell(letter=letter.pk, way="person", **by(letter, LATER + 3 * DAY))
    worker.drain(LATER + 3 * DAY)
    assert [each.status for each in letters(letter.case)] == ["told"]


def test_a_letter_that_went_out_while_it_was_asked_for_is_followed_by_another():
    """Two at once: whoever owes the next thing has read it as owed, and it is out by then."""
    letter = on_paper()
    stale = ClosedLetter.objects.filter(pk=letter.pk)
    writing.send_out(letter=letter.pk, **by(letter))
    assert not stale.filter(status="owed").update(news_at=LATER + DAY)
    telling.tell(letter.case_id, at=LATER + DAY)
    assert [each.status for each in letters(letter.case)] == ["out", "owed"]


# the desk


def desk(letter):
    client = Client(headers={"accept-language": "en"})
    county.sign_in(client, letter.holder.key, at=LATER)
    return client


def test_the_page_offers_both_ways_and_opening_the_paper_is_its_printing():
    letter = on_paper()
    with clock.frozen(LATER):
        client = desk(letter)
        page = client.get(reverse("desk:closed_letter", args=[letter.pk])).context["page"]
        assert [button.href.rsplit("/", 2)[-2] for button in page.buttons] == ["send_out", "tell"]
        client.get(reverse("desk:closed_letter_paper", args=[letter.pk]))
    assert ClosedLetter.objects.get().printed_at == LATER


def test_where_no_letter_may_be_written_there_is_none_to_print():
    letter = on_paper()
    Contact.objects.filter(pk=letter.case.contact_id).update(no_paper=True)
    with clock.frozen(LATER):
        client = desk(letter)
        page = client.get(reverse("desk:closed_letter", args=[letter.pk])).context["page"]
        assert ([button.href.rsplit("/", 2)[-2] for button in page.buttons], page.onward) == (["tell"], None)
        assert client.get(reverse("desk:closed_letter_paper", args=[letter.pk])).status_code == 404


# a post that nobody holds


def vacated(post, at=LATER):
    leaves = Holding.objects.get(post__key=post, ends=None)
    by = county.officer("health-bureau.account-admin", at=at)
    posts.vacate_post(holding=leaves.pk, ends=local_date(at), by=by, at=at, key=uuid4())
    worker.drain(at)


def owed(case):
    return ClosedLetter.objects.get(case=case, status="owed")


def ended_and_guarded():
    """Decided, closed, and in the hands of the county's desk."""
    award = claims.granted(claims.at_decision("special-bereaved", at=LATER), at=LATER)
    worker.drain(LATER)
    case = cases.again(award.claim.case)
    for letter in letters(case):
        writing.send_out(letter=letter.pk, **by(letter))
    return cases.again(cases.say_resolved(case, at=LATER))


def test_a_letter_of_a_case_that_has_ended_is_owed_by_the_head_when_its_post_falls_vacant():
    case = ended_and_guarded()
    telling.tell(case.pk, at=LATER)
    letter = owed(case)
    assert (case.holder.key, case.status) == (letter.holder.key, "closed")
    head = county.officer(claims.BUREAU_HEAD, at=LATER)
    assert case.holder_id not in head.posts
    vacated(case.holder.key)
    now = owed(case)
    assert now.holder.key == claims.BUREAU_HEAD
    assert duty_of(now).holder_id == now.holder_id
    assert queries.closed_letter(head, now.pk) == now
    assert gate.allows(head, "case.see", case), "the name on the envelope stands there"


def test_what_is_new_after_the_post_fell_vacant_is_owed_by_the_head_at_once():
    case = ended_and_guarded()
    county.officer(claims.BUREAU_HEAD, at=LATER)
    vacated(case.holder.key)
    telling.tell(case.pk, at=LATER + DAY)
    letter = owed(case)
    assert (letter.status, letter.holder.key, duty_of(letter).holder.key) == ("owed",) + (claims.BUREAU_HEAD,) * 2
    assert cases.again(case).holder_id == case.holder_id


def test_where_a_newcomer_is_there_already_it_is_theirs():
    case = ended_and_guarded()
    telling.tell(case.pk, at=LATER)
    key = case.holder.key
    Holding.objects.filter(post__key=key, ends=None).update(ends=local_date(LATER))
    holding = Holding.objects.get(post__key=key)
    Holding.objects.create(post=case.holder, account=county.account_of(claims.BUREAU_HEAD), begins=local_date(LATER))
    errand = SimpleNamespace(payload={"holding": str(holding.pk)})
    writing.post_vacated(errand, LATER)
    assert owed(case).holder_id == case.holder_id
