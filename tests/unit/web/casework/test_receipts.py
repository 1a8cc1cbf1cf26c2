"""A receipt tells what is still to come: less and less as the case goes on, and never more than is true."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from chengnuo.cases import queries
from chengnuo.cases.operations import answer, baton, handle
from chengnuo.cases.operations.receive import complain, receive
from chengnuo.core.text3 import Text3
from chengnuo.foundation.actor import resident, visitor
from chengnuo.foundation.receipts import receipt_code
from chengnuo.people.models import Office
from chengnuo.web.casework.receipts import receipt_of, title_of
from tests.factories import claims, county

pytestmark = pytest.mark.django_db
LIST = "If something is missing, you are told once, everything in one list."
DONE = "It is done, or you are told in writing why not."
WORD = "You say whether it is really done. If not, it is opened again."
UP = "If it is late, it goes up by itself to Xingshan Health Bureau, Family Development Office. You need not do anything."
DESK = f"{county.TOWNSHIP}.desk"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def case():
    begun = receive(
        promise=county.service("dibao"),
        village=county.village().pk,
        person=county.person(),
        details="",
        by=visitor(),
        at=county.MONDAY,
        key=uuid4(),
    )
    return begun.case.pk


def receipt(case, *, at=county.MONDAY):
    return receipt_of(queries.seen(resident(case), case), viewer=resident(case), now=at)


def does(operation, case, *, by=None, **said):
    return operation(case=case, by=by or county.officer(DESK), at=county.MONDAY, key=uuid4(), **said)


def steps(case):
    return [step.what for step in receipt(case).steps]


def fact(case, label):
    return next((each.value for each in receipt(case).facts if each.label == label), None)


def test_at_the_beginning_everything_is_to_come(case):
    assert steps(case) == [LIST, DONE, WORD, UP]
    assert [step.when for step in receipt(case).steps] == [
        "by March 9, 2026 at the latest",
        "by April 14, 2026 at the latest",
        "",
        "",
    ]


def test_after_the_list_no_other_one_is_announced(case):
    does(handle.ask_once, case, missing=["身份证", "照片两张"], words="")
    assert steps(case) == [DONE, WORD, UP]
    assert receipt(case).missing == ("Identity card", "照片两张")


def test_what_was_brought_is_no_longer_missing(case):
    does(handle.ask_once, case, missing=["身份证"], words="")
    does(handle.supply, case, words="带来了", by=resident(case))
    assert receipt(case).missing == ()
    assert steps(case) == [DONE, WORD, UP]


def test_when_the_office_says_done_the_family_has_the_word(case):
    does(handle.finish, case, result="批了")
    assert steps(case) == [WORD]
    assert fact(case, "To be done by") is None


def test_opened_again_it_is_owed_again(case):
    does(handle.finish, case, result="批了")
    does(answer.say_not, case, words="没收到", by=resident(case))
    assert steps(case)[-1] == UP
    assert fact(case, "To be done by")


def test_of_a_claim_its_stages_are_to_come_and_the_one_where_it_stands_has_a_day():
    claim = claims.made()
    first, *later = receipt(claim.case_id).steps
    assert (first.what, first.when) == ("Review in the village", "by March 23, 2026 at the latest")
    assert len(later) == len(claim.stages) + 1
    assert not [step.when for step in later if step.when]
    assert later[-2].what == "You are told what was decided, and why."
    assert (
        later[-1].what
        == "If it is late, it goes up by itself to Gufu Town Public Service Office. You need not do anything."
    )
    assert len(receipt(claims.at_decision(of=2).case_id).steps) == 3


@pytest.mark.parametrize("end", ["withdrawn", "refused", "closed"])
def test_at_the_end_nothing_is_to_come(case, end):
    if end == "withdrawn":
        does(answer.withdraw, case, by=resident(case))
    elif end == "refused":
        does(handle.refuse, case, reasons="户口不在本镇", law="第九条")
    else:
        does(handle.finish, case, result="批了")
        does(answer.say_resolved, case, words="", by=resident(case))
    assert steps(case) == []
    assert fact(case, "To be done by") is None


def test_who_is_responsible_changes_only_when_somebody_accepts(case):
    head = county.officer(f"{county.TOWNSHIP}.head", name="演示主任")
    before = fact(case, "Responsible now")
    does(baton.offer, case, to=head.hats[0].post)
    assert fact(case, "Responsible now").startswith(before)
    does(baton.accept, case, by=head)
    assert fact(case, "Responsible now").startswith("Director")


def test_the_code_stands_in_groups_and_the_number_opens_nothing(case):
    found = receipt(case)
    assert found.code.replace(" ", "") == receipt_code(case)
    assert [len(group) for group in found.code.split()] == [4, 4, 4, 4]
    assert found.number not in found.code
    assert queries.by_receipt(found.number) is None
    assert queries.by_receipt(receipt_code(case)) == case


def test_no_name_and_no_telephone_of_the_family_stands_on_it(case):
    said = str(receipt(case))
    assert not [part for part in ("欧阳桂兰", "10012345678") if part in said]


def test_its_place_in_the_log_stays_the_one_of_the_first_day(case):
    first = receipt(case).leaf
    assert len(bytes.fromhex(first)) == 32
    does(handle.finish, case, result="批了")
    assert receipt(case, at=county.MONDAY + timedelta(days=3)).leaf == first


def test_in_the_readers_language(case):
    for language, title in (("zh-hans", "最低生活保障申请"), ("zh-hant", "最低生活保障申請")):
        with translation.override(language):
            assert receipt(case).title == title


def complaint(about: str):
    begun = complain(
        about=Office.objects.get(key=about).pk,
        case=None,
        person=county.person("", ""),
        details="跑了三趟",
        by=visitor(),
        at=county.MONDAY,
        key=uuid4(),
    )
    return begun.case.pk


def test_a_complaint_says_who_handles_it_and_who_never_sees_it():
    case = complaint(county.VILLAGE)
    assert title_of(queries.seen(resident(case), case)) == "Complaint"
    first, reply, up = receipt(case).steps
    assert first.what.startswith("Gufu Town Public Service Office handles it. Longchi Village")
    assert first.what.endswith("never sees it.")
    assert reply.when == "by March 17, 2026 at the latest"
    assert up.what == UP
    assert "跑了三趟" not in str(receipt(case))


def test_above_the_county_there_is_the_hotline():
    case = complaint("civil-affairs")
    found = receipt(case)
    assert found.steps[-1].what == "There is no office above this one in the system: beyond it, call 12345."
    assert found.complain == "Call 12345."


def test_a_need_that_the_catalogue_does_not_name_stays_as_it_was_written(case):
    does(handle.ask_once, case, missing=["某某说明"], words="")
    assert receipt(case).missing == ("某某说明",)
    assert isinstance(queries.seen(resident(case), case).promise.title, Text3)
