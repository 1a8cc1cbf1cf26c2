"""Drafts: nothing that tells of what is never recorded becomes the subject of a case, and nobody publishes their own words."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from chengnuo.core.text3 import Text3
from chengnuo.foundation.plain import NotForTheRecord
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere, SignInAgain
from chengnuo.promises import queries
from chengnuo.promises.models import Promise, PromiseVersion
from chengnuo.promises.operations import catalogue
from chengnuo.promises.operations.catalogue import (
    BeginsInThePast,
    DayTaken,
    EndsInThePast,
    NoDeadline,
    ProceduresFirst,
    SubjectNeverRecorded,
)
from tests.factories import county

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
FIELDS = (
    "title", "summary", "who", "result", "needs", "basis", "provider", "words", "channels", "fee_fen", "deadline",
    "staff_minutes", "county_fen_a_year", "family_minutes", "family_trips", "cost_certainty",
)  # fmt: skip
AUTHOR, HEAD = "health-bureau.desk", "health-bureau.head"


def standing(key="childcare-place-enquiry"):
    return PromiseVersion.objects.get(promise__key=key, status="published")


def content(key="childcare-place-enquiry", begins=TODAY + DAY, **other):
    version = standing(key)
    return {name: getattr(version, name) for name in FIELDS} | {"begins": begins} | other


def draft(by=AUTHOR, key="childcare-place-enquiry", **other):
    return catalogue.draft(
        promise=standing(key).promise, content=content(key, **other), by=county.officer(by), at=county.MONDAY, key=uuid4()
    )  # fmt: skip


def does(operation, version, by=HEAD, at=county.MONDAY, **said):
    return operation(version=version.pk, by=county.officer(by), at=at, key=uuid4(), **said)


def text(words):
    return Text3(words, words, words)


def test_from_a_draft_to_what_families_read():
    version = draft(deadline="working_days(2)")
    assert version.status == "draft"
    does(catalogue.check, version)
    does(catalogue.publish, version)
    assert queries.current("childcare-place-enquiry", on=TODAY).deadline == "working_days(3)"
    assert queries.current("childcare-place-enquiry", on=TODAY + DAY).pk == version.pk


def test_who_drafted_it_never_checks_it_also_when_somebody_else_saved_it_again():
    version = draft(by=HEAD)
    assert does(catalogue.change, version, by=AUTHOR, content=content()).changed_by == county.officer(AUTHOR).account
    with pytest.raises(NotHere):
        does(catalogue.check, version)
    PromiseVersion.objects.filter(pk=version.pk).update(status="checked")
    with pytest.raises(NotHere):
        does(catalogue.publish, version)


def test_who_changed_it_last_cannot_check_or_publish_it():
    version = draft()
    does(catalogue.change, version, by=HEAD, content=content(fee_fen=100))
    with pytest.raises(NotHere):
        does(catalogue.check, version)
    does(catalogue.change, version, by=AUTHOR, content=content())
    does(catalogue.check, version)
    assert does(catalogue.publish, version).status == "published"


def test_one_person_in_two_posts_is_still_one_person():
    """The same account holds the author's post and the head's: it is the person who counts, not the post."""
    head = county.officer(HEAD)
    version = draft()
    PromiseVersion.objects.filter(pk=version.pk).update(changed_by=head.account)
    with pytest.raises(NotHere):
        does(catalogue.check, version)


def test_an_officer_neither_checks_nor_publishes():
    version = draft()
    for operation in (catalogue.check, catalogue.publish):
        with pytest.raises(NotAllowed):
            does(operation, version, by=AUTHOR)


def test_another_bureau_has_nothing_to_do_with_it():
    version = draft()
    for operation in (catalogue.check, catalogue.publish):
        with pytest.raises(NotHere):
            does(operation, version, by="civil-affairs.head")
    with pytest.raises(NotHere):
        does(catalogue.change, version, by="civil-affairs.desk", content=content())


def test_publishing_asks_for_a_fresh_sign_in():
    version = draft()
    does(catalogue.check, version)
    head = county.officer(HEAD)
    with pytest.raises(SignInAgain):
        catalogue.publish(version=version.pk, by=head, at=county.MONDAY + timedelta(minutes=20), key=uuid4())


TELLING = ["孕前优生健康检查", "节育手术预约", "新生儿出生登记", "避孕药具领取"]


@pytest.mark.parametrize("words", TELLING)
@pytest.mark.parametrize("part", ["title", "summary", "words"])
def test_no_case_has_a_subject_that_is_never_recorded(words, part):
    said = [words] if part == "words" else text(words)
    with pytest.raises(SubjectNeverRecorded) as refused:
        draft(**{part: said})
    assert refused.value.facts["words"]
    assert not PromiseVersion.objects.filter(status="draft").exists()


@pytest.mark.parametrize("script", ["hans", "hant", "en"])
def test_every_script_of_the_title_is_read(script):
    scripts = standing().title.to_dict() | {script: {"en": "Pregnancy care"}.get(script, "懷孕登記")}
    with pytest.raises(SubjectNeverRecorded):
        draft(title=Text3.from_dict(scripts))


def test_a_change_is_read_like_a_draft():
    version = draft()
    with pytest.raises(SubjectNeverRecorded):
        does(catalogue.change, version, by=AUTHOR, content=content(title=text("孕前优生健康检查")))
    with pytest.raises(NotForTheRecord):
        does(catalogue.change, version, by=AUTHOR, content=content(who=text("怀孕的人")))
    version.refresh_from_db()
    assert version.title == standing().title


@pytest.mark.parametrize(
    "part",
    [
        {"who": text("怀孕的妇女")},
        {"result": text("上环证明")},
        {
            "needs": [
                {
                    "key": "a",
                    "name": text("孕检单").to_dict(),
                    "why": text("核对").to_dict(),
                    "instead": "none",
                }
            ]
        },
        {"basis": [{"name": text("结扎登记办法").to_dict(), "article": "3", "certainty": "A"}]},
    ],
)
def test_nor_does_any_other_text_of_a_service(part):
    with pytest.raises(NotForTheRecord):
        draft(**part)


def test_a_referral_names_what_no_case_may_tell_of():
    referral = PromiseVersion.objects.filter(promise__kind="referral", status="published").first()
    head = county.officer(f"{referral.promise.office.key}.desk" if referral.promise.office else AUTHOR)
    said = {name: getattr(referral, name) for name in FIELDS} | {
        "begins": TODAY,
        "title": text("孕前优生健康检查"),
    }
    made = catalogue.draft(promise=referral.promise, content=said, by=head, at=county.MONDAY, key=uuid4())
    assert made.title.hans == "孕前优生健康检查"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("working_days( 7 )", "working_days(7)"), ("at_once", "at_once"), ("", ""), ("in a week", None)],
)
def test_a_time_limit_is_kept_as_it_is_read_and_refused_where_it_cannot_be(typed, kept):
    if kept is None:
        with pytest.raises(NoDeadline):
            draft(deadline=typed)
    else:
        assert draft(deadline=typed).deadline == kept


@pytest.mark.parametrize("lacks", [{"deadline": ""}, {"basis": []}, {"staff_minutes": None}, {"cost_certainty": ""}])
def test_what_lacks_a_limit_a_basis_or_its_cost_is_not_checked(lacks):
    version = draft(**lacks)
    with pytest.raises(MoveRefused):
        does(catalogue.check, version)


def test_two_versions_do_not_begin_on_one_day():
    first, second = draft(), draft(fee_fen=100)
    does(catalogue.check, first)
    with pytest.raises(DayTaken):
        does(catalogue.check, second)
    does(catalogue.give_back, first)
    assert does(catalogue.check, second).status == "checked"


def test_a_version_does_not_begin_before_it_is_published():
    version = draft(begins=TODAY - DAY)
    does(catalogue.check, version)
    with pytest.raises(BeginsInThePast):
        does(catalogue.publish, version)


def test_an_ended_promise_is_asked_for_no_more_and_every_office_s_procedure_goes_on():
    version = standing()
    does(catalogue.end, version, ends=TODAY)
    with pytest.raises(queries.NotPromised):
        queries.current("childcare-place-enquiry", on=TODAY)
    procedure = standing("missing-list")
    with pytest.raises(MoveRefused):
        does(catalogue.end, procedure, ends=TODAY)
    with pytest.raises(EndsInThePast):
        does(catalogue.end, standing("old-age-allowance"), ends=TODAY - DAY)


def test_an_ended_promise_leaves_none_of_its_earlier_versions_behind():
    version = draft(begins=TODAY)
    does(catalogue.check, version)
    does(catalogue.publish, version)
    does(catalogue.end, version, ends=TODAY + DAY)
    assert queries.current("childcare-place-enquiry", on=TODAY).pk == version.pk
    with pytest.raises(queries.NotPromised):
        queries.current("childcare-place-enquiry", on=TODAY + DAY)
    for version in PromiseVersion.objects.filter(promise__key="childcare-place-enquiry"):
        assert queries.published(version.pk, on=TODAY + DAY) is None


@pytest.mark.parametrize("lacks", ["missing-list", "redo-after-not-resolved", "answer-to-escalation"])
def test_a_service_is_not_published_before_the_procedures_by_which_its_cases_go_on(lacks):
    version = draft()
    does(catalogue.check, version)
    PromiseVersion.objects.filter(promise__key=lacks).update(begins=version.begins + DAY)
    with pytest.raises(ProceduresFirst):
        does(catalogue.publish, version)
    PromiseVersion.objects.filter(promise__key=lacks).update(begins=version.begins)
    assert does(catalogue.publish, version).status == "published"


def test_what_stands_was_never_published_by_its_author():
    assert not PromiseVersion.objects.filter(author=None).exists()
    assert Promise.objects.exists()
