"""Whatever is done in whatever order: closed minutes never change, nobody owes anything to a meeting that was not valid, nobody votes who
was not there, and only what was answered is read out.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from chengnuo.foundation import memo
from chengnuo.foundation.refused import Refused
from chengnuo.meetings import queries
from chengnuo.meetings.lifecycle import MEETING, RESOLUTION
from chengnuo.meetings.models import Correction, Meeting, Resolution
from chengnuo.meetings.operations import calling, holding, minuting, resolving
from chengnuo.promises.models import Duty
from tests.factories import cases, county, meetings

DAY = timedelta(days=1)
SETTINGS = settings(
    max_examples=12,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # what fails is said at once: a shorter way to it would take minutes
    suppress_health_check=list(HealthCheck),
)
CAME = [{"adults": 180, "households": 214}, {"adults": 406, "households": 200}, {"adults": 812, "households": 301}]
WHICH = st.integers(0, 3)


class Meetings(RuleBasedStateMachine):
    """One committee and its meetings; the health bureau is asked; every row of law is confirmed, so that a quorum decides."""

    def __init__(self):
        super().__init__()
        self.at, self.final = county.MONDAY, {}
        self.apart = transaction.atomic()  # each run begins with no meeting
        self.apart.__enter__()
        assert not Meeting.objects.exists()
        meetings.confirmed(at=self.at)
        meetings.called(at=self.at)

    def tries(self, operation, **said):
        with suppress(Refused), transaction.atomic():
            return meetings.does(operation, at=self.at, **said)

    def one(self, which, *statuses):
        found = list(
            Meeting.objects.filter(**({"status__in": statuses} if statuses else {})).order_by("called_at", "pk")
        )
        return found[which % len(found)] if found else None

    @rule(notice=st.sampled_from([2, 10]))
    def call(self, notice):
        if Meeting.objects.filter(status="called").count() < 2:
            meetings.called(at=self.at, begins_at=self.at + notice * DAY)

    @rule(which=WHICH)
    def change(self, which):
        if meeting := self.one(which):
            self.tries(calling.change, meeting=meeting.pk, begins_at=self.at + 11 * DAY, where="村小学")

    @rule(which=WHICH, came=st.sampled_from(CAME))
    def hold(self, which, came):
        if meeting := self.one(which, "called"):
            self.at = max(self.at, meeting.begins_at)
            self.tries(holding.hold, meeting=meeting.pk, present=came)

    @rule(which=WHICH, ayes=st.sampled_from([0, 107, 150, 406, 813]), noes=st.sampled_from([0, 64, 214]))
    def resolve(self, which, ayes, noes):
        if meeting := self.one(which, "held", "closed"):
            said = {"words": "请答复体检的日子。", "ayes": ayes, "noes": noes, "abstentions": 0}
            said |= {"office": meeting.bureau_id}
            said |= {"answer_by": meeting.begins_at.date() + 60 * DAY}
            self.tries(resolving.resolve, meeting=meeting.pk, **said)

    @rule(which=WHICH, words=st.sampled_from(["讨论卫生费。", "讨论修路。"]))
    def draft(self, which, words):
        if meeting := self.one(which, "held", "closed"):
            self.tries(minuting.draft, meeting=meeting.pk, minutes=words)

    @rule(which=WHICH, line=st.sampled_from([1, 200, 900]))
    def correct(self, which, line):
        if meeting := self.one(which, "held", "closed", "up"):
            said = {"word": queries.word_of(meeting), "line": line, "words": "是六十元。"}
            self.tries(minuting.correct, meeting=meeting.pk, **said)

    @rule()
    def answer_corrections(self):
        for each in Correction.objects.filter(answered_at=None):
            self.tries(minuting.answer_correction, correction=each.pk, is_taken_up=True, reply="")

    @rule(which=WHICH)
    def close(self, which):
        if meeting := self.one(which, "held"):
            self.at += 4 * DAY
            self.tries(minuting.close, meeting=meeting.pk)

    @rule(valid=st.booleans(), days=st.integers(3, 6), replies=st.booleans())
    def goes_its_way(self, valid, days, replies):
        """As most do in life; chance alone would hardly ever come to an end of it."""
        meeting = meetings.called(at=self.at)
        self.at = meeting.begins_at
        self.tries(holding.hold, meeting=meeting.pk, present=CAME[0] if valid else CAME[1])
        asks = {"office": meeting.bureau_id, "answer_by": meeting.begins_at.date() + 60 * DAY}
        votes = {"words": "请答复体检的日子。", "ayes": 190, "noes": 0, "abstentions": 0}
        asked = self.tries(resolving.resolve, meeting=meeting.pk, **votes, **asks)
        self.tries(minuting.draft, meeting=meeting.pk, minutes="讨论卫生费。")
        self.at += days * DAY
        self.tries(minuting.close, meeting=meeting.pk)
        if asked and replies:
            self.tries(resolving.answer, resolution=asked.pk, reply="四月体检。", post=cases.BUREAU_DESK)

    @rule(which=WHICH)
    def put_up(self, which):
        if meeting := self.one(which, "held", "closed"):
            self.tries(minuting.put_up, meeting=meeting.pk)

    @rule(which=WHICH)
    def answer(self, which):
        found = list(Resolution.objects.filter(status__in=("resolved", "asked")).order_by("asked_at", "pk"))
        if found:
            said = {"resolution": found[which % len(found)].pk, "reply": "四月体检。", "post": cases.BUREAU_DESK}
            self.tries(resolving.answer, **said)

    @invariant()
    def what_was_reached_is_remembered(self):
        REACHED.update(Meeting.objects.values_list("status", flat=True))
        REACHED.update(Resolution.objects.values_list("status", flat=True))

    @invariant()
    def closed_minutes_never_change(self):
        for meeting in Meeting.objects.filter(status__in=("closed", "up")):
            votes = tuple(meeting.resolutions.values_list("pk", "words", "ayes", "noes", "abstentions"))
            said = (meeting.minutes, meeting.present, meeting.closed_at, meeting.corrections.count(), votes)
            assert self.final.setdefault(meeting.pk, said) == said
        assert set(self.final) == {each.pk for each in Meeting.objects.filter(status__in=("closed", "up"))}

    @invariant()
    def nobody_owes_anything_to_a_meeting_that_was_not_valid(self):
        for each in Resolution.objects.select_related("meeting__office"):
            owed = Duty.objects.filter(subject_id=each.pk, parent=None)
            assert owed.exists() is queries.is_usable(each)
            assert owed.filter(outcome="").exists() is (each.status == "asked")

    @invariant()
    def minutes_are_owed_from_the_meeting_to_the_board(self):
        for meeting in Meeting.objects.all():
            owes = Duty.objects.filter(subject_id=meeting.pk, outcome="", parent=None).exists()
            assert owes is (meeting.status in ("held", "closed"))

    @invariant()
    def nobody_votes_who_was_not_there(self):
        for each in Resolution.objects.select_related("meeting__office"):
            assert each.votes <= queries.voters_of(each.meeting) <= max(each.meeting.present.values())

    @invariant()
    def only_what_was_answered_is_read_and_at_a_later_meeting(self):
        for each in Resolution.objects.exclude(read_in=None).select_related("read_in"):
            assert (each.status, bool(each.reply)) == ("read", True)
            assert each.answered_at <= each.read_in.held_at
            assert each.read_in_id != each.meeting_id

    def teardown(self):
        transaction.set_rollback(True)
        self.apart.__exit__(None, None, None)
        memo.forget()


REACHED: set[str] = set()


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_whatever_is_done_a_meeting_stays_true():
    REACHED.clear()
    run_state_machine_as_test(Meetings, settings=SETTINGS)
    assert {"held", "closed", "up", "asked", "answered", "read"} <= REACHED, "or this test looks at nothing"


@pytest.mark.parametrize("table", [MEETING, RESOLUTION], ids=["meeting", "resolution"])
def test_every_status_is_reached_by_a_move(table):
    targets = {move.passage.target for move in table if move.passage.target}
    assert targets == {status.value for status in table.statuses}
