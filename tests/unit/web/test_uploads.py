"""How much an address takes: told by the length alone, answered in words, and heard to the end but never kept."""

from __future__ import annotations

import io

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.web import uploads
from chengnuo.web.casework.photos import ADD
from chengnuo.web.notices.hanging import HANG
from chengnuo.web.uploads import CHUNK, FORM_BYTES, HEARD_BYTES, PHOTO_BYTES, TABLE_BYTES, UploadLimitMiddleware

PHOTOS = {"name": ADD}
TABLES = {"table": "office_contacts"}


class Body(io.RawIOBase):
    """As much as the browser said, of nothing; counts what was taken from it, and the most that was taken at once."""

    def __init__(self, size):
        super().__init__()
        self.left, self.taken, self.most = size, 0, 0

    def read(self, size=-1):
        given = self.left if size < 0 else min(size, self.left)
        self.left, self.taken, self.most = self.left - given, self.taken + given, max(self.most, given)
        return b"\0" * given


def looked_at(size, asked=None, *, said=None):
    """What the door answers (None: it goes through), and the body that stood before it."""
    body = Body(size)
    request = RequestFactory().post("/request/x/")
    request.META["CONTENT_LENGTH"] = str(size) if said is None else said
    request._stream = body
    door = UploadLimitMiddleware(lambda _request: HttpResponse())
    return door.process_view(request, None, (), asked or {}), body


@pytest.mark.parametrize(
    ("size", "asked", "status"),
    [
        (0, {}, None),
        (FORM_BYTES, {}, None),
        (FORM_BYTES + 1, {}, 400),
        (FORM_BYTES + 1, {"name": "supply"}, 400),
        (FORM_BYTES + 1, PHOTOS, None),
        (PHOTO_BYTES, PHOTOS, None),
        (PHOTO_BYTES, {"name": HANG}, None),
        (PHOTO_BYTES + 1, PHOTOS, 413),
        (PHOTO_BYTES, {"name": "supply"}, 400),
        (TABLE_BYTES, TABLES, None),
        (TABLE_BYTES + 1, TABLES, 413),
    ],
)
def test_each_address_takes_what_it_needs(size, asked, status):
    answer, body = looked_at(size, asked)
    assert (answer and answer.status_code) == status
    assert body.taken == (size if status else 0), "what is let through is left for whoever reads it"


def test_the_largest_photo_fits_with_the_form_around_it():
    assert PHOTO_BYTES - uploads.MOST_BYTES == FORM_BYTES


def test_it_is_heard_in_pieces_and_not_for_ever():
    answer, body = looked_at(HEARD_BYTES + 5 * CHUNK)
    assert answer.status_code == 400
    assert body.taken == HEARD_BYTES
    assert body.most <= CHUNK, "never whole in memory"


def test_a_browser_that_sends_less_than_it_said_holds_up_nobody():
    answer, body = looked_at(10, said=str(FORM_BYTES * 3))
    assert answer.status_code == 400
    assert body.taken == 10


@pytest.mark.parametrize("said", ["", "none", "-1", "1e9", "0x10", " "])
def test_a_length_that_is_none_counts_as_nothing(said):
    assert looked_at(0, said=said)[0] is None


@given(size=st.integers(0, 10**uploads.DIGITS - 1))
def test_a_length_is_read_as_it_is_said(size):
    request = RequestFactory().post("/")
    request.META["CONTENT_LENGTH"] = str(size)
    assert uploads._length(request) == size


def test_a_length_of_five_thousand_digits_is_too_large_and_no_fault():
    assert looked_at(10, said="9" * 5000)[0].status_code == 400


def test_the_page_says_what_was_too_large():
    photo, form = looked_at(PHOTO_BYTES + 1, PHOTOS)[0], looked_at(FORM_BYTES + 1)[0]
    assert "This photo is larger than we can take" in photo.content.decode()
    assert "We could not read that" in form.content.decode()


def test_the_answer_itself_is_the_next_ones():
    answer = HttpResponse("theirs")
    assert UploadLimitMiddleware(lambda _request: answer)(RequestFactory().get("/")) is answer
