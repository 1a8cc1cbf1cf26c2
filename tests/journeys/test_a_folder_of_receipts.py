"""A resident keeps several receipts together, and deletes the folder in one step; no office sees it, and no officer's browser opens one."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from chengnuo.config.sweeping import sweep
from chengnuo.foundation.gate import gate
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.receipts import receipt_code
from chengnuo.people.models import Folder
from chengnuo.people.operations import folders
from tests.factories import cases, county
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
NAME, WORDS = "河边的老槐树", "seven green umbrellas"
DOOR, MAKE, FOLDER = "/folder/open/", "/folder/new/", "/folder/"


@pytest.fixture(autouse=True)
def _quick(settings, monday):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def made(name=NAME) -> Browser:
    phone = Browser()
    phone.open(MAKE)
    assert phone.send(MAKE, name=name, password=WORDS) == FOLDER
    return phone


def put_in(phone, case):
    phone.send(FOLDER, code=receipt_code(case.pk))


def test_two_receipts_lie_together_and_open_anywhere():
    first, second = cases.ask(), cases.complaint(name="王桂兰")
    phone = made()
    put_in(phone, first)
    put_in(phone, second)
    assert first.number in phone.text
    assert second.number in phone.text
    other = Browser()
    other.open(FOLDER)
    assert other.send(DOOR, name=NAME.upper(), password=WORDS) == FOLDER
    for case in (first, second):
        other.open(f"/request/{case.pk}/")
        assert case.number in other.text
        other.open(f"/request/{case.pk}/data/")
        assert "everything that this system holds about you" in other.text


def test_a_receipt_is_taken_out_and_its_request_stays():
    case = cases.ask()
    phone = made()
    put_in(phone, case)
    phone.send(f"/folder/{case.pk}/take-out/")
    assert "Taken out." in phone.page
    assert case.number not in phone.text
    phone.open("/follow/")
    assert phone.send("/follow/", code=receipt_code(case.pk)) == f"/request/{case.pk}/"


def test_it_is_deleted_in_one_step():
    case = cases.ask()
    phone = made()
    put_in(phone, case)
    assert phone.send("/folder/delete/") == "/follow/"
    assert "The folder is deleted." in phone.page
    assert not Folder.objects.exists()
    assert phone.open(f"/request/{case.pk}/") == "/follow/"
    assert phone.open(FOLDER) == DOOR
    assert phone.send(DOOR, name=NAME, password=WORDS) == DOOR


def test_it_closes_by_itself_and_for_whoever_uses_the_telephone_next(monday):
    case = cases.ask()
    phone = made()
    put_in(phone, case)
    monday.move(timedelta(minutes=30))
    assert phone.open(FOLDER) == DOOR
    assert phone.open(f"/request/{case.pk}/") == "/follow/"
    phone.send(DOOR, name=NAME, password=WORDS)
    phone.send("/leave/")
    assert phone.open(FOLDER) == DOOR


def test_another_folder_begins_with_nothing_of_the_first():
    case = cases.ask()
    phone = made()
    put_in(phone, case)
    phone.open(MAKE)
    phone.send(MAKE, name="另一个", password=WORDS)
    assert case.number not in phone.text
    assert phone.open(f"/request/{case.pk}/") == "/follow/"


def test_a_new_code_is_asked_for_and_an_erased_request_is_not_there():
    kept, lost, gone = (cases.ask() for _ in range(3))
    phone = made()
    for case in (kept, lost, gone):
        put_in(phone, case)
    type(lost).objects.filter(pk=lost.pk).update(codes=1)
    type(gone).objects.filter(pk=gone.pk).update(forgotten_at=county.MONDAY)
    again = Browser()
    again.open(DOOR)
    again.send(DOOR, name=NAME, password=WORDS)
    assert again.text.count("It has another code now") == 1
    assert gone.number not in again.text
    assert again.open(f"/request/{lost.pk}/") == "/follow/"
    again.open(f"/request/{kept.pk}/")
    assert kept.number in again.text


# what is typed


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "", "password": WORDS}, "Type a name."),
        ({"name": NAME, "password": ""}, "Type the password."),
        ({"name": NAME, "password": "12345678"}, "This password would be guessed."),
        ({"name": "x" * 41, "password": WORDS}, "at most 40 characters"),
    ],
)
def test_what_is_mistyped_is_said(typed, said):
    phone = Browser()
    phone.open(MAKE)
    assert phone.send(MAKE, **typed) == MAKE
    assert said in phone.text
    assert not typed["name"] or typed["name"] in phone.page
    assert not Folder.objects.exists()


def test_a_taken_name_and_a_wrong_password():
    made()
    phone = Browser()
    phone.open(MAKE)
    phone.send(MAKE, name=NAME, password=WORDS)
    assert "Choose another" in phone.text
    answers = []
    for name in (NAME, "没有的名字"):
        phone.open(DOOR)
        phone.send(DOOR, name=name, password="seven red umbrellas")
        answers.append(phone.text)
    assert answers[0] == answers[1]
    assert "No folder opens with this name and this password." in answers[0]


def test_a_password_may_be_pasted_and_is_kept_as_it_is():
    phone = Browser()
    phone.open(MAKE)
    assert 'autocomplete="username"' in phone.page
    assert 'autocomplete="current-password"' in phone.page
    assert "onpaste" not in phone.page
    phone.send(MAKE, name=NAME, password="  seven green umbrellas ")
    assert phone.open(DOOR)
    assert phone.send(DOOR, name=NAME, password="seven green umbrellas") == DOOR


def test_guessing_is_slowed_down():
    made()
    phone = Browser()
    phone.open(DOOR)
    for _ in range(10):
        phone.send(DOOR, name=NAME, password="seven red umbrellas")
    phone.send(DOOR, name=NAME, password=WORDS)
    assert "Too many attempts" in phone.page


def test_a_complaint_without_a_name_is_not_kept_in_it():
    begun = cases.complained()
    phone = made()
    phone.send(FOLDER, code=begun.code)
    assert "the folder could lead to you" in phone.text


def test_fifty_are_enough():
    phone = made()
    folder = Folder.objects.get()
    by = cases.resident()
    for _ in range(folders.MOST):
        folders.add(folder.pk, case=uuid4(), codes=0, by=by)
    put_in(phone, cases.ask())
    assert "There are fifty receipts in it already." in phone.page


# who sees it


def test_the_database_joins_no_receipts():
    case, other = cases.ask(), cases.ask()
    phone = made()
    put_in(phone, case)
    put_in(phone, other)
    rows = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_folder")
        rows = [bytes(each) if isinstance(each, memoryview) else str(each).encode() for each in cursor.fetchone()]
    for secret in (NAME, WORDS, str(case.pk), case.pk.hex, receipt_code(case.pk), case.number):
        assert not any(secret.encode() in row for row in rows), secret


def test_no_role_has_a_cell_for_it_and_no_act_tells_of_it():
    assert [action for action, rule in gate.rules.items() if "folder" in action or rule.model is Folder] == []
    before = LogEntry.objects.count()
    made()
    assert LogEntry.objects.count() == before


@pytest.mark.parametrize(
    "post", [cases.DESK, cases.TOWNSHIP_HEAD, "health-bureau.account-admin", "health-bureau.auditor"]
)
def test_no_officer_sees_or_opens_one(post):
    case = cases.ask()
    phone = made()
    put_in(phone, case)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    county.sign_in(client, post)
    for page in (FOLDER, DOOR, MAKE):
        assert client.get(page).status_code == 409
    assert client.post(DOOR, {"name": NAME, "password": WORDS}).status_code == 409
    for page in (
        "/desk/accounts/",
        "/desk/accounts/?q=槐树",
        "/desk/record/",
        "/desk/cases/",
        f"/desk/cases/{case.pk}/",
    ):
        said = client.get(page, follow=True).content.decode()
        assert NAME not in said.replace("?q=", "")
        assert "folder" not in said.lower()


def test_a_sign_in_closes_the_folder():
    case = cases.ask()
    phone = made()
    put_in(phone, case)
    county.sign_in(phone.client, cases.TOWNSHIP_DESK)
    assert "folder" not in phone.client.session
    phone.client.logout()
    assert phone.open(FOLDER) == DOOR


def test_what_nobody_opens_for_two_years_goes():
    made()
    sweep(county.MONDAY + timedelta(days=729))
    assert Folder.objects.exists()
    sweep(county.MONDAY + timedelta(days=732))
    assert not Folder.objects.exists()
