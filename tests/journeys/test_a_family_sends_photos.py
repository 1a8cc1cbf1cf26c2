"""What was missing is sent as photos: from a telephone or at a counter, seen by whoever works on it, taken back, forgotten."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.cases.models import Photo
from chengnuo.cases.operations.retention import forget_old
from chengnuo.foundation import clock, files
from chengnuo.foundation import photos as reading
from chengnuo.foundation.models import ActKey, Look, StoredFile, Tombstone
from chengnuo.foundation.receipts import receipt_code
from tests.factories import cases, county
from tests.factories.family import Browser
from tests.factories.photos import SECRET, Upload, made, opened, paper, vast_png

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
MISSING = ("户口簿", "照片")
OTHER = f"{cases.ELSEWHERE}.desk"
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def case():
    return cases.ask_once(cases.ask(), at=county.MONDAY, missing=MISSING)


def holding(case, client=None):
    """A browser into which the code of the receipt was typed."""
    browser = Browser(client)
    browser.open("/follow/")
    assert browser.send("/follow/", code=receipt_code(case.pk)) == f"/request/{case.pk}/"
    return browser


def officer(post):
    client = Client()
    county.sign_in(client, post, at=clock.now())
    return Browser(client)


def send(browser, case, item=0, photo=None, page="request"):
    address = f"/{page}/{case.pk}/add_photo/"
    browser.open(address)
    return browser.send(address, item=str(item), photo=photo or paper())


def picture(browser, photo, page="request"):
    return browser.client.get(f"/{page}/{photo.case_id}/photos/{photo.pk}/")


def test_a_telephone_sends_two_photos_and_answers_the_list(case):
    phone = holding(case)
    assert "Send a photo of a paper" in phone.text
    phone.open(f"/request/{case.pk}/add_photo/")
    assert 'enctype="multipart/form-data"' in phone.page
    assert "Send no paper that tells of a pregnancy" in phone.text
    assert send(phone, case) == f"/request/{case.pk}/add_photo/"
    assert "The photo is here." in phone.text
    assert "户口簿, photo 1" in phone.text
    send(phone, case, item=1)
    phone.open(f"/request/{case.pk}/")
    assert "户口簿, photo 1" in phone.text
    assert "照片, photo 1" in phone.text
    assert cases.again(case).status == "waiting", "the clock waits for the answer"
    phone.open(f"/request/{case.pk}/supply/")
    assert "户口簿, photo 1" in phone.text
    phone.send(f"/request/{case.pk}/supply/", words="都在照片里")
    assert cases.again(case).status == "received"
    assert cases.told(case).count("A photo of a paper was sent.") == 2


def test_what_is_kept_is_a_picture_and_nothing_of_who_took_it(case):
    phone = holding(case)
    send(phone, case, photo=Upload(made("JPEG", (3000, 2000), turned=6)))
    photo = Photo.objects.select_related("file").get()
    lies = (files.folder() / str(photo.pk)).read_bytes()
    answer = picture(phone, photo)
    assert SECRET not in answer.content + lies
    assert answer.content not in lies
    assert opened(answer.content).size == (1333, 2000)
    assert (photo.item, photo.post_id, photo.file.owner.id) == (0, None, case.pk)
    assert "王桂兰" not in str([vars(row) for row in StoredFile.objects.all()]), "not even the file's name"


def test_a_picture_is_served_so_that_nothing_can_run_or_stay(case):
    phone = holding(case)
    send(phone, case)
    answer = picture(phone, Photo.objects.get())
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


HEADERS = {
    "Content-Type": "image/jpeg",
    "Content-Disposition": 'inline; filename="photo.jpg"',
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
}


# what is refused, in words, with the rest kept


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (Upload(b"%PDF-1.7 a scan", "scan.pdf", "application/pdf"), "This file is no photo that we can read."),
        (Upload(b"%PDF-1.7 a scan", "scan.jpg"), "This file is no photo that we can read."),
        (Upload(b"<html><script>alert(1)</script>", "a.png", "image/png"), "This file is no photo that we can read."),
        (Upload(b"\0\0\0\x18ftypheic" + b"\0" * 99, "IMG_1.HEIC", "image/heic"), "This photo is kept in the form HEIC"),
        (Upload(made()[:-200]), "This photo is not whole"),
        (Upload(vast_png(8000, 8000)), "This photo is larger than we can take"),
        (Upload(made() + b"\0" * 10 * MEGABYTE), "This photo is larger than we can take"),
        (Upload(b""), "Choose a photo."),
        ("no file at all", "Choose a photo."),
        ("", "Choose a photo."),
    ],
    ids=["pdf", "pdf named jpg", "page", "heic", "cut", "vast", "heavy", "empty", "words", "nothing"],
)  # fmt: skip
def test_a_photo_that_cannot_be_taken_is_said_and_the_others_stay(case, upload, said):
    phone = holding(case)
    send(phone, case)
    before = ActKey.objects.count()
    phone.open(f"/request/{case.pk}/add_photo/")
    phone.send(f"/request/{case.pk}/add_photo/", item="1", photo=upload)
    assert said in phone.text
    assert "户口簿, photo 1" in phone.text, "what was sent before is listed"
    assert re.search(r'value="1"[^>]*checked', phone.page), "what was chosen stays"
    assert (Photo.objects.count(), ActKey.objects.count()) == (1, before)
    assert len(list(files.folder().iterdir())) == 1


@pytest.mark.parametrize("item", ["", "2", "-1", "x", "٣"])
def test_a_paper_that_is_not_on_the_list_is_asked_for_again(case, item):
    phone = holding(case)
    phone.open(f"/request/{case.pk}/add_photo/")
    phone.send(f"/request/{case.pk}/add_photo/", item=item, photo=paper())
    assert "Choose which paper it shows." in phone.text
    assert not Photo.objects.exists()


def test_the_wrong_ending_of_a_name_does_not_matter(case):
    phone = holding(case)
    send(phone, case, photo=Upload(made("PNG"), "paper.txt", "text/html"))
    assert opened(picture(phone, Photo.objects.get()).content).format == "JPEG"


def test_six_are_enough(case):
    phone = holding(case)
    for _ in range(6):
        send(phone, case)
    send(phone, case)
    assert "There are six photos already." in phone.text
    assert (Photo.objects.count(), len(list(files.folder().iterdir()))) == (6, 6)


def test_sent_twice_counts_once_and_another_photo_under_the_same_stamp_is_said(case):
    phone = holding(case)
    address = f"/request/{case.pk}/add_photo/"
    phone.open(address)
    typed = {"stamp": phone.stamp, "item": "0"}
    assert phone.client.post(address, typed | {"photo": paper()}).status_code == 302
    again = phone.client.post(address, typed | {"photo": paper()}, follow=True)
    assert "It was received once and counts once." in again.content.decode()
    other = phone.client.post(address, typed | {"photo": Upload(made("PNG"))})
    assert "This form was already sent with other answers." in other.content.decode()
    assert (Photo.objects.count(), len(list(files.folder().iterdir()))) == (1, 1)


def test_more_than_the_address_takes_is_answered_in_words_and_not_read(case):
    phone = holding(case)
    phone.open(f"/request/{case.pk}/add_photo/")
    answer = phone.client.post(
        f"/request/{case.pk}/add_photo/", {"item": "0", "photo": Upload(b"\0" * 12 * MEGABYTE), "stamp": phone.stamp}
    )
    assert answer.status_code == 413
    assert "This photo is larger than we can take" in answer.content.decode()
    other = phone.client.post(f"/request/{case.pk}/supply/", {"words": paper(), "photo": Upload(b"\0" * 2 * MEGABYTE)})
    assert other.status_code == 400


def test_a_full_disk_is_said_and_nothing_is_half_there(case, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write_whole", full)
    phone = holding(case)
    send(phone, case)
    assert "Our machine cannot keep a file just now." in phone.text
    assert not StoredFile.objects.exists()
    assert cases.again(case).status == "waiting"


def test_no_photo_reaches_a_folder_of_the_system_in_clear(case, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "system"))
    (tmp_path / "system").mkdir()
    send(holding(case), case, photo=Upload(made() + b"\0" * 9 * MEGABYTE))
    assert list((tmp_path / "system").iterdir()) == []
    assert Photo.objects.exists()


def test_a_photo_that_the_machine_cannot_read_in_time_is_said(case, monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.001)
    phone = holding(case)
    send(phone, case)
    assert "This photo is not whole" in phone.text


# who sees it


def test_the_one_who_works_on_it_opens_it_and_that_is_recorded(case):
    send(holding(case), case)
    photo = Photo.objects.get()
    desk = officer(cases.DESK)
    desk.open(f"/desk/cases/{case.pk}/")
    assert "户口簿, photo 1" in desk.text
    assert not Look.objects.filter(label=files.LABEL).exists(), "a list shows no picture"
    answer = picture(desk, photo, "desk/cases")
    assert answer.status_code == 200
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert Look.objects.filter(label=files.LABEL, row=str(photo.pk), reason="photo of a paper").count() == 1


@pytest.mark.parametrize(
    ("post", "may"),
    [
        (cases.DESK, True),
        (cases.HEAD, True),
        (cases.TOWNSHIP_HEAD, True),
        (cases.BUREAU_HEAD, True),
        (cases.TOWNSHIP_DESK, False),
        (cases.BUREAU_DESK, False),
        (OTHER, False),
        (cases.CITY_HEAD, False),
        ("civil-affairs.head", False),
    ],
)
def test_papers_are_for_the_holder_and_heads_not_for_every_officer_who_sees_the_case(case, post, may):
    photo = _sent(case)
    viewer = officer(post)
    assert (picture(viewer, photo, "desk/cases").status_code == 200) is may
    page = viewer.client.get(f"/desk/cases/{case.pk}/")
    assert ("户口簿, photo 1" in page.content.decode()) is may


def _sent(case):
    send(holding(case), case)
    return Photo.objects.get(case=case)


def test_for_the_wrong_person_it_is_as_if_there_were_none(case):
    """One answer with one body: for another's photo, for one that never was, and under another case."""
    photo, other = _sent(case), cases.ask_once(cases.ask(), at=county.MONDAY, missing=MISSING)
    of_other = _sent(other)
    viewer = officer(OTHER)
    theirs = holding(other)
    nowhere = "01a00000-0000-7000-8000-000000000000"
    for browser, page, tries in (
        (viewer, "desk/cases", [(case.pk, photo.pk), (case.pk, nowhere), (nowhere, photo.pk)]),
        (theirs, "request", [(other.pk, photo.pk), (other.pk, nowhere)]),
        (holding(case), "request", [(case.pk, of_other.pk), (case.pk, nowhere)]),
    ):
        bodies = set()
        for tried in tries:
            answer = browser.client.get(f"/{page}/{tried[0]}/photos/{tried[1]}/")
            assert answer.status_code == 404
            bodies.add(re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|value=\"[\w]{64}\"", "", answer.content.decode()))
        assert len(bodies) == 1
    stranger = Browser()
    assert {stranger.client.get(f"/request/{pk}/photos/{photo.pk}/")["Location"] for pk in (case.pk, nowhere)} == {
        "/follow/"
    }
    assert not Look.objects.filter(label=files.LABEL).exists()


