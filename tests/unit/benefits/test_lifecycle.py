"""What may happen to a claim and to an award: tables written by hand, by situation and by person, compared with the real operations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from chengnuo.benefits.lifecycle import AWARD, CLAIM
from chengnuo.benefits.models import Award, Claim, Due, Opinion
from chengnuo.benefits.operations import claiming, deciding, examining, noticing
from chengnuo.foundation import outbox
from chengnuo.foundation.actor import resident, system, visitor
from chengnuo.foundation.acts import act
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere, Refused
from chengnuo.people.models import Holding, Post
from tests.factories import awarding, cases, claims, county
from tests.factories.claims import DAY

pytestmark = pytest.mark.django_db
BY_NOW = county.MONDAY + 4 * DAY  # every earlier stage has spoken
NOW = county.MONDAY + 5 * DAY


def asked(claim: Claim) -> Claim:
    cases.ask_once(claim.case, at=BY_NOW, post=claim.case.holder.key)
    return followed(claim)


def paused(claim: Claim) -> Claim:
    cases.pause(claim.case, at=BY_NOW, post=claim.case.holder.key)
    return followed(claim)


def withdrawn(claim: Claim) -> Claim:
    cases.withdraw(claim.case, at=BY_NOW)
    return followed(claim)


def followed(claim: Claim) -> Claim:
    while outbox.drain(BY_NOW, "test").tried:
        pass
    return claims.again(claim)


def decided(do: Callable[..., object]) -> Claim:
    claim = at_decision()
    do(claim, at=BY_NOW)
    return claims.again(claim)


def at_check() -> Claim:
    return claims.made("special-bereaved")


def at_decision() -> Claim:
    return claims.at_decision("special-bereaved")


SITUATIONS: dict[str, Callable[[], Claim]] = {
    "open, first": at_check,
    "open, last": at_decision,
    "paused, first": lambda: paused(at_check()),
    "at a notice": lambda: claims.passed_on(claims.made(), claims.DESK, at=county.MONDAY + DAY),
    "waiting, first": lambda: asked(at_check()),
    "waiting, last": lambda: asked(at_decision()),
    "granted": lambda: decided(claims.granted),
    "refused": lambda: decided(claims.refused),
    "withdrawn": lambda: withdrawn(at_check()),
    "withdrawn, asked before": lambda: withdrawn(asked(at_decision())),
}
# situation: each move that may happen then, and where it leads
OPEN: dict[str, dict[str, str]] = {
    "open, first": {"restate": "open", "pass_on": "open", "wait": "waiting", "pause": "paused", "withdraw": "withdrawn"},
    "at a notice": {"restate": "open", "begin_anew": "open", "noticed": "open", "wait": "waiting", "pause": "paused", "withdraw": "withdrawn"},
    "paused, first": {"restate": "paused", "resume": "open", "withdraw": "withdrawn"},
    "open, last": {
        "restate": "open", "begin_anew": "open", "wait": "waiting", "pause": "paused", "grant": "granted", "refuse": "refused", "withdraw": "withdrawn",
    },
    "waiting, first": {"restate": "waiting", "go_on": "open", "withdraw": "withdrawn"},
    "waiting, last": {"restate": "waiting", "go_on": "open", "withdraw": "withdrawn"},
    "granted": {},
    "refused": {},
    "withdrawn": {},
    "withdrawn, asked before": {},
}  # fmt: skip

# where a claim lies: how it comes there, whose stage it is, and who of them may decide when it is time to
SEATS: dict[str, tuple[Callable[[], Claim], set[str], set[str]]] = {
    "a village": (claims.made, {"village desk", "village head"}, set()),
    "a township": (lambda: at_township(claims.made()), {"township desk", "township head"}, set()),
    "the county": (at_check, {"bureau desk", "bureau head"}, {"bureau desk", "bureau head"}),
    "the decision": (at_decision, {"bureau head"}, {"bureau head"}),
}
POSTS = {
    "village desk": claims.DESK,
    "village head": cases.HEAD,
    "township desk": claims.TOWNSHIP_DESK,
    "township head": cases.TOWNSHIP_HEAD,
    "bureau desk": claims.BUREAU_DESK,
    "bureau head": claims.BUREAU_HEAD,
    "another bureau": "civil-affairs.head",
    "city": cases.CITY_HEAD,
    "other village": f"{cases.ELSEWHERE}.desk",
    "supervisor": f"{county.VILLAGE}.supervisor",
    "auditor": "health-bureau.auditor",
    "account admin": "health-bureau.account-admin",
}
EVERYBODY = (*POSTS, "family", "another family", "visitor", "system")


def at_township(claim: Claim) -> Claim:
    for days in (1, 2):
        claim = claims.passed_on(claim, claims.DESK, at=county.MONDAY + days * DAY)
    return claim


def by_itself(name):
    def do(claim, **said):
        with act(f"claim.{name}/1", said={}, **said) as a:
            a.move(a.take(Claim, claim), getattr(CLAIM, name))

    return do


BY_ITSELF = ("begin_anew", "wait", "go_on", "pause", "resume", "withdraw")
DO: dict[str, Callable[..., object]] = {
    "restate": lambda **said: claiming.restate(facts={"person": [claims.BEREAVED]}, **said),
    "pass_on": lambda **said: examining.pass_on(verdict="supports", words="", **said),
    "grant": deciding.grant,
    "refuse": lambda **said: deciding.refuse(reasons="年龄不到", law="第三条", **said),
    **{name: by_itself(name) for name in BY_ITSELF},
    "noticed": lambda claim, at, **_said: noticing.noticed(claim, stage=1, at=at),
}


# the gate alone says no
NOT_THERE = {("at a notice", "grant"), ("at a notice", "refuse")}
ALLOWED = {"restate": "family", "pass_on": "bureau head", "grant": "bureau head", "refuse": "bureau head"}


def whoever_may(move, claim):
    """Nobody decides in a village: there whoever has the stage tries it."""
    at_village = claim.office.level == "village"
    return "village desk" if at_village and move == "pass_on" else ALLOWED.get(move, "system")


def may(seat):
    """Who may make each move, as far as the gate is asked."""
    _make, stage, deciders = SEATS[seat]
    # whoever decides looks at the statement and does not change it
    restate = (set() if seat == "the decision" else stage) | {"family"}
    theirs = {"restate": restate, "pass_on": stage, "grant": deciders, "refuse": deciders}
    return theirs | {move: {"system"} for move in (*BY_ITSELF, "noticed")}


def actor(who, case):
    known = {"family": resident(case), "another family": resident(uuid4()), "visitor": visitor(), "system": system()}
    return known.get(who) or county.officer(POSTS[who], at=NOW)


def outcome(move, claim, who):
    """The status after the real operation, or the name of the refusal and its reason."""
    try:
        DO[move](claim=claim.pk, by=actor(who, claim.case_id), at=NOW, key=uuid4())
    except MoveRefused as refused:
        return f"MoveRefused {refused.facts['why']}"
    except Refused as refused:
        return type(refused).__name__
    return claims.again(claim).status


def test_the_tables_of_this_test_are_whole():
    assert set(DO) == {move.name for move in CLAIM} - {"make"}
    assert set(OPEN) == set(SITUATIONS)
    assert {situation.split(",")[0] for situation in OPEN} - {"at a notice"} == {
        status.value for status in CLAIM.statuses
    }


@pytest.mark.parametrize("situation", OPEN)
def test_in_each_situation_these_moves_are_open(situation):
    claim = SITUATIONS[situation]()
    assert {move.name: move.target(claim.status) for move in CLAIM.open_to(claim.status, claim, NOW)} == OPEN[situation]


@pytest.mark.parametrize("move", DO)
@pytest.mark.parametrize("situation", OPEN)
def test_whoever_may_does_what_is_open_and_is_refused_what_is_not(situation, move):
    claim = SITUATIONS[situation]()
    said = Opinion.objects.filter(claim=claim).count()
    found = outcome(move, claim, whoever_may(move, claim))
    if move in OPEN[situation]:
        assert found == OPEN[situation][move]
    else:
        assert found.startswith("MoveRefused") or (situation, move) in NOT_THERE
        assert claims.again(claim).version == claim.version
        assert Opinion.objects.filter(claim=claim).count() == said


@pytest.mark.parametrize("seat", SEATS)
@pytest.mark.parametrize("who", EVERYBODY)
def test_the_buttons_of_a_page_are_the_moves_that_a_person_may_make(who, seat):
    claim = SEATS[seat][0]()
    allowed = gate.which(actor(who, claim.case_id), [f"claim.{move}" for move in DO], claim)
    assert allowed == {f"claim.{move}" for move, people in may(seat).items() if who in people}


@pytest.mark.parametrize("seat", SEATS)
@pytest.mark.parametrize("move", DO)
def test_nobody_else_may(move, seat):
    if move == "noticed":
        return  # takes no actor: the gate's line is tried with the buttons
    claim = SEATS[seat][0]()
    for who in set(EVERYBODY) - may(seat)[move]:
        assert outcome(move, claim, who) in {NotHere.__name__, NotAllowed.__name__}, who
    assert claims.again(claim).version == claim.version


@pytest.mark.parametrize(
    ("situation", "move", "why"),
    [
        ("open, first", "grant", "no_stage_follows"),
        ("open, first", "refuse", "no_stage_follows"),
        ("open, last", "pass_on", "another_stage_follows"),
        ("waiting, last", "grant", "status"),
        ("granted", "refuse", "status"),
        ("refused", "grant", "status"),
        ("withdrawn", "pass_on", "status"),
        ("at a notice", "pass_on", "stage_is_no_notice"),
    ],
)
def test_a_refusal_names_its_reason(situation, move, why):
    claim = SITUATIONS[situation]()
    who = "village desk" if claim.office.level == "village" else "bureau head"
    assert outcome(move, claim, who) == f"MoveRefused {why}"


@pytest.mark.parametrize("examined_at", [claims.DESK, claims.TOWNSHIP_DESK])
def test_whoever_examined_it_in_another_post_does_not_decide_it_either(examined_at):
    head = Post.objects.get(key=claims.BUREAU_HEAD)
    Holding.objects.filter(post=head).delete()
    Holding.objects.create(post=head, account=county.account_of(examined_at), begins=date(2025, 1, 1))
    claim = claims.at_decision()
    assert outcome("grant", claim, "bureau head") == outcome("refuse", claim, "bureau head") == NotHere.__name__
    assert outcome("grant", claims.at_decision("special-bereaved", of=3), "bureau head") == "granted"


# awards


def end(award, who):
    said = {"ending": "move", "on": date(2026, 3, 3), "by": actor(who, award.claim.case_id), "at": NOW, "key": uuid4()}
    return awarding.end(award=award.pk, **said)


def determine(award, who):
    return awarding.determine(
        award=award.pk, year=2027, facts=None, by=actor(who, award.claim.case_id), at=NOW, key=uuid4()
    )


@pytest.mark.parametrize("who", EVERYBODY)
def test_an_award_is_in_the_hands_of_the_office_that_granted_it_and_is_seen_by_its_family(who):
    award = claims.granted(at_decision(), at=BY_NOW)
    moves = {f"award.{move.name}" for move in AWARD} - {"award.make"}
    allowed = gate.which(actor(who, award.claim.case_id), [*moves, "award.see"], award)
    theirs = {"bureau desk": moves | {"award.see"}, "bureau head": moves | {"award.see"}, "family": {"award.see"}}
    assert allowed == theirs.get(who, set())


@pytest.mark.parametrize("do", [end, determine])
def test_nobody_else_ends_it_or_determines_another_year(do):
    award = claims.granted(at_decision(), at=BY_NOW)
    for who in set(EVERYBODY) - {"bureau desk", "bureau head"}:
        with pytest.raises((NotHere, NotAllowed)):
            do(award, who)
    assert (Award.objects.get().version, Due.objects.count()) == (award.version, 1)


@pytest.mark.parametrize("do", [end, determine])
def test_what_has_ended_is_neither_ended_again_nor_determined(do):
    award = claims.granted(at_decision(), at=BY_NOW)
    end(award, "bureau desk")
    with pytest.raises(MoveRefused):
        do(award, "bureau desk")
    assert Due.objects.count() == 1
