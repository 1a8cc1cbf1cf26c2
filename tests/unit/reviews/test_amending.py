"""An award changes by two officers alone: proposed with reasons, confirmed by another, once, from the right day, and never over its family."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from chengnuo.benefits import queries
from chengnuo.benefits.models import Award, Due, Scribe
from chengnuo.benefits.operations.awards import NotYet, YearAwarded
from chengnuo.channels.models import Message
from chengnuo.config import worker
from chengnuo.foundation.actor import resident
from chengnuo.foundation.models import Errand
from chengnuo.foundation.models.log import LogEntry
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused, NotAllowed, NotHere, SignInAgain
from chengnuo.people.models import Office, Post
from chengnuo.promises.models import Duty
from chengnuo.reviews import queries as asked
from chengnuo.reviews.models import Amendment
from chengnuo.reviews.operations import amending, answering, passing
from chengnuo.reviews.operations.amending import (
    DayTooFar,
    DecidedThere,
    GivesOtherwise,
    NobodyElse,
    NoEnding,
    NoReasons,
    SameSum,
    SaysOtherwise,
    Waits,
    YearOutside,
)
from chengnuo.reviews.operations.anew import NeverAsked
from tests.factories import awarding, cases, claims, county, messages, money, residents, reviews
from tests.factories.amendments import again, anew, confirmed, dropped, ended
from tests.factories.money import LATER, said

pytestmark = pytest.mark.django_db
DAY, HEAD, DESK = LATER.date(), claims.BUREAU_HEAD, claims.BUREAU_DESK
ABOVE = "city-supervision.head"


# constraint: how a good row comes about, and a change that makes it a bad one
BAD = [
    ("confirmed_amendment_names_who_did", lambda: confirmed(ended()), {"confirmed_at": None}),
    ("confirmed_amendment_names_who_did", ended, {"status": "confirmed"}),
    ("amendment_is_of_one_sort", ended, {"ending": ""}),
    ("amendment_is_of_one_sort", ended, {"ends_on": None}),
    ("amendment_is_of_one_sort", ended, {"year": 2026}),
    ("amendment_is_of_one_sort", ended, {"sort": "determine"}),
    ("amendment_is_of_one_sort", anew, {"fen": -1}),
    ("amendment_is_of_one_sort", anew, {"year": None}),
]


@pytest.mark.parametrize(("name", "make", "fields"), BAD)
def test_a_bad_row_is_refused_by_the_constraint_that_names_it(name, make, fields):
    row = make()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Amendment.objects.filter(pk=row.pk).update(**fields)


def owed(found):
    return dict(Duty.objects.filter(subject_id=found.pk).values_list("promise__promise__key", "outcome"))


def sums(award):
    return [(year.year, year.fen, year.before) for year in queries.years(award.pk)]


def own_code(review, at=LATER):
    by = resident(review.pk)
    return answering.say_unchanged(review=review.pk, how="code", by=by, at=at, key=uuid4())


# two officers


def test_a_year_is_determined_anew_by_two_and_nothing_is_otherwise_before_the_second():
    award = money.awarded()
    found = anew(award)
    assert (found.fen, found.holder.key, owed(found)) == (0, HEAD, {"review-determined": ""})
    assert sums(award) == [(2026, 96_000, ())]
    confirmed(found)
    assert sums(award) == [(2026, 0, (96_000,))]
    done = again(found)
    assert (done.status, owed(done)) == ("confirmed", {"review-determined": "kept"})
    assert cases.opened(done.facts, of=award.pk) == '{"person": {"rural": false}}', (
        "what was changed can be read for ever"
    )
    assert done.confirmed_account != done.proposed_account
    assert '"rural": false' in cases.opened(again(award).facts)


def test_an_award_ends_by_two_from_the_day_on_which_it_happened():
    award = money.awarded()
    day = date(2026, 2, 1)
    found = ended(award, "death", on=day)
    assert again(award).status == "in_force"
    confirmed(found)
    over = again(award)
    assert (over.status, over.ended_for, over.ends_on) == ("ended", "death", day)
    assert '"died": "2026-02-01"' in cases.opened(over.facts)


@pytest.mark.parametrize("change", [anew, ended])
def test_whoever_proposed_it_does_not_confirm_it_in_whatever_post(change):
    found = change()
    with pytest.raises(NotHere):
        confirmed(found, post=DESK)
    office = Office.objects.get(key="health-bureau")
    Post.objects.filter(office=office, is_head=True).update(is_head=False)
    Post.objects.filter(key=DESK).update(is_head=True)
    with pytest.raises(NotHere):
        confirmed(found, post=DESK)
    assert again(found).status == "proposed"


def test_what_the_head_proposes_or_had_a_hand_in_goes_to_the_head_above_and_only_there():
    mine = anew(money.awarded(), post=HEAD)
    award = money.awarded(of=2)
    Scribe.objects.create(claim=award.claim, account=county.account_of(HEAD).pk, at=LATER)
    wrote = ended(award)
    for found in (mine, wrote):
        assert (found.holder.key, found.bureau.key) == (ABOVE, "health-bureau")
        for post in (HEAD, DESK):
            with pytest.raises(NotHere):
                confirmed(found, post=post)
        confirmed(found, post=ABOVE)
    assert again(award).status == "ended"


def test_where_everybody_upward_had_a_hand_in_it_nothing_is_proposed():
    award = money.awarded()
    for post in (HEAD, ABOVE):
        Scribe.objects.create(claim=award.claim, account=county.account_of(post).pk, at=LATER)
    with pytest.raises(NobodyElse):
        ended(award)
    assert not Amendment.objects.exists()


def test_the_database_refuses_one_officer_twice_and_two_changes_at_once():
    found = anew()
    rows = Amendment.objects.filter(pk=found.pk)
    done = {"status": "confirmed", "confirmed_at": LATER, "confirmed_by": Post.objects.get(key=HEAD)}
    for same in (
        {"confirmed_account": found.proposed_account},
        {"confirmed_account": 1, "confirmed_by": found.proposed_by},
    ):
        with pytest.raises(IntegrityError, match="amendment_is_confirmed_by_another"), transaction.atomic():
            rows.update(**done | same)
    with pytest.raises(Waits):
        ended(found.award, post=HEAD)
    fields = {field.attname: getattr(again(found), field.attname) for field in Amendment._meta.concrete_fields}
    with pytest.raises(IntegrityError, match=r"one_amendment_at_a_time|UNIQUE.*award_id"), transaction.atomic():
        Amendment(**fields | {"id": uuid4(), "facts": None, "reasons": "另一份"}).save(force_insert=True)
    dropped(found)
    ended(found.award)


@pytest.mark.parametrize("post", [claims.DESK, claims.TOWNSHIP_DESK, f"{county.TOWNSHIP}.head", money.FINANCE_HEAD])
@pytest.mark.parametrize("change", [anew, ended])
def test_no_village_no_township_and_no_other_bureau_proposes_or_confirms(post, change):
    award = money.awarded()
    with pytest.raises((NotHere, NotAllowed)):
        change(award, post=post)
    found = change(award)
    with pytest.raises((NotHere, NotAllowed)):
        confirmed(found, post=post)
    with pytest.raises((NotHere, NotAllowed)):
        dropped(found, post=post)
    assert sums(award) == [(2026, 96_000, ())]


def test_its_family_neither_proposes_nor_confirms_and_reads_only_what_counts():
    found = anew()
    family = resident(found.award.claim.case_id)
    assert asked.amendments(family, found.award_id) == []
    with pytest.raises(NotAllowed):
        amending.confirm(amendment=found.pk, by=family, at=LATER, key=uuid4())
    confirmed(found)
    assert [each.pk for each in asked.amendments(family, found.award_id)] == [found.pk]
    assert asked.amendments(resident(uuid4()), found.award_id) == []


def test_a_stale_sign_in_confirms_nothing():
    found = ended()
    by = county.officer(HEAD, at=LATER)
    with pytest.raises(SignInAgain):
        amending.confirm(amendment=found.pk, by=by, at=LATER + timedelta(minutes=16), key=uuid4())


# once


def test_a_form_that_is_sent_twice_counts_once():
    award, key = money.awarded(), uuid4()
    told = {"award": award.pk, "ending": "move", "on": DAY, "reasons": "迁走"}
    by = {"by": county.officer(DESK, at=LATER), "at": LATER}
    found = amending.end(**told, **by, key=key)
    with pytest.raises(AlreadyReceived):
        amending.end(**told, **by, key=key)
    head = {"by": county.officer(HEAD, at=LATER), "at": LATER, "key": uuid4()}
    amending.confirm(amendment=found.pk, **head)
    with pytest.raises(AlreadyReceived):
        amending.confirm(amendment=found.pk, **head)
    with pytest.raises(MoveRefused):
        confirmed(found)
    assert Award.objects.filter(status="ended").count() == 1


def test_a_year_that_an_earlier_award_paid_is_not_determined_again():
    first = money.awarded()
    awarding.end(award=first.pk, ending="move", on=date(2026, 3, 1), **said(DESK))
    later = LATER + timedelta(days=366)
    second = claims.granted(claims.at_decision(year=2027, at=later), at=later + 9 * claims.DAY)
    Award.objects.filter(pk=second.pk).update(begins=2026)
    with pytest.raises(YearAwarded):
        anew(again(second), year=2026, facts={}, at=later + 9 * claims.DAY)
    assert not Due.objects.filter(award=second, year=2026).exists()


def test_what_has_ended_is_neither_determined_nor_ended_again():
    found = confirmed(ended())
    for change in (anew, ended):
        with pytest.raises(MoveRefused):
            change(found.award)


# what counts


def test_it_needs_reasons_a_year_that_there_was_and_something_that_is_otherwise():
    award = money.awarded()
    for change, told, why in (
        (anew, {"reasons": " "}, NoReasons),
        (anew, {"year": 2025}, YearOutside),
        (anew, {"year": 2027}, YearOutside),
        (anew, {"facts": {}}, SameSum),
        (anew, {"facts": {"person": {"rural": True}}}, SameSum),
        (ended, {"ending": "over"}, NoEnding),
        (anew, {"facts": {"person": {"children_ever": 2}}}, NeverAsked),
        (anew, {"facts": {"person": {"died": "2026-01-01"}}}, NeverAsked),
        (ended, {"on": DAY + timedelta(days=1)}, NotYet),
        (ended, {"on": date(2025, 12, 31)}, DayTooFar),
    ):
        with pytest.raises(why):
            change(award, **told)
    assert not Amendment.objects.exists()


def test_an_award_is_not_ended_far_back_but_for_a_death():
    at = datetime(2028, 3, 6, 2, tzinfo=UTC)
    award = money.awarded()
    for ending in ("move", "statement"):
        with pytest.raises(DayTooFar):
            ended(award, ending, on=date(2026, 12, 31), at=at)
    with pytest.raises(DayTooFar):
        ended(award, "death", on=date(2025, 12, 31), at=at)
    assert confirmed(ended(award, "death", on=date(2026, 12, 31), at=at), at=at).status == "confirmed"


def test_what_is_stated_of_an_earlier_year_counts_for_that_year_alone():
    award = reviews.awarded()
    confirmed(anew(award, year=2025))
    assert sums(award) == [(2025, 0, (96_000,))]
    assert '"rural": true' in cases.opened(again(award).facts)
    with pytest.raises(SameSum):
        anew(award, year=2025)


def test_the_year_of_a_death_is_determined_also_where_the_second_officer_signs_in_the_next_one():
    award = reviews.awarded()
    found = ended(award, "death", on=date(2026, 12, 20), at=datetime(2026, 12, 28, 2, tzinfo=UTC))
    confirmed(found, at=datetime(2027, 1, 4, 2, tzinfo=UTC))
    assert Due.objects.filter(award=award, year=2026).count() == 1


def test_it_is_confirmed_as_it_was_proposed_or_not_at_all():
    award = money.awarded()
    found = anew(award)
    Amendment.objects.filter(pk=found.pk).update(fen=5)
    with pytest.raises(GivesOtherwise):
        confirmed(found)
    assert (sums(award), again(found).status) == ([(2026, 96_000, ())], "proposed")


def test_what_is_given_up_changes_nothing_and_keeps_nothing_that_was_stated():
    found = dropped(anew())
    assert (again(found).facts, again(found).status, sums(found.award)) == (None, "dropped", [(2026, 96_000, ())])
    assert owed(found) == {"review-determined": "discharged"}, "to give up is no promise kept"
    with pytest.raises(MoveRefused):
        confirmed(found)


# the family's own word


def test_over_its_own_word_nobody_ends_it_for_a_day_before_nor_states_anything_else():
    review = reviews.reviewed(at=LATER)
    own_code(review)
    for ending in ("move", "statement"):
        with pytest.raises(SaysOtherwise):
            ended(review.award, ending, on=date(2026, 2, 1))
        with pytest.raises(SaysOtherwise):
            ended(review.award, ending, on=DAY)
    with pytest.raises(SaysOtherwise):
        anew(review.award, year=2025)
    tomorrow = LATER + claims.DAY
    assert ended(review.award, "statement", on=tomorrow.date(), at=tomorrow).status == "proposed"


def test_over_its_own_word_a_death_needs_the_register():
    review = reviews.reviewed(at=LATER)
    own_code(review)
    with pytest.raises(SaysOtherwise):
        ended(review.award, "death", on=date(2026, 2, 1))
    residents.living(claims.number(1), standing="died", since=date(2026, 2, 2))
    with pytest.raises(SaysOtherwise):
        ended(review.award, "death", on=date(2026, 2, 1))
    assert ended(review.award, "death", on=date(2026, 2, 2)).status == "proposed"


def test_its_own_word_that_comes_between_the_two_officers_counts_too():
    review = reviews.reviewed(at=LATER)
    found = ended(review.award)
    own_code(review)
    with pytest.raises(SaysOtherwise):
        confirmed(found)
    assert again(review.award).status == "in_force"


def test_what_was_told_in_a_review_is_decided_there():
    review = reviews.reviewed(at=LATER)
    reviews.changed(review, at=LATER)
    for change in (ended, lambda award: anew(award, year=2025)):
        with pytest.raises(DecidedThere):
            change(review.award)


def test_an_award_that_a_review_ends_takes_what_was_proposed_with_it():
    review = reviews.reviewed(at=LATER)
    found = ended(review.award)
    reviews.changed(review, at=LATER)
    reviews.deciding.end(review=review.pk, **reviews.said(HEAD, LATER))
    worker.drain(LATER)
    assert (again(found).status, owed(found)) == ("dropped", {"review-determined": "discharged"})


def test_an_award_that_ends_here_takes_its_open_review_with_it():
    review = reviews.reviewed(at=LATER)
    confirmed(ended(review.award))
    worker.drain(LATER)
    assert again(review).status == "dropped"


def test_what_is_proposed_for_an_award_in_force_stays_and_one_errand_drops_a_review_and_a_proposal_alike():
    review = reviews.reviewed(at=LATER)
    found = anew(review.award, year=2025)
    errand = SimpleNamespace(payload={"kind": "award", "id": str(review.award_id)})
    passing.award_ended(errand, LATER)
    assert (again(review).status, again(found).status) == ("open", "proposed")
    Award.objects.filter(pk=review.award_id).update(status="ended", ended_for="death", ends_on=DAY)
    for _ in range(2):  # an errand may be done twice
        passing.award_ended(errand, LATER)
        assert (again(review).status, again(found).status, again(found).facts) == ("dropped", "dropped", None)


# the log, and the family


def test_both_parts_are_in_the_log_without_a_word_and_the_family_is_told_once(settings, tmp_path):
    settings.VAR = tmp_path
    award = money.awarded()
    messages.agreed(award.claim.case, at=LATER)
    worker.drain(LATER)
    Message.objects.all().delete()
    found = ended(award)
    worker.drain(LATER)
    assert not Message.objects.exists()
    confirmed(found)
    worker.drain(LATER)
    assert Message.objects.count() == 1
    assert not Errand.objects.filter(done_at=None, next_at__lte=LATER).exists()
    schemas = set(LogEntry.objects.values_list("schema", flat=True))
    assert {"amendment.propose/1", "amendment.confirm/1"} <= schemas
    assert "迁往" not in str(list(LogEntry.objects.values()))


@pytest.mark.parametrize("change", [anew, ended])
def test_of_one_amendment_its_family_is_told_by_one_errand(change):
    """Though the award has moved by the same act; and not while it is proposed alone."""
    award = claims.granted(claims.at_decision(at=LATER), at=LATER)
    case = messages.agreed(award.claim.case, at=LATER)
    found = change(award)
    worker.drain(LATER)
    assert messages.readings(case) == []
    confirmed(found)
    worker.drain(LATER)
    assert messages.readings(case) == ["queued"]
    heard = Errand.objects.filter(topic="amendment.confirm/1").values_list("handler", flat=True)
    assert "payments.told" not in heard


def test_what_a_person_was_determined_to_get_is_read_once_by_each_of_both_officers():
    award = money.awarded()
    with CaptureQueriesContext(connection) as proposing:
        found = anew(award)
    with CaptureQueriesContext(connection) as confirming:
        confirmed(found)
    for seen in (proposing, confirming):
        read = [query["sql"] for query in seen if query["sql"].startswith("SELECT")]
        assert len([sql for sql in read if 'FROM "benefits_due"' in sql]) == 1
    # whoever examined it and whoever wrote it down: one question
    assert len([query for query in proposing if "benefits_scribe" in query["sql"] and "UNION" in query["sql"]]) == 1
