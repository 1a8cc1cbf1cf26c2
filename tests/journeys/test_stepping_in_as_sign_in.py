"""The demo: six people around one late request, every other post by its place; and what is taken away is gone at once."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from chengnuo.cases.operations.receive import receive
from chengnuo.foundation.actor import visitor
from chengnuo.people.models import Account, Holding, Post
from chengnuo.promises.models import Duty
from chengnuo.promises.operations import escalation
from chengnuo.web.account.accounts import SIGNED_IN_AT
from chengnuo.web.permissions import ADDRESSES
from tests.factories import county

pytestmark = pytest.mark.django_db
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
HOUR = timedelta(hours=1)
ROLES = (
    f"{county.VILLAGE}.desk",
    f"{county.TOWNSHIP}.head",
    "health-bureau.head",
    f"{county.VILLAGE}.supervisor",
    "health-bureau.auditor",
    "health-bureau.account-admin",
)


@pytest.fixture
def cast(monday):
    """Every post of the chain has a holder."""
    return {key: county.officer(key) for key in ROLES}


@pytest.fixture
def story(cast, monday):
    """A village's request that is late and has gone up."""
    begun = receive(
        promise=county.service("village-proof"),
        village=county.village().pk,
        person=county.person(),
        details="需要一份居住证明",
        by=visitor(),
        at=county.MONDAY,
        key=uuid4(),
    )
    duty = Duty.objects.get(subject_id=begun.case.pk)
    monday.move(duty.due_at + HOUR - county.MONDAY)
    assert escalation.escalate_due(at=duty.due_at + HOUR) == 1
    return begun.case


def post_id(key: str) -> str:
    return str(Post.objects.get(key=key).pk)


def step_in(client, key: str, **more: str):
    return client.post("/demo/step-in/", {"post": post_id(key), **more}, **ENGLISH)


def where(answer) -> str:
    return urlsplit(answer.headers["Location"]).path


def test_the_page_shows_one_story_through_everybody_around_it(client, story):
    said = client.get("/demo/", **ENGLISH).content.decode()
    assert story.number in said
    assert re.findall(r'name="post" value="([^"]+)"', said) == [post_id(key) for key in ROLES]
    assert f'name="case" value="{story.pk}"' in said


def test_without_a_late_request_the_posts_are_still_there(client, cast):
    said = client.get("/demo/", {"q": "接待"}, **ENGLISH).content.decode()
    assert "No request is late yet" in said
    assert post_id(f"{county.VILLAGE}.desk") in said


@pytest.mark.parametrize("query", ["古夫", "Gufu", "接待", "Reception"])
def test_a_post_is_found_by_its_place_its_title_in_any_script(client, cast, query):
    village = Post.objects.get(key=f"{county.VILLAGE}.desk").office.place
    found = client.get("/demo/", {"q": village.name.hans if query == "古夫" else query}, **ENGLISH).content.decode()
    assert "No post fits" not in found
    assert "Step in<span" in found


@pytest.mark.parametrize("query", ["不存在啊啊", "<script>alert(1)</script>", "%", "\0"])
def test_what_fits_no_post_is_said(client, cast, query):
    said = client.get("/demo/", {"q": query}, **ENGLISH).content.decode()
    assert "No post fits" in said
    assert "<script>alert" not in said


@pytest.mark.parametrize("key", ROLES)
def test_stepping_in_opens_a_desk_for_every_role(client, cast, key):
    answer = step_in(client, key)
    assert where(answer) == "/desk/"
    page = client.get("/desk/", follow=True, **ENGLISH)
    assert page.status_code == 200
    assert cast[key].name in page.content.decode()
    assert client.session[SIGNED_IN_AT] == county.MONDAY.isoformat()