def test_an_altered_file_is_a_page_that_says_so(case):
    photo = _sent(case)
    path = files.folder() / str(photo.pk)
    path.write_bytes(made())
    answer = picture(officer(cases.DESK), photo, "desk/cases")
    assert answer.status_code == 500
    assert "This file is gone or was changed from outside the system" in answer.content.decode()


# at counters


def test_another_counter_sends_it_for_the_family_and_is_named(case):
    counter = officer(OTHER)
    counter.open("/desk/counter/")
    counter.send("/follow/", code=receipt_code(case.pk))
    send(counter, case)
    photo = Photo.objects.select_related("post").get()
    assert photo.post.key == OTHER
    assert picture(counter, photo).status_code == 200
    assert Look.objects.filter(label=files.LABEL, row=str(photo.pk)).exists()
    assert picture(officer(OTHER), photo, "desk/cases").status_code == 404, "without the receipt it is not theirs"


def test_the_desk_adds_what_was_brought_and_takes_back_its_own_mistake_alone(case):
    theirs = _sent(case)
    desk = officer(cases.DESK)
    assert send(desk, case, item=1, page="desk/cases") == f"/desk/cases/{case.pk}/add_photo/"
    own = Photo.objects.get(item=1)
    desk.open(f"/desk/cases/{case.pk}/")
    assert f"/photos/{own.pk}/back/" in desk.page
    assert f"/photos/{theirs.pk}/back/" not in desk.page
    for photo, status in ((theirs, 404), (own, 302)):
        address = f"/desk/cases/{case.pk}/photos/{photo.pk}/back/"
        desk.open(address)
        assert desk.client.post(address, {"stamp": desk.stamp}).status_code == status
    assert list(Photo.objects.values_list("pk", flat=True)) == [theirs.pk]


