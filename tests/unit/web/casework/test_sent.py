"""The lines of what was sent: each way it can stand has a word, a tone and a shape, and none claims more than is known."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chengnuo.channels.models import Message, Reading
from chengnuo.web.casework.sent import STANDS, lines_of

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 16, 5, tzinfo=UTC)  # past midnight in the county


def message(**ended):
    return Message(queued_at=AT, next_at=AT, **ended)


def test_every_way_to_stand_has_its_own_word_and_shape():
    assert set(STANDS) == set(Reading)
    assert len({str(word) for word in STANDS.values()}) == len(STANDS)
    assert len({word.shape for word in STANDS.values()}) == len(STANDS), "colour is never alone"


@pytest.mark.parametrize(
    ("ended", "says", "tone"),
    [
        ({}, "waits to be sent", "plain"),
        ({"sent_at": LATER}, "sent; whether it arrived, nobody here knows", "calm"),
        ({"sent_at": AT, "delivered_at": LATER}, "arrived; whether it was read, nobody here knows", "calm"),
        ({"sent_at": AT, "failed_at": LATER}, "did not reach the telephone", "bad"),
        ({"failed_at": LATER}, "did not reach the telephone", "bad"),
        ({"dropped_at": LATER}, "not sent: messages were not wanted any more", "plain"),
    ],
)
def test_a_line_says_how_it_stands_and_since_when(ended, says, tone):
    ((when, word),) = lines_of([message(**ended)])
    assert (str(word), word.tone) == (says, tone)
    assert ("March 3, 2026" if ended else "March 2, 2026") in when, "the county's day"


def test_the_order_is_kept_and_nothing_is_left_out():
    found = lines_of([message(sent_at=AT), message(), message(failed_at=AT)])
    assert [word for _when, word in found] == [STANDS[key] for key in (Reading.SENT, Reading.QUEUED, Reading.FAILED)]
    assert lines_of([]) == ()
