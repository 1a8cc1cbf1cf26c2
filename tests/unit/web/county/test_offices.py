"""Offices and posts: given, ended, renamed and closed from pages that say what will happen."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from chengnuo.people.models import Account, Holding, Office, Post
from tests.factories import cases, county, desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(client, monday):
    return desk.at(client, "health-bureau.account-admin")


@pytest.fixture
def newcomer():
    return Account.objects.create(username="newcomer", name="新来的（演示）")


@pytest.fixture
def office():
    return Office.objects.get(key=county.VILLAGE)


@pytest.fixture
def counter():
    return Post.objects.get(key=cases.DESK)


def test_villages_stand_below_their_township(here, office):
    assert reverse("county:office", args=[office.pk]) not in here.get("offices").content.decode()
    assert reverse("county:office", args=[office.above_id]) in here.get("offices").content.decode()
    assert reverse("county:office", args=[office.pk]) in here.get("office", office.above_id).content.decode()
    assert here.get("office", uuid4()).status_code == 404


def test_an_office_shows_its_posts_in_words(here, office):
    said = desk.said(here.get("office", office.pk))
    assert "Reception" in said
    assert "receives and handles requests at its counter" in said
    assert "sees open and late duties of the village, without names" in said
    assert said.count("nobody") >= 3


def test_a_post_is_given_from_a_day_on(here, newcomer, counter):
    response = here.send("fill_post", counter.pk, username="newcomer", **desk.day("begins", 2026, 3, 9))
    assert response.headers["Location"] == reverse("county:office", args=[counter.office_id])
    holding = Holding.objects.get(post=counter)
    assert (holding.account, holding.begins) == (newcomer, date(2026, 3, 9))
    said = desk.said(here.get("office", counter.office_id))
    assert "新来的（演示） from March 9, 2026" in said


@pytest.mark.parametrize(
    ("username", "day", "why"),
    [
        ("", (2026, 3, 9), "Enter the sign-in name of whoever gets the post."),
        ("nobody", (2026, 3, 9), "Nobody signs in with this name"),
        ("newcomer", (2026, 3, 1), "That day lies in the past"),
        ("newcomer", (2026, 2, 30), "There is no such day."),
        ("newcomer", ("", "", ""), "Enter the first day."),
        ("newcomer", (2026, "", 1), "One of them is missing."),
    ],
)
def test_what_cannot_be_given_is_said_and_what_was_typed_stays(here, newcomer, counter, username, day, why):
    response = here.send("fill_post", counter.pk, username=username, **desk.day("begins", *day))
    assert response.status_code == 200
    assert why in desk.said(response)
    assert f'value="{username}"' in response.content.decode() or not username
    assert not Holding.objects.filter(post=counter).exists()


def test_a_post_that_is_held_is_not_offered(here, counter):
    assert reverse("county:fill_post", args=[counter.pk]) in here.get("office", counter.office_id).content.decode()
    county.officer(cases.DESK)
    shown = here.get("office", counter.office_id).content.decode()
    assert reverse("county:fill_post", args=[counter.pk]) not in shown
    assert reverse("county:vacate_post", args=[Holding.objects.get(post=counter).pk]) in shown


def test_a_holding_ends_on_its_day_and_the_post_can_be_given_again(here, newcomer, counter):
    county.officer(cases.DESK)
    holding = Holding.objects.get(post=counter)
    here.send("vacate_post", holding.pk, **desk.day("ends", 2026, 3, 20))
    holding.refresh_from_db()
    assert holding.ends == date(2026, 3, 20)
    said = desk.said(here.get("office", counter.office_id))
    assert "from Jan. 1, 2025 until March 20, 2026" in said
    here.send("fill_post", counter.pk, username="newcomer", **desk.day("begins", 2026, 3, 20))
    assert Holding.objects.filter(post=counter).count() == 2


def test_an_office_gets_another_name_in_three_scripts(here, office):
    names = {"hans": "龙池便民站", "hant": "龍池便民站", "en": "Longchi Service Point"}
    here.send("name_office", office.pk, **names)
    office.refresh_from_db()
    assert (office.name.hans, office.name.hant, office.name.en) == tuple(names.values())
    response = here.send("name_office", office.pk, hans="龙池", hant="", en="Longchi")
    assert "Enter the name." in desk.said(response)


def test_only_a_spare_and_empty_post_can_be_closed(here, office, counter):
    assert "Close this post" in desk.said(here.get("office", office.pk)), (
        "the committee's member is neither head nor reception"
    )
    spare = Post.objects.create(office=office, key="spare", title=counter.title, role="village_officer")
    response = here.send("close_post", counter.pk)
    assert "Every office has one reception and one head" in desk.said(response)
    here.send("close_post", spare.pk)
    spare.refresh_from_db()
    assert spare.closed_on == date(2026, 3, 2)
    assert here.get("fill_post", spare.pk).status_code == 404
    assert here.get("close_post", spare.pk).status_code == 404


def test_what_is_not_there_is_not_there(here):
    for page in ("fill_post", "close_post", "vacate_post", "name_office"):
        assert here.get(page, uuid4()).status_code == 404
