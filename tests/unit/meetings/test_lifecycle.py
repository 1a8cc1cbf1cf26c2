"""What may happen to a meeting and to what it resolved: tables written by hand, by situation and by person, compared with the real
operations.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.foundation.actor import Actor, Hat, resident, system, visitor
from chengnuo.foundation.acts import act
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere, Refused, SignInAgain
from chengnuo.meetings import queries
from chengnuo.meetings.lifecycle import MEETING, RESOLUTION
from chengnuo.meetings.models import Meeting, Resolution
from chengnuo.meetings.operations import calling, ending, holding, minuting, resolving
from chengnuo.people.models import Office
from tests.factories import cases, county, meetings, photos

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW, DAY = county.MONDAY, timedelta(days=1)
HELD = meetings.BEGINS + DAY / 12
LATER = HELD + 4 * DAY


def corrected():
    meeting = meetings.drafted(meetings.held())
    meetings.correction(meeting)
    return meeting


def called_off():
    return meetings.does(calling.call_off, meeting=meetings.called().pk)


def closed():
    return meetings.closed(meetings.held())


def up():
    return meetings.does(minuting.put_up, meeting=closed().pk, at=LATER)


# how a meeting comes into each situation, and when it is looked at
SITUATIONS: dict[str, tuple[Callable[[], Meeting], object]] = {
    "called": (meetings.called, NOW),
    "called, its hour": (meetings.called, meetings.BEGINS),
    "held": (meetings.held, HELD),
    "held, drafted": (lambda: meetings.drafted(meetings.held()), HELD + 3 * DAY),
    "held, drafted for days": (lambda: meetings.drafted(meetings.held()), LATER),
    "held, a correction waits": (corrected, LATER),
    "closed": (closed, LATER),
    "up": (up, LATER),
    "called_off": (called_off, meetings.BEGINS),
}
STAYS = {"photograph": "held", "draft": "held", "decide": "held", "answer_correction": "held"}
# situation: each move that may happen then, and where it leads
OPEN: dict[str, dict[str, str]] = {
    "called": {"change": "called", "call_off": "called_off"},
    "called, its hour": {"call_off": "called_off", "hold": "held"},
    "held": STAYS,
    "held, drafted": STAYS | {"correct": "held"},
    "held, drafted for days": STAYS | {"correct": "held", "close": "closed"},
    "held, a correction waits": STAYS | {"correct": "held"},
    "closed": {"photograph": "closed", "put_up": "up"},
    "up": {"photograph": "up"},
    "called_off": {},
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
OWN = {"desk", "head"}
SEERS = OWN | {"township", "township head", "bureau", "bureau head"}
# whoever was there proves it by the word and the line; the committee corrects nothing in their name
ANYBODY = (SEERS - OWN) | {"city", "other village", "other township", "other bureau", "visitor", "resident"}
WHO: dict[str, set[str]] = dict.fromkeys(
    ("change", "call_off", "hold", "photograph", "draft", "decide", "answer_correction", "close", "put_up"), OWN
)


def actor(who, at=NOW):
    return NOBODYS.get(who) or county.officer(POSTS[who], at=at)


def _answers(*, meeting, **said):
    """Of a meeting in which nobody asks for a correction, the move alone."""
    waiting = queries.Meeting.objects.get(pk=meeting).corrections.filter(answered_at=None).first()
    if waiting is not None:
        return minuting.answer_correction(correction=waiting.pk, is_taken_up=True, reply="", **said)
    with act("meeting.answer_correction/1", said={}, **said) as a:
        return a.move(a.take(Meeting, meeting), MEETING.answer_correction)


def _corrects(*, meeting, **said):
    word = queries.word_of(Meeting.objects.get(pk=meeting))
    with act("meeting.correct/1", said={"word": word}, **said) as a:
        return a.move(a.take(Meeting, meeting), MEETING.correct)


DO: dict[str, Callable[..., object]] = {
    "change": lambda **said: calling.change(begins_at=NOW + 20 * DAY, where="村小学", **said),
    "call_off": calling.call_off,
    "hold": lambda **said: holding.hold(present=meetings.PRESENT[meetings.ASSEMBLY], **said),
    "photograph": lambda **said: holding.photograph(photo=photos.made(), **said),
    "draft": lambda **said: minuting.draft(minutes=meetings.MINUTES, **said),
    "decide": lambda **said: resolving.resolve(words="修路", ayes=3, noes=0, abstentions=0, **said),
    "correct": _corrects,
    "answer_correction": _answers,
    "close": minuting.close,
    "put_up": minuting.put_up,
}


def whose(move, otherwise):
    """Corrections are asked for by those who were there."""
    return "visitor" if move == "correct" else otherwise


def outcome(move, meeting, who, at):
    """The status after the real operation, or the name of the refusal and its reason."""
    try:
        DO[move](meeting=meeting.pk, by=actor(who, at), at=at, key=uuid4())
    except MoveRefused as refused:
        return f"MoveRefused {refused.facts['why']}"
    except Refused as refused:
        return type(refused).__name__
    return meetings.again(meeting).status


def test_the_tables_of_this_test_are_whole():
    assert {*WHO, "correct"} == set(DO) == {move.name for move in MEETING} - {"call"}
    assert set(OPEN) == set(SITUATIONS)
    assert {situation.split(",")[0] for situation in OPEN} == {status.value for status in MEETING.statuses}


@pytest.mark.parametrize("situation", OPEN)
def test_in_each_situation_these_moves_are_open(situation):
    bring, at = SITUATIONS[situation]
    meeting = meetings.again(bring())
    found = MEETING.open_to(meeting.status, meeting, at)
    assert {move.name: move.target(meeting.status) for move in found} == OPEN[situation]


@pytest.mark.parametrize("situation", OPEN)
def test_the_committee_is_refused_what_is_not_open_and_nothing_changes(situation):
    bring, at = SITUATIONS[situation]
    before = meetings.again(bring())
    for move in set(DO) - set(OPEN[situation]):
        assert outcome(move, before, whose(move, "desk"), at).startswith("MoveRefused"), move
    assert meetings.again(before).version == before.version


@pytest.mark.parametrize(("situation", "move"), [(situation, move) for situation in OPEN for move in OPEN[situation]])
def test_the_committee_does_what_is_open(situation, move):
    bring, at = SITUATIONS[situation]
    assert outcome(move, bring(), whose(move, "head"), at) == OPEN[situation][move]


@pytest.mark.parametrize("move", WHO)
def test_nobody_else_may(move):
    situation = next(name for name in OPEN if move in OPEN[name])
    bring, at = SITUATIONS[situation]
    before = meetings.again(bring())
    for who in set(EVERYBODY) - WHO[move]:
        assert outcome(move, before, who, at) in {NotHere.__name__, NotAllowed.__name__}, who
    assert meetings.again(before).version == before.version


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_gate_lets_each_do_these(who):
    meeting = meetings.called()
    allowed = gate.which(actor(who), [*(f"meeting.{move}" for move in DO), "meeting.see"], meeting)
    may = {f"meeting.{move}" for move, people in WHO.items() if who in people}
    may |= {"meeting.correct"} if who in ANYBODY else set()
    assert allowed == may | ({"meeting.see"} if who in SEERS else set())


@pytest.mark.parametrize(
    ("situation", "move", "why"),
    [
        ("called", "hold", "has_begun"),
        ("called, its hour", "change", "still_to_come"),
        ("held", "correct", "has_minutes"),
        ("held", "close", "has_minutes"),
        ("held, drafted", "close", "could_be_corrected"),
        ("held, a correction waits", "close", "nothing_asked"),
        ("held", "hold", "status"),
        ("held", "put_up", "status"),
        ("closed", "draft", "status"),
        ("up", "correct", "status"),
        ("called_off", "hold", "status"),
    ],
)
def test_a_refusal_names_its_reason(situation, move, why):
    bring, at = SITUATIONS[situation]
    assert outcome(move, bring(), whose(move, "desk"), at) == f"MoveRefused {why}"


def test_only_to_close_the_minutes_asks_for_a_fresh_sign_in():
    meeting = meetings.drafted(meetings.held())
    stale = county.officer(cases.DESK, at=LATER - timedelta(minutes=16))
    with pytest.raises(SignInAgain):
        meetings.does(minuting.close, meeting=meeting.pk, by=stale, at=LATER)
    fresh = {name for name in WHO if gate.rules[f"meeting.{name}"].cell(stale.hats[0].role).fresh}
    assert fresh == {"close"}


# what a meeting resolved


def asking():
    meeting = meetings.held()
    made = meetings.resolved(meeting, asks=meetings.ASKED)
    meetings.closed(meeting)
    return Resolution.objects.get(pk=made.pk)


def answered():
    said = {"resolution": asking().pk, "reply": "四月体检。", "post": cases.BUREAU_DESK}
    return meetings.does(resolving.answer, at=LATER, **said)


def read():
    found = answered()
    meetings.held(at=LATER)
    return Resolution.objects.get(pk=found.pk)


def let_go():
    found = asking()
    Office.objects.filter(pk=found.office_id).update(closed_on=LATER.date())
    ending.end_due(at=LATER)
    Office.objects.filter(pk=found.office_id).update(closed_on=None)
    return Resolution.objects.get(pk=found.pk)


STANDS: dict[str, Callable[[], Resolution]] = {
    "resolved": lambda: meetings.resolved(meetings.held(), asks=meetings.ASKED),
    "asked": asking,
    "answered": answered,
    "read": read,
    "let_go": let_go,
}
LEADS: dict[str, dict[str, str]] = {
    "resolved": {"ask": "asked"},
    "asked": {"answer": "answered", "let_go": "let_go"},
    "answered": {"read": "read"},
    "read": {},
    "let_go": {},
}
BUREAU = {"bureau", "bureau head"}


def reply(resolution, who):
    try:
        said = {"resolution": resolution.pk, "reply": "四月体检。", "by": actor(who, LATER)}
        return meetings.does(resolving.answer, at=LATER, **said).status
    except Refused as refused:
        return type(refused).__name__


@pytest.mark.parametrize("stands", STANDS)
def test_a_resolution_goes_these_ways_alone(stands):
    assert set(STANDS) == {status.value for status in RESOLUTION.statuses}
    found = STANDS[stands]()
    open_now = RESOLUTION.open_to(found.status, found, LATER)
    assert (found.status, {move.name: move.target(stands) for move in open_now}) == (stands, LEADS[stands])
    assert reply(found, "bureau") == LEADS[stands].get("answer", "MoveRefused")


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_office_that_was_asked_answers_and_nobody_else(who):
    found = asking()
    actions = [f"resolution.{name}" for name in ("see", "answer", "let_go")]
    sees, answers = {"resolution.see"}, {"resolution.answer"}
    expected = sees | answers if who in BUREAU else sees if who in OWN else set()
    assert gate.which(actor(who), actions, found) == expected | ({"resolution.let_go"} if who == "system" else set())
    assert (reply(found, who) == "answered") is (who in BUREAU)
