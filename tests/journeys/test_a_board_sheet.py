"""Each quarter a sheet is owed to a village's notice board: printed, put up, seen by everybody, taken down; or late, and never there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.config.worker import escalate, keep_boards
from chengnuo.core.periods import read
from chengnuo.openness.models import BoardSheet
from chengnuo.people.models import Post
from chengnuo.promises.models import Duty
from tests.factories import cases, county
from tests.factories.desk import Desk, said

pytestmark = pytest.mark.django_db
CODE = "420526101201"
IN_TIME = datetime(2026, 1, 8, 2, tzinfo=UTC)
LATE = datetime(2026, 1, 19, 2, tzinfo=UTC)  # due on the sixteenth, broken a week later
IN_APRIL = datetime(2026, 4, 2, 2, tzinfo=UTC)


class Watch:
    """Lets time pass to an instant, and wakes the worker."""

    def __init__(self, monday):
        self.monday, self.at = monday, county.MONDAY

    def move(self, at):
        self.monday.move(at - self.at)
        self.at = at
        keep_boards(at)

    def desk(self, post=cases.DESK):
        client = Client()
        return Desk(client, county.sign_in(client, post, at=self.at))


@pytest.fixture
def watch(monday):
    return Watch(monday)


def sheet(period="2026-Q1"):
    return BoardSheet.objects.get(village=county.village(), period=period)


def owed(kind="put_up", period="2026-Q1"):
    return Duty.objects.get(subject_id=sheet(period).pk, kind=kind, parent=None)


def button(name):
    return f'href="{reverse("desk:board_deed", args=[sheet().pk, name])}"'


def place():
    return said(Client().get(reverse("public:place", args=[CODE])))


def test_it_is_printed_put_up_and_taken_down(watch):
    watch.move(IN_TIME)
    officer = watch.desk()
    inbox = officer.get("inbox", show="all")
    assert "Board sheet of Longchi Village, 2026, quarter 1" in said(inbox)
    assert reverse("desk:board", args=[sheet().pk]) in inbox.content.decode()
    assert "Board sheet of Longchi" in officer.get("calendar_file").content.decode()
    assert "Put up the board sheet of each quarter" in said(watch.desk(f"{county.VILLAGE}.supervisor").get("watch"))
    page = officer.get("board", sheet().pk)
    assert reverse("public:board", args=[CODE]) in page.content.decode()
    assert button("put_up") in page.content.decode()
    assert button("take_down") not in page.content.decode()
    assert "2026, quarter 1 on time Not put up yet; promised by Jan. 16, 2026." in place()

    assert officer.send("board_deed", sheet().pk, "put_up").status_code == 302
    assert owed().outcome == "kept"
    assert "2026, quarter 1 kept Put up on Jan. 8, 2026. It hangs until March 31, 2026." in place()
    assert button("put_up") not in officer.get("board", sheet().pk).content.decode()

    watch.move(IN_APRIL)
    officer = watch.desk()
    assert "Its quarter is over: take it down, and say so here." in said(officer.get("inbox", show="all"))
    assert "Put up on Jan. 8, 2026; to be taken down by April" in place()
    page = officer.get("board", sheet().pk)
    assert reverse("public:board", args=[CODE]) not in page.content.decode(), "what is over is not printed"
    assert officer.send("board_deed", sheet().pk, "take_down").status_code == 302
    assert owed("take_down").outcome == "kept"
    assert "2026, quarter 1 kept kept Put up on Jan. 8, 2026, taken down on April 2, 2026." in place()
    assert sheet("2026-Q2").status == "owed"


def test_one_that_nobody_puts_up_goes_up_and_is_missed_for_ever(watch):
    watch.move(LATE)
    escalate(LATE)
    assert "2026, quarter 1 late Not put up yet; promised by Jan. 16, 2026." in place()
    head = watch.desk(cases.HEAD)
    assert "Answer for: Putting the board sheet up" in said(head.get("inbox"))
    answer = Duty.objects.get(parent=owed(), holder__key=cases.HEAD)
    assert "Open the board sheet" in said(head.get("answer", answer.pk))
    committee = cases.office(county.VILLAGE).name.en
    assert f"Had to answer for it: {committee}: on time" in place()
    assert head.send("answer", answer.pk, words="明天就贴").status_code == 302
    assert f"Had to answer for it: {committee}: kept" in place()

    watch.move(IN_APRIL)
    assert sheet().status == "missed"
    assert owed().outcome == "broken"
    assert not Duty.objects.filter(parent=owed(), outcome="").exists(), "nobody answers for it any more"
    assert "2026, quarter 1 broken Never put up; it was promised by Jan. 16, 2026." in place()
    assert "1 sheet was never put up since they began." in place()
    page = watch.desk().get("board", sheet().pk)
    assert button("put_up") not in page.content.decode()
    assert "never put up" in said(page)


def test_what_was_missed_long_ago_is_still_counted(watch):
    Post.objects.filter(is_reception=True).exclude(key=cases.DESK).update(is_reception=False)  # one village is enough
    for quarter in ("2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"):
        keep_boards(read(quarter).begins_at)
    watch.move(IN_APRIL)
    assert "2025, quarter 3 broken Never put up" in place()
    assert "2025, quarter 2" not in place(), "a list shows a year"
    assert "4 sheets were never put up since they began." in place()


def test_one_put_up_late_says_so(watch):
    watch.move(LATE)
    watch.desk(cases.HEAD).send("board_deed", sheet().pk, "put_up")
    assert "2026, quarter 1 kept late Put up on Jan. 19, 2026." in place()


def test_others_look_on_and_do_nothing(watch):
    watch.move(IN_TIME)
    township = watch.desk(cases.TOWNSHIP_HEAD)
    page = township.get("board", sheet().pk)
    assert button("put_up") not in page.content.decode()
    assert township.get("board_deed", sheet().pk, "put_up").status_code == 404
    for address in (reverse("desk:board_deed", args=[sheet().pk, "put_up"]), reverse("desk:board", args=[sheet().pk])):
        assert Client().get(address).status_code == 302, "to the door"


def test_bad_addresses_are_not_found(watch):
    watch.move(IN_TIME)
    officer = watch.desk()
    for name in ("boards/00000000-0000-0000-0000-000000000000/", f"boards/{sheet().pk}/burn/"):
        assert officer.client.get(f"/desk/{name}").status_code == 404
    for code in ("420526000000", "420526101000", "999999999999", "nowhere"):
        assert Client().get(f"/promises/places/{code}/board/").status_code == 404, code


def test_the_sheet_says_what_is_promised_and_names_nobody(watch):
    case = cases.ask(at=county.MONDAY)
    watch.move(county.MONDAY + timedelta(days=1))
    page = Client().get(reverse("public:board", args=[CODE]))
    words = said(page)
    for promised in (
        "Get a proof from the village",
        "2 working days",
        "no charge",
        "Taking part is voluntary",
        "12345",
    ):
        assert promised in words
    assert "Gufu Town Public Service Office" in words
    assert "No figures have been frozen yet." in words
    assert "<path d=" in page.content.decode()
    contact = case.contact
    for secret in (case.number, "欧阳桂兰", "10012345678", str(contact.pk)):
        assert secret not in page.content.decode()
