"""An objection names one condition and what shows it, goes to the office above, has its own clock, and touches no money."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from chengnuo.benefits import queries
from chengnuo.benefits.models import Due, Objection
from chengnuo.benefits.operations import noticing, objecting
from chengnuo.benefits.operations.forgetting import forget_beside
from chengnuo.benefits.operations.objecting import AnswerNeedsWords, NotACondition, NoticeIsOver
from chengnuo.cases.models import Case
from chengnuo.cases.operations.handle import NEWS
from chengnuo.cases.operations.receive import AboutOwnOffice
from chengnuo.foundation.actor import resident, system
from chengnuo.foundation.acts import act
from chengnuo.foundation.gate import gate
from chengnuo.foundation.models.log import LogEntry
from chengnuo.foundation.models.outbox import Errand
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere
from chengnuo.notices.models import NoticeLine
from chengnuo.notices.operations import ending, publishing
from chengnuo.policies import objections as policy
from chengnuo.policies.objections import grounds
from chengnuo.policies.sheet import Unfit
from chengnuo.promises.models import Duty
from tests.factories import cases, claims, county, notices, photos
from tests.factories import objections as made_up
from tests.factories.objections import WORDS, answered, follow, made, noticed

pytestmark = pytest.mark.django_db
NOW, DAY = county.MONDAY, claims.DAY


def over(at=NOW + 10 * DAY):
    """The days of every notice are over."""
    ending.end_due(at=at)
    follow(at)


def stage(claim):
    return claims.again(claim).stands_at.key


def owed(objection):
    return Duty.objects.get(subject_id=objection.pk, parent=None)


def test_it_goes_to_the_office_above_and_the_office_objected_to_never_sees_it():
    claim, *_others = noticed()
    objection = made(claim, name="赵德柱")
    assert (objection.office.key, objection.about_office.key) == (county.TOWNSHIP, county.VILLAGE)
    assert (objection.case.sort, objection.case.holder.key) == ("objection", claims.TOWNSHIP_DESK)
    duty = owed(objection)
    assert (duty.kind, duty.promise.promise.key, duty.hidden_from.key) == (
        "objection",
        "answer-to-objection",
        county.VILLAGE,
    )
    for post in (claims.DESK, cases.HEAD):
        officer = county.officer(post)
        assert not gate.which(officer, ["objection.see", "objection.uphold", "objection.reject"], objection)
        assert not gate.allows(officer, "case.see", objection.case)
        with pytest.raises((NotHere, NotAllowed)):
            answered(objection, post=post, at=NOW)


def test_the_claimant_reads_it_and_whoever_objected_follows_it_and_nobody_else_does():
    claim, other, *_others = noticed()
    objection = made(claim, name="赵德柱")
    for holds in (claim.case_id, objection.case_id):
        assert gate.allows(resident(holds), "objection.see", objection)
    assert not gate.allows(resident(other.case_id), "objection.see", objection)
    assert [each.pk for each in queries.objections(resident(claim.case_id), claim.pk)] == [objection.pk]
    assert cases.opened(objection.words, of=claim.pk) == WORDS
    held = [str(getattr(objection, field.attname)) for field in Objection._meta.concrete_fields]
    assert "赵" not in " ".join(held), "no name stands beside the claim"


def test_without_a_name_no_row_tells_the_hour():
    claim, *_others = noticed()
    objection = made(claim, at=NOW + DAY)
    begins = objection.made_at
    assert (begins.hour, begins.minute) == (16, 0), "midnight of the county"
    assert objection.pk.version == 4
    assert Case.objects.get(pk=objection.case_id).is_anonymous
    assert owed(objection).opened_at == begins
    assert {entry.written_at for entry in LogEntry.objects.filter(schema="objection.make/1")} == {begins}


def test_the_same_ground_again_is_taken_in_and_all_of_it_is_answered_together():
    claim, other, *_others = noticed()
    ours = [made(claim), made(claim, words="他没有六十岁。", name="赵德柱"), made(claim, words="另一份材料。")]
    beside = [made(claim, ground="registration"), made(other)]
    assert len({each.case_id for each in ours}) == 3, "each has its own receipt"
    answered(ours[1], at=NOW)
    for each in ours:
        each.refresh_from_db()
        assert (each.status, each.case.status, owed(each).outcome) == ("not_upheld", "done", "kept")
        assert cases.opened(each.answer, of=claim.pk) == "查过户口簿，年龄没有错。"
    assert {Objection.objects.get(pk=each.pk).status for each in beside} == {"open"}


def test_a_first_worthless_objection_shields_no_claim():
    claim, *_others = noticed()
    answered(made(claim), at=NOW)
    proof = made(claim, words="户口簿上是1970年。", at=NOW + DAY)
    assert proof.status == "open"
    answered(proof, upheld=True, at=NOW + DAY)
    assert [each.status for each in queries.objections(resident(claim.case_id), claim.pk)] == ["not_upheld", "upheld"]
    assert made(claim, at=NOW + DAY).status == "open", "that one was upheld is nobody's to learn here"


def test_one_that_is_withdrawn_takes_none_of_the_others_with_it():
    claim, *_others = noticed()
    first, second = made(claim), made(claim)
    cases.withdraw(first.case, at=NOW)
    follow(NOW)
    assert {Objection.objects.get(pk=each.pk).status for each in (first, second)} == {"withdrawn", "open"}
    assert owed(first).outcome == "discharged"
    made(claim)


@pytest.mark.parametrize("first", ["answered", "withdrawn", "open"])
def test_the_same_ground_holds_a_claim_up_once_and_no_longer_than_the_first_answer_may_take(first):
    claim, *_others = noticed()
    before = made(claim)
    if first == "answered":
        answered(before, at=NOW)
    if first == "withdrawn":
        cases.withdraw(before.case, at=NOW)
    made(claim, at=NOW + 7 * DAY)
    over()
    if first != "answered":
        made_up.noticing_at(owed(before).due_at)
        assert stage(claim) == "village_notice"
        made_up.noticing_at(owed(before).due_at + DAY)
    assert stage(claim) == "township_review"
    made_late = Objection.objects.exclude(pk=before.pk).get()
    assert made_late.status == "open", "it is answered all the same"


def test_another_ground_holds_it_up_for_itself_and_what_the_programme_does_not_ask_never(monkeypatch):
    claim, other, *_others = noticed()
    answered(made(claim), at=NOW)
    made(claim, ground="registration", at=NOW + 7 * DAY)
    foreign = grounds() | {"foreign": replace(grounds()["age"], key="foreign", conditions={})}
    for module in (objecting, noticing):
        monkeypatch.setattr(module, "grounds", lambda: foreign)
    assert made(other, ground="foreign", at=NOW + 7 * DAY).status == "open", "no answer tells for what it is claimed"
    over()
    assert (stage(claim), stage(other)) == ("village_notice", "township_review")


def test_births_conduct_and_membership_cannot_be_chosen(tmp_path):
    claim, *_others = noticed()
    for ground in ("children", "no_double", "conduct", "group", ""):
        with pytest.raises(NotACondition):
            made(claim, ground=ground)
    with pytest.raises(NotACondition):
        made(claim, words="  ")
    assert set(grounds()) == {"age", "registration"}
    text = policy.FILE.read_text(encoding="utf-8")
    for bad, why in (("children", "asks about"), ("no_double", "asks about"), ("conduct", "conduct")):
        file = tmp_path / f"{bad}.yaml"
        file.write_text(text.replace("[rural]", f"[{bad}]"), encoding="utf-8")
        with pytest.raises(Unfit, match=why):
            policy.read(file)
    file.write_text(text.replace("rural-incentive: [rural]", "special-bereaved: [lost]"), encoding="utf-8")
    with pytest.raises(Unfit, match="stands in no notice"):
        policy.read(file)


def test_only_while_the_notice_runs_and_only_to_a_line_of_it():
    claim, *_others = noticed()
    line = made_up.line_of(claim)
    NoticeLine.objects.filter(pk=line.pk).update(reference="ZZZZZ")
    made(claim)
    over()
    with pytest.raises(NoticeIsOver):
        made(claim, ground="registration", at=NOW + 10 * DAY)


def test_an_officer_of_the_very_office_takes_none_in_and_any_other_counter_does():
    claim, *_others = noticed()
    with pytest.raises(AboutOwnOffice):
        made(claim, by=county.officer(claims.DESK))
    objection = made(claim, name="赵德柱", by=county.officer(f"{cases.ELSEWHERE}.desk"))
    assert objection.case.helper.key == f"{cases.ELSEWHERE}.desk"


def test_a_claim_waits_for_an_answer_in_time_and_goes_on_with_it():
    claim, other, *_others = noticed()
    objection = made(claim, at=NOW + 7 * DAY)
    over()
    assert (stage(claim), stage(other)) == ("village_notice", "township_review")
    answered(objection, upheld=True, at=NOW + 11 * DAY)
    follow(NOW + 11 * DAY)
    assert stage(claim) == "township_review", "upheld or not: whoever decides reads it"
    objection.refresh_from_db()
    assert objection.status == "upheld"
    assert (objection.case.status, objection.case.open_steps) == ("done", 0)
    assert owed(objection).outcome == "kept"


def test_when_the_answer_is_late_the_claim_goes_on():
    claim, *_others = noticed()
    objection = made(claim, at=NOW + 7 * DAY)
    over()
    made_up.noticing_at(owed(objection).due_at)
    assert stage(claim) == "village_notice"
    made_up.noticing_at(owed(objection).due_at + DAY)
    assert stage(claim) == "township_review"
    assert Objection.objects.get(pk=objection.pk).status == "open", "it is answered all the same"
    answered(objection, at=NOW + 40 * DAY)
    assert owed(objection).outcome in {"kept_late", "broken"}


def test_an_answer_says_why_and_is_given_once_by_whoever_has_it():
    claim, *_others = noticed()
    objection = made(claim)
    with pytest.raises(AnswerNeedsWords):
        answered(objection, at=NOW, words=" ")
    for post in (claims.BUREAU_DESK, f"{cases.ELSEWHERE}.desk", f"{county.VILLAGE}.supervisor"):
        with pytest.raises((NotHere, NotAllowed)):
            answered(objection, post=post, at=NOW)
    done = answered(objection, at=NOW)
    assert cases.opened(done.answer, of=claim.pk) == "查过户口簿，年龄没有错。"
    with pytest.raises(MoveRefused):
        answered(objection, at=NOW)


def test_money_that_is_awarded_is_never_touched():
    granted = [claims.at_decision(of=of) for of in range(1, 6)]
    awards = [claims.granted(claim, at=NOW + 5 * DAY) for claim in granted]
    follow(NOW + 5 * DAY)
    notice = made_up.notice_of(granted[0])
    assert (notice.sort, notice.size) == ("result", 5)
    county.officer("health-bureau.desk", at=NOW + 5 * DAY)
    by = {"post": claims.BUREAU_DESK, "at": NOW + 5 * DAY}
    notices.does(publishing.hang, notices.does(publishing.publish, notice, **by), photo=photos.made(), **by)
    before = [(award.status, award.version, list(Due.objects.values_list("fen", flat=True))) for award in awards]
    objection = made(granted[0], at=NOW + 6 * DAY)
    assert objection.office.level == "city", "the office above the county's"
    answered(objection, upheld=True, post=objection.holder.key, at=NOW + 7 * DAY)
    over(NOW + 30 * DAY)
    for award in awards:
        award.refresh_from_db()
    assert before == [
        (award.status, award.version, list(Due.objects.values_list("fen", flat=True))) for award in awards
    ]
    assert claims.again(granted[0]).status == "granted"


def test_what_was_written_goes_with_either_case():
    claim, *_others = noticed()
    objection = answered(made(claim), at=NOW)
    with act("case.forget/1", by=system(), at=NOW, key=uuid4(), said={}) as a:
        a.permit()
        forget_beside(a, [objection.case_id])
    objection.refresh_from_db()
    assert not objection.words
    assert not objection.answer


def test_the_claimant_is_told_of_it_and_of_the_answer_and_whoever_objected_of_the_answer():
    claim, *_others = noticed()

    def heard():
        waiting = Errand.objects.filter(handler="channels.told", done_at=None)
        return set(waiting.values_list("topic", "payload__id"))

    follow(NOW)
    objection = made(claim, name="赵德柱")
    assert heard() == {(NEWS, str(claim.case_id))}
    follow(NOW)
    answered(objection, at=NOW)
    told = {pk for topic, pk in heard()}
    assert {str(claim.case_id), str(objection.case_id)} <= told
    follow(NOW)
    over()
    assert stage(claim) == "township_review"
    assert Errand.objects.filter(topic=NEWS, payload__id=str(claim.case_id)).count() == 3, "and that its notice is over"


def test_of_one_without_a_name_no_message_tells_the_hour():
    claim, *_others = noticed()
    follow(NOW)
    objection = made(claim)
    assert not Errand.objects.filter(done_at=None).exists()
    answered(objection, at=NOW + DAY)
    assert Errand.objects.filter(topic=NEWS, payload__id=str(claim.case_id), done_at=None).exists()
