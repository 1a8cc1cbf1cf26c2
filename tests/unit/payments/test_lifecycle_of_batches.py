"""What may happen to a batch: tables written by hand, by situation and by person, compared with the real operations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.foundation.actor import Actor, Hat, resident, system, visitor
from chengnuo.foundation.acts import act
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere, Refused
from chengnuo.payments.lifecycle import BATCH
from chengnuo.payments.models import Batch, Line, Signature
from chengnuo.payments.operations import batches, settling
from tests.factories import awarding, cases, claims, county, money

pytestmark = pytest.mark.django_db
NOW = money.LATER
ABOVE_THE_LIMIT = 10_000_000


def begun():
    award = money.awarded()
    return award, batches.propose(fund=money.fund().pk, **money.said(claims.BUREAU_DESK))


def with_nobody_in_it():
    """The only payee died while it was put together."""
    award, batch = begun()
    awarding.end(award=award.pk, ending="death", on=NOW.date(), **money.said(claims.BUREAU_HEAD))
    batches.go_on(at=NOW)
    return batch


def one(does):
    def bring():
        money.awarded()
        return does()

    return bring


def above_the_limit():
    money.awarded(fen=ABOVE_THE_LIMIT, reasons="本县另有规定。")
    return money.checked(money.fund(2 * ABOVE_THE_LIMIT))


def closed():
    batch = money.reconciled(one(money.exported)())
    return settling.close(batch=batch.pk, **money.said(money.CLERK))


# how a batch comes into each situation
SITUATIONS: dict[str, Callable[[], Batch]] = {
    "filling": lambda: begun()[1],
    "proposed": one(money.proposed),
    "proposed, empty": with_nobody_in_it,
    "checked": one(money.checked),
    "checked, two approve": above_the_limit,
    "checked, one of two": lambda: batches.approve(batch=above_the_limit().pk, **money.said(money.FINANCE_HEAD)),
    "approved": one(money.approved),
    "sending": lambda: batches.export(batch=one(money.approved)().pk, **money.said(money.CLERK)),
    "exported": one(money.exported),
    "reconciled": lambda: money.reconciled(one(money.exported)()),
    "closed": closed,
    "dropped": lambda: batches.drop(batch=one(money.proposed)().pk, **money.said(claims.BUREAU_DESK)),
}
# situation: each move that the table has open then
OPEN: dict[str, set[str]] = {
    "filling": {"fill", "complete"},
    "proposed": {"check", "drop"},
    "proposed, empty": {"drop"},
    "checked": {"sign", "drop"},
    "checked, two approve": {"sign", "drop"},
    "checked, one of two": {"sign", "drop"},
    "approved": {"export", "drop"},
    "sending": {"send", "sent"},
    "exported": {"read", "reconcile"},
    "reconciled": {"read", "close"},
    "closed": set(),
    "dropped": set(),
}
# situation: what somebody can do then, and where it leads; whoever approves signs, whoever reads a file reconciles
LEADS: dict[str, dict[str, str]] = {
    "filling": {"fill": "filling", "complete": "proposed"},
    "proposed": {"check": "checked", "drop": "dropped"},
    "proposed, empty": {"drop": "dropped"},
    "checked": {"approve": "approved", "drop": "dropped"},
    "checked, two approve": {"approve": "checked", "drop": "dropped"},
    "checked, one of two": {"approve": "approved", "drop": "dropped"},
    "approved": {"export": "sending", "drop": "dropped"},
    "sending": {"send": "sending", "sent": "exported"},
    "exported": {"reconcile": "reconciled"},
    "reconciled": {"reconcile": "reconciled", "close": "closed"},
    "closed": {},
    "dropped": {},
}
BUREAU, FINANCE = {"bureau", "bureau head"}, {"finance", "finance head", "clerk"}
# what is tried, in which situation, and who may: the bureau's desk proposed it, its head checked it, the finance head approved it
WHO: dict[str, tuple[str, set[str]]] = {
    "fill": ("filling", {"system"}),
    "complete": ("filling", {"system"}),
    "check": ("proposed", {"bureau head"}),
    "approve": ("checked", FINANCE),
    "export": ("approved", {"finance", "clerk"}),
    "send": ("sending", {"system"}),
    "sent": ("sending", {"system"}),
    "reconcile": ("exported", FINANCE),
    "close": ("reconciled", FINANCE),
    "drop": ("proposed", BUREAU | FINANCE),
}
POSTS = {
    "bureau": claims.BUREAU_DESK,
    "bureau head": claims.BUREAU_HEAD,
    "finance": money.FINANCE_DESK,
    "finance head": money.FINANCE_HEAD,
    "clerk": money.CLERK,
    "other bureau": "civil-affairs.desk",
    "other bureau head": "civil-affairs.head",
    "village": claims.DESK,
    "township": claims.TOWNSHIP_DESK,
    "township head": cases.TOWNSHIP_HEAD,
    "city": cases.CITY_HEAD,
    "supervisor": f"{county.VILLAGE}.supervisor",
    "auditor": "health-bureau.auditor",
    "account admin": "health-bureau.account-admin",
}
NOBODYS = {
    "visitor": visitor(),
    "resident": resident(uuid4()),
    "other system": Actor(name="", hats=(Hat("other_system"),)),
    "system": system(),
}
EVERYBODY = (*POSTS, *NOBODYS)
SEE = BUREAU | FINANCE


def actor(who, at=NOW):
    return NOBODYS.get(who) or county.officer(POSTS[who], at=at)


def step(schema, name):
    """A move of what goes on by itself, as a step makes it."""

    def does(*, batch, **said):
        with act(f"batch.{schema}/1", said={}, **said) as a:
            return a.move(a.take(Batch, batch), getattr(BATCH, name))

    return does


def read_back(*, batch, **said):
    return settling.reconcile(batch=batch, content=money.returned(Batch.objects.get(pk=batch)), **said)


DO: dict[str, Callable[..., object]] = {
    "fill": step("fill", "fill"),
    "complete": step("fill", "complete"),
    "check": batches.check,
    "approve": batches.approve,
    "export": batches.export,
    "send": step("send", "send"),
    "sent": step("send", "sent"),
    "reconcile": read_back,
    "close": settling.close,
    "drop": batches.drop,
}


def outcome(name, batch, who):
    """The status after the real operation, or the name of the refusal and its reason."""
    try:
        DO[name](batch=batch.pk, by=actor(who), at=NOW, key=uuid4())
    except MoveRefused as refused:
        return f"MoveRefused {refused.facts['why']}"
    except Refused as refused:
        return type(refused).__name__
    return money.again(batch).status


def anybody(name):
    return min(WHO[name][1] - {"finance head"})


def test_the_tables_of_this_test_are_whole():
    moves = {move.name for move in BATCH} - {"propose"}
    assert set(DO) == set(WHO) == moves - {"sign", "read"}
    assert set(OPEN) == set(SITUATIONS) == set(LEADS)
    assert set.union(*OPEN.values()) | {"approve"} == moves
    assert {situation.split(",")[0] for situation in OPEN} == {status.value for status in BATCH.statuses}
    assert {name for name, open_then in OPEN.items() if not open_then} == {status.value for status in BATCH.ends}


@pytest.mark.parametrize("situation", OPEN)
def test_in_each_situation_these_moves_are_open(situation):
    batch = money.again(SITUATIONS[situation]())
    assert {move.name for move in BATCH.open_to(batch.status, batch, NOW)} == OPEN[situation]


@pytest.mark.parametrize(("situation", "name"), [(each, name) for each in LEADS for name in LEADS[each]])
def test_whoever_may_does_what_is_open(situation, name):
    assert outcome(name, SITUATIONS[situation](), anybody(name)) == LEADS[situation][name]


@pytest.mark.parametrize("situation", LEADS)
def test_what_is_not_open_is_refused_also_to_whoever_had_no_part_of_it_and_nothing_changes(situation):
    batch = money.again(SITUATIONS[situation]())
    Signature.objects.all().delete()  # the table of states alone decides
    booked = Line.objects.count()
    for name in set(WHO) - set(LEADS[situation]):
        assert outcome(name, batch, anybody(name)).startswith("MoveRefused"), name
    assert (money.again(batch).version, Line.objects.count()) == (batch.version, booked)
    assert not Signature.objects.exists()


@pytest.mark.parametrize("name", WHO)
def test_nobody_else_may(name):
    situation, may = WHO[name]
    batch = money.again(SITUATIONS[situation]())
    for who in set(EVERYBODY) - may:
        assert outcome(name, batch, who) in {NotHere.__name__, NotAllowed.__name__}, who
    assert money.again(batch).version == batch.version


@pytest.mark.parametrize("name", WHO)
def test_each_of_those_who_may_is_let_through_by_the_gate_and_nobody_else(name):
    situation, may = WHO[name]
    batch = SITUATIONS[situation]()
    action = "batch." + {"complete": "fill", "sent": "send"}.get(name, name)
    assert {who for who in EVERYBODY if gate.which(actor(who), [action], batch)} == may


@pytest.mark.parametrize("situation", ["proposed", "exported", "closed"])
def test_both_its_offices_see_a_batch_at_any_time_and_nobody_else_ever(situation):
    batch = SITUATIONS[situation]()
    assert {who for who in EVERYBODY if gate.which(actor(who), ["batch.see"], batch)} == SEE


@pytest.mark.parametrize("situation", ["sending", "exported", "reconciled"])
def test_the_file_is_whoever_gave_it_to_the_bank_s_alone(situation):
    batch = SITUATIONS[situation]()
    assert {who for who in EVERYBODY if gate.which(actor(who), ["batch.file"], batch)} == {"clerk"}


def test_to_approve_to_export_and_to_open_the_file_asks_for_a_fresh_sign_in_and_nothing_else_does():
    stale = actor("finance", NOW - timedelta(minutes=16))
    (hat,) = stale.hats
    ours = {action: rule.cell(hat.role) for action, rule in gate.rules.items() if action.startswith("batch.")}
    assert {action for action, cell in ours.items() if cell and cell.fresh} == {
        "batch.approve",
        "batch.export",
        "batch.file",
    }


@pytest.mark.parametrize(
    ("situation", "name", "why"),
    [
        ("proposed, empty", "check", "holds_payments"),
        ("filling", "check", "status"),
        ("proposed", "approve", "status"),
        ("checked", "export", "status"),
        ("checked, one of two", "export", "status"),
        ("exported", "drop", "status"),
        ("exported", "close", "status"),
        ("closed", "reconcile", "status"),
        ("dropped", "approve", "status"),
    ],
)
def test_a_refusal_names_its_reason(situation, name, why):
    batch = SITUATIONS[situation]()
    Signature.objects.all().delete()
    assert outcome(name, batch, anybody(name)) == f"MoveRefused {why}"


@pytest.mark.parametrize("second", ["finance", "clerk"])
def test_two_approve_in_either_order_and_the_third_gives_it_to_the_bank(second):
    batch = SITUATIONS["checked, one of two"]()
    assert outcome("approve", batch, second) == "approved"
    assert outcome("export", batch, second) == NotHere.__name__
    assert outcome("export", batch, "finance head") == NotHere.__name__
    assert outcome("export", batch, min({"finance", "clerk"} - {second})) == "sending"
