"""What hangs on a case goes with it: codes, photos, marks of ratings, steps' words; what counts for figures stays."""

from __future__ import annotations

from uuid import uuid4

import pytest

from chengnuo.cases.models import Chapter, NewCode, Photo, Rating, RatingGiven, Step
from chengnuo.cases.operations import ratings, recode, retention
from chengnuo.foundation.actor import resident
from chengnuo.foundation.models import LogEntry, StoredFile, Tombstone
from chengnuo.promises.models import Duty
from tests.factories import cases, county, photos
from tests.factories.cases import DAY, DESK, HEAD, HOUR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = county.MONDAY
OVER = NOW + 760 * DAY


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Tombstones of one test are no other's."""
    settings.VAR = tmp_path


def full():
    """A case that has ended, with every sort of row that may hang on one."""
    case = cases.ask_once(cases.ask(), at=NOW)
    photos.add(case)
    cases.supply(case, at=NOW + HOUR)
    cases.end_step(cases.ask_step(case, "civil-affairs", at=NOW + HOUR), "answer", "civil-affairs.desk", at=NOW + HOUR)
    new = cases.does(recode.ask, case, DESK, at=NOW + HOUR, reason="lost", known_by="tells")
    for operation, post in ((recode.confirm, HEAD), (recode.hand_out, DESK)):
        operation(new_code=new.pk, by=county.officer(post, at=NOW + HOUR), at=NOW + HOUR, key=uuid4())
    cases.say_resolved(cases.finish(cases.again(case), at=NOW + 2 * HOUR), at=NOW + 2 * HOUR)
    ratings.rate(case=case.pk, stars=4, pressed=False, by=resident(case.pk), at=NOW + DAY, key=uuid4())
    return case


def rows(case):
    steps = Step.objects.filter(case=case)
    return {
        "codes": NewCode.objects.filter(case=case).count(),
        "photos": Photo.objects.filter(case=case).count(),
        "files": StoredFile.objects.filter(owner_id=case.pk).count(),
        "rated": RatingGiven.objects.filter(digest=ratings._digest(case.pk, ratings.RATED)).exists(),
        "steps": steps.count(),
        "owed": Duty.objects.filter(subject_id__in=[case.pk, *steps.values_list("pk", flat=True)]).count(),
        "chapters": Chapter.objects.filter(case=case).count(),
    }


def test_what_could_name_a_family_goes_and_what_figures_need_stays():
    case = full()
    before = rows(case)
    assert all(before.values()), before
    assert retention.forget_old(at=OVER, limit=5) == 1
    assert rows(case) == before | {"codes": 0, "photos": 0, "files": 0, "rated": False}
    assert Rating.objects.get(stars=4).waiting == 1, "a tally names nobody"


def test_no_chapter_keeps_a_word_or_a_fact():
    case = full()
    assert any(cases.opened(chapter.words, of=case.pk) for chapter in case.chapters.all())
    retention.forget_old(at=OVER, limit=5)
    assert {(cases.opened(chapter.words, of=case.pk), str(chapter.facts)) for chapter in case.chapters.all()} == {("", "{}")}  # fmt: skip
    assert cases.opened(Step.objects.get(case=case).chapter.words, of=case.pk) == ""


@pytest.mark.parametrize("kind", ["case", "step", "new_code"])
def test_the_log_forgets_each_with_a_tombstone(kind):
    case = full()
    ids = {"case": {case.pk}, "step": set(case.steps.values_list("pk", flat=True)), "new_code": set(case.new_codes.values_list("pk", flat=True))}[kind]  # fmt: skip
    known = LogEntry.objects.filter(ref_kind=kind, ref_id__in=map(str, ids), salt__isnull=False)
    entries = set(known.values_list("pk", flat=True))
    assert entries
    retention.forget_old(at=OVER, limit=5)
    # what the forgetting itself wrote names the bare case
    assert not LogEntry.objects.filter(pk__in=entries, salt__isnull=False).exists()
    assert entries <= set(Tombstone.objects.values_list("entry", flat=True))


def test_another_case_loses_nothing():
    gone, stays = full(), full()
    cases.complaint(case=stays.pk, name="王桂兰")  # an open complaint keeps what it is about
    before = rows(stays)
    assert retention.forget_old(at=OVER, limit=5) == 1
    assert rows(stays) == before
    assert RatingGiven.objects.count() == 1
    assert cases.again(gone).forgotten_at == OVER


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_no_more_than_asked_and_the_rest_the_next_time(limit):
    for _ in range(3):
        cases.withdraw(cases.ask(), at=NOW)
    done = []
    while forgotten := retention.forget_old(at=OVER, limit=limit):
        done.append(forgotten)
    assert sum(done) == 3
    assert max(done) == limit


def test_forgetting_again_after_a_restore_changes_what_came_back_and_nothing_else():
    case, other = full(), full()
    retention.forget_again([str(case.pk)], OVER)
    first = cases.again(case)
    assert (first.forgotten_at, cases.again(other).forgotten_at) == (OVER, None)
    retention.forget_again([str(case.pk), str(uuid4())], OVER + DAY)
    again = cases.again(case)
    assert (again.forgotten_at, again.number) == (OVER, first.number)
