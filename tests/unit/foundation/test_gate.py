"""One table says who may do what to which: a page, an act, a list and a button get the same answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from operator import or_
from uuid import UUID

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengnuo.foundation.actor import Actor, Hat, resident, system, visitor
from chengnuo.foundation.gate import ANY, FRESH_FOR, Cell, Gate, Relation, Rule
from chengnuo.foundation.refused import NotAllowed, SignInAgain
from tests.factories.parcels import Owed, Parcel

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
OFFICES = [UUID(int=n) for n in range(1, 4)]
ROLES = ("clerk", "chief", "auditor")

OWN = Relation("own", "it is theirs", lambda _actor, hat: Q(owner=hat.office))
EVEN = Relation("even", "its number is even", lambda _actor, _hat: Q(number__in=[0, 2, 4]))
HELD = Relation("held", "they hold it", lambda actor, _hat: Q(pk__in=actor.holds))
NONE = Relation("none", "nothing", lambda _actor, _hat: Q(pk__in=()))
# the same relations as a person would read them: what the filters are compared with
MEANS = {
    "any": lambda _actor, _hat, _row: True,
    "own": lambda _actor, hat, row: row.owner == hat.office,
    "even": lambda _actor, _hat, row: row.number in (0, 2, 4),
    "held": lambda actor, _hat, row: row.pk in actor.holds,
    "none": lambda _actor, _hat, _row: False,
}


@pytest.fixture(scope="module", autouse=True)
def _tables(tables):
    tables(Parcel, Owed)


@pytest.fixture
def rows(db):
    made = [Parcel(pk=UUID(int=n + 1), owner=[*OFFICES, None][n % 4], number=n) for n in range(6)]
    for row in made:
        row.status = "new"
    return Parcel.objects.bulk_create(made)


def gate_of(cells, never=None, action="parcel.see"):
    gate = Gate()
    gate.install([Rule(action, Parcel, cells, never=never)])
    return gate


def actor(*hats, signed_in_at=None, holds=()):
    worn = tuple(Hat(role, post=office, office=office) for role, office in hats)
    return Actor(name="", hats=worn, account=1, holds=frozenset(holds), signed_in_at=signed_in_at)


ways = st.sampled_from([ANY, OWN, EVEN, HELD, NONE])
relations = ways | st.builds(or_, ways, ways)
cells = st.dictionaries(st.sampled_from(ROLES), st.builds(Cell, relations, st.booleans()) | relations, max_size=3)
actors = st.builds(
    lambda hats, holds: actor(*hats, holds=holds),
    st.lists(st.tuples(st.sampled_from(ROLES), st.sampled_from([*OFFICES, None])), max_size=3),
    st.lists(st.integers(1, 6).map(lambda n: UUID(int=n)), max_size=3),
)


def meant(table, never, who, row):
    """Whether the table, read aloud, lets this actor at this row."""

    def stands(relation, hat):
        return any(MEANS[name](who, hat, row) for name in relation.name.split(" or "))

    held = [(table.get(hat.role), hat) for hat in who.hats]
    given_to = [(cell.relation if isinstance(cell, Cell) else cell, hat) for cell, hat in held if cell]
    taken = never is not None and any(stands(never, hat) for hat in who.hats)
    return any(stands(relation, hat) for relation, hat in given_to) and not taken


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(table=cells, never=st.none() | relations, who=actors)
def test_list_object_and_button_give_the_answer_that_the_table_gives_when_read_aloud(rows, table, never, who):
    gate = gate_of(table, never)
    listed = set(Parcel.objects.filter(gate.scope(who, "parcel.see")))
    for row in rows:
        expected = meant(table, never, who, row)
        assert (row in listed) == expected
        assert gate.allows(who, "parcel.see", row) == expected
        assert (gate.which(who, ["parcel.see"], row) == {"parcel.see"}) == expected


@given(table=cells, who=actors)
def test_may_says_whether_there_is_any_cell(table, who):
    assert gate_of(table).may(who, "parcel.see") == bool(set(table) & who.roles)


def test_what_is_made_at_an_office_is_made_by_a_hat_that_is_worn_there():
    gate = gate_of({"clerk": OWN, "chief": OWN.freshly()}, action="parcel.make")
    here, there = OFFICES[:2]
    for hats, may in (
        ((("clerk", here),), True),
        ((("chief", here),), True),
        ((("clerk", there),), False),
        ((("auditor", here), ("clerk", there)), False),  # a hat without a cell, and one with a cell elsewhere
        ((("clerk", there), ("chief", here)), True),
        ((("clerk", None),), False),
        ((), False),
    ):
        assert gate.may_at(actor(*hats), "parcel.make", here) is may, hats
    with pytest.raises(KeyError):
        gate.may_at(actor(("clerk", here)), "parcel.steal", here)


def test_a_hat_that_may_do_everything_is_not_narrowed_by_another(rows):
    gate = gate_of({"clerk": OWN, "chief": ANY})
    both = actor(("clerk", OFFICES[0]), ("chief", OFFICES[1]))
    assert Parcel.objects.filter(gate.scope(both, "parcel.see")).count() == len(rows)


def test_what_is_never_allowed_is_not_allowed_by_any_hat(rows):
    gate = gate_of({"clerk": OWN, "chief": ANY}, never=OWN)
    both = actor(("clerk", OFFICES[0]), ("chief", OFFICES[1]))
    seen = set(Parcel.objects.filter(gate.scope(both, "parcel.see")).values_list("owner", flat=True))
    assert seen == {OFFICES[2], None}


def test_one_hat_of_several_is_asked_alone(rows):
    gate = gate_of({"clerk": OWN, "chief": ANY})
    clerk, chief, auditor = (Hat(role, office=OFFICES[0]) for role in ROLES)
    who = Actor(name="", hats=(clerk, chief, auditor), account=1)
    alone = {hat: Parcel.objects.filter(gate.scope_of(who, "parcel.see", [hat])) for hat in who.hats}
    assert {row.owner for row in alone[clerk]} == {OFFICES[0]}
    assert alone[chief].count() == len(rows)
    assert not alone[auditor].exists()


def test_what_another_hat_never_may_is_not_done_through_one_alone(rows):
    gate = gate_of({"chief": ANY}, never=OWN)
    chief, clerk = Hat("chief", office=OFFICES[1]), Hat("clerk", office=OFFICES[0])
    who = Actor(name="", hats=(chief, clerk), account=1)
    seen = Parcel.objects.filter(gate.scope_of(who, "parcel.see", [chief]))
    assert {row.owner for row in seen} == {OFFICES[2], None}


def test_an_unowned_row_is_not_taken_away_by_a_relation_to_owners(rows):
    """Null is equal to nothing: `not owner = mine` would lose it in plain SQL."""
    gate = gate_of({"chief": ANY}, never=OWN)
    unowned = next(row for row in rows if row.owner is None)
    assert gate.allows(actor(("chief", OFFICES[0])), "parcel.see", unowned)


def test_no_query_where_the_table_asks_for_nothing(rows, django_assert_num_queries):
    gate = gate_of({"chief": ANY})
    with django_assert_num_queries(0):
        assert gate.allows(actor(("chief", None)), "parcel.see", rows[0])


def test_the_buttons_of_a_page_cost_one_query(rows, django_assert_num_queries):
    gate = Gate()
    gate.install(Rule(f"parcel.a{n}", Parcel, {"clerk": [OWN, ANY, NONE][n % 3]}) for n in range(9))
    actions = [f"parcel.a{n}" for n in range(9)]
    with django_assert_num_queries(1):
        allowed = gate.which(actor(("clerk", OFFICES[0])), actions, rows[0])
    assert allowed == {f"parcel.a{n}" for n in range(9) if n % 3 != 2}
    with django_assert_num_queries(0):
        assert gate.which(visitor(), actions, rows[0]) == set()
    assert gate.which(actor(("clerk", OFFICES[0])), actions, Parcel(pk=UUID(int=99))) == set()


# signing in again


@pytest.mark.parametrize(
    ("signed_in_at", "fresh"),
    [
        (AT, True),
        (AT - FRESH_FOR + SECOND, True),
        (AT - FRESH_FOR, False),
        (AT - timedelta(days=1), False),
        (None, False),
        (AT + SECOND, False),  # the clock was set back: an old sign-in must not come alive again
    ],
)
def test_a_serious_cell_asks_for_a_sign_in_of_the_last_quarter_of_an_hour(signed_in_at, fresh):
    gate = gate_of({"chief": OWN.freshly()})
    who = actor(("chief", OFFICES[0]), signed_in_at=signed_in_at)
    if fresh:
        gate.require(who, "parcel.see", AT)
        return
    with pytest.raises(SignInAgain):
        gate.require(who, "parcel.see", AT)


@pytest.mark.parametrize("hats", [("clerk", "chief"), ("chief", "clerk")])
def test_a_hat_that_needs_no_sign_in_does_not_open_what_another_opens_only_freshly(hats):
    gate = gate_of({"chief": ANY.freshly(), "clerk": OWN})
    who = actor(*((hat, OFFICES[0]) for hat in hats))
    with pytest.raises(SignInAgain):
        gate.require(who, "parcel.see", AT)
    gate.require(replace(who, signed_in_at=AT), "parcel.see", AT)
    gate.require(actor(("clerk", OFFICES[0])), "parcel.see", AT)


def test_who_has_no_cell_is_refused_and_not_asked_to_sign_in():
    for who in (visitor(), system(), actor(), actor(("auditor", None), signed_in_at=AT)):
        with pytest.raises(NotAllowed):
            gate_of({"chief": ANY.freshly()}).require(who, "parcel.see", AT)


# the table itself


def test_two_rules_for_one_action_are_refused():
    rule = Rule("parcel.see", Parcel, {"clerk": OWN})
    gate = Gate()
    gate.install([rule, rule])
    with pytest.raises(ValueError, match=r"two rules for parcel\.see"):
        gate.install([Rule("parcel.see", Parcel, {"clerk": ANY})])
    assert gate.rules == {"parcel.see": rule}


def test_an_action_that_is_not_in_the_table_is_a_mistake_of_ours():
    gate = gate_of({"clerk": OWN})
    for ask in (gate.may, gate.scope):
        with pytest.raises(KeyError):
            ask(visitor(), "parcel.steal")


# who an actor is


def test_a_signature_names_posts_for_officers_and_the_role_alone_for_everyone_else():
    assert visitor().signature == "visitor"
    assert resident(UUID(int=7)).signature == "resident+visitor"
    assert system().signature == "system"
    two = actor(("clerk", OFFICES[1]), ("chief", OFFICES[0]))
    assert two.signature == f"{OFFICES[0]}+{OFFICES[1]}"
    # an officer browsing as a visitor signs as the officer: nobody hides behind the public hat
    assert replace(two, hats=(*two.hats, Hat("visitor"))).signature == two.signature


def test_a_signature_tells_no_name_no_account_and_no_case():
    who = Actor(name="张三丰", hats=(Hat("clerk", post=OFFICES[0]),), account=77, holds=frozenset({UUID(int=9)}))
    assert who.signature == str(OFFICES[0])


def test_hats_add_up_to_posts_offices_and_roles():
    who = actor(("clerk", OFFICES[0]), ("chief", OFFICES[1]), ("clerk", None))
    assert (who.roles, who.posts, who.offices) == (
        {"clerk", "chief"},
        set(OFFICES[:2]),
        set(OFFICES[:2]),
    )
    assert who.is_officer
    assert not visitor().is_officer
    assert resident(UUID(int=7)).holds == {UUID(int=7)}
