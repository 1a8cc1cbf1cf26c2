"""Up to when a family was told: by the printing, the posting or the telling; and what happens with that which is new since."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.channels.models import ClosedLetter
from chengnuo.channels.operations import telling, writing
from chengnuo.config import worker
from chengnuo.core.instants import local_date
from chengnuo.people.models import Contact
from chengnuo.promises.models import Duty
from tests.factories import cases, county, messages
from tests.factories.money import LATER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.VAR = tmp_path


def owed():
    case = cases.ask()
    telling.tell(case.pk, at=LATER)
    return ClosedLetter.objects.get(case=case)


def news(letter, at):
    telling.tell(letter.case_id, at=at)


def told(letter, way, at):
    """By the letter, or otherwise; and what follows from it."""
    by = {"by": county.officer(letter.holder.key, at=at), "at": at, "key": uuid4()}
    if way == "letter":
        writing.send_out(letter=letter.pk, **by)
    else:
        writing.tell(letter=letter.pk, way=way, **by)
    worker.drain(at)
    return ClosedLetter.objects.get(pk=letter.pk)


def of(letter):
    return list(
        ClosedLetter.objects.filter(case=letter.case_id).order_by("news_at", "pk").values_list("status", flat=True)
    )


@pytest.mark.parametrize(
    ("way", "printed", "until"),
    [("letter", LATER + DAY, LATER + DAY), ("letter", None, LATER + 3 * DAY), ("phone", LATER + DAY, LATER + 3 * DAY),
     ("person", None, LATER + 3 * DAY)],
)  # fmt: skip
def test_a_letter_tells_up_to_its_printing_and_a_voice_up_to_now(way, printed, until):
    letter = owed()
    if printed:
        writing.printed(letter.pk, at=printed)
    done = told(letter, way, LATER + 3 * DAY)
    assert (done.tells_until, done.out_on, done.way) == (until, local_date(LATER + 3 * DAY), way)


@pytest.mark.parametrize(("after", "again"), [(-MINUTE, False), (0 * MINUTE, False), (MINUTE, True)])
def test_what_is_new_counts_by_the_instant_of_the_printing(after, again):
    letter = owed()
    news(letter, LATER + DAY + after)
    writing.printed(letter.pk, at=LATER + DAY)
    told(letter, "letter", LATER + 2 * DAY)
    assert of(letter) == (["out", "owed"] if again else ["out"])


def test_what_is_owed_again_is_as_old_as_its_news_and_has_a_clock_of_its_own():
    letter = owed()
    writing.printed(letter.pk, at=LATER)
    news(letter, LATER + DAY)
    told(letter, "letter", LATER + 3 * DAY)
    again = ClosedLetter.objects.get(case=letter.case_id, status="owed")
    assert (again.news_at, again.news_on, again.printed_at) == (LATER + DAY, local_date(LATER + DAY), None)
    first, second = (Duty.objects.get(subject_id=each.pk) for each in (letter, again))
    assert (first.outcome, second.outcome) == ("kept", "")
    assert told(again, "letter", LATER + 4 * DAY).tells_until == LATER + 4 * DAY
    assert of(letter) == ["out", "out"], "and then nothing more"


def test_a_message_that_can_go_by_then_says_it_instead():
    letter = owed()
    writing.printed(letter.pk, at=LATER)
    news(letter, LATER + DAY)
    messages.agreed(letter.case, at=LATER + DAY)
    told(letter, "letter", LATER + 3 * DAY)
    assert of(letter) == ["out"]
    assert messages.readings(letter.case) == ["queued"]


def test_whoever_wants_no_paper_by_then_is_owed_none():
    letter = owed()
    writing.printed(letter.pk, at=LATER)
    news(letter, LATER + DAY)
    Contact.objects.filter(pk=letter.case.contact_id).update(no_paper=True)
    told(letter, "phone", LATER + 3 * DAY)
    assert of(letter) == ["told"]
    news(letter, LATER + 4 * DAY)
    assert of(letter) == ["told"]


def test_printing_what_is_out_already_moves_nothing():
    letter = owed()
    done = told(letter, "letter", LATER + DAY)
    writing.printed(letter.pk, at=LATER + 2 * DAY)
    assert ClosedLetter.objects.get(pk=letter.pk).printed_at is done.printed_at is None
