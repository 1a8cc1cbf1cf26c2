"""First-contact responsibility: whoever holds a case answers for it until another has accepted it."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from chengnuo.cases.operations import baton
from chengnuo.cases.operations.baton import NotToThem
from chengnuo.foundation.refused import NotHere
from chengnuo.people.models import Post
from tests.factories import cases, county
from tests.factories.cases import DESK, TOWNSHIP_DESK
from tests.factories.desk import said

pytestmark = pytest.mark.django_db
NOW = county.MONDAY


def holders(case):
    case = cases.again(case)
    return case.holder.key, cases.duty_of(case).holder.key


def test_the_first_officer_holds_it_until_the_other_accepts(monday):
    case = cases.ask("old-age-allowance", by=county.officer(DESK))
    assert holders(case) == (DESK, DESK)
    assert "accept" in cases.buttons(case, TOWNSHIP_DESK)
    assert "finish" not in cases.buttons(case, DESK)
    assert cases.deed(case, "accept", TOWNSHIP_DESK).status_code == 302
    assert holders(case) == (TOWNSHIP_DESK, TOWNSHIP_DESK)
    assert "Another officer has taken the case" in cases.told(case)[-1]
    # the first one is free of it: the page is no longer theirs
    assert cases.at_desk(DESK).get("case", case.pk).status_code == 404


def test_each_reads_what_they_can_do_now_and_why_not_more(monday):
    case = cases.ask("old-age-allowance", by=county.officer(DESK))
    mine = said(cases.at_desk(DESK).get("case", case.pk))
    assert "Until they answer it cannot be called done or refused" in mine
    assert case.offered_to.title.en in mine
    assert "Take the hand-over back" in mine
    assert "Send it back" not in mine
    theirs = said(cases.at_desk(TOWNSHIP_DESK).get("case", case.pk))
    assert "Send it back" in theirs
    assert "Take the hand-over back" not in theirs


def test_whoever_holds_it_does_not_take_it_over(monday):
    case = cases.offer(cases.ask(), cases.HEAD, at=NOW)
    cases.deed(case, "accept", cases.HEAD)
    assert "take_over" not in cases.buttons(case, cases.HEAD)
    with pytest.raises(NotHere):
        cases.does(baton.take_over, case, cases.HEAD, at=NOW)


def test_receivers_are_named_their_own_office_first(monday):
    page = cases.at_desk(DESK).get("deed", cases.ask().pk, "offer").content.decode()
    labels = re.findall(r'<label for="id_to_\d+">([^<]+)', page)
    own = [cases.post_of(cases.HEAD)]
    assert re.findall(r'name="to" value="([^"]+)"', page)[:1] == [str(own[0])]
    assert all(label.count(" · ") == 2 for label in labels)


def test_a_complaint_goes_to_no_village_beside_the_one_complained_about(monday):
    case = cases.complaint()
    page = cases.at_desk(TOWNSHIP_DESK).get("deed", case.pk, "offer").content.decode()
    given = re.findall(r'name="to" value="([^"]+)"', page)
    levels = set(Post.objects.filter(pk__in=given).values_list("office__level", flat=True))
    assert levels == {"township", "county"}
    asked = said(cases.at_desk(TOWNSHIP_DESK).get("deed", case.pk, "finish"))
    assert "the facts, the reasons, the law" in asked


def test_what_is_sent_back_stays_where_it_was(monday):
    case = cases.ask("old-age-allowance", by=county.officer(DESK))
    assert cases.deed(case, "decline", TOWNSHIP_DESK, words="缺申请表，先补").status_code == 302
    assert holders(case) == (DESK, DESK)
    assert "缺申请表" in cases.told(case)[-1]
    assert cases.again(case).offered_to is None
    # and may be offered again
    cases.offer(case, TOWNSHIP_DESK, at=NOW)
    assert "accept" in cases.buttons(case, TOWNSHIP_DESK)


def test_an_offer_is_taken_back_by_its_maker(monday):
    case = cases.offer(cases.ask(), TOWNSHIP_DESK, at=NOW)
    cases.deed(case, "decline", DESK, words="我自己办")
    assert "accept" not in cases.buttons(case, DESK)
    with pytest.raises(NotHere):
        cases.does(baton.accept, case, TOWNSHIP_DESK, at=NOW)


@pytest.mark.parametrize(
    "to",
    [
        DESK,  # the holder already
        f"{county.VILLAGE}.supervisor",
        "health-bureau.auditor",
        "health-bureau.account-admin",
        f"{cases.ELSEWHERE}.desk",  # another township's village
        f"{cases.TOWNSHIP_ELSEWHERE}.desk",
        "civil-affairs.desk",
        cases.CITY_HEAD,
        "nobody",
    ],
)
def test_it_is_handed_to_nobody_who_has_no_business_with_it(to):
    case = cases.ask()
    with pytest.raises(NotToThem):
        cases.does(baton.offer, case, DESK, at=NOW, to=uuid4() if to == "nobody" else cases.post_of(to))
    assert cases.again(case).offered_to is None


@pytest.mark.parametrize("to", [cases.HEAD, TOWNSHIP_DESK, cases.TOWNSHIP_HEAD, cases.BUREAU_DESK])
def test_it_may_be_handed_within_its_office_and_above(to):
    assert cases.offer(cases.ask(), to, at=NOW).offered_to.key == to


def test_a_closed_post_takes_nothing():
    case = cases.ask()
    taker = cases.post_of(TOWNSHIP_DESK)
    Post.objects.filter(pk=taker).update(closed_on=NOW.date())
    with pytest.raises(NotToThem):
        cases.does(baton.offer, case, DESK, at=NOW, to=taker)


@pytest.mark.parametrize("key", [DESK, cases.HEAD])
def test_a_complaint_is_never_handed_to_the_office_complained_about(key):
    case = cases.complaint()
    with pytest.raises(NotToThem):
        cases.offer(case, key, at=NOW, post=TOWNSHIP_DESK)
