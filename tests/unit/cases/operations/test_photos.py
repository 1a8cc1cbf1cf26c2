"""Photos of missing papers: for what they may be sent, how many, who takes back which, and what goes with a case."""

from __future__ import annotations

from uuid import uuid4

import pytest

from chengnuo.cases import queries
from chengnuo.cases.models import Photo
from chengnuo.cases.operations import photos
from chengnuo.foundation.actor import resident, visitor
from chengnuo.foundation.models import StoredFile
from chengnuo.foundation.photos import PhotoRefused
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere
from tests.factories import cases, county
from tests.factories import photos as papers
from tests.factories.cases import DESK, HEAD, TOWNSHIP_DESK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = county.MONDAY


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path / "files"


@pytest.fixture
def case():
    return cases.ask_once(cases.ask(), at=NOW, missing=["户口簿", "照片"])


def remove(case, photo, by):
    return cases.does(photos.remove_photo, case, by, at=NOW, photo=photo.pk)


def lying(folder):
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


@pytest.mark.parametrize(("item", "listed"), [(-1, False), (0, True), (1, True), (2, False), (99, False)])
def test_a_photo_is_of_a_paper_on_the_list(case, folder, item, listed):
    if listed:
        assert papers.add(case, item=item).item == item
    else:
        with pytest.raises(photos.NotOnTheList):
            papers.add(case, item=item)
    assert Photo.objects.count() == StoredFile.objects.count() == len(lying(folder)) == listed, "nothing is half there"
    assert case.chapters.filter(move="add_photo").count() == listed


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", papers.made()[:200]])
def test_what_is_no_photo_leaves_nothing(case, folder, content):
    with pytest.raises(PhotoRefused):
        cases.does(photos.add_photo, case, resident(case.pk), at=NOW, item=0, photo=content)
    assert not StoredFile.objects.exists()
    assert lying(folder) == set()


def test_nothing_is_decoded_for_whom_nothing_would_be_kept(case, monkeypatch):
    monkeypatch.setattr(photos, "reencoded", lambda _photo: pytest.fail("a picture was decoded"))
    send = {"at": NOW, "item": 0, "photo": papers.made()}
    with pytest.raises(NotHere):
        cases.does(photos.add_photo, case, resident(uuid4()), **send)
    cases.supply(case, at=NOW)
    cases.finish(case, at=NOW)
    with pytest.raises(MoveRefused):
        cases.does(photos.add_photo, case, resident(case.pk), **send)


def test_there_is_room_for_six_and_again_when_one_was_taken_back(case, folder):
    kept = [papers.add(case, item=n % 2) for n in range(photos.MOST)]
    with pytest.raises(photos.EnoughPhotos):
        papers.add(case)
    assert Photo.objects.count() == len(lying(folder)) == photos.MOST
    remove(case, kept[0], resident(case.pk))
    assert papers.add(case).item == 0


def test_another_case_has_room_of_its_own(case):
    other = cases.ask_once(cases.ask(), at=NOW)
    for photo in range(photos.MOST):
        papers.add(case, item=photo % 2)
    assert papers.add(other).case_id == other.pk


@pytest.mark.parametrize(("by", "post"), [("", None), (DESK, DESK)])
def test_who_sent_it_is_known_where_it_was_an_officer(case, by, post):
    photo = papers.add(case, post=by)
    assert (photo.post.key if photo.post else None) == post
    assert photo.file.media_type == "image/jpeg"
    assert case.chapters.get(move="add_photo").post_id == photo.post_id


@pytest.mark.parametrize("sender", ["", DESK])
@pytest.mark.parametrize("taker", ["", DESK])
def test_a_family_takes_any_back_and_an_officer_their_own_alone(
    case, folder, sender, taker, django_capture_on_commit_callbacks
):
    photo = papers.add(case, post=sender)
    by = taker or resident(case.pk)
    with django_capture_on_commit_callbacks(execute=True):
        if taker and sender != taker:
            with pytest.raises(NotHere):
                remove(case, photo, by)
        else:
            remove(case, photo, by)
    stays = bool(taker and sender != taker)
    assert Photo.objects.exists() == bool(lying(folder)) == stays
    assert case.chapters.filter(move="remove_photo").exists() == (not stays)


@pytest.mark.parametrize(
    ("who", "refused"),
    [(visitor(), NotAllowed), (resident(uuid4()), NotHere), (HEAD, NotHere), (TOWNSHIP_DESK, NotHere)],
)
def test_nobody_else_sends_one_or_takes_one_back(case, who, refused):
    photo = papers.add(case)
    with pytest.raises(refused):
        remove(case, photo, who)
    with pytest.raises(refused):
        cases.does(photos.add_photo, case, who, at=NOW, item=0, photo=papers.made())
    assert Photo.objects.get() == photo


def test_a_photo_of_another_case_is_not_taken_back_with_this_receipt(case):
    other = cases.ask_once(cases.ask(), at=NOW)
    photo = papers.add(other)
    with pytest.raises(NotHere):
        remove(case, photo, resident(case.pk))
    assert Photo.objects.get() == photo


def test_gone_is_gone(case):
    photo = papers.add(case)
    remove(case, photo, resident(case.pk))
    with pytest.raises(NotHere):
        remove(case, photo, resident(case.pk))


def test_after_the_end_nothing_changes(case):
    photo = papers.add(case)
    cases.finish(case, at=NOW)
    with pytest.raises(MoveRefused):
        remove(case, photo, resident(case.pk))
    with pytest.raises(MoveRefused):
        papers.add(case)
    assert Photo.objects.get() == photo


def test_what_is_forgotten_are_the_photos_of_these_cases_and_no_other(case, folder, django_capture_on_commit_callbacks):
    other = cases.ask_once(cases.ask(), at=NOW)
    papers.add(case)
    papers.add(case, item=1)
    stays = papers.add(other)
    with django_capture_on_commit_callbacks(execute=True):
        photos.forget([case.pk, uuid4()], at=NOW)
    assert list(Photo.objects.values_list("pk", flat=True)) == [stays.pk]
    assert lying(folder) == {str(stays.pk)}
    photos.forget([], at=NOW)
    assert Photo.objects.exists()


def test_they_are_read_in_the_order_in_which_they_came_by_whoever_works_on_it(case):
    sent = [papers.add(case, item=item).pk for item in (1, 0, 1)]
    for viewer in (resident(case.pk), county.officer(DESK), county.officer(HEAD)):
        assert [photo.pk for photo in queries.photos(viewer, case.pk)] == sent
    for viewer in (visitor(), resident(uuid4()), county.officer(TOWNSHIP_DESK)):
        assert queries.photos(viewer, case.pk) == []
    assert set(queries.photographed(case)) == set(sent)
