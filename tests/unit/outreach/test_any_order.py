"""Whatever happens to letters in whatever order: nobody twice, nobody who said no, two attempts, and each clock ends with its letter."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from chengnuo.foundation.actor import system
from chengnuo.foundation.refused import Refused
from chengnuo.outreach import queries
from chengnuo.outreach.internal.digests import of_refusal
from chengnuo.outreach.internal.writing import code_of
from chengnuo.outreach.lifecycle import OPEN_LETTERS
from chengnuo.outreach.models import FinderRun, Letter, NoContact, Outcome
from chengnuo.outreach.operations import assessing, handing, refusing, running
from chengnuo.promises.models import Duty
from chengnuo.registers.queries import index_of
from tests.factories import county, outreach, residents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
A_FEW = settings(
    max_examples=6, stateful_step_count=25, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
FINDERS = {"at-sixty": outreach.VILLAGE_DESK, "at-forty-nine": outreach.BUREAU_DESK}
WHICH = st.integers(0, 9)


class Telling(RuleBasedStateMachine):
    """Two finders, a handful of people on both sides of sixty, and everything that anybody may do, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.at, self.order, self.refused, self.tried = outreach.AT, 0, set(), {}

    @initialize()
    def begin(self) -> None:
        for model in (Duty, Letter, NoContact, FinderRun):
            rows = model.objects.filter(subject_kind="letter") if model is Duty else model.objects.all()
            rows.delete()
        self.people = []
        for finder in FINDERS:
            outreach.begun(finder, at=self.at)
        for _ in range(3):
            self.somebody_comes_of_age(old=True)
            self.somebody_comes_of_age(old=False)

    @rule(old=st.booleans())
    def somebody_comes_of_age(self, *, old: bool) -> None:
        Telling.number = getattr(Telling, "number", 100) + 1
        born = "19600101" if old else "19770101"
        self.people.append(residents.living(residents.number(born, Telling.number), "欧阳"))

    @rule()
    def a_night_goes_by(self) -> None:
        self.at += timedelta(days=1)
        running.drop_gone(at=self.at)
        running.go_on(at=self.at)

    @rule(post=st.sampled_from(sorted(FINDERS.values())), outcome=st.sampled_from(Outcome.values))
    def the_next_letter_has_an_outcome(self, post: str, outcome: str) -> None:
        letter = queries.next_letter(county.officer(post, at=self.at), on=self.at.date())
        if letter is not None:
            self.tried[letter.pk] = self.tried.get(letter.pk, 0) + 1
            handing.record(letter=letter.pk, outcome=outcome, **outreach.said(post, self.at))
            if outcome == Outcome.NO_CONTACT:
                self.refused.add(outreach.whom(letter))

    @rule(post=st.sampled_from(sorted(FINDERS.values())))
    def the_next_letter_is_carried(self, post: str) -> None:
        letter = queries.next_letter(county.officer(post, at=self.at), on=self.at.date())
        if letter is not None:
            handing.carry(letter=letter.pk, **outreach.said(post, self.at))

    @rule(which=WHICH)
    def somebody_types_the_code_of_any_letter(self, which: int) -> None:
        letters = list(Letter.objects.order_by("number"))
        if letters:
            letter = letters[which % len(letters)]
            said = outreach.said(outreach.VILLAGE_DESK, self.at)
            refusing.by_code(code=code_of(letter.pk), **said)
            self.refused.add(outreach.whom(letter))

    @rule(which=WHICH)
    def somebody_says_no_at_a_counter(self, which: int) -> None:
        number = self.people[which % len(self.people)].identity.reveal(by=system(), reason="test")
        refusing.at_counter(identity=number, **outreach.said(outreach.VILLAGE_DESK, self.at))
        self.refused.add(index_of(number))

    @rule(which=WHICH)
    def somebody_moves_away(self, which: int) -> None:
        person = self.people.pop(which % len(self.people)) if len(self.people) > 1 else None
        if person is not None:
            number = person.identity.reveal(by=system(), reason="test")
            residents.changed(person, identity=number, standing="moved", since=self.at.date())

    @rule(finder=st.sampled_from(sorted(FINDERS)))
    def it_is_stopped_and_begun_anew(self, finder: str) -> None:
        run = FinderRun.objects.filter(finder=finder, status="running").first()
        if run is not None:
            running.stop(run=run.pk, **outreach.said(outreach.BUREAU_DESK, self.at))
        with suppress(Refused):
            running.begin(finder=finder, **outreach.said(outreach.BUREAU_HEAD, self.at))

    @rule(finder=st.sampled_from(sorted(FINDERS)))
    def the_assessment_is_withdrawn_and_another_signed(self, finder: str) -> None:
        held = queries.assessment_in_force(finder, on=self.at.date())
        if held is not None:
            assessing.withdraw(assessment=held.pk, **outreach.said(outreach.BUREAU_DESK, self.at))
        outreach.signed(finder, at=self.at)

    @invariant()
    def nobody_is_written_to_twice_or_three_times_tried(self) -> None:
        letters = list(Letter.objects.all())
        assert len({(each.finder, bytes(each.identity_index)) for each in letters}) == len(letters)
        for each in letters:
            assert each.contacts <= 2
            assert each.contacts == self.tried.get(each.pk, 0)
            assert FINDERS[each.finder] == outreach.holder(each)

    @invariant()
    def whoever_said_no_has_no_letter_on_its_way(self) -> None:
        kept = {bytes(each) for each in NoContact.objects.values_list("identity_index", flat=True)}
        assert kept == set(map(of_refusal, self.refused))
        assert not self.refused & set(map(outreach.whom, Letter.objects.filter(status__in=OPEN_LETTERS)))

    @invariant()
    def what_is_owed_lives_as_long_as_its_letter(self) -> None:
        alive = set(Duty.objects.filter(subject_kind="letter", outcome="").values_list("subject_id", flat=True))
        still_open = set(Letter.objects.filter(status__in=OPEN_LETTERS).values_list("pk", flat=True))
        assert alive == still_open
        for each in Letter.objects.all():
            assert (each.person is None) is (each.pk not in still_open)
            assert (each.ended_on is None) is (each.pk in still_open)


def test_what_must_hold_holds_after_every_step():
    run_state_machine_as_test(Telling, settings=A_FEW)


@pytest.mark.parametrize("wrong", ["third attempt", "letter after no", "clock left running"])
def test_the_invariants_see_what_is_wrong(wrong):
    running_one = Telling()
    running_one.begin()
    running_one.a_night_goes_by()
    letter = Letter.objects.filter(finder="at-sixty").first()
    if wrong == "third attempt":
        Letter.objects.filter(pk=letter.pk).update(contacts=3)
        look = running_one.nobody_is_written_to_twice_or_three_times_tried
    elif wrong == "letter after no":
        NoContact.objects.create(identity_index=of_refusal(outreach.whom(letter)), since=outreach.AT.date())
        running_one.refused.add(outreach.whom(letter))
        look = running_one.whoever_said_no_has_no_letter_on_its_way
    else:
        Letter.objects.filter(pk=letter.pk).update(status="ended", person=None, ended_on=outreach.AT.date())
        look = running_one.what_is_owed_lives_as_long_as_its_letter
    with pytest.raises(AssertionError):
        look()
