"""Photos in a list: their names, who may take which one back, and the way between the list and its photos."""

from __future__ import annotations

from types import SimpleNamespace
from uuid import uuid4

import pytest

from chengnuo.foundation.actor import resident, visitor
from chengnuo.foundation.refused import NotHere
from chengnuo.web.casework import photos
from chengnuo.web.desk.photos import WHERE as DESK
from chengnuo.web.family.photos import WHERE as FAMILY
from tests.factories import cases, county
from tests.factories.photos import add

pytestmark = pytest.mark.django_db
MONDAY = county.MONDAY


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def case(monday):
    return cases.ask_once(cases.ask(), at=MONDAY, missing=("户口簿", "照片两张"))


def lines(case, viewer, where=FAMILY):
    return photos.lines_of(SimpleNamespace(actor=viewer, at=MONDAY), cases.again(case), where)


def test_each_paper_counts_its_own_photos(case):
    sent = [add(case, item=item) for item in (0, 1, 0)]
    found = lines(case, resident(case.pk))
    names = [line.label.split(", ", 1)[1] for line in found]
    assert names == [f"photo {number}, March 2, 2026" for number in (1, 1, 2)]
    assert [line.item for line in found] == [0, 1, 0]
    assert all(str(photo.pk) in line.href for photo, line in zip(sent, found, strict=True))
    assert found[1].label.startswith("照片两张, ")


def test_where_none_was_sent_there_is_no_list(case):
    assert lines(case, resident(case.pk)) == ()
    request = SimpleNamespace(actor=resident(case.pk), at=MONDAY)
    assert photos.sent_so_far(request, case, FAMILY).value == ""


def test_beside_the_next_question_stand_those_that_are_here(case):
    for item in (0, 1):
        add(case, item=item)
    request = SimpleNamespace(actor=resident(case.pk), at=MONDAY)
    here = photos.sent_so_far(request, case, FAMILY)
    assert here.value.split("\n") == [line.label for line in lines(case, resident(case.pk))]


def test_the_family_takes_back_all_and_the_desk_its_own_alone(case):
    add(case)
    add(case, item=1, post=cases.DESK)
    family = lines(case, resident(case.pk))
    desk = lines(case, county.officer(cases.DESK), DESK)
    assert [bool(line.take_back) for line in family] == [True, True]
    assert [bool(line.take_back) for line in desk] == [False, True]


def test_after_the_end_none_is_taken_back(case):
    add(case)
    cases.supply(case, at=MONDAY)
    cases.finish(case, at=MONDAY)
    cases.say_resolved(case, at=MONDAY)
    assert [line.take_back for line in lines(case, resident(case.pk))] == [""]


@pytest.mark.parametrize("viewer", ["nobody", "another family", "another village"])
def test_who_may_not_see_them_sees_no_list_and_no_picture(case, viewer):
    photo = add(case)
    who = {
        "nobody": visitor,
        "another family": lambda: resident(cases.ask().pk),
        "another village": lambda: county.officer(f"{cases.ELSEWHERE}.desk"),
    }[viewer]()
    assert lines(case, who) == ()
    with pytest.raises(NotHere):
        photos.picture(SimpleNamespace(actor=who, at=MONDAY), case.pk, photo.pk)


def test_a_picture_is_shown_under_its_own_case_alone(case):
    photo, other = add(case), cases.ask()
    request = SimpleNamespace(actor=resident(case.pk, other.pk), at=MONDAY)
    assert photos.picture(request, case.pk, photo.pk).status_code == 200
    for wrong in ((other.pk, photo.pk), (case.pk, uuid4())):
        with pytest.raises(NotHere):
            photos.picture(request, *wrong)


def test_a_picture_goes_out_so_that_nothing_runs_is_kept_or_named(case):
    answer = photos.picture(SimpleNamespace(actor=resident(case.pk), at=MONDAY), case.pk, add(case).pk)
    assert {name: answer[name] for name in photos.HEADERS} == photos.HEADERS
    assert answer["Content-Disposition"] == 'inline; filename="photo.jpg"'
    assert answer["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(("deed", "leads"), [("supply", photos.ADD), (photos.ADD, "supply"), ("withdraw", None)])
def test_from_the_list_to_its_photos_and_back(case, deed, leads):
    link = photos.beside(case, deed, FAMILY)
    assert (link and link.href) == (f"/request/{case.pk}/{leads}/" if leads else None)


@pytest.mark.parametrize("deed", ["supply", photos.ADD])
def test_when_nothing_is_missing_there_is_no_such_way(monday, deed):
    assert photos.beside(cases.ask(), deed, FAMILY) is None


@pytest.mark.parametrize(
    ("typed", "good"), [("0", True), ("1", True), ("2", False), ("-1", False), ("", False), ("x", False)]
)
def test_a_paper_is_chosen_from_the_list(case, typed, good):
    form = photos.PhotoForm({"item": typed})
    form.fill(case, resident(case.pk))
    form.is_valid()
    assert ("item" not in form.errors) is good
    assert not good or form.cleaned_data["item"] == int(typed)
