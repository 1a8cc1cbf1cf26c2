"""New codes for lost ones: two people, one day, and a code that was replaced opens nothing, not even after a restore."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.cases import queries
from chengnuo.cases.models import Case, Chapter, KnownBy, Lost, NewCode
from chengnuo.cases.operations import recode
from chengnuo.foundation.actor import resident, system
from chengnuo.foundation.receipts import index_of, receipt_code
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere, SignInAgain
from tests.factories import cases, county
from tests.factories.cases import DAY, DESK, HEAD, HOUR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = county.MONDAY
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Tombstones of one test are no other's."""
    settings.VAR = tmp_path


@pytest.fixture
def case():
    return cases.ask()


def asked(case, *, post=DESK, at=NOW, reason="lost", known_by="card"):
    return cases.does(recode.ask, case, post, at=at, reason=reason, known_by=known_by)


def then(operation, new_code, post, *, at=NOW):
    return operation(new_code=new_code.pk, by=county.officer(post, at=at), at=at, key=uuid4())


def given_out(case, *, at=NOW):
    new = asked(case, at=at)
    then(recode.confirm, new, HEAD, at=at)
    return then(recode.hand_out, new, DESK, at=at)


@pytest.mark.parametrize("reason", Lost.values)
@pytest.mark.parametrize("known_by", KnownBy.values)
def test_every_reason_and_way_of_the_lists_is_kept_as_it_was_chosen(case, reason, known_by):
    new = asked(case, reason=reason, known_by=known_by)
    assert (new.status, new.reason, new.known_by, new.asked_from.key, new.asked_at) == ("asked", reason, known_by, DESK, NOW)  # fmt: skip
    assert new.asked_by_id == county.officer(DESK).account


@given(words=st.text(max_size=12), first=st.booleans())
def test_nothing_else_is_written_down(words, first):
    said = {"reason": words, "known_by": "card"} if first else {"reason": "lost", "known_by": words}
    if words in (Lost.values if first else KnownBy.values):
        return
    with pytest.raises(recode.NotFromTheList):
        recode.ask(case=uuid4(), by=system(), at=NOW, key=uuid4(), **said)


def test_no_complaint_gets_one_even_with_a_name():
    with pytest.raises(recode.NeverForComplaints):
        asked(cases.complaint(name="王桂兰"), post=cases.TOWNSHIP_DESK)
    assert not NewCode.objects.exists()


@pytest.mark.parametrize("by", [system(), resident(uuid4())])
def test_only_an_officer_asks(case, by):
    with pytest.raises(NotAllowed):
        asked(case, post=by)


def test_what_was_asked_before_ends_with_the_next_one_and_of_another_case_stays(case):
    first, other = asked(case), asked(cases.ask())
    second = asked(case)
    then(recode.confirm, second, HEAD)
    third = asked(case)
    found = dict(NewCode.objects.values_list("pk", "status"))
    assert found == {first.pk: "dropped", second.pk: "dropped", third.pk: "asked", other.pk: "asked"}
    assert queries.new_code_of(case.pk).pk == third.pk


@pytest.mark.parametrize(("after", "in_time"), [(0 * HOUR, True), (DAY, True), (DAY + SECOND, False)])
@pytest.mark.parametrize("step", ["confirm", "hand_out"])
def test_each_step_is_taken_within_a_day_of_the_asking(case, step, after, in_time):
    new, post = asked(case), HEAD
    if step == "hand_out":
        then(recode.confirm, new, HEAD)
        post = DESK
    if in_time:
        then(getattr(recode, step), new, post, at=NOW + after)
    else:
        with pytest.raises(recode.AskedTooLongAgo):
            then(getattr(recode, step), new, post, at=NOW + after)
        assert cases.again(case).codes == 0
        assert then(recode.drop, new, DESK, at=NOW + after).status == "dropped", "it can still be thrown away"


@pytest.mark.parametrize(
    ("who", "refused"), [(DESK, NotHere), (f"{cases.ELSEWHERE}.head", NotHere), ("education-bureau.head", NotHere)]
)
def test_who_does_not_confirm(case, who, refused):
    new = asked(case)
    with pytest.raises(refused):
        then(recode.confirm, new, who)
    assert NewCode.objects.get().confirmed_by is None


