"""The plans of the year: thousands of cases that a county could have, the same on every machine."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from chengnuo.core.instants import SHANGHAI, local_date
from chengnuo.demo.cast import Cast, fill_posts
from chengnuo.demo.hours import Days
from chengnuo.demo.plan import promised_days
from chengnuo.demo.year import CASES, NOW, QUICK, STORIES, YEAR_BEGINS, stories, year
from chengnuo.foundation import clock
from chengnuo.people.models import Level, Purpose
from chengnuo.policies.charter_words import tells_of

pytestmark = pytest.mark.django_db
YEAR, SMALL_CELL = 2025, 5
STEP_PROMISED, BATCH = 5, 5


@pytest.fixture
def days():
    fill_posts()
    with clock.frozen(NOW):
        yield Days()


@pytest.fixture
def plans(days):
    return list(year(Cast(Random(3000)), days))


def facts(plan):
    """A plan without the ids of this database."""
    return (
        plan.number, plan.at, plan.service.promise.key, plan.village.order, bool(plan.counter), plan.person.name,
        plan.person.phone, plan.person.language, plan.details, plan.asks, plan.ends, plan.ends_after, plan.word,
        plan.word_after, plan.pauses, plan.complains, plan.replies_after, plan.asks_step, plan.answers_step, plan.is_help,
        plan.stars, plan.pressed, plan.looks_after, plan.person.consents,
    )  # fmt: skip


def test_the_year_is_the_same_again(plans, days):
    assert list(map(facts, plans)) == list(map(facts, year(Cast(Random(3000)), days)))
    assert list(map(facts, plans)) != list(map(facts, year(Cast(Random(3001)), days)))


def test_it_lies_before_the_date_of_the_demo_evenly(plans):
    assert len(plans) == CASES
    assert all(YEAR_BEGINS.date() <= local_date(plan.at) for plan in plans[5:])
    assert all(plan.at < NOW for plan in plans)
    months = Counter(plan.at.strftime("%Y-%m") for plan in plans)
    assert len(months) == 23
    assert max(months.values()) < CASES / 18


def test_every_village_and_every_service_is_asked(plans):
    villages = Counter(plan.village.pk for plan in plans)
    assert len(villages) == 96
    at_villages = Counter(
        plan.village.pk for plan in plans if plan.service.promise.level == Level.VILLAGE and plan.at.year == YEAR
    )
    enough = [count for count in at_villages.values() if count >= SMALL_CELL]
    assert len(enough) > 80  # most villages have a year that is not withheld
    services = Counter(plan.service.promise.key for plan in plans)
    assert len(services) >= 30
    assert services.most_common(1)[0][0] == "village-proof"
    assert max(services.values()) < CASES / 5


def test_most_is_kept_and_the_rest_is_every_kind_of_trouble(plans):
    ends = Counter(plan.ends or "open" for plan in plans)
    assert 0.85 < ends["done"] / CASES < 0.95
    assert {"done", "refused", "withdrawn", "freed", "open"} == set(ends)
    promised = {plan.service.pk: promised_days(plan.service) for plan in plans}
    done = [plan for plan in plans if plan.ends == "done" and plan.pauses < 0 and plan.asks < 0]
    late = sum(plan.ends_after > promised[plan.service.pk] for plan in done) / len(done)
    assert 0.1 < late < 0.25
    words = Counter(plan.word for plan in plans if plan.ends == "done")
    assert 0.5 < words["resolved"] / sum(words.values()) < 0.7
    assert 0.03 < words["not"] / sum(words.values()) < 0.1
    assert 20 < sum(plan.complains for plan in plans) < 150


def test_no_county_is_even(plans):
    """One township has at least twice the trouble of another."""
    cases, late = Counter(), Counter()
    for plan in plans:
        if plan.service.promise.level != Level.COUNTY:
            cases[plan.village.above_id] += 1
            late[plan.village.above_id] += plan.ends == "done" and plan.ends_after > promised_days(plan.service)
    shares = sorted(late[township] / cases[township] for township in cases)
    assert len(shares) == 8
    assert shares[-1] > 2 * shares[0] > 0


def test_people_write_in_three_scripts_and_offices_receive_in_their_hours(plans, days):
    assert {plan.person.language for plan in plans} == {"zh-hans", "zh-hant", "en"}
    english = [plan.details for plan in plans if plan.person.language == "en"]
    assert all(words.isascii() for words in english)
    assert not [plan.details for plan in plans if tells_of(plan.details)]
    for plan in plans:
        local = plan.at.astimezone(SHANGHAI)
        if plan.counter:
            assert days.days.is_workday(local.date())
            assert 8 <= local.hour <= 17
            assert local.hour not in {12, 13}
        else:
            assert "web" in plan.service.channels
            assert 6 <= local.hour <= 22


def test_the_sixty_stories_show_every_state(days):
    told = list(stories(Cast(Random(60)), days))
    assert len(told) == STORIES == 60
    assert all(plan.at < NOW for plan in told)
    assert {plan.ends for plan in told} == {"", "done", "refused", "withdrawn", "freed"}
    assert {plan.word for plan in told} == {"resolved", "not", "none"}
    assert any(plan.asks >= 0 > plan.brings for plan in told)
    assert any(plan.complains for plan in told)
    broken = [plan for plan in told if plan.ends_after > 10 and plan.asks < 0 and plan.pauses < 0]
    assert all(promised_days(plan.service) <= QUICK for plan in broken if plan.ends == "done")
    villages = Counter(plan.village.pk for plan in told)
    assert sum(count for _, count in villages.most_common(3)) >= 25  # the six people have something to do
    assert len(villages) > 20


def test_other_offices_are_asked_and_no_case_is_late_by_it(plans):
    asked = [plan for plan in plans if plan.asks_step >= 0]
    assert 60 < len(asked) < 200
    assert {plan.is_help for plan in asked} == {True, False}
    assert any(plan.answers_step > STEP_PROMISED for plan in asked)
    assert all(plan.asks_step + plan.answers_step < plan.ends_after for plan in asked if plan.ends)
    assert not [plan for plan in asked if plan.is_help and plan.service.promise.level == Level.COUNTY]


def test_families_rate_what_has_ended_and_two_were_pressed(plans, days):
    rated = [plan for plan in plans if plan.stars]
    assert {plan.stars for plan in rated} == {1, 2, 3, 4, 5}
    assert all(plan.ends == "refused" or plan.word != "none" for plan in rated)
    offices = Counter((plan.owing, plan.at.year) for plan in rated)
    assert sum(count >= BATCH for count in offices.values()) > 10
    told = [plan for plan in stories(Cast(Random(60)), days) if plan.pressed]
    assert sorted(plan.looks_after >= 0 for plan in told) == [False, True]
    assert {plan.service.promise.level for plan in told} == {Level.TOWNSHIP, Level.VILLAGE}, (
        "the county looks into these"
    )


def test_only_families_of_the_last_days_agreed_to_messages(plans, days):
    agreed = [plan for plan in plans if Purpose.MESSAGES in plan.person.consents]
    assert len(agreed) > 20
    assert all(plan.person.phone and NOW - timedelta(days=20) <= plan.at for plan in agreed)
    assert any(Purpose.MESSAGES in plan.person.consents for plan in stories(Cast(Random(60)), days))
