"""Pages of the register: who sees which button in which state, what is said then, and that nothing of a person stands in a list."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from chengnuo.foundation.models import Look
from chengnuo.registers.models import Finding, Pair, Resident
from chengnuo.registers.operations import comparing, mending
from chengnuo.registers.queries import NEWEST
from chengnuo.web.registers.findings import DEEDS as OF_A_FINDING
from chengnuo.web.registers.pairs import DEEDS as OF_A_PAIR
from chengnuo.web.registers.words import FINDING, NAMED, PAIR, REASONS, STANDING
from tests.factories import county, desk, register_situations, residents
from tests.factories.register_situations import FIRST, RIGHT, SECOND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
KEEPER, BUREAU_HEAD = "health-bureau.desk", "health-bureau.head"
VILLAGE_DESK, TOWNSHIP_DESK, TOWNSHIP_HEAD = f"{county.VILLAGE}.desk", f"{county.TOWNSHIP}.desk", f"{county.TOWNSHIP}.head"  # fmt: skip
SEE, COUNTED, PAIRS = "registers:person", "registers:errors", "registers:pairs"


def by(post=KEEPER):
    return {"by": county.officer(post), "at": county.MONDAY, "key": uuid4()}


def offers(page, name, pk, deeds):
    """The deeds that a page has a button for."""
    html = page.content.decode()
    return {each for each in deeds if f'"{reverse(name, args=[pk, each])}"' in html}


# a pair


@pytest.mark.parametrize("post", [KEEPER, BUREAU_HEAD])
def test_a_pair_has_in_each_state_the_buttons_that_may_be_pressed_and_no_other(client, post):
    pair, here = register_situations.pair(), desk.at(client, post)

    def shown():
        page = here.get("registers:pair", pair.pk)
        return desk.said(page), offers(page, "registers:pair_deed", pair.pk, OF_A_PAIR)

    said, buttons = shown()
    assert buttons == {"join", "part"}
    assert "to be compared" in said
    assert "counts no longer" not in said
    comparing.join(pair=pair.pk, keeps=str(FIRST), **by(post))
    said, buttons = shown()
    assert buttons == {"undo"}
    assert said.count("This entry counts no longer.") == 1
    comparing.undo(pair=pair.pk, **by(post))
    comparing.part(pair=pair.pk, **by(post))
    said, buttons = shown()
    assert (buttons, "two people" in said, "counts no longer" in said) == ({"undo"}, True, False)


@pytest.mark.parametrize(
    ("state", "shut"), [("open", {"undo"}), ("same", {"join", "part"}), ("apart", {"join", "part"})]
)
def test_a_deed_that_is_not_open_is_refused_in_words_and_changes_nothing(client, state, shut):
    pair = register_situations.pair()
    if state == "same":
        comparing.join(pair=pair.pk, keeps=str(FIRST), **by())
    if state == "apart":
        comparing.part(pair=pair.pk, **by())
    here, before = desk.at(client, KEEPER), Pair.objects.values().get()
    for name in shut:
        answer = here.send("registers:pair_deed", pair.pk, name, keeps=str(FIRST))
        assert answer.status_code == 200, name
        assert "This can no longer be done" in desk.said(answer), name
    assert Pair.objects.values().get() == before


def test_after_a_decision_comes_the_next_pair_and_after_taking_it_back_the_same(client):
    pair, here = register_situations.pair(), desk.at(client, KEEPER)
    where = reverse("registers:pair", args=[pair.pk])
    for name, then in (("join", reverse(PAIRS)), ("undo", where), ("part", reverse(PAIRS)), ("undo", where)):
        assert here.send("registers:pair_deed", pair.pk, name, keeps=str(FIRST)).headers["Location"] == then, name
    assert Pair.objects.get().status == "open"
    assert here.get(PAIRS).headers["Location"] == where


def test_the_entry_that_counts_is_chosen_by_number_and_name_and_both_looks_are_kept(client):
    pair, here = register_situations.pair(), desk.at(client, KEEPER)
    page = desk.said(here.get("registers:pair_deed", pair.pk, "join"))
    assert [page.count(residents.number(order=order)) for order in (21, 22)] == [1, 1]
    looks = Look.objects.filter(reason="two entries compared", account=here.actor.account)
    rows = {str(each.pk) for each in Resident.objects.filter(person__in=(FIRST, SECOND))}
    for label in ("registers.resident.name", "registers.resident.identity"):
        assert len(set(looks.filter(label=label).values_list("row", flat=True))) == len(rows) == 2, label
    part = desk.said(here.get("registers:pair_deed", pair.pk, "part"))
    assert "欧阳桂兰" not in part, "what asks for nothing shows nobody"


def test_a_pair_of_which_one_was_thrown_away_still_opens_with_the_one_that_is_left(client):
    pair, here = register_situations.pair(), desk.at(client, KEEPER)
    Resident.objects.filter(person=SECOND).delete()
    page = here.get("registers:pair", pair.pk)
    assert page.status_code == 200
    said = desk.said(page)
    assert (residents.number(order=21) in said, residents.number(order=22) in said) == (True, False)


def test_a_pair_shows_what_stands_there_now_and_not_what_it_was_found_by(client):
    pair, here = register_situations.pair(), desk.at(client, KEEPER)
    moved = {"standing": "moved", "since": date(2026, 1, 5)}
    residents.changed(Resident.objects.get(person=SECOND), residents.number(order=22), name="司马桂芝", **moved)
    said = desk.said(here.get("registers:pair", pair.pk))
    assert said.count("欧阳桂兰") == said.count("司马桂芝") == 1
    assert "moved away" in said
    assert said.index("欧阳桂兰") < said.index("moved away"), "of the second entry"


# a finding


SEERS = {
    VILLAGE_DESK: None,
    TOWNSHIP_DESK: {"mend", "keep"},
    TOWNSHIP_HEAD: {"mend", "keep"},
    KEEPER: set(),
    BUREAU_HEAD: set(),
}


def test_a_finding_is_decided_where_it_is_held_seen_above_and_by_nobody_twice(client):
    finding = register_situations.finding()
    for post, open_to in SEERS.items():
        page = desk.at(client, post).get("registers:finding", finding.pk)
        assert (page.status_code == 200) == (open_to is not None), post
        if open_to is not None:
            assert offers(page, "registers:finding_deed", finding.pk, OF_A_FINDING) == open_to, post
            assert "欧阳桂兰" not in page.content.decode(), "what does not fit, and never whose record it is"
            assert residents.number() not in page.content.decode()
    mending.keep(finding=finding.pk, words="户口簿上就是这一天", **by(TOWNSHIP_DESK))
    here = desk.at(client, TOWNSHIP_DESK)
    page = here.get("registers:finding", finding.pk)
    assert not offers(page, "registers:finding_deed", finding.pk, OF_A_FINDING)
    assert "户口簿上就是这一天" in desk.said(page)
    for name in OF_A_FINDING:
        answer = here.send("registers:finding_deed", finding.pk, name, words="再看一次")
        assert "This can no longer be done" in desk.said(answer)
    assert Finding.objects.get().words.reveal(by=county.officer(TOWNSHIP_DESK), reason="a test") == "户口簿上就是这一天"


def test_whoever_sees_a_finding_and_does_not_hold_it_decides_nothing(client):
    finding = register_situations.finding()
    for post in (KEEPER, BUREAU_HEAD, VILLAGE_DESK):
        here = desk.at(client, post)
        for name in (*OF_A_FINDING, "find", "nothing"):
            where = reverse("registers:finding_deed", args=[finding.pk, name])
            assert here.client.post(where, {"words": "好"}).status_code in {403, 404}, (post, name)
    assert Finding.objects.get().status == "open"


def test_a_reason_that_tells_of_what_is_never_recorded_is_refused_and_stays_typed(client):
    finding, here = register_situations.finding(), desk.at(client, TOWNSHIP_DESK)
    answer = here.send("registers:finding_deed", finding.pk, "keep", words="她已怀孕三个月")
    assert answer.status_code == 200
    assert "never records" in desk.said(answer)
    assert "她已怀孕三个月" in answer.content.decode()
    assert (Finding.objects.get().status, Finding.objects.get().words) == ("open", None)


# one person, and where to go on from


def test_the_way_to_putting_right_is_shown_to_whoever_may_and_the_page_opens_to_nobody_else(client):
    person = residents.living().person
    for post, may in ((VILLAGE_DESK, False), (TOWNSHIP_DESK, True), (TOWNSHIP_HEAD, True), (KEEPER, True)):
        here, where = desk.at(client, post), reverse("registers:put_right", args=[person])
        page = here.get(SEE, person, why="mend")
        assert page.status_code == 200, post
        assert (where in page.content.decode()) is may, post
        assert (here.client.get(where).status_code == 200) is may, post
        if not may:
            assert here.client.post(where, RIGHT).status_code in {403, 404}
    assert Resident.objects.filter(person=person).count() == 1


def test_an_entry_put_right_is_shown_as_it_stands_now_and_its_number_stays(client):
    person, here = residents.living().person, desk.at(client, TOWNSHIP_DESK)
    opened = here.get("registers:put_right", person).content.decode()
    assert "欧阳桂兰" in opened
    assert residents.number() not in opened, "a number is put right by a table alone"
    answer = here.send(
        "registers:put_right", person, **RIGHT | {"name": "欧阳桂芝"}, identity=residents.number(order=9)
    )
    assert answer.status_code == 302
    assert "欧阳" not in answer.headers["Location"]
    said = desk.said(here.get(SEE, person))
    assert all(each in said for each in ("欧阳桂芝", residents.number(), "Died on", "died"))
    assert "Moved on" not in said
    assert Resident.objects.get(NEWEST, person=person).number == 2


@pytest.mark.parametrize(
    ("post", "ways"), [(KEEPER, {PAIRS, COUNTED}), (TOWNSHIP_DESK, {COUNTED}), (VILLAGE_DESK, {COUNTED})]
)
def test_the_first_page_leads_where_this_post_may_go(client, post, ways):
    register_situations.pair()
    here = desk.at(client, post)
    html = here.get("registers:home").content.decode()
    assert {each for each in (PAIRS, COUNTED) if f'"{reverse(each)}"' in html} == ways
    assert (here.get(PAIRS).status_code == 302) == (PAIRS in ways)
    assert here.get(COUNTED).status_code == 200


def test_why_somebody_looks_is_one_of_ours_and_is_asked_for_before_anybody_is_sought(client):
    residents.living()
    here = desk.at(client, KEEPER)
    for why in ("", "because", "constructor"):
        answer = here.client.post(reverse("registers:home"), {"words": "桂兰", "why": why}, **desk.ENGLISH)
        assert answer.status_code == 200
        assert "Choose why you look." in desk.said(answer), why
    assert not Look.objects.exists(), "nobody was sought"


def test_every_state_has_its_words_and_a_list_names_nobody():
    rows = [uuid4(), UUID(int=1)]
    assert {each for each, _make in NAMED.items()} == {Finding.kind, Pair.kind}
    for of, title in NAMED.values():
        assert of(rows) == dict.fromkeys(rows, ())
        assert title()
    for words, model in ((FINDING, Finding), (PAIR, Pair)):
        assert set(words) == {each.value for each in model.lifecycle.statuses}
    assert set(STANDING) == {"living", "moved", "died"}
    assert len({reason for reason, _label in REASONS.values()}) == len(REASONS)
