"""The register of the demo and its letters: everybody is invented, and whoever steps in finds what the tour leads to."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.benefits.models import Award
from chengnuo.config.management.commands.build_demo import LAST_REVIEW, REGISTER_BEGINS, REVIEWS_BEGIN
from chengnuo.core.identity import eighteen
from chengnuo.core.instants import SHANGHAI
from chengnuo.demo.cast import Cast, fill_posts
from chengnuo.demo.hours import Days
from chengnuo.demo.letters import (
    CARRIED,
    FIRST_ROUND,
    GROWN,
    OLD,
    SECOND_ROUND,
    SILENT,
    THIRD_ROUND,
    registered,
)
from chengnuo.demo.neighbours import MISREAD, alike, neighbours, ordinary, the_retired
from chengnuo.demo.register import person
from chengnuo.demo.reviewed import ASKED, SHARE_ONE, reviewed
from chengnuo.demo.stage import Stage
from chengnuo.demo.year import NOW
from chengnuo.foundation import clock
from chengnuo.imports.models import ImportBatch
from chengnuo.outreach.internal.writing import code_of
from chengnuo.outreach.models import Assessment, FinderRun, Letter, NoContact, Outcome
from chengnuo.outreach.operations import running
from chengnuo.people.models import Post
from chengnuo.promises.models import Duty
from chengnuo.registers import duplicates
from chengnuo.registers.models import Finding, Pair, Resident
from chengnuo.registers.operations import checking
from chengnuo.registers.queries import COUNTS
from tests.factories import county, desk

pytestmark = pytest.mark.django_db
KEEPER = "health-bureau.desk"


def play():
    stage, instants = Stage(batch=10), []
    with clock.frozen(NOW):
        cast, days = Cast(Random(6)), Days()
        reviewed(stage, cast, days, begins=REVIEWS_BEGIN, last=LAST_REVIEW)
        registered(stage, cast, days, begins=REGISTER_BEGINS)
    stage.play(until=NOW, progress=lambda at, _played: instants.append(at))
    return stage, instants


@pytest.fixture
def played():
    fill_posts()
    stage, instants = play()
    assert stage.dropped == 0
    return instants


def letters(finder, **of):
    return Counter(Letter.objects.filter(finder=finder, **of).values_list("status", "outcome"))


def test_nobody_in_the_register_can_be_real():
    everybody = neighbours()
    assert len(everybody) == 60
    assert all(each.number.startswith("99") and eighteen(each.number) for each in everybody)
    assert len({each.number for each in everybody}) == 60
    assert everybody == neighbours(), "the same on every machine"


def test_everybody_came_in_through_the_gate_of_the_imports(played):
    tables = {batch.target: batch for batch in ImportBatch.objects.all()}
    assert {name: (each.status, each.rows, each.refusals) for name, each in tables.items()} == {
        "residents": ("applied", 60, 0),
        "deaths": ("applied", 1, 0),
    }
    assert Resident.objects.filter(COUNTS).count() == 60
    assert not Resident.objects.filter(batch=None).exists()
    assert Counter(Resident.objects.filter(COUNTS).values_list("standing", flat=True)) == {"living": 59, "died": 1}


def test_two_pairs_wait_and_the_program_finds_no_others(played):
    pairs = [tuple(sorted((person(one), person(other)))) for one, other in alike()]
    assert sorted(Pair.objects.values_list("first", "second")) == sorted(pairs)
    assert set(Pair.objects.values_list("status", "holder__key")) == {("open", KEEPER)}
    assert duplicates.find(at=NOW) == 0, "none but these"
    Pair.objects.all().delete()
    assert duplicates.find(at=NOW) == 2, "and both of these"


def test_what_does_not_fit_was_found_and_waits_for_a_person(played):
    found = Counter(Finding.objects.filter(status="open").values_list("fault", "holder__office__level"))
    assert found == {
        ("award-of-the-dead", "county"): 1,
        ("shared-account", "county"): SHARE_ONE,
        ("born-otherwise", "township"): 1,
    }
    dead = Award.objects.get(pk=Finding.objects.get(fault="award-of-the-dead").about)
    assert dead.programme == ASKED
    assert dead.identity.reveal(by=county.officer(KEEPER), reason="test") == the_retired()[0].number
    assert dead.status == "in_force", "a check stops nothing"
    assert Finding.objects.get(fault="born-otherwise").about == person(MISREAD)
    assert checking.check_all(at=NOW) == 0


def test_an_assessment_was_on_file_before_anybody_was_written_to(played):
    assert set(Assessment.objects.values_list("finder", "status")) == {(OLD, "signed"), (GROWN, "signed")}
    for run in FinderRun.objects.select_related("assessment"):
        assert run.assessment.drafted_at < run.assessment.signed_at <= run.begun_at
        assert run.letters.exists()


def test_letters_stand_in_every_state_at_the_village_and_at_the_county(played):
    village = Letter.objects.filter(finder=OLD, outcome="given").values_list("office", flat=True)[0]
    assert letters(OLD, office=village) == {
        ("waiting", ""): 4,
        ("waiting", "not_found"): 1,
        ("carried", ""): 1,
        ("delivered", "given"): 1,
        ("delivered", "posted"): 1,
        ("ended", "gone"): 1,
        ("declined", "no_contact"): 2,
        ("dropped", ""): 1,
    }
    assert set(Letter.objects.filter(finder=GROWN).values_list("holder__key", flat=True)) == {KEEPER}
    assert letters(GROWN) == {
        ("waiting", ""): 9,
        ("waiting", "not_found"): 1,
        ("carried", ""): 1,
        ("delivered", "posted"): 2,
        ("delivered", "given"): 1,
        ("ended", "gone"): 1,
        ("declined", "no_contact"): 1,
    }
    assert NoContact.objects.count() == 4
    assert running.go_on(at=NOW) == 0, "everybody of those ages has been told"


def test_nothing_that_waits_is_late_on_the_day_of_the_demo(played):
    of = [*Pair.objects.values_list("pk", flat=True), *Finding.objects.values_list("pk", flat=True)]
    owed = Duty.objects.filter(subject_id__in=[*of, *Letter.objects.values_list("pk", flat=True)], outcome="")
    assert owed.count() > 20
    assert all(duty.due_at > NOW for duty in owed)


def test_offices_act_in_their_hours_and_letters_are_made_at_night(played):
    hours = Counter(8 <= at.astimezone(SHANGHAI).hour < 18 for at in played)
    assert hours[False] == 2
    assert all(at <= NOW for at in played)


def test_whoever_steps_in_finds_the_next_letter_and_the_next_pair(played):
    with clock.frozen(NOW):
        letter = Letter.objects.filter(finder=OLD, outcome="given").select_related("office")[0]
        village = desk.at(Client(), f"{letter.office.key}.desk")
        assert "The next letter" in desk.said(village.get("desk:inbox"))
        page = desk.said(village.get("outreach:next"))
        assert "Open the letter and print it" in page
        keeper = desk.at(Client(), KEEPER)
        inbox = desk.said(keeper.get("desk:inbox"))
        for words in ("The next letter", "Two entries that may be one person", "A record that does not fit"):
            assert words in inbox, words
        assert keeper.client.get(reverse("registers:pairs"), follow=True).status_code == 200


def test_the_page_of_people_leads_to_the_keeper_the_township_the_printer_and_a_visitor(
    played, django_assert_max_num_queries
):
    with clock.frozen(NOW):
        client = Client(**desk.ENGLISH)
        client.get(reverse("public:people"))
        with django_assert_max_num_queries(12):
            page = client.get(reverse("public:people"))
        told = page.context["page"].told
        posts = [str(Post.objects.get(pk=each.post).key) for each in told[:-1]]
        letter = Letter.objects.filter(finder=OLD, status="waiting")[0]
        assert posts[0] == KEEPER
        assert [key.rpartition(".")[2] for key in posts] == ["desk"] * 3
        assert Finding.objects.get(fault="born-otherwise").holder.key == posts[1]
        assert posts[2] == Letter.objects.get(finder=OLD, status="carried").holder.key, "where most is to be seen"
        assert "No one of them sees a list" in page.content.decode()
        client.post(reverse("public:step_in"), {"post": told[2].post})
        nobody = client.post(reverse("public:step_in"), {"post": told[-1].post})
        assert nobody.headers["Location"] == reverse("outreach:stop")
        assert "_auth_user_id" not in client.session
        code = code_of(letter.pk)
        stop = reverse("outreach:stop")
        client.post(stop, {"code": code, "stamp": client.get(stop).context["form"].stamp})
        assert Letter.objects.get(pk=letter.pk).status == "declined"


def test_each_letter_has_become_what_its_round_says(played):
    everybody = ordinary()
    for round_ in (FIRST_ROUND, SECOND_ROUND, THIRD_ROUND):
        for number, outcome in round_.items():
            found = Letter.objects.filter(person=person(everybody[number])).values_list("outcome", flat=True)
            # from a letter that has ended nothing leads to anybody any more
            assert list(found) == ([outcome] if outcome is Outcome.NOT_FOUND else []), number
    for carried in (the_retired()[1], everybody[CARRIED]):
        assert Letter.objects.get(person=person(carried)).status == "carried"


def test_from_who_said_no_before_or_with_the_code_no_letter_leads_to_them(played):
    for each in (ordinary()[SILENT], the_retired()[2]):
        assert not Letter.objects.filter(person=person(each)).exists()