def test_whoever_confirms_has_just_signed_in(case):
    new = asked(case)
    stale = county.officer(HEAD, at=NOW - DAY)
    with pytest.raises(SignInAgain):
        recode.confirm(new_code=new.pk, by=stale, at=NOW, key=uuid4())


def test_nothing_is_printed_before_it_is_confirmed_nor_twice(case):
    new = asked(case)
    with pytest.raises(MoveRefused):
        then(recode.hand_out, new, DESK)
    then(recode.confirm, new, HEAD)
    then(recode.hand_out, new, DESK)
    with pytest.raises(MoveRefused):
        then(recode.hand_out, new, DESK)
    assert cases.again(case).codes == 1


def test_a_case_that_is_forgotten_gets_none(case):
    new = asked(case)
    Case.objects.filter(pk=case.pk).update(forgotten_at=NOW)
    with pytest.raises(NotHere):
        then(recode.confirm, new, HEAD)


def test_the_old_code_closes_the_new_one_opens_and_the_story_says_so(case):
    before = receipt_code(case.pk)
    assert queries.by_receipt(before) == case.pk
    after = given_out(case, at=NOW + HOUR)
    assert (after.codes, after.recoded_at) == (1, NOW + HOUR)
    assert queries.by_receipt(before) is None
    assert queries.by_receipt(receipt_code(case.pk, 1)) == case.pk
    assert Chapter.objects.filter(case=case, move="hand_out", post__key=DESK).count() == 1


@pytest.mark.parametrize("times", [0, 1, 2, 3])
def test_of_all_codes_of_a_case_the_last_one_alone_opens(case, times):
    for n in range(times):
        given_out(case, at=NOW + n * HOUR)
    opening = [n for n in range(times + 2) if queries.by_receipt(receipt_code(case.pk, n))]
    assert opening == [times]


@pytest.mark.parametrize(("lost", "back"), [(1, 0), (2, 0), (2, 1), (3, 0)])
def test_after_a_restore_the_slip_that_the_family_holds_opens_again(case, lost, back):
    """An older copy knows `back` new codes; the tombstones know that `lost` were given."""
    other = cases.ask()
    for n in range(lost):
        given_out(case, at=NOW + n * HOUR)
    Case.objects.filter(pk=case.pk).update(codes=back, receipt_index=index_of(receipt_code(case.pk, back)))
    recode.replace_again(NOW + DAY)
    opening = [n for n in range(lost + 2) if queries.by_receipt(receipt_code(case.pk, n))]
    assert opening == [lost]
    assert cases.again(other).codes == 0, "nobody else's slip changes"
    before = cases.again(case).recoded_at
    recode.replace_again(NOW + 2 * DAY)
    assert cases.again(case).recoded_at == before, "done again, it does nothing"


# reads


def test_when_codes_changed_is_known_of_those_that_did(case, django_assert_num_queries):
    other = cases.ask()
    given_out(case, at=NOW + HOUR)
    with django_assert_num_queries(1):
        assert queries.recoded([case.pk, other.pk, uuid4()]) == {case.pk: NOW + HOUR}
    assert queries.recoded([]) == {}
    assert queries.codes_of([case.pk, other.pk, uuid4()]) == {case.pk: 1, other.pk: 0}
    Case.objects.filter(pk=case.pk).update(forgotten_at=NOW)
    assert queries.codes_of([case.pk]) == {}


def test_those_to_confirm_are_the_oldest_first_and_never_one_s_own(case):
    second = cases.ask()
    asked(second, at=NOW + HOUR)
    asked(case)

    def waiting(post, since=NOW - DAY):
        return [each.case for each in queries.to_confirm(county.officer(post), since=since)]

    assert waiting(HEAD) == [case.pk, second.pk]
    assert waiting(HEAD, since=NOW) == [second.pk]
    assert waiting(DESK) == waiting(f"{cases.ELSEWHERE}.head") == []
    then(recode.confirm, NewCode.objects.get(case=case), HEAD)
    assert waiting(HEAD) == [second.pk]
