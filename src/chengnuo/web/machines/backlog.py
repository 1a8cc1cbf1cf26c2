"""What waits to be done, as Prometheus reads it: counted when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Min, Q
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from chengnuo.foundation import clock, space
from chengnuo.foundation.log import heads
from chengnuo.foundation.models import ClockMark, Errand, LogEntry
from chengnuo.foundation.models.noun import ANONYMOUS
from chengnuo.promises import queries as promises

# anonymous entries wait for the next day: one that appears would tell the minute of a complaint
UNHELD = ~Q(group=ANONYMOUS)
MOST = 10_000  # counted no further: a number beyond is an alarm in any case


class Backlog(Collector):
    """Errands, unnumbered entries, escalations that are due, the age of the last head and of the worker's last round, free disk."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = clock.now()
        waiting = Errand.objects.filter(done_at=None, dead_at=None)
        oldest = waiting.aggregate(due=Min("next_at"))["due"]
        head = heads.last()
        mark = ClockMark.objects.filter(pk=ClockMark.ONLY).first()
        gauges = (
            ("errands_waiting", "Errands not done yet", waiting[:MOST].count()),
            ("errands_dead", "Errands given up", Errand.objects.filter(dead_at__isnull=False)[:MOST].count()),
            ("errand_late_seconds", "How long ago the oldest errand was due", _seconds(now, oldest)),
            (
                "log_unnumbered",
                "Entries of the log without a number",
                LogEntry.objects.filter(UNHELD, seq=None)[:MOST].count(),
            ),
            ("log_head_age_seconds", "Since the last signed head", _seconds(now, head.at if head else None)),
            (
                "worker_round_age_seconds",
                "Since the worker ended a round",
                _seconds(now, mark.worked_at if mark else None),
            ),
            ("escalations_due", "Duties whose next level was not told yet", promises.escalations_due(now, most=MOST)),
            ("disk_free_ratio", "Free share of the disk under the county's folder", space.measure.free() / 100),
        )
        for name, meaning, value in gauges:
            yield GaugeMetricFamily(f"chengnuo_{name}", meaning, value=value)


def _seconds(now: datetime, since: datetime | None) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
