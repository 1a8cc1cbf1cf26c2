"""Whatever is done in whatever order: no list outside its publication and its days, no mask after them, nothing owed for nothing."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from chengnuo.foundation.refs import Ref
from chengnuo.foundation.refused import MoveRefused, NotHere
from chengnuo.notices import queries
from chengnuo.notices.lifecycle import NOTICE
from chengnuo.notices.models import Notice, NoticeLine
from chengnuo.notices.operations import drafting, ending, publishing
from chengnuo.promises.models import Duty
from tests.factories import county, notices, photos

DAY = timedelta(days=1)
SETTINGS = settings(
    max_examples=15,
    stateful_step_count=14,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # what fails is said at once: a shorter way to it would take minutes
    suppress_health_check=list(HealthCheck),
)
OPERATIONS = (publishing.publish, publishing.hang, publishing.recall, publishing.take_down)


class Notices(RuleBasedStateMachine):
    """One office and its notices; time goes on, the worker wakes when it likes."""

    def __init__(self):
        super().__init__()
        self.at, self.claims = county.MONDAY, []
        self.apart = transaction.atomic()  # each run begins with no notice
        self.apart.__enter__()
        assert not Notice.objects.exists()

    @rule(name=st.sampled_from(notices.NAMES), many=st.integers(1, 6))
    def put(self, name, many):
        for _ in range(many):
            self.claims.append(Ref("claim", uuid4()))
            notices.put(name, at=self.at, about=self.claims[-1])

    @rule(which=st.integers(0))
    def take_out(self, which):
        if self.claims:
            about = self.claims.pop(which % len(self.claims))
            drafting.take_out(about=about, at=self.at)
            assert not NoticeLine.objects.filter(
                about_id=about.id, notice__status__in=("drafted", "published", "up")
            ).exists()

    @rule(operation=st.sampled_from(OPERATIONS), which=st.integers(0))
    def act(self, operation, which):
        found = list(Notice.objects.order_by("pk"))
        said = {publishing.hang: {"photo": photos.made()}, publishing.recall: {"reason": "mistake"}}.get(operation, {})
        if found:
            with suppress(MoveRefused, NotHere), transaction.atomic():
                notices.does(operation, found[which % len(found)], at=self.at, **said)

    @rule(days=st.integers(0, 9))
    def time_passes(self, days):
        self.at += DAY * days

    @rule()
    def the_worker_wakes(self):
        ending.end_due(at=self.at)
        assert not Notice.objects.filter(status__in=("published", "up"), ends__lt=self.at.date()).exists()

    @rule()
    def a_backup_is_put_back(self):
        ending.recall_all(self.at)
        assert queries.running(county.village().pk, at=self.at) == []

    @invariant()
    def nothing_is_shown_outside_its_publication_and_its_days(self):
        shown = {notice.pk for notice in queries.running(county.village().pk, at=self.at)}
        for notice in Notice.objects.all():
            runs = notice.status in ("published", "up") and notice.begins <= self.at.date() <= notice.ends
            assert (notice.runs(self.at), notice.pk in shown) == (runs, runs)

    @invariant()
    def no_list_was_published_too_small(self):
        assert not Notice.objects.filter(published_at=None).exclude(status="drafted").exists()

    @invariant()
    def no_list_that_runs_is_too_small(self):
        assert all(each.size >= 5 for each in queries.running(county.village().pk, at=self.at))

    @invariant()
    def the_masks_go_with_the_list(self):
        ended = Notice.objects.exclude(status__in=("drafted", "published", "up"))
        assert not NoticeLine.objects.filter(notice__in=ended).exclude(mask="").exists()

    @invariant()
    def a_notice_counts_its_lines(self):
        for notice in Notice.objects.filter(status__in=("drafted", "published", "up")):
            assert notice.size == notice.lines.count()

    @invariant()
    def something_is_owed_only_while_something_is_to_be_done(self):
        owes = {"published": {"notice_up"}, "over": {"notice_down"}, "recalled": {"notice_down"}}
        for notice in Notice.objects.all():
            owed = Duty.objects.filter(subject_id=notice.pk, outcome="", parent=None).values_list("kind", flat=True)
            assert set(owed) == owes.get(notice.status, set())

    def teardown(self):
        transaction.set_rollback(True)
        self.apart.__exit__(None, None, None)


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_a_notice_shows_nothing_outside_its_days():
    run_state_machine_as_test(Notices, settings=SETTINGS)


def test_every_status_is_reached_by_a_move():
    targets = {move.passage.target for move in NOTICE if move.passage.target}
    assert targets == {status.value for status in NOTICE.statuses}
