"""What may happen to a case: two tables written by hand, by situation and by person, compared with the real operations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.cases.lifecycle import CASE
from chengnuo.cases.models import Case
from chengnuo.cases.operations import answer, baton, handle, own_data, photos, ratings, steps
from chengnuo.foundation.actor import resident, system, visitor
from chengnuo.foundation.acts import act
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere, Refused
from tests.factories import cases, county
from tests.factories import photos as photo_files
from tests.factories.cases import DAY

pytestmark = pytest.mark.django_db
NOW = county.MONDAY + DAY
LATER = county.MONDAY + 60 * DAY

# how a case comes into each situation
SITUATIONS: dict[str, Callable[[Case], object]] = {
    "received": lambda _case: None,
    "received, offered": lambda case: cases.offer(case, cases.TOWNSHIP_DESK, at=NOW),
    "received, asked before": lambda case: cases.supply(cases.ask_once(case, at=NOW), at=NOW),
    "received, time over": lambda _case: None,
    "waiting": lambda case: cases.ask_once(case, at=NOW),
    "waiting, offered": lambda case: cases.offer(cases.ask_once(case, at=NOW), cases.TOWNSHIP_DESK, at=NOW),
    "paused": lambda case: cases.pause(case, at=NOW),
    "paused, offered": lambda case: cases.offer(cases.pause(case, at=NOW), cases.TOWNSHIP_DESK, at=NOW),
    "received, step asked": lambda case: cases.ask_step(case, "civil-affairs", at=NOW),
    "done": lambda case: cases.finish(case, at=NOW),
    "done, time over": lambda case: cases.finish(case, at=NOW),
    "closed": lambda case: cases.say_resolved(cases.finish(case, at=NOW), at=NOW),
    "refused": lambda case: cases.refuse(case, at=NOW),
    "withdrawn": lambda case: cases.withdraw(case, at=NOW),
}
AT = {"received, time over": LATER, "done, time over": LATER}

# situation: each move that may happen then, and where it leads
OPEN: dict[str, dict[str, str]] = {
    "received": {
        "offer": "received", "take_over": "received", "pass_on": "received", "ask_step": "received", "ask_help": "received", "ask_once": "waiting", "pause": "paused",
        "finish": "done", "refuse": "refused", "withdraw": "withdrawn",
    },
    "received, offered": {
        "accept": "received", "decline": "received", "take_over": "received", "pass_on": "received", "ask_step": "received", "ask_help": "received", "ask_once": "waiting",
        "pause": "paused", "withdraw": "withdrawn",
    },
    "received, asked before": {
        "offer": "received", "take_over": "received", "pass_on": "received", "ask_step": "received", "ask_help": "received", "ask_late": "received", "pause": "paused",
        "finish": "done", "refuse": "refused", "withdraw": "withdrawn",
        "add_photo": "received", "remove_photo": "received",
    },
    "received, time over": {
        "offer": "received", "take_over": "received", "pass_on": "received", "ask_step": "received", "ask_help": "received", "ask_late": "received", "pause": "paused",
        "finish": "done", "refuse": "refused", "withdraw": "withdrawn",
    },
    "waiting": {
        "offer": "waiting", "take_over": "waiting", "pass_on": "waiting", "ask_step": "waiting", "ask_help": "waiting", "supply": "received", "finish": "done",
        "refuse": "refused", "withdraw": "withdrawn", "add_photo": "waiting", "remove_photo": "waiting",
    },
    "waiting, offered": {
        "accept": "waiting", "decline": "waiting", "take_over": "waiting", "pass_on": "waiting", "ask_step": "waiting", "ask_help": "waiting", "supply": "received",
        "withdraw": "withdrawn", "add_photo": "waiting", "remove_photo": "waiting",
    },
    "paused": {"offer": "paused", "take_over": "paused", "pass_on": "paused", "ask_step": "paused", "ask_help": "paused", "resume": "received", "withdraw": "withdrawn"},
    "paused, offered": {
        "accept": "paused", "decline": "paused", "take_over": "paused", "pass_on": "paused", "ask_step": "paused", "ask_help": "paused", "resume": "received",
        "withdraw": "withdrawn",
    },
    "received, step asked": {
        "offer": "received", "take_over": "received", "pass_on": "received", "ask_once": "waiting", "pause": "paused",
        "withdraw": "withdrawn", "ask_step": "received", "ask_help": "received",
    },
    "done": {"pass_on": "done", "say_resolved": "closed", "say_not": "received"},
    "done, time over": {"pass_on": "done", "say_resolved": "closed", "say_not": "received", "lapse": "closed"},
    "closed": {"rate": "closed"},
    "refused": {"rate": "refused"},
    "withdrawn": {},
}  # fmt: skip
for situation, moves in OPEN.items():
    if (status := situation.partition(",")[0]) in {"received", "waiting", "paused"}:
        moves["correct"] = status

# who may make each move, in a case of the village that has been offered to the township's reception
WHO: dict[str, set[str]] = {
    "offer": {"holder"},
    "accept": {"asked to take it"},
    "decline": {"holder", "asked to take it"},
    "take_over": {"head"},
    "ask_once": {"holder"},
    "ask_late": {"holder"},
    "supply": {"holder", "family"},
    "add_photo": {"holder", "family"},
    "remove_photo": {"holder", "family"},
    "ask_step": {"holder"},
    "ask_help": {"holder"},
    "pause": {"holder"},
    "resume": {"holder"},
    "finish": {"holder"},
    "refuse": {"holder"},
    "say_resolved": {"family"},
    "say_not": {"family"},
    "withdraw": {"family"},
    "correct": {"family"},
    "lapse": {"system"},
    "rate": {"family"},
    "pass_on": {"system"},
}
EVERYBODY = (
    "holder", "head", "asked to take it", "township head", "bureau", "bureau head", "city", "other village",
    "supervisor", "auditor", "account admin", "family", "another family", "visitor", "system",
)  # fmt: skip
POSTS = {
    "holder": cases.DESK,
    "head": cases.HEAD,
    "asked to take it": cases.TOWNSHIP_DESK,
    "township head": cases.TOWNSHIP_HEAD,
    "bureau": cases.BUREAU_DESK,
    "bureau head": cases.BUREAU_HEAD,
    "city": cases.CITY_HEAD,
    "other village": f"{cases.ELSEWHERE}.desk",
    "supervisor": f"{county.VILLAGE}.supervisor",
    "auditor": "health-bureau.auditor",
    "account admin": "health-bureau.account-admin",
}


def passed_on(case, **said):
    with act("case.pass_on/1", said={}, **said) as a:
        a.move(a.take(Case, case), CASE.pass_on)


DO: dict[str, Callable[..., object]] = {
    "offer": lambda **said: baton.offer(to=cases.post_of(cases.TOWNSHIP_HEAD), **said),
    "accept": baton.accept,
    "decline": lambda **said: baton.decline(words="正在休假", **said),
    "take_over": baton.take_over,
    "ask_once": lambda **said: handle.ask_once(missing=["户口簿"], words="", **said),
    "ask_late": lambda **said: handle.ask_late(missing=["照片"], words="", **said),
    "supply": lambda **said: handle.supply(words="带来了", **said),
    "add_photo": lambda **said: photos.add_photo(item=0, photo=photo_files.made(), **said),
    "remove_photo": lambda case, **said: photos.remove_photo(case=case, photo=photo_files.row_of(case), **said),
    "ask_step": lambda case, **said: moved(
        steps.ask(case=case, office=cases.office("civil-affairs").pk, words="请核对", needs_name=False, **said)
    ),
    "ask_help": lambda case, **said: moved(steps.ask_help(case=case, words="请帮忙", **said)),
    "pause": lambda **said: handle.pause(reason="expert", words="", **said),
    "resume": handle.resume,
    "finish": lambda **said: handle.finish(result="办好了", **said),
    "refuse": lambda **said: handle.refuse(reasons="不符合条件", law="第六条", **said),
    "say_resolved": lambda **said: answer.say_resolved(words="", **said),
    "say_not": lambda **said: answer.say_not(words="没有", **said),
    "withdraw": answer.withdraw,
    "correct": lambda **said: own_data.correct(name="王桂", phone="", consents=(), **said),
    "rate": lambda **said: ratings.rate(stars=5, pressed=False, **said),
    "pass_on": passed_on,
    "lapse": lambda case, **said: answer.lapse(cases=[case], **said),
}


def moved(step):
    """The case that another office was asked about."""
    return cases.again(step.case)


def actor(who, case, at):
    known = {
        "family": resident(case),
        "another family": resident(uuid4()),
        "visitor": visitor(),
        "system": system(),
    }
    return known.get(who) or county.officer(POSTS[who], at=at)


def case_in(situation):
    case = cases.ask()
    SITUATIONS[situation](case)
    return Case.objects.get(pk=case.pk)


def outcome(move, case, who, at):
    """The status after the real operation, or the name of the refusal and its reason."""
    try:
        DO[move](case=case.pk, by=actor(who, case.pk, at), at=at, key=uuid4())
    except MoveRefused as refused:
        return f"MoveRefused {refused.facts['why']}"
    except Refused as refused:
        return type(refused).__name__
    return Case.objects.values_list("status", flat=True).get(pk=case.pk)


def test_the_tables_of_this_test_are_whole():
    assert set(WHO) == set(DO) == {move.name for move in CASE} - {"receive"}
    assert set(OPEN) == set(SITUATIONS)
    assert {situation.split(",")[0] for situation in OPEN} == {status.value for status in CASE.statuses}


@pytest.mark.parametrize("situation", OPEN)
def test_in_each_situation_these_moves_are_open(situation):
    case, at = case_in(situation), AT.get(situation, NOW)
    assert {move.name: move.target(case.status) for move in CASE.open_to(case.status, case, at)} == OPEN[situation]


@pytest.mark.parametrize(
    ("situation", "move"),
    # an offer is answered only by whoever was asked: elsewhere there is nobody who might accept it
    [(situation, move) for situation in OPEN for move in WHO if move != "accept" or "offered" in situation],
)
def test_whoever_may_does_what_is_open_and_is_refused_what_is_not(situation, move):
    case, at = case_in(situation), AT.get(situation, NOW)
    who = max(WHO[move])
    found = outcome(move, case, who, at)
    if move == "lapse":
        assert found == OPEN[situation].get(move, case.status)
    elif move in OPEN[situation]:
        assert found == OPEN[situation][move]
    else:
        assert found.startswith("MoveRefused")
        assert Case.objects.get(pk=case.pk).version == case.version


@pytest.mark.parametrize("move", WHO)
def test_nobody_else_may(move):
    case, at = case_in("received, offered"), NOW
    for who in set(EVERYBODY) - WHO[move]:
        assert outcome(move, case, who, at) in {NotHere.__name__, NotAllowed.__name__}, who
    assert Case.objects.get(pk=case.pk).version == case.version


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_buttons_of_a_page_are_the_moves_that_a_person_may_make(who):
    case = case_in("received, offered")
    allowed = gate.which(actor(who, case.pk, NOW), [f"case.{move}" for move in WHO], case)
    assert allowed == {f"case.{move}" for move, people in WHO.items() if who in people}


# what the guards say


@pytest.mark.parametrize(
    ("situation", "move", "why"),
    [
        ("received, asked before", "ask_once", "nothing_asked_before"),
        ("received, time over", "ask_once", "list_still_in_time"),
        ("received", "ask_late", "list_is_spent"),
        ("received", "add_photo", "list_was_sent"),
        ("received", "remove_photo", "list_was_sent"),
        ("done", "add_photo", "status"),
        ("closed", "remove_photo", "status"),
        ("done", "correct", "status"),
        ("received, offered", "offer", "nobody_offered"),
        ("received, offered", "finish", "nobody_offered"),
        ("received, offered", "refuse", "nobody_offered"),
        ("waiting, offered", "finish", "nobody_offered"),
        ("received", "decline", "somebody_offered"),
        ("paused", "finish", "status"),
        ("paused", "pause", "status"),
        ("done", "finish", "status"),
        ("closed", "say_not", "status"),
        ("withdrawn", "withdraw", "status"),
        ("refused", "withdraw", "status"),
    ],
)
def test_a_refusal_names_its_reason(situation, move, why):
    case = case_in(situation)
    assert outcome(move, case, max(WHO[move]), AT.get(situation, NOW)) == f"MoveRefused {why}"


@pytest.mark.parametrize(("minutes", "status"), [(-1, "done"), (0, "closed"), (1, "closed")])
def test_silence_counts_from_the_very_minute_at_which_the_time_for_an_answer_is_over(minutes, status):
    case = case_in("done")
    at = case.answer_by + timedelta(minutes=minutes)
    assert outcome("lapse", case, "system", at) == status
