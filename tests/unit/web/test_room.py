"""When the disk is nearly full: what would write is answered at the door, what reads goes through, by the set share."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from chengnuo.foundation import space
from chengnuo.web.room import READS, RoomMiddleware

LIMIT = space.limit(space.Brake.WRITES)
WRITES = ("POST", "PUT", "PATCH", "DELETE", "PROPFIND")


def ask(method: str, path: str = "/complain/") -> tuple[HttpResponse, int]:
    """The answer, and how often whoever stands behind was asked."""
    heard = []

    def respond(request):
        heard.append(request.method)
        return HttpResponse("done")

    return RoomMiddleware(respond)(RequestFactory().generic(method, path)), len(heard)


@pytest.mark.parametrize("method", READS)
@pytest.mark.parametrize("free", [0.0, 100.0])
def test_every_page_can_be_read_however_little_is_left(method, free):
    with space.said(free):
        answer, asked = ask(method)
    assert (answer.status_code, asked) == (200, 1)


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize(("free", "status"), [(0.0, 503), (LIMIT - 0.01, 503), (LIMIT, 200), (100.0, 200)])
def test_what_writes_needs_its_share(method, free, status):
    with space.said(free):
        answer, asked = ask(method)
    assert (answer.status_code, asked) == (status, int(status == 200))


def test_the_page_says_what_to_do_and_a_machine_when():
    with space.said(0):
        answer, _asked = ask("POST")
    assert answer["Retry-After"] == "3600"
    assert space.NoRoomToWrite.remedy in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "goes_on"),
    [
        ("/api/v1/requests", True),
        ("/open311/v2/requests.xml", True),
        ("/api/", True),
        ("/apiary/", False),
        ("/desk/api/", False),
        ("/", False),
    ],
)
def test_programs_are_refused_by_what_they_call(path, goes_on):
    with space.said(0):
        answer, asked = ask("POST", path)
    assert (answer.status_code == 200, asked) == (goes_on, int(goes_on))


@pytest.mark.parametrize(
    ("path", "goes_on"),
    [
        ("/entitlements/", True),
        ("/entitlements/letter.pdf", True),
        ("/entitlements", False),
        ("/desk/entitlements/", False),
    ],
)
def test_the_calculator_keeps_nothing_and_goes_on(path, goes_on):
    """Whoever asks what the law gives sends answers along: no page of it writes."""
    with space.said(0):
        answer, asked = ask("POST", path)
    assert (answer.status_code == 200, asked) == (goes_on, int(goes_on))


def test_the_share_is_for_the_county_to_set(settings):
    settings.FREE_SPACE = (90, 80, 70, 60)
    with space.said(59):
        assert ask("POST")[0].status_code == 503
    with space.said(60):
        assert ask("POST")[0].status_code == 200
