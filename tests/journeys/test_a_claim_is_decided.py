"""Officers and a claim: each stage finds it on its desk, says what it found, and another one decides; the case ends with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengnuo.benefits.models import Award
from chengnuo.cases.models import Case
from chengnuo.foundation import clock
from tests.factories import cases, claims, county

pytestmark = pytest.mark.django_db


def page(post, claim):
    return cases.at_desk(post).get("claim", claim.pk)


def test_from_the_village_to_the_county(monday):
    claim = claims.made()
    for post in (claims.DESK, claims.TOWNSHIP_DESK):
        monday.move(timedelta(days=1))
        inbox = cases.at_desk(post).get("inbox").content.decode()
        assert str(claim.pk) in inbox
        shown = page(post, claims.again(claim))
        assert "960" in shown.content.decode()
        sent = cases.at_desk(post).send("claim_deed", claim.pk, "pass_on", verdict="supports", words="")
        assert sent.status_code == 302, sent.content.decode()
        shown = page(post, claim).content.decode()
        assert "is put into the next public notice of this office by itself" in shown
        assert "/pass_on/" not in shown, "nobody says by hand that it hung"
        monday.move(timedelta(days=1))
        claims.passed_on(claims.again(claim), post, at=clock.now())
    monday.move(timedelta(days=1))
    sent = cases.at_desk(claims.BUREAU_HEAD).send("claim_deed", claim.pk, "grant", fen="", reasons="")
    assert sent.status_code == 302, sent.content.decode()
    assert Award.objects.get().claim_id == claim.pk
    assert Case.objects.get(pk=claim.case_id).status == "done"


def test_another_sum_is_typed_in_yuan_and_needs_reasons(monday):
    claim = claims.at_decision("special-bereaved")
    monday.move(timedelta(days=2))
    desk = cases.at_desk(claims.BUREAU_HEAD)
    refused = desk.send("claim_deed", claim.pk, "grant", fen="5,520.50", reasons="")
    assert "Write why it is decided otherwise" in refused.content.decode()
    assert "5,520.50" in refused.content.decode()
    assert (
        "Write yuan like 1200" in desk.send("claim_deed", claim.pk, "grant", fen="5520块", reasons="x").content.decode()
    )
    assert desk.send("claim_deed", claim.pk, "grant", fen="5,520.50", reasons="补贴标准另有规定").status_code == 302
    assert Award.objects.get().dues.get().fen == 552_050


def test_a_village_never_sees_the_claim_of_a_loss(monday):
    claim = claims.made("special-bereaved")
    monday.move(timedelta(days=1))
    for post in (claims.DESK, f"{county.VILLAGE}.head", claims.TOWNSHIP_DESK, f"{county.TOWNSHIP}.head"):
        assert page(post, claim).status_code == 404
        assert str(claim.pk) not in cases.at_desk(post).get("inbox").content.decode()


def test_the_decider_is_told_of_another_claim_of_the_same_person(monday):
    first, _second = claims.at_decision(), claims.at_decision()
    monday.move(timedelta(days=5))
    said = "The same person has another open claim"
    assert said in page(claims.BUREAU_HEAD, first).content.decode()
    assert said not in page(claims.BUREAU_DESK, first).content.decode()


def test_a_refusal_is_read_with_its_law(monday):
    claim = claims.at_decision()
    monday.move(timedelta(days=5))
    desk = cases.at_desk(claims.BUREAU_HEAD)
    assert "Which law says so?" in desk.get("claim_deed", claim.pk, "refuse").content.decode()
    assert desk.send("claim_deed", claim.pk, "refuse", reasons="年龄不到。", law="").status_code == 200
    assert (
        desk.send("claim_deed", claim.pk, "refuse", reasons="年龄不到。", law="国人口发〔2004〕36号").status_code == 302
    )
    assert Case.objects.get(pk=claim.case_id).status == "refused"