# taken back, forgotten


def test_the_family_takes_a_photo_back_and_it_is_gone(case, django_capture_on_commit_callbacks):
    phone = holding(case)
    send(phone, case)
    photo = Photo.objects.get()
    phone.open(f"/request/{case.pk}/")
    address = f"/request/{case.pk}/photos/{photo.pk}/back/"
    assert address in phone.page
    phone.open(address)
    with django_capture_on_commit_callbacks(execute=True):
        assert phone.send(address) == f"/request/{case.pk}/"
    assert "The photo is deleted." in phone.text
    assert not StoredFile.objects.exists()
    assert list(files.folder().iterdir()) == []
    assert Tombstone.objects.filter(entry=photo.pk).exists()
    assert picture(phone, photo).status_code == 404
    assert "A photo of a paper was taken back. It is deleted." in cases.told(case)


def test_after_the_end_nothing_is_added_or_taken_back(case):
    photo = _sent(case)
    cases.finish(case, at=county.MONDAY)
    phone = holding(case)
    assert "photo 1" in phone.text
    assert "/back/" not in phone.page
    assert "add_photo" not in phone.page
    address = f"/request/{case.pk}/photos/{photo.pk}/back/"
    phone.open(address)
    phone.send(address)
    assert "This can no longer be done" in phone.text
    assert Photo.objects.exists()


def test_photos_are_forgotten_with_the_case(case, django_capture_on_commit_callbacks):
    kept = _sent(cases.ask_once(cases.ask(), at=county.MONDAY, missing=MISSING))
    photo = _sent(case)
    cases.withdraw(case, at=county.MONDAY)
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old(at=county.MONDAY + timedelta(days=760), limit=9) == 1
    assert list(StoredFile.objects.values_list("pk", flat=True)) == [kept.pk]
    assert [path.name for path in files.folder().iterdir()] == [str(kept.pk)]
    assert Tombstone.objects.filter(entry=photo.pk).exists()


def test_before_a_list_was_sent_there_is_nothing_to_send(monday):
    received = cases.ask()
    phone = holding(received)
    assert "add_photo" not in phone.page
    address = reverse("family:deed", args=[received.pk, "add_photo"])
    phone.open(address)
    phone.send(address, item="0", photo=paper())
    assert not Photo.objects.exists()
