"""What may happen to a notice: two tables written by hand, by situation and by person, compared with the real operations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.foundation.actor import Actor, Hat, resident, system, visitor
from chengnuo.foundation.acts import act
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere, Refused
from chengnuo.notices.lifecycle import NOTICE
from chengnuo.notices.models import Notice
from chengnuo.notices.operations import ending, publishing
from chengnuo.people.models import Office
from tests.factories import cases, county, notices, photos

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW, DAY = county.MONDAY, timedelta(days=1)
LATER = NOW + 30 * DAY


def recalled():
    return notices.does(publishing.recall, notices.hung(), reason="mistake")


def missed():
    notice = notices.published()
    ending.end_due(at=LATER)
    return notices.again(notice)


def let_go():
    notice = notices.published()
    Office.objects.filter(pk=notice.office_id).update(closed_on=NOW.date())
    ending.end_due(at=NOW)
    return notices.again(notice)


# how a notice comes into each situation
SITUATIONS: dict[str, Callable[[], Notice]] = {
    "drafted": notices.drafted,
    "drafted, too small": lambda: notices.drafted(count=4),
    "published": notices.published,
    "published, time over": notices.published,
    "up": notices.hung,
    "up, time over": notices.hung,
    "over": notices.over,
    "missed": missed,
    "recalled": recalled,
    "taken_down": lambda: notices.does(publishing.take_down, notices.over(), at=LATER),
    "let_go": let_go,
}
# situation: each move that may happen then, and where it leads
OPEN: dict[str, dict[str, str]] = {
    "drafted": {"put": "drafted", "take_out": "drafted", "publish": "published", "let_go": "let_go"},
    "drafted, too small": {"put": "drafted", "take_out": "drafted", "let_go": "let_go"},
    "published": {
        "take_out": "published", "hang": "up", "miss": "missed", "recall": "recalled", "let_go": "let_go",
    },
    "published, time over": {"take_out": "published", "miss": "missed", "recall": "recalled", "let_go": "let_go"},
    "up": {"take_out": "up", "expire": "over", "recall": "recalled", "let_go": "let_go"},
    "up, time over": {"take_out": "up", "expire": "over", "recall": "recalled", "let_go": "let_go"},
    "over": {"take_down": "taken_down", "let_go": "let_go"},
    "missed": {},
    "recalled": {"take_down": "taken_down", "let_go": "let_go"},
    "taken_down": {},
    "let_go": {},
}  # fmt: skip
OWN = {"desk", "head"}
ABOVE = {"township", "township head", "bureau", "bureau head"}
WHO: dict[str, set[str]] = {
    "put": {"system"},
    "take_out": {"system"},
    "publish": OWN,
    "hang": OWN,
    "expire": {"system"},
    "miss": {"system"},
    "recall": OWN | ABOVE | {"system"},
    "take_down": OWN,
    "let_go": {"system"},
}
POSTS = {
    "desk": cases.DESK,
    "head": cases.HEAD,
    "township": cases.TOWNSHIP_DESK,
    "township head": cases.TOWNSHIP_HEAD,
    "bureau": cases.BUREAU_DESK,
    "bureau head": cases.BUREAU_HEAD,
    "city": cases.CITY_HEAD,
    "other village": f"{cases.ELSEWHERE}.desk",
    "other township": f"{cases.TOWNSHIP_ELSEWHERE}.head",
    "other bureau": "civil-affairs.head",
    "supervisor": f"{county.VILLAGE}.supervisor",
    "auditor": "health-bureau.auditor",
    "account admin": "health-bureau.account-admin",
}
NOBODYS = {
    "visitor": visitor(),
    "resident": resident(),
    "other system": Actor(name="", hats=(Hat("other_system"),)),
    "system": system(),
}
EVERYBODY = (*POSTS, *NOBODYS)


def actor(who, at=NOW):
    return NOBODYS.get(who) or county.officer(POSTS[who], at=at)


def by_the_system(name):
    """The move alone, as the operations of time and of the applications above make it."""

    def does(notice, **said):
        with act(f"notice.{name}/1", said={}, **said) as a:
            a.move(a.take(Notice, notice), getattr(NOTICE, name))

    return does


DO: dict[str, Callable[..., object]] = {name: by_the_system(name) for name in WHO} | {
    "publish": publishing.publish,
    "hang": lambda **said: publishing.hang(photo=photos.made(), **said),
    "recall": lambda **said: publishing.recall(reason="lead", **said),
    "take_down": publishing.take_down,
}


def outcome(move, notice, who, at):
    """The status after the real operation, or the name of the refusal and its reason."""
    try:
        DO[move](notice=notice.pk, by=actor(who, at), at=at, key=uuid4())
    except MoveRefused as refused:
        return f"MoveRefused {refused.facts['why']}"
    except Refused as refused:
        return type(refused).__name__
    return notices.again(notice).status


def when(situation):
    return LATER if "over" in situation else NOW


def test_the_tables_of_this_test_are_whole():
    assert set(WHO) == set(DO) == {move.name for move in NOTICE} - {"draft"}
    assert set(OPEN) == set(SITUATIONS)
    assert {situation.split(",")[0] for situation in OPEN} == {status.value for status in NOTICE.statuses}
    assert {name for name, moves in OPEN.items() if not moves} == {status.value for status in NOTICE.ends}


@pytest.mark.parametrize("situation", OPEN)
def test_in_each_situation_these_moves_are_open(situation):
    notice = SITUATIONS[situation]()
    found = NOTICE.open_to(notice.status, notice, when(situation))
    assert {move.name: move.target(notice.status) for move in found} == OPEN[situation]


@pytest.mark.parametrize("situation", OPEN)
def test_whoever_may_is_refused_what_is_not_open_and_nothing_changes(situation):
    notice = SITUATIONS[situation]()
    for move in set(WHO) - set(OPEN[situation]):
        assert outcome(move, notice, min(WHO[move]), when(situation)).startswith("MoveRefused"), move
    assert notices.again(notice).version == notice.version


@pytest.mark.parametrize(("situation", "move"), [(situation, move) for situation in OPEN for move in OPEN[situation]])
def test_whoever_may_does_what_is_open(situation, move):
    notice = SITUATIONS[situation]()
    assert outcome(move, notice, min(WHO[move]), when(situation)) == OPEN[situation][move]


@pytest.mark.parametrize("move", WHO)
def test_nobody_else_may(move):
    situation = next(name for name in OPEN if move in OPEN[name])
    notice = SITUATIONS[situation]()
    for who in set(EVERYBODY) - WHO[move]:
        assert outcome(move, notice, who, NOW) in {NotHere.__name__, NotAllowed.__name__}, who
    assert notices.again(notice).version == notice.version


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_gate_lets_each_do_these_and_see_what_may_be_recalled(who):
    notice = notices.published()
    allowed = gate.which(actor(who), [*(f"notice.{move}" for move in WHO), "notice.see"], notice)
    may = {f"notice.{move}" for move, people in WHO.items() if who in people}
    assert allowed == may | ({"notice.see"} if who in OWN | ABOVE else set())


@pytest.mark.parametrize(
    ("situation", "move", "why"),
    [
        ("drafted, too small", "publish", "long_enough"),
        ("published, time over", "hang", "still_runs"),
        ("drafted", "hang", "status"),
        ("drafted", "recall", "status"),
        ("published", "publish", "status"),
        ("published", "take_down", "status"),
        ("over", "recall", "status"),
        ("missed", "take_down", "status"),
        ("recalled", "publish", "status"),
        ("recalled", "hang", "status"),
        ("let_go", "publish", "status"),
    ],
)
def test_a_refusal_names_its_reason(situation, move, why):
    notice = SITUATIONS[situation]()
    assert outcome(move, notice, "desk", when(situation)) == f"MoveRefused {why}"


@pytest.mark.parametrize("who", sorted(OWN))
def test_only_to_publish_asks_for_a_fresh_sign_in(who):
    stale = county.officer(POSTS[who], at=NOW - timedelta(minutes=16))
    asked = {
        action
        for move in WHO
        if (cell := gate.rules[action := f"notice.{move}"].cell(stale.hats[0].role)) and cell.fresh
    }
    assert asked == {"notice.publish"}


def test_the_head_of_another_post_in_the_same_office_may_hang_what_the_desk_published():
    notice = notices.published()
    assert outcome("hang", notice, "head", NOW) == "up"
    assert outcome("recall", notice, "desk", NOW) == "recalled"
