"""A head offers many cases at once to a post of the office: ticked ones, or all that fit, part by part."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import translation

from chengnuo.cases.models import Case, Chapter
from chengnuo.cases.operations import baton
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.refused import AlreadyReceived
from chengnuo.people.models import Holding, Post
from chengnuo.web.desk import hand_out
from tests.factories import cases, county
from tests.factories.cases import BUREAU_HEAD, DESK, HEAD, TOWNSHIP_DESK, TOWNSHIP_HEAD
from tests.factories.desk import ENGLISH, address, said, stamp_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = county.MONDAY
PAGE = address("hand_out")


def offered(to=HEAD):
    return set(Case.objects.filter(offered_to__key=to).values_list("pk", flat=True))


def send(desk, **typed):
    return desk.send("hand_out", **{"to": str(cases.post_of(HEAD)), "which": "all"} | typed)


def onward(desk, page, **changed):
    """Presses the button of a page that says how far it is."""
    hidden = page.context["form"]
    typed = {name: str(hidden.initial.get(name, "")) for name in ("to", "which", "after", "offered", "refused")}
    return desk.client.post(PAGE, typed | {"stamp": stamp_in(page)} | changed, **ENGLISH)


def test_ticked_ones_are_offered_and_accepted_one_by_one():
    first, second, third = cases.ask(), cases.ask(), cases.ask()
    desk = cases.at_desk(HEAD)
    assert "Offer many of these" in said(desk.get("cases"))
    assert first.number in said(desk.get("hand_out"))
    page = send(desk, which="ticked", cases=[str(first.pk), str(second.pk)])
    assert "Offered so far: 2 of 2." in said(page)
    assert offered() == {first.pk, second.pk}
    assert cases.again(first).holder.key == DESK, "until the other accepts, nothing changes"
    assert cases.told(first)[-1] == "Another officer was asked to take the case."
    assert Chapter.objects.get(case=first, move="offer").post.key == HEAD
    cases.deed(first, "accept", HEAD)
    assert cases.again(first).holder.key == HEAD
    assert cases.again(third).offered_to is None


def test_beside_every_post_stands_who_fills_it():
    cases.ask()
    Holding.objects.filter(post__key=DESK).update(ends=NOW.date())
    shown = said(cases.at_desk(HEAD).get("hand_out"))
    head, desk = (Post.objects.select_related("office").get(key=key) for key in (HEAD, DESK))
    with translation.override("en"):
        assert f"{head.office} · {head} · {county.account_of(HEAD).name}" in shown
        assert f"{desk.office} · {desk} · nobody" in shown
        assert shown.count(f"{desk} · nobody") == 2, "also where the case lies now"


def test_nothing_ticked_is_said_and_what_was_chosen_stays():
    cases.ask()
    page = send(cases.at_desk(HEAD), which="ticked")
    assert "Tick at least one, or choose all that fit." in said(page)
    assert offered() == set()


def test_all_that_fit_go_part_by_part_and_refusals_are_named(monkeypatch):
    monkeypatch.setattr(hand_out, "A_CHUNK", 2)
    many = [cases.ask() for _ in range(5)]
    asked = cases.offer(many[2], TOWNSHIP_DESK, at=NOW)
    desk = cases.at_desk(HEAD)
    page = send(desk)
    assert "Offered so far: 2 of 5." in said(page)
    assert '<progress max="5" value="2"' in page.content.decode()
    assert len(offered()) == 2
    page = onward(desk, page)
    assert "Offered so far: 3 of 5. Not offered: 1." in said(page)
    assert f"{asked.number} Somebody has been asked to take this case; they answer first." in said(page)
    last = onward(desk, page)
    assert "Offered so far: 4 of 5. Not offered: 1." in said(last)
    assert "Go on" not in said(last).replace("Go on with the next part", "")
    assert offered() == {case.pk for case in many} - {asked.pk}
    # the button of an old page again, and the whole of it anew: nothing is offered twice
    assert onward(desk, page).status_code == 200
    assert LogEntry.objects.filter(schema="case.hand_out/1").count() == 4
    assert "Not offered: 2." in said(send(desk))


def test_only_what_fits_the_filter():
    one = cases.ask("village-proof")
    cases.ask("old-age-allowance", by=county.officer(DESK))
    waiting = cases.ask_once(cases.ask(), at=NOW)
    desk = cases.at_desk(HEAD)
    opened = desk.get("hand_out", status="waiting")
    assert waiting.number in said(opened)
    assert one.number not in said(opened)
    typed = {"to": str(cases.post_of(HEAD)), "which": "all", "stamp": stamp_in(opened)}
    desk.client.post(f"{PAGE}?status=waiting", typed, **ENGLISH)
    assert offered() == {waiting.pk}


def test_what_the_post_holds_already_is_named():
    case = cases.ask()
    page = send(cases.at_desk(HEAD), to=str(cases.post_of(DESK)))
    assert f"{case.number} It lies in their hands already." in said(page)
    assert offered(DESK) == set()


@pytest.mark.parametrize("to", [TOWNSHIP_DESK, f"{cases.ELSEWHERE}.desk", f"{county.VILLAGE}.supervisor"])
def test_to_no_post_of_another_office(to):
    cases.ask()
    assert send(cases.at_desk(HEAD), to=str(cases.post_of(to))).status_code == 404
    with pytest.raises(baton.NotToThem):
        baton.hand_out(cases=[], to=cases.post_of(to), by=county.officer(HEAD), at=NOW, key=uuid4())


def test_only_a_head_and_only_of_the_own_office():
    case = cases.ask()
    assert cases.at_desk(DESK).get("hand_out").status_code == 403
    assert "Offer many of these" not in said(cases.at_desk(DESK).get("cases"))
    for head in (TOWNSHIP_HEAD, BUREAU_HEAD):
        assert case.number not in said(cases.at_desk(head).get("hand_out"))
    assert baton.hand_out(
        cases=[case.pk], to=cases.post_of(TOWNSHIP_DESK), by=county.officer(TOWNSHIP_HEAD), at=NOW, key=uuid4()
    ) == []  # fmt: skip
    assert cases.again(case).offered_to is None


def test_a_complaint_about_the_office_is_not_among_them():
    complaint = cases.complaint(county.VILLAGE)
    assert complaint.number not in said(cases.at_desk(HEAD).get("hand_out"))
    assert complaint.number in said(cases.at_desk(TOWNSHIP_HEAD).get("hand_out"))


def test_the_same_part_twice_counts_once():
    told = {"cases": [cases.ask().pk], "to": cases.post_of(HEAD), "by": county.officer(HEAD), "at": NOW, "key": uuid4()}
    baton.hand_out(**told)
    with pytest.raises(AlreadyReceived):
        baton.hand_out(**told)
    assert len(offered()) == 1


@pytest.mark.parametrize("bad", [{"after": "nobody"}, {"offered": "-1"}, {"which": "some"}, {"cases": ["x"]}])
def test_what_was_tampered_with_does_nothing(bad):
    cases.ask()
    assert send(cases.at_desk(HEAD), **bad).status_code == 200
    assert offered() == set()


def test_whoever_heads_two_offices_offers_each_office_its_own():
    account = county.account_of(HEAD)
    other = Post.objects.get(key=f"{cases.ELSEWHERE}.head")
    Holding.objects.create(post=other, account=account, begins=NOW.date())
    here, there = cases.ask(), cases.ask(village="420526102201")
    by = county.officer(HEAD)
    assert len(by.posts) == 2
    baton.hand_out(cases=[here.pk, there.pk], to=cases.post_of(DESK), by=by, at=NOW, key=uuid4())
    baton.hand_out(cases=[here.pk, there.pk], to=other.pk, by=by, at=NOW, key=uuid4())
    assert offered(other.key) == {there.pk}
    assert offered(DESK) == set()
