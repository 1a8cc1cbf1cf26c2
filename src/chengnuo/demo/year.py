"""The plans of the demo: sixty stories that end at the demo's date, and the thousands of cases of the years behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from chengnuo.core.instants import local_date
from chengnuo.demo.beside import Often, beside, pressed, told_by_message
from chengnuo.demo.cast import Cast
from chengnuo.demo.hours import Days
from chengnuo.demo.plan import Plan, fated, promised_days
from chengnuo.people.models import Level, Place
from chengnuo.promises.models import PromiseKind, PromiseVersion
from chengnuo.promises.queries import catalogue

NOW = datetime(2026, 11, 16, 1, 10, tzinfo=UTC)  # a Monday, ten past nine in the county
# a whole calendar year lies behind the demo: villages publish by years
YEAR_BEGINS = datetime(2025, 1, 5, 18, tzinfo=UTC)
STORIES, CASES = 60, 3600
YEAR_FIRST = 1000  # the number of its first plan
QUICK = 5  # workdays; a service that can be late, broken and answered for within the six weeks of the stories
HOME = "420526101"  # the town in which every second story plays, so that six people can be followed through it

# what becomes of a story, how many of the sixty, and between how many days ago they begin
SCENES = (
    ("open", 11, 1, 9), ("complained", 2, 18, 26), ("late_open", 5, 11, 18), ("waiting", 4, 4, 10), ("pausing", 3, 5, 10), ("kept", 12, 7, 40),
    ("asked", 4, 16, 40), ("late", 4, 16, 38), ("broken", 3, 28, 41), ("forgotten", 2, 36, 41), ("not", 3, 14, 35),
    ("refused", 2, 12, 35), ("withdrawn", 2, 8, 35), ("asked_late", 1, 20, 30), ("paused", 1, 26, 40), ("freed", 1, 20, 30),
)  # fmt: skip
AT_ANY_PACE = {"open", "waiting", "pausing", "refused", "withdrawn"}
STILL_OPEN = {"late_open": "open", "forgotten": "open"}

# what becomes of a thousand cases of an ordinary year; the rest is kept
FATES = (
    ("asked", 110), ("late", 90), ("broken", 38), ("refused", 36), ("withdrawn", 28), ("paused", 22), ("asked_late", 9),
    ("freed", 5), ("forgotten", 3),
)  # fmt: skip
TROUBLES = {"late", "broken", "asked_late", "freed", "forgotten"}
# how often there is trouble in each township in turn, against the ordinary: no county is even
CARE = (0.7, 0.9, 1.3, 0.8, 1.0, 0.6, 1.9, 1.0)
# how much each service is asked for, against one; everyday papers of the village lead
DEMAND = {
    "village-proof": 26, "help-with-forms": 24, "subsidy-payment-enquiry": 20, "rural-incentive-support": 9,
    "village-disclosure-question": 8, "change-of-account": 9, "childcare-subsidy": 7, "old-age-allowance": 7,
    "resident-medical-insurance": 6, "out-of-county-care": 6, "dibao": 5, "resident-pension-enrolment": 5,
    "resident-pension-claim": 5, "medical-aid": 4, "family-doctor": 4, "household-certificate": 4, "temporary-relief": 3,
    "disability-certificate": 3, "student-aid": 3,
}  # fmt: skip
AT_THE_COUNTER = 0.55
IN_STORIES, IN_THE_YEAR = Often(steps=0.5, ratings=0.8), Often(steps=0.03, ratings=0.15)
# two families say that they were pressed: after how many workdays the county has looked into it; into one not yet
PRESSED = {33: 4, 42: -1}
# what waits for a telephone is sent at the demo's date: nobody is told then of something of last year
MESSAGES_SINCE = NOW - timedelta(days=20)


def stories(cast: Cast, days: Days) -> Iterator[Plan]:
    """The last six weeks: every state that a case can be in."""
    services = _services()
    quick = [version for version in services if promised_days(version) <= QUICK]
    home = villages_of(cast, HOME)
    number = 0
    for fate, count, latest, earliest in SCENES:
        for turn in range(count):
            village = home[number // 2 % 3] if number % 2 else cast.villages[number * 7 % len(cast.villages)]
            choice = services if fate in AT_ANY_PACE else quick
            ago = latest + (earliest - latest) * turn / max(1, count - 1)
            begun = NOW - timedelta(days=ago)
            service = choice[(number * 5 + 3) % len(choice)]
            plan = _plan(number, begun, service, village, cast=cast, days=days, counter=number % 3 == 0)
            plan = beside(fated(plan, cast.chance, STILL_OPEN.get(fate, fate)), IN_STORIES)
            yield pressed(plan, looks_after=PRESSED[number]) if number in PRESSED else plan
            number += 1


def year(cast: Cast, days: Days, *, cases: int = CASES, begins: datetime = YEAR_BEGINS) -> Iterator[Plan]:
    """The cases of two years, evenly over their days and unevenly over services and townships, always the same."""
    services, chance = _services(), cast.chance
    weights = [DEMAND.get(version.promise.key, 1) for version in services]
    care = _care(cast.villages)
    span = (NOW - timedelta(days=1)) - begins
    for number in range(cases):
        village = chance.choice(cast.villages)
        service = chance.choices(services, weights)[0]
        begun, counter = begins + span * number / cases, chance.random() < AT_THE_COUNTER
        plan = _plan(YEAR_FIRST + number, begun, service, village, cast=cast, days=days, counter=counter)
        trouble = care[village.above_id] if service.promise.level != Level.COUNTY else 1
        yield beside(fated(plan, chance, _fate(chance, trouble)), IN_THE_YEAR)


def _plan(
    number: int, begun: datetime, service: PromiseVersion, village: Place, *, cast: Cast, days: Days, counter: bool
) -> Plan:
    """Offices take requests in their hours; the web takes them on any day. What the web does not offer is asked at the counter."""
    counter = counter or "web" not in service.channels
    day = local_date(begun)
    at = days.on(days.last_workday(day), number) if counter else days.at_home(begun - timedelta(days=1), 0, number)
    person = cast.person()
    plan = Plan(
        number=number,
        at=at,
        service=service,
        village=village,
        counter=cast.at_place[village.pk] if counter else None,
        owing=cast.owing(service.promise, village),
        person=person,
        details=cast.words(service.promise.key, person.language),
    )
    return told_by_message(plan) if at >= MESSAGES_SINCE else plan


def _fate(chance: Random, trouble: float) -> str:
    drawn: float = chance.randrange(1000)
    for fate, share in FATES:
        drawn -= share * trouble if fate in TROUBLES else share
        if drawn < 0:
            return STILL_OPEN.get(fate, fate)
    return "kept"


def _care(villages: Sequence[Place]) -> dict[UUID | None, float]:
    """The care of each township, in the order in which the county lists them."""
    townships = list(dict.fromkeys(village.above_id for village in villages))
    return {township: CARE[rank % len(CARE)] for rank, township in enumerate(townships)}


def villages_of(cast: Cast, code: str) -> list[Place]:
    """Of a township, without the first few."""
    found = {place.pk for place in Place.objects.filter(codes__code__startswith=code, level=Level.VILLAGE)}
    return [village for village in cast.villages if village.pk in found][4:]


def _services() -> list[PromiseVersion]:
    """What is asked for, in the order of its key."""
    found = catalogue(on=local_date(NOW), kinds=[PromiseKind.SERVICE])
    return sorted(found, key=lambda version: version.promise.key)
