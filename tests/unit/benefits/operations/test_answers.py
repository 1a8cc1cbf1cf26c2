"""Each ground, its term to the minute, who is answered together, and what each side holds of the other."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.benefits import queries
from chengnuo.benefits.internal import joined
from chengnuo.benefits.models import Due, Objection
from chengnuo.benefits.operations import objecting
from chengnuo.benefits.operations.objecting import NotACondition, NoticeIsOver
from chengnuo.core.deadlines import end_of
from chengnuo.foundation.actor import resident, visitor
from chengnuo.foundation.models.log import LogEntry
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused, NotAllowed, NotHere
from chengnuo.notices.operations import ending, publishing
from chengnuo.people.operations.contacts import Person
from chengnuo.policies.objections import grounds
from chengnuo.promises.models import Duty
from tests.factories import cases, claims, county, notices
from tests.factories import objections as made_up
from tests.factories.objections import answered, follow, made, noticed

pytestmark = pytest.mark.django_db
NOW, DAY = county.MONDAY, claims.DAY
MINUTE = timedelta(minutes=1)


def stage(claim):
    return claims.again(claim).stands_at.key


def due_at(objection):
    return Duty.objects.get(subject_id=objection.pk, parent=None).due_at


def status(*objections):
    return [Objection.objects.get(pk=each.pk).status for each in objections]


def over(at=NOW + 10 * DAY):
    ending.end_due(at=at)
    follow(at)


def test_each_ground_holds_up_its_own_claim_until_the_minute_of_its_term_and_no_other():
    first, second, both, none, _last = noticed()
    late = {
        claim.pk: made(claim, ground=ground, at=NOW + 7 * DAY)
        for ground, claim in zip(grounds(), (first, second), strict=True)
    }
    twice = [made(both, ground=ground, at=NOW + day * DAY) for ground, day in zip(grounds(), (6, 7), strict=True)]
    over()
    assert [stage(claim) for claim in (first, second, both, none)] == ["village_notice"] * 3 + ["township_review"]
    terms = {due_at(each) for each in late.values()}
    assert len(terms) == 1, "every ground has the same term"
    (term,) = terms
    made_up.noticing_at(term)
    assert [stage(claim) for claim in (first, second, both)] == ["village_notice"] * 3
    made_up.noticing_at(term + MINUTE)
    assert [stage(claim) for claim in (first, second)] == ["township_review"] * 2
    assert stage(both) == "township_review", "the later of its two terms is over as well"
    assert status(*late.values(), *twice) == ["open"] * 4, "late answers are still owed"
    assert Duty.objects.filter(subject_id__in=[each.pk for each in twice], ended_at=None).exists()


def test_of_two_grounds_the_claim_waits_for_the_second_after_the_first_is_answered():
    claim, *_others = noticed()
    age, registration = (made(claim, ground=ground, at=NOW + 7 * DAY) for ground in grounds())
    over()
    for objection, upheld, following in ((age, True, "village_notice"), (registration, False, "township_review")):
        answered(objection, upheld=upheld, at=NOW + 11 * DAY)
        follow(NOW + 11 * DAY)
        assert stage(claim) == following
    assert status(age, registration) == ["upheld", "not_upheld"]


def test_a_line_is_named_exactly_and_nothing_is_left_of_what_is_not():
    claim, *_others = noticed()
    line, draft = made_up.line_of(claim), notices.put()
    assert draft.notice.status == "drafted"
    good = {"notice": line.notice.number, "reference": line.reference, "ground": "age", "words": "年龄不到。"}
    bad = [
        ({"notice": draft.notice.number, "reference": draft.reference}, NoticeIsOver),
        ({"reference": draft.reference}, NoticeIsOver),
        ({"notice": ""}, NoticeIsOver),
        ({"reference": ""}, NoticeIsOver),
        ({"reference": str(claim.pk)}, NoticeIsOver),
        ({"ground": "AGE"}, NotACondition),
        ({"ground": "age "}, NotACondition),
        ({"words": "\n\t "}, NotACondition),
    ]
    how = {"person": Person(name=""), "by": visitor(), "at": NOW}
    for changed, refused in bad:
        with pytest.raises(refused):
            objecting.make(**good | changed, **how, key=uuid4())
        assert not Objection.objects.exists(), changed
    key = uuid4()
    objecting.make(**good, **how, key=key)
    with pytest.raises(AlreadyReceived):
        objecting.make(**good, **how, key=key)
    assert [each.claim_id for each in Objection.objects.all()] == [claim.pk]


def test_a_line_of_a_list_that_was_recalled_or_missed_takes_nothing_in():
    recalled, *_others = noticed()
    line = made_up.line_of(recalled)
    notices.does(publishing.recall, line.notice, reason="mistake")
    with pytest.raises(NoticeIsOver):
        objecting.make(
            notice=line.notice.number, reference=line.reference, ground="age", words="年龄不到。", person=Person(name=""), by=visitor(), at=NOW, key=uuid4()
        )  # fmt: skip
    assert not Objection.objects.exists()


def test_the_last_minute_of_the_last_day_still_counts_and_the_next_does_not():
    claim, *_others = noticed()
    midnight = end_of(made_up.notice_of(claim).ends)
    assert made(claim, at=midnight - MINUTE).status == "open"
    with pytest.raises(NoticeIsOver):
        made(claim, ground="registration", at=midnight)


def test_more_than_a_few_joined_are_answered_in_turns_the_oldest_first(monkeypatch):
    monkeypatch.setattr(joined, "AT_A_TIME", 2)
    claim, *_others = noticed()
    ours = [made(claim, name=f"赵德{sign}", at=NOW + number * MINUTE) for number, sign in enumerate("甲乙丙丁戊")]
    answered(ours[4], at=NOW + DAY)
    assert status(*ours) == ["not_upheld", "not_upheld", "open", "open", "not_upheld"]
    answered(ours[2], upheld=True, at=NOW + DAY)
    assert status(*ours) == ["not_upheld", "not_upheld", "upheld", "upheld", "not_upheld"]
    with pytest.raises(MoveRefused):
        answered(ours[0], upheld=True, at=NOW + DAY)


def test_one_that_was_withdrawn_is_neither_answered_nor_joined():
    claim, *_others = noticed()
    gone, stays, asked = made(claim), made(claim), made(claim)
    cases.withdraw(gone.case, at=NOW)
    follow(NOW)
    with pytest.raises(MoveRefused):
        answered(gone, at=NOW)
    answered(asked, at=NOW)
    assert status(gone, stays, asked) == ["withdrawn", "not_upheld", "not_upheld"]
    assert not Objection.objects.get(pk=gone.pk).answer


def test_each_side_opens_its_own_and_neither_the_others_case_nor_a_neighbour_anything():
    claim, other, *_others = noticed()
    named, hidden, elsewhere = (
        made(claim, name="赵德柱"),
        made(claim, ground="registration"),
        made(other, name="赵德柱"),
    )
    everyone = {named.pk, hidden.pk, elsewhere.pk}
    sees = {
        claim.case_id: {named.pk, hidden.pk},
        other.case_id: {elsewhere.pk},
        named.case_id: {named.pk},
        hidden.case_id: {hidden.pk},
        uuid4(): set(),
    }
    for case, theirs in sees.items():
        viewer = resident(case)
        for pk in everyone:
            if pk in theirs:
                assert queries.objection(viewer, pk).pk == pk
            else:
                with pytest.raises(NotHere):
                    queries.objection(viewer, pk)
        assert (queries.claim_of(viewer, case) is not None) == (case in {claim.case_id, other.case_id})
    for objector in (named.case_id, hidden.case_id):
        with pytest.raises(NotHere):
            queries.claim(resident(objector), claim.pk)
        assert queries.award_of(resident(objector), claim.pk) is None


def test_neither_family_nor_objector_nor_time_answers_and_the_words_are_in_no_log():
    claim, *_others = noticed()
    objection = made(claim, name="赵德柱")
    for by in (resident(claim.case_id), resident(objection.case_id), visitor()):
        for operation in (objecting.uphold, objecting.reject):
            with pytest.raises((NotHere, NotAllowed)):
                operation(objection=objection.pk, words="可以。", by=by, at=NOW, key=uuid4())
    answered(objection, at=NOW)
    told = " ".join(
        f"{entry.public} {entry.private}" for entry in LogEntry.objects.filter(schema__startswith="objection.")
    )
    assert told
    for words in ("1970", "赵", "户口簿", "欧阳"):
        assert words not in told


def test_an_upheld_objection_changes_no_sum_no_stage_and_is_read_by_whoever_decides():
    claim, *others = noticed()
    objection = answered(made(claim, name="赵德柱"), upheld=True, at=NOW)
    over()
    at = NOW + 11 * DAY
    claim = claims.passed_on(claims.again(claim), claims.TOWNSHIP_DESK, at=at)
    claim = claims.passed_on(claim, claims.BUREAU_DESK, at=at) if claim.stage + 1 < len(claim.stages) else claim
    head = county.officer(claims.BUREAU_HEAD, at=at)
    assert [each.pk for each in queries.objections(head, claim.pk)] == [objection.pk]
    award = claims.granted(claim, at=at)
    assert Due.objects.get(award=award).fen == 96_000, "the decision is the officer's, with what was found before them"
    assert not Due.objects.exclude(award=award).exists()
    assert {stage(other) for other in others} == {"township_review"}
