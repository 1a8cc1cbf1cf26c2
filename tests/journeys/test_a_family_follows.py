"""A family comes back with its receipt: reads the whole story, answers, has the last word, and leaves nothing on the telephone."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chengnuo.cases.models import Case
from chengnuo.cases.operations import handle
from chengnuo.foundation import clock
from chengnuo.foundation.log import export
from chengnuo.foundation.receipts import receipt_code
from chengnuo.people.models import Consent
from chengnuo.promises.models import Escalation
from tests.contracts.repository import ROOT
from tests.factories import county
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TYPE_IT = "Type the code of the receipt."


@pytest.fixture
def phone(monday):
    """A telephone that has just asked; `phone.case` is what it asked for."""
    browser = Browser()
    browser.case = browser.ask()
    browser.story = f"/request/{browser.case}/"
    return browser


def desk(operation, case, *, post=f"{county.VILLAGE}.desk", **said):
    """The responsible officer does something with the case."""
    officer = county.officer(post)
    return operation(case=case, by=officer, at=clock.now(), key=uuid4(), **said)


def written(code, *, wide=False, between=" "):
    groups = between.join(code[at : at + 4] for at in range(0, 16, 4))
    return groups.translate(str.maketrans("0123456789", "０１２３４５６７８９")) if wide else groups


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"between": ""},
        {"between": "-"},
        {"wide": True},
        {"wide": True, "between": "　"},
        {"between": "  "},
    ],
)
def test_the_code_opens_it_however_it_is_written(phone, shape):
    other = Browser()
    other.open("/follow/")
    assert other.send("/follow/", code=written(receipt_code(phone.case), **shape)) == phone.story
    assert "Get a proof from the village" in other.text


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "Type the code on the receipt."),
        ("1234", "A code has 16 digits."),
        ("12345678123456781", "A code has 16 digits."),
        ("abcd efgh ijkl mnop", "A code has 16 digits."),
        ("0000 0000 0000 0000", "No request opens with this code."),
        ("' OR 1=1 --", "A code has 16 digits."),
    ],
)
def test_a_code_that_opens_nothing_says_so_and_stays(monday, code, said):
    other = Browser()
    assert other.send("/follow/", code=code) == "/follow/"
    assert said in other.text
    assert not code.isdigit() or code in other.page


@pytest.mark.parametrize("behind", ["", "slip.pdf", "proof.json", "withdraw/", "consent/messages/"])
def test_unknown_foreign_and_closed_cases_look_the_same(phone, monday, behind):
    stranger = Browser()
    send = stranger.send if behind.startswith("consent") else stranger.open
    looks = []
    for case in (uuid4(), phone.case):
        assert send(f"/request/{case}/{behind}") == "/follow/"
        looks.append(stranger.text)
    monday.move(timedelta(minutes=31))
    owner = phone.send if behind.startswith("consent") else phone.open
    assert owner(f"/request/{phone.case}/{behind}") == "/follow/"
    assert TYPE_IT in phone.text
    assert looks == [phone.text, phone.text]


def test_half_an_hour_after_typing_the_code_it_is_asked_for_again(phone, monday):
    monday.move(timedelta(minutes=29))
    assert phone.open(phone.story) == phone.story
    monday.move(timedelta(minutes=2))
    assert phone.open(phone.story) == "/follow/"


def test_leaving_a_shared_telephone_forgets_everything(phone):
    phone.fill_in("dibao")
    phone.open(phone.story)
    assert phone.send("/leave/") == "/follow/"
    assert phone.open(phone.story) == "/follow/"
    assert phone.open("/ask/dibao/check/") == "/ask/dibao/township/"
    assert phone.client.get("/leave/").status_code == 405


def test_what_is_open_on_this_telephone_is_listed(phone):
    phone.open("/follow/")
    assert f'href="{phone.story}"' in phone.page
    stranger = Browser()
    stranger.open("/follow/")
    assert "Open on this telephone now" not in stranger.text


def test_on_an_officers_screen_no_page_of_a_family_opens_without_its_code(phone):
    officer = Browser(Client())
    county.sign_in(officer.client, f"{county.VILLAGE}.desk")
    assert officer.open(phone.story) == "/follow/"
    assert officer.open(f"{phone.story}withdraw/") == "/follow/"
    assert Case.objects.get().status == "received"


def test_the_story_is_told_in_order_with_words_and_days(phone, monday):
    desk(handle.ask_once, phone.case, missing=["身份证", "照片两张"], words="带来就接着办")
    phone.open(phone.story)
    for said in (
        "waiting for an answer",
        "Identity card",
        "照片两张",
        "nothing else may be asked for later",
        "带来就接着办",
    ):
        assert said in phone.text
    assert phone.text.index("The request was received") < phone.text.index("The office said what is missing")
    assert "王桂兰" in phone.text


def test_without_a_list_in_time_it_is_complete_from_receipt(phone, monday):
    phone.open(phone.story)
    assert "counts as complete" not in phone.text
    monday.move(8 * DAY)
    other = Browser()
    other.send("/follow/", code=receipt_code(phone.case))
    assert "Your request therefore counts as complete since March 2, 2026." in other.text


def test_a_list_that_was_sent_is_not_silence(phone, monday):
    desk(handle.ask_once, phone.case, missing=["身份证"], words="")
    monday.move(8 * DAY)
    other = Browser()
    other.send("/follow/", code=receipt_code(phone.case))
    assert "counts as complete" not in other.text


def test_the_list_is_answered_and_the_clock_runs_again(phone):
    desk(handle.ask_once, phone.case, missing=["身份证"], words="")
    phone.open(f"{phone.story}supply/")
    assert "Identity card" in phone.text
    assert phone.send(f"{phone.story}supply/", words=" ") == f"{phone.story}supply/"
    assert "Write what you brought, sent or want to say." in phone.text
    assert phone.send(f"{phone.story}supply/", words="明天带来") == phone.story
    assert "The office has your answer" in phone.text
    assert "明天带来" in phone.text
    assert Case.objects.get().status == "received"


def test_done_is_not_the_last_word(phone):
    desk(handle.finish, phone.case, result="开好了，请来取")
    phone.open(phone.story)
    assert "Yes, it is resolved" in phone.text
    phone.open(f"{phone.story}say_not/")
    assert phone.send(f"{phone.story}say_not/", words="没有盖章") == phone.story
    assert "It is open again, and the office above was told." in phone.text
    assert "没有盖章" in phone.text
    assert Escalation.objects.get().office.key == county.TOWNSHIP
    desk(handle.finish, phone.case, result="补盖了章")
    phone.open(f"{phone.story}say_resolved/")
    assert phone.send(f"{phone.story}say_resolved/", words="") == phone.story
    case = Case.objects.get()
    assert (case.status, case.word, case.reopened) == ("closed", "resolved", 1)
    assert "Yes, it is resolved" not in phone.text
    assert "Rate how it was done" in phone.text


def test_a_request_is_withdrawn_without_a_reason_and_asked_for_again(phone):
    phone.open(f"{phone.story}withdraw/")
    assert "never held against you" in phone.text
    assert phone.send(f"{phone.story}withdraw/") == phone.story
    assert Case.objects.get().status == "withdrawn"
    phone.ask()
    assert Case.objects.filter(status="received").count() == 1


def test_what_can_no_longer_be_done_is_said_and_what_was_typed_stays(phone):
    desk(handle.finish, phone.case, result="开好了")
    phone.open(f"{phone.story}say_not/")
    stamp = phone.stamp
    desk_of_the_same_family = Browser()
    desk_of_the_same_family.send("/follow/", code=receipt_code(phone.case))
    desk_of_the_same_family.open(f"{phone.story}say_resolved/")
    desk_of_the_same_family.send(f"{phone.story}say_resolved/", words="")
    assert phone.send(f"{phone.story}say_not/", stamp=stamp, words="没有盖章") == f"{phone.story}say_not/"
    assert "This can no longer be done" in phone.text
    assert "没有盖章" in phone.page
    assert Case.objects.get().status == "closed"


def test_the_same_answer_twice_counts_once_and_another_is_refused_in_words(phone):
    desk(handle.finish, phone.case, result="开好了")
    phone.open(f"{phone.story}say_not/")
    stamp = phone.stamp
    phone.send(f"{phone.story}say_not/", stamp=stamp, words="没有盖章")
    assert phone.send(f"{phone.story}say_not/", stamp=stamp, words="没有盖章") == phone.story
    assert "It was received once and counts once." in phone.text
    phone.send(f"{phone.story}say_not/", stamp=stamp, words="别的话")
    assert "already sent with other answers" in phone.text
    assert Case.objects.get().reopened == 1


@pytest.mark.parametrize("name", ["finish", "refuse", "nothing", "accept"])
def test_an_officers_deeds_are_not_there(phone, name):
    phone.open(f"{phone.story}{name}/", status=404)


def test_a_consent_is_taken_back_in_one_step_and_nothing_else_changes(phone):
    phone.open(phone.story)
    assert phone.text.count("Take back") == 1
    assert phone.send(f"{phone.story}consent/call_back/") == phone.story
    assert "Take back" not in phone.text
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    assert Case.objects.get().status == "received"
    phone.send(f"{phone.story}consent/call_back/", stamp="")
    assert "Taken back: nobody calls you." in phone.text
    phone.client.post(f"{phone.story}consent/everything/")
    assert Consent.objects.count() == 1


def test_a_refusal_shows_every_way_to_object(monday):
    phone = Browser()
    case = phone.ask("dibao")
    phone.open(f"/request/{case}/")
    assert "your rights" not in phone.text
    desk(handle.refuse, case, post=f"{county.TOWNSHIP}.desk", reasons="户口不在本镇", law="第九条")
    phone.open(f"/request/{case}/")
    for said in (
        "May 1, 2026 (60 days)",
        "Sept. 2, 2026 (six months)",
        "12345",
        "12348",
        "户口不在本镇",
        "第九条",
    ):
        assert said in phone.text, said
    assert "Xingshan Health Bureau, Family Development Office answers complaints in writing." in phone.text
    assert f"/complain/?case={case}" in phone.page


def test_a_committee_is_no_authority(phone):
    desk(handle.refuse, phone.case, reasons="不用开", law="民发〔2020〕20号")
    phone.open(phone.story)
    assert "The office above must put it right." in phone.text
    assert "You can sue by" not in phone.text


def verified(folder, record):
    """What the outsider's verifier says of the family's record, with the keys that the county publishes."""
    papers = {"record.json": record, "keys.json": {"keys": export.public_keys()}}
    for name, paper in papers.items():
        (folder / name).write_text(json.dumps(paper))
    command = [sys.executable, ROOT / "tools" / "verify.py", "--receipt", *(folder / name for name in papers)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def test_the_log_can_be_checked_by_anybody_the_family_trusts(phone, tmp_path):
    record = phone.client.get(f"{phone.story}proof.json").json()
    assert [entry["schema"] for entry in record["entries"]] == ["case.receive/1"]
    assert record["promised"][0]["leaf"] == record["entries"][0]["leaf"]
    assert "All of this is in order." in verified(tmp_path, record)
    record["entries"][0]["opening"]["private"]["to"] = "done"
    assert "does not say what its leaf says" in verified(tmp_path, record)


def test_a_promise_that_somebody_altered_is_found(phone, tmp_path):
    record = phone.client.get(f"{phone.story}proof.json").json()
    record["promised"][0]["within"] = 10**6
    assert "WRONG" in verified(tmp_path, record)


def test_the_story_asks_the_database_twelve_times_at_most(phone):
    desk(handle.finish, phone.case, result="开好了")
    with CaptureQueriesContext(connection) as seen:
        phone.open(phone.story)
    assert len(seen) <= 12, [query["sql"][:150] for query in seen]
