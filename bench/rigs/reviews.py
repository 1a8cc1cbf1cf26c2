"""A renewal of 100,000 unchanged awards in one action: how long it takes, and how long anybody else waits for the writer meanwhile."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from bench import tell
from bench.bulk import quickly
from bench.rigs import paying
from bench.scale import Scale
from bench.writer import timed
from chengnuo.benefits.lifecycle import IN_FORCE
from chengnuo.benefits.models import Award, Due
from chengnuo.foundation import clock
from chengnuo.people.models import Place, Post
from chengnuo.reviews.lifecycle import UNCHANGED
from chengnuo.reviews.models import Campaign, Review
from chengnuo.reviews.operations import opening, passing, renewing

AWARDS, SECONDS = 100_000, 30
YEAR = 2026
DAY = datetime(2026, 3, 12, 2, tzinfo=UTC)
OVER = DAY + timedelta(days=61)
BORN = 1940, 1966


def measure(scale: Scale) -> None:
    many = scale.of(AWARDS)
    crew = paying.crew_of_the_county()
    awards_of(many)
    with clock.frozen(DAY):
        campaign = opening.begin(programme=paying.PROGRAMME, year=YEAR, by=crew.head, at=DAY, key=uuid4())
        timed("awards asked", many, lambda: opening.go_on(at=DAY, steps=many))
    with quickly():
        Review.objects.filter(pk__in=Review.objects.order_by("pk").values("pk")[: many // 2]).update(
            status=UNCHANGED, ready_at=DAY, how="code"
        )
    with clock.frozen(OVER):
        timed("awards silent, and chance drawn", many, lambda: _pass_on(campaign))
        renewal = renewing.propose(campaign=campaign.pk, by=crew.desk, at=OVER, key=uuid4())
        _opened(renewal, crew)
        renewing.confirm(renewal=renewal.pk, by=replace(crew.head, signed_in_at=OVER), at=OVER, key=uuid4())
        timed("awards renewed", many, lambda: renewing.go_on(at=OVER, steps=many), goal=SECONDS * many / AWARDS)
    # the demo's own awards are renewed beside them
    renewed = Due.objects.filter(year=YEAR, award__granted_at=DAY).values("award").distinct().count()
    tell.verdict([] if renewed == many else [f"{renewed} of {many} are renewed"], "every award is renewed once")


def _opened(renewal: Any, crew: Any) -> None:
    """Both officers open the sample."""
    for review in Review.objects.filter(pk__in=renewing.sample(renewal, OVER.date())).select_related("award"):
        for officer in (crew.desk, crew.head):
            if review.award.name:
                review.award.name.reveal(by=officer, reason="sample of a renewal")


def _pass_on(campaign: Campaign) -> None:
    while passing.pass_on(at=OVER):
        campaign.refresh_from_db()


def awards_of(many: int) -> None:
    """Invented people with a year behind them; their claims are left out."""
    office = Post.objects.get(key=paying.POSTS[0]).office_id
    post = Post.objects.get(key=paying.POSTS[1])
    village = Place.objects.get(codes__code="420526101201")
    made = [_award(number, office, village) for number in range(many)]
    last = {"year": YEAR - 1, "fen": paying.SUM, "determined_at": DAY, "determined_by": post, "edition": "bench"}
    with quickly():
        Award.objects.bulk_create(made, batch_size=500)
        Due.objects.bulk_create((Due(award=award, **last) for award in made), batch_size=500)


def _award(number: int, office: Any, village: Place) -> Award:
    first, last = BORN
    facts = FACTS | {"born": f"{first + number % (last - first)}-{1 + number % 12:02}-01"}
    return Award(
        status=IN_FORCE,
        claim_id=uuid4(),
        programme=paying.PROGRAMME,
        place="420526101201",
        name="欧阳桂兰",
        identity=f"990000196005{number:06}",
        facts=json.dumps({"person": [facts]}),
        person_index=os.urandom(32),
        office_id=office,
        village=village,
        begins=YEAR - 1,
        granted_at=DAY,
    )


FACTS = {
    "died": "none",
    "ended": "none",
    "rural": True,
    "spouse_rural": True,
    "wife_born": "none",
    "children_ever": 1,
    "children_living": 1,
    "child_died": "none",
    "child_grade": "none",
    "complication_grade": "none",
    "first_claimed": "none",
}