def test_a_resident_steps_in_with_the_receipt_of_the_story(client, story):
    answer = client.post("/demo/step-in/", {"case": str(story.pk)}, **ENGLISH)
    page = client.get(answer.headers["Location"], **ENGLISH)
    assert page.status_code == 200
    assert story.number in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_whoever_steps_into_another_leaves_the_first_behind(client, story):
    client.post("/demo/step-in/", {"case": str(story.pk)})
    assert client.session["receipts"]
    step_in(client, ROLES[0])
    assert "receipts" not in client.session
    client.post("/demo/step-in/", {"case": str(story.pk)})
    assert "_auth_user_id" not in client.session
    assert SIGNED_IN_AT not in client.session


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"post": ""},
        {"post": "x"},
        {"post": str(uuid4())},
        {"case": str(uuid4())},
        {"case": "x"},
        {"post": "' or 1=1 --"},
        {"post": "\0"},
    ],
)
def test_nobody_unknown_can_be_stepped_into(client, cast, data):
    assert client.post("/demo/step-in/", data).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_closed_account_or_a_vacant_post_cannot_be_stepped_into(client, cast, monday):
    Account.objects.filter(pk=cast[ROLES[0]].account).update(is_active=False)
    Holding.objects.filter(account=cast[ROLES[1]].account).update(ends=county.MONDAY.date())
    assert step_in(client, ROLES[0]).status_code == 404
    assert step_in(client, ROLES[1]).status_code == 404


@pytest.mark.parametrize("target", ["/contact/", "/services/?q=%E4%BD%8E%E4%BF%9D&page=2"])
def test_the_way_back_is_kept(client, cast, target):
    said = client.get("/demo/", {"next": target, "q": "接待"}, **ENGLISH).content.decode()
    assert f'name="next" value="{target.replace("&", "&amp;")}"' in said
    assert step_in(client, ROLES[0], next=target).headers["Location"] == target


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
    ],
)
def test_never_to_a_foreign_page(client, cast, target):
    assert f'value="{target}"' not in client.get("/demo/", {"next": target}).content.decode()
    assert step_in(client, ROLES[0], next=target).headers["Location"] == "/desk/"


def test_stepping_in_needs_a_press_of_the_button(client, cast):
    assert client.get("/demo/step-in/", {"post": post_id(ROLES[0])}).status_code == 405


@pytest.mark.parametrize("ask", [lambda client: client.get("/demo/"), lambda client: step_in(client, ROLES[0])])
def test_outside_the_demo_there_is_no_such_page(client, cast, settings, ask):
    settings.DEMO = False
    assert ask(client).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_serious_act_sends_back_to_step_in_afresh(client, cast, monday, monkeypatch):
    monkeypatch.setitem(ADDRESSES, "public:contact", "people.open_account")
    step_in(client, "health-bureau.account-admin")
    assert client.get("/contact/").status_code == 200
    monday.move(timedelta(minutes=15))
    sent = client.get("/contact/")
    assert sent.headers["Location"] == "/demo/?next=%2Fcontact%2F"
    assert "please sign in again first" in client.get(sent.headers["Location"], **ENGLISH).content.decode()
    back = step_in(client, "health-bureau.account-admin", next="/contact/")
    assert client.get(back.headers["Location"]).status_code == 200


def test_a_visitor_who_opens_a_desk_is_shown_whom_they_could_be(client, cast):
    sent = client.get("/desk/inbox/")
    assert sent.headers["Location"] == "/demo/?next=%2Fdesk%2Finbox%2F"
    assert "please sign in again" not in client.get(sent.headers["Location"], **ENGLISH).content.decode()


def test_a_post_taken_away_is_gone_with_the_next_page(client, cast, monday):
    step_in(client, ROLES[0])
    assert client.get("/desk/inbox/").status_code == 200
    Holding.objects.filter(account=cast[ROLES[0]].account).update(ends=county.MONDAY.date())
    answer = client.get("/desk/inbox/", **ENGLISH)
    assert answer.status_code == 403
    assert "Your post does not include this." in answer.content.decode()


def test_a_closed_account_is_out_with_the_next_page(client, cast):
    step_in(client, ROLES[0])
    assert cast[ROLES[0]].name in client.get("/").content.decode()
    Account.objects.filter(pk=cast[ROLES[0]].account).update(is_active=False)
    assert client.get("/desk/inbox/").headers["Location"] == "/demo/?next=%2Fdesk%2Finbox%2F"
    assert cast[ROLES[0]].name not in client.get("/").content.decode()


def test_the_page_costs_the_same_however_many_posts(client, story, django_assert_max_num_queries):
    client.get("/demo/")
    with django_assert_max_num_queries(12):
        client.get("/demo/", {"q": "村"})
