"""A night of letters, reminders and coverage, for a register of 500,000 people and 120,000 awards, on a county of its own.

People, cases, claims and awards are written in bulk, past the operations; the night itself is the worker's own.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Model

from bench import bulk, tell
from bench.bulk import Template
from bench.scale import Scale
from chengnuo.benefits.models import Award, Claim
from chengnuo.cases.models import Case
from chengnuo.foundation import clock
from chengnuo.foundation.seals import seal
from chengnuo.outreach.lifecycle import RUNNING, SIGNED
from chengnuo.outreach.models import Assessment, Coverage, FinderRun, Letter, Reminder
from chengnuo.outreach.operations import covering, reminding, running
from chengnuo.people.models import Contact, Level, Office, Place, Post
from chengnuo.policies.finders import COUNTER, finders
from chengnuo.registers.models import Resident

PEOPLE, AWARDS = 500_000, 120_000
NOT_RENEWED = 10  # one award in so many still waits for this year's sum on the night
GOAL = 60.0
NIGHT = datetime(2026, 12, 1, 17, tzinfo=UTC)
PROGRAMME, STAGES = "rural-incentive", '["county_decision"]'
CHUNK = 2_000
OLDEST, DAYS = date(1930, 1, 1), 95 * 365


def measure(scale: Scale) -> None:
    """The night as it is done: first the letters, then what time ends, then the figures of the quarter before."""
    with clock.frozen(NIGHT):
        people, awards = scale.of(PEOPLE), scale.of(AWARDS)
        with bulk.quickly():
            _filled(_residents(people))
            _filled(_awards(awards))
            _began()
        tell.remark(
            f"{people:,} people, {awards:,} awards, one in {NOT_RENEWED} of them not renewed; the first night, when every contact has room"
        )
        spent = _timed("letters made", lambda: running.drop_gone(at=NIGHT) + running.go_on(at=NIGHT))
        spent += _timed("reminders opened", lambda: reminding.settle_due(at=NIGHT) + reminding.owe_due(at=NIGHT))
        spent += _timed("quarters counted", lambda: covering.freeze_due(at=NIGHT))
        tell.figure("the whole night", spent, "s", goal=GOAL)
        spent = _timed("letters made on the night after", lambda: running.go_on(at=NIGHT + timedelta(days=1)))
        tell.remark(
            f"{Letter.objects.count():,} letters, {Reminder.objects.count():,} reminders, {Coverage.objects.count()} quarters"
        )


def _timed(what: str, does: Callable[[], int]) -> float:
    began = time.monotonic()
    done = does()
    spent = time.monotonic() - began
    tell.figure(what, spent, "s", note=f"{done:,}")
    return spent


def _filled(rows: Iterator[tuple[type[Model], dict[str, Any]]]) -> None:
    waiting: dict[type[Model], list[dict[str, Any]]] = defaultdict(list)
    for count, (model, row) in enumerate(rows, 1):
        waiting[model].append(row)
        if count % CHUNK == 0:
            with transaction.atomic():
                bulk.write(waiting)
            waiting.clear()
    with transaction.atomic():
        bulk.write(waiting)


def _residents(many: int) -> Iterator[tuple[type[Model], dict[str, Any]]]:
    """Of every age, in every village alike."""
    chance = Random(44)
    villages = list(Place.objects.filter(level=Level.VILLAGE).order_by("order"))
    mold = Template(_resident(villages[0]))
    for number in range(many):
        pk, village = uuid4(), villages[number % len(villages)]
        words = _sealed(Resident, pk, name="欧阳桂兰", identity=f"990000{number:012}")
        about = {"village_id": village.pk, "township_id": village.above_id}
        about |= {"id": pk, "person": uuid4(), "identity_index": os.urandom(32)}
        yield (
            Resident,
            mold.row(timedelta(), about | words)
            | {"born": bulk.plain(OLDEST + timedelta(days=chance.randrange(DAYS)))},
        )


def _resident(village: Place) -> Resident:
    return Resident(
        person=uuid4(), identity_index=b"", born=OLDEST, village=village, township_id=village.above_id, since=None
    )


def _awards(many: int) -> Iterator[tuple[type[Model], dict[str, Any]]]:
    """Each with its claim and its case, granted two years ago; most are renewed, which nobody need be reminded of."""
    case = Case.objects.select_related("contact").exclude(contact__village=None).order_by("pk")[0]
    office = Post.objects.get(key="health-bureau.desk")
    molds = {model: Template(row) for model, row in ((Case, case), (Contact, case.contact))}
    claim = Claim(case=case, programme=PROGRAMME, year=2024, place="420526101201", edition="", determined_at=NIGHT,
                  office_id=office.office_id, holder=office, status="granted")  # fmt: skip
    award = Award(claim=claim, programme=PROGRAMME, place="420526101201", person_index=b"", office_id=office.office_id,
                  village_id=case.contact.village_id, begins=2024, granted_at=NIGHT, status="in_force")  # fmt: skip
    molds |= {Claim: Template(claim), Award: Template(award)}
    for number in range(many):
        ids = {model: uuid4() for model in molds}
        begins = 2024 if number % NOT_RENEWED == 0 else 2026
        yield Contact, molds[Contact].row(timedelta(), {"id": ids[Contact]} | _sealed(Contact, ids[Contact]))
        about = {
            "id": ids[Case],
            "contact_id": ids[Contact],
            "number": f"{number:012}",
            "receipt_index": os.urandom(32),
        }
        yield Case, molds[Case].row(timedelta(), about | _sealed(Case, ids[Case]))
        about = {"id": ids[Claim], "case_id": ids[Case], "status": "granted", "stages": STAGES}
        yield Claim, molds[Claim].row(timedelta(), about | _sealed(Claim, ids[Claim]))
        words = _sealed(Award, ids[Award], name="欧阳桂兰", identity=f"990000{number:012}")
        about = {"id": ids[Award], "claim_id": ids[Claim], "person_index": os.urandom(32), "begins": begins}
        yield Award, molds[Award].row(timedelta(), about | words)


def _sealed(model: type[Model], pk: UUID, **words: str) -> dict[str, bytes]:
    """What is not said is as long as what people say."""
    return {name: seal(words.get(name, "…" * 20), label=label, row=str(pk)) for name, label in bulk.sealed(model)}


def _began() -> None:
    """Every finder that looks for somebody runs since the summer, so that a quarter is there to be counted."""
    office = Office.objects.get(key="health-bureau")
    began = NIGHT - timedelta(days=150)
    for row in finders().on(NIGHT.date()).values():
        if row.sent_by == COUNTER:
            continue
        parts = dict.fromkeys(("what", "why", "necessity", "risks", "measures"), "bench")
        signed = {"signed_by": Post.objects.get(key="health-bureau.head"), "signed_at": began, "status": SIGNED}
        held = Assessment.objects.create(
            finder=row.key, **parts, **signed, office=office, author=0, drafted_at=began, valid_until=date(2030, 1, 1)
        )
        # the demo county has begun some of them
        run = {"assessment": held, "office": office, "begun_at": began, "status": RUNNING}
        FinderRun.objects.update_or_create(finder=row.key, defaults=run)
