"""From an assessment to a letter and what became of it: who is written to, by whom, how often, and who never again."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from chengnuo.core.identity import eighteen
from chengnuo.foundation.actor import visitor
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere, SignInAgain
from chengnuo.outreach import queries
from chengnuo.outreach.internal.writing import code_of
from chengnuo.outreach.models import FinderRun, Letter, NoContact, Outcome
from chengnuo.outreach.operations import assessing, handing, refusing, running
from chengnuo.outreach.operations.assessing import NotWhole
from chengnuo.outreach.operations.handing import TooSoon
from chengnuo.outreach.operations.refusing import NoNumber, NoSuchLetter
from chengnuo.outreach.operations.running import NotAssessed, RunsAlready
from chengnuo.policies.loader import parameters
from chengnuo.promises.models import Duty
from tests.factories import claims, county, outreach, residents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
AT, DAY = outreach.AT, outreach.DAY
AGAIN = parameters().whole("outreach.again_after", AT.date())


def again(letter):
    return Letter.objects.get(pk=letter.pk)


def owed(letter):
    return sorted((duty.kind, duty.outcome) for duty in Duty.objects.filter(subject_id=letter.pk))


def test_nobody_is_written_to_before_an_assessment_is_signed_by_another_and_while_none_holds():
    """PIPL, art. 55 and 56: the guard stands before the first run, and again in every night."""
    outreach.people(1)
    with pytest.raises(NotAssessed):
        running.begin(finder="at-sixty", **outreach.said(outreach.BUREAU_HEAD))
    draft = outreach.drafted()
    with pytest.raises(NotAssessed):
        running.begin(finder="at-sixty", **outreach.said(outreach.BUREAU_HEAD))
    for post, error in ((outreach.BUREAU_DESK, NotAllowed), (outreach.VILLAGE_DESK, NotAllowed)):
        with pytest.raises(error):
            assessing.sign(assessment=draft.pk, **outreach.said(post))
    stale = outreach.said(outreach.BUREAU_HEAD, AT - DAY) | {"at": AT}
    with pytest.raises(SignInAgain):
        assessing.sign(assessment=draft.pk, **stale)
    own = assessing.draft(
        finder="at-sixty", **outreach.PARTS, valid_until=date(2027, 1, 1), **outreach.said(outreach.BUREAU_HEAD)
    )
    with pytest.raises(NotHere):  # nobody signs what they wrote
        assessing.sign(assessment=own.pk, **outreach.said(outreach.BUREAU_HEAD))
    old = outreach.drafted(until=AT.date() - DAY)
    with pytest.raises(MoveRefused):
        assessing.sign(assessment=old.pk, **outreach.said(outreach.BUREAU_HEAD))
    with pytest.raises(NotWhole):
        assessing.draft(
            finder="at-sixty",
            **outreach.PARTS | {"risks": " "},
            valid_until=date(2027, 1, 1),
            **outreach.said(outreach.BUREAU_DESK),
        )
    for key in ("newborn", "unknown"):  # what is handed out at a counter looks for nobody
        with pytest.raises(NotHere):
            outreach.drafted(key)
    signed = assessing.sign(assessment=draft.pk, **outreach.said(outreach.BUREAU_HEAD))
    assert outreach.night() == 0, "signed, and nobody has begun it"
    running.begin(finder="at-sixty", **outreach.said(outreach.BUREAU_HEAD))
    with pytest.raises(RunsAlready):
        running.begin(finder="at-sixty", **outreach.said(outreach.BUREAU_HEAD))
    assert outreach.night(AT + 700 * DAY) == 0, "the assessment is over"
    assert outreach.night() == 1
    assessing.withdraw(assessment=signed.pk, **outreach.said(outreach.BUREAU_DESK))
    outreach.people(1, first=50)
    assert outreach.night() == 0, "it was withdrawn"
    outreach.signed()
    assert outreach.night() == 1, "another one holds"
    running.stop(run=FinderRun.objects.get().pk, **outreach.said(outreach.BUREAU_DESK))
    outreach.people(1, first=60)
    assert outreach.night() == 0


def test_everyone_of_the_age_gets_one_letter_and_a_bereaved_mother_gets_what_everyone_gets():
    """The village sends what is ordinary; what may be about a loss comes from the county, to everyone of forty-nine."""
    ages = {"19770301": "at-forty-nine", "19770701": "at-forty-nine", "19661231": "at-sixty", "19400101": "at-sixty"}
    for order, born in enumerate([*ages, "19780101", "19950101"], 1):
        residents.living(residents.number(born, order), f"欧阳{chr(0x4E00 + order)}")
    residents.living(residents.number("19600101", 8), "欧阳逝", standing="died", since=date(2025, 1, 1))
    for finder in ("at-forty-nine", "at-sixty"):
        outreach.begun(finder)
    assert outreach.night() == 4
    assert outreach.night() == 0, "nobody twice"
    held = {letter.finder: outreach.holder(letter) for letter in Letter.objects.all()}
    assert held == {"at-forty-nine": outreach.BUREAU_DESK, "at-sixty": outreach.VILLAGE_DESK}
    for letter in Letter.objects.filter(finder="at-forty-nine"):
        assert letter.is_guarded
        assert (letter.village_id, letter.township_id) == (None, None), "nobody near the family sees it, in no list"
        duty = Duty.objects.get(subject_id=letter.pk)
        assert (duty.village_id, duty.township_id, duty.is_guarded) == (None, None, True)
    with pytest.raises(NotHere):
        queries.letter(county.officer(outreach.VILLAGE_DESK), Letter.objects.filter(finder="at-forty-nine")[0].pk)


def test_whoever_has_an_award_is_told_of_what_stands_beside_it_by_the_county_alone():
    claims.granted(claims.at_decision("special-bereaved", at=AT - 4 * DAY), at=AT)
    outreach.begun("beside-an-award")
    assert (outreach.night(), outreach.night()) == (1, 0)
    letter = queries.next_letter(county.officer(outreach.BUREAU_DESK), on=AT.date())
    assert (letter.person, outreach.holder(letter), letter.is_guarded) == (None, outreach.BUREAU_DESK, True)
    assert queries.recipient(county.officer(outreach.BUREAU_DESK), letter).name == "欧阳桂兰"
    outreach.recorded(letter, Outcome.POSTED, post=outreach.BUREAU_DESK)
    assert outreach.night() == 0


@pytest.mark.parametrize(
    ("outcomes", "status", "contacts"),
    [
        (["given"], "delivered", 1),
        (["posted"], "delivered", 1),
        (["gone"], "ended", 1),
        (["no_contact"], "declined", 1),
        (["not_found", "given"], "delivered", 2),
        (["not_found", "not_found"], "ended", 2),
    ],
)
def test_an_outcome_is_one_of_five_and_there_are_two_attempts_at_most(outcomes, status, contacts):
    letter = outreach.one()
    for times, outcome in enumerate(outcomes):
        at = AT + (1 + times * AGAIN) * DAY
        handing.carry(letter=letter.pk, **outreach.said(outreach.VILLAGE_DESK, at))
        outreach.recorded(letter, outcome, at=at)
    ended = again(letter)
    assert (ended.status, ended.contacts, ended.outcome) == (status, contacts, outcomes[-1])
    assert owed(letter) == [("hand_over", "kept")] * contacts, "each attempt has a clock of its own"
    assert ended.person is None, "whom it was for is gone"
    with pytest.raises(NotHere if status == "unknown" else MoveRefused):
        outreach.recorded(letter, "given")
    assert outreach.night(AT + 400 * DAY) == 0, "a later run never writes to them again"
    assert NoContact.objects.exists() is (outcomes[-1] == "no_contact")


def test_no_other_outcome_and_nobody_elses_hand():
    letter = outreach.one()
    assert set(Outcome.values) == {"given", "posted", "not_found", "gone", "no_contact"}
    with pytest.raises(NotHere):
        outreach.recorded(letter, "lives alone")
    for post in (f"{county.VILLAGE}.head", outreach.BUREAU_HEAD, "village-420526101202.desk"):
        with pytest.raises(NotHere):
            outreach.recorded(letter, "given", post=post)
    with pytest.raises(NotAllowed):
        outreach.recorded(letter, "given", post=claims.TOWNSHIP_DESK)


def test_no_more_letters_in_one_step_by_the_code_at_a_counter_or_to_whoever_brings_it():
    letter = outreach.one()
    outreach.begun("at-forty-nine")
    outreach.recorded(letter, "given")
    outreach.refused(letter)  # long after it came, without an account
    assert again(letter).status == "delivered", "what was done stays done"
    with pytest.raises(NoSuchLetter):
        refusing.by_code(code="000000000000", by=visitor(), at=AT, key=uuid4())
    quiet = residents.living(residents.number("19770501", 9), "欧阳静")
    number = quiet.identity.reveal(by=visitor(), reason="test")
    for typed, error in (("12345", NoNumber), (number[:-1] + "?", NoNumber)):
        with pytest.raises(error):
            refusing.at_counter(identity=typed, **outreach.said(outreach.VILLAGE_DESK))
    for _ in range(2):  # the second time says nothing else
        assert refusing.at_counter(identity=f" {number} ", **outreach.said(outreach.VILLAGE_DESK)) is None
    stranger = eighteen(claims.number(7))
    assert refusing.at_counter(identity=stranger, **outreach.said(outreach.VILLAGE_DESK)) is None
    with pytest.raises(NotAllowed):
        refusing.at_counter(identity=number, by=visitor(), at=AT, key=uuid4())
    assert NoContact.objects.count() == 3
    assert outreach.night() == 0
    # who got the letter of sixty and said no gets none of another finder either
    running.stop(run=FinderRun.objects.get(finder="at-sixty").pk, **outreach.said(outreach.BUREAU_DESK))
    assert outreach.night(AT + 3000 * DAY) == 0


def test_a_letter_on_its_way_is_let_go_when_its_person_says_no_dies_or_moves():
    first, second = outreach.people(2)
    outreach.begun()
    assert outreach.night() == 2
    letters = {letter.person: letter for letter in Letter.objects.all()}
    outreach.refused(letters[first.person])
    assert (again(letters[first.person]).status, owed(letters[first.person])) == (
        "declined",
        [("hand_over", "discharged")],
    )
    moved = residents.changed(second, standing="moved", since=AT.date(), identity=residents.number("19600101", 2))
    assert (running.drop_gone(at=AT + DAY), running.drop_gone(at=AT + DAY)) == (1, 0)
    dropped = again(letters[second.person])
    assert (dropped.status, dropped.person) == ("dropped", None)
    assert owed(dropped) == [("hand_over", "discharged")], "nothing was kept, and nothing broken"
    back = residents.changed(moved, standing="living", identity=residents.number("19600101", 2))
    assert (back.person, outreach.night(AT + 2 * DAY)) == (second.person, 1), "who comes back was not told yet"


def test_a_contact_has_no_more_in_hand_than_can_be_carried():
    outreach.people(45)
    outreach.begun()
    assert (outreach.night(), outreach.night()) == (20, 0)
    outreach.recorded(queries.next_letter(county.officer(outreach.VILLAGE_DESK), on=AT.date()), "given")
    assert outreach.night(AT + DAY) == 1
    assert Letter.objects.values("number").distinct().count() == 21


def test_a_killed_night_makes_each_letter_once():
    """The same people give the same key; and the database refuses a second letter of one finder to one person."""
    letter = outreach.one()
    twin = Letter.objects.get(pk=letter.pk)
    twin.pk, twin.number, twin.code_index, twin.whom = uuid4(), "1", b"1" * 32, None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)
    assert code_of(letter.pk).isdigit()
    assert len(code_of(letter.pk)) == 12


def test_an_act_of_the_night_costs_the_same_for_two_hundred(django_assert_max_num_queries):
    outreach.people(20)
    outreach.begun()
    outreach.night(AT - timedelta(days=2000))  # what a process remembers is remembered
    with django_assert_max_num_queries(14 + 8):
        assert outreach.night() == 20


def test_after_a_restore_nobody_is_written_to_until_the_county_begins_anew():
    """What lay in the copy may have been handed over since; a refusal said since then is not in it."""
    outreach.people(3)
    outreach.begun()
    outreach.night()
    outreach.recorded(Letter.objects.first(), "given")
    running.stop_all(AT + DAY)
    assert sorted(Letter.objects.values_list("status", flat=True)) == ["delivered", "dropped", "dropped"]
    assert not FinderRun.objects.filter(status="running").exists()
    assert outreach.night(AT + 2 * DAY) == 0
    running.begin(finder="at-sixty", **outreach.said(outreach.BUREAU_HEAD, AT + 2 * DAY))
    assert outreach.night(AT + 3 * DAY) == 2, "who was not told is told then, and nobody twice"


def test_the_second_attempt_is_days_after_the_first_and_the_letter_is_not_offered_before():
    """Tried twice within a minute is tried once."""
    letter, desk = outreach.one(), county.officer(outreach.VILLAGE_DESK)
    outreach.recorded(letter, "not_found", at=AT)
    for days in range(AGAIN):
        assert queries.next_letter(desk, on=(AT + days * DAY).date()) is None
        with pytest.raises(TooSoon):
            outreach.recorded(letter, "not_found", at=AT + days * DAY)
    assert again(letter).contacts == 1, "what was refused counts as no attempt"
    assert queries.next_letter(desk, on=(AT + AGAIN * DAY).date()) == letter
    outreach.recorded(letter, "not_found", at=AT + AGAIN * DAY)
    assert (again(letter).status, again(letter).contacts) == ("ended", 2)


@pytest.mark.parametrize("outcome", ["given", "posted", "gone", "no_contact"])
def test_who_is_met_by_chance_before_that_day_may_be_given_the_letter(outcome):
    letter = outreach.one()
    outreach.recorded(letter, "not_found", at=AT)
    outreach.recorded(letter, outcome, at=AT + DAY)
    assert again(letter).outcome == outcome
