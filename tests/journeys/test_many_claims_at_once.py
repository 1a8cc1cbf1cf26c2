"""Two officers grant many claims at once: the one draws and opens the sample, the other confirms and presses until all are decided."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from chengnuo.benefits.models import Award, Bulk, Due
from chengnuo.benefits.operations import bulk as operation
from tests.factories import cases, claims, county
from tests.factories.claims import BUREAU_DESK, BUREAU_HEAD, DAY
from tests.factories.desk import said

pytestmark = pytest.mark.django_db


def test_from_the_draw_to_the_last_award(monday, monkeypatch):
    monkeypatch.setattr(operation, "AT_A_TIME", 4)
    ours = [claims.at_decision(of=of) for of in range(1, 7)]
    guarded = claims.at_decision("special-bereaved", of=9)
    monday.move(8 * DAY)
    desk, head = cases.at_desk(BUREAU_DESK), cases.at_desk(BUREAU_HEAD)
    asked = desk.get("draw_bulk")
    assert re.findall(r'name="which" value="([^"]+)"', asked.content.decode()) == ["rural-incentive.2026"]
    assert desk.send("draw_bulk", which="rural-incentive.2026").status_code == 302
    bulk = Bulk.objects.get()
    page = desk.get("bulk", bulk.pk)
    assert "0 of 6 decided" in said(page)
    assert "The sample has not been opened" in said(desk.send("bulk_deed", bulk.pk, "propose"))
    for item in re.findall(r'action="(/desk/bulk/items/[^"]+)"', page.content.decode()):
        claim = desk.client.post(item, follow=True, HTTP_ACCEPT_LANGUAGE="en")
        assert "By the rules, on what was stated" in said(claim)
    assert desk.send("bulk_deed", bulk.pk, "propose").status_code == 302
    assert desk.get("bulk_deed", bulk.pk, "confirm").status_code == 404
    offered = desk.get("bulk", bulk.pk).content.decode()
    assert "/confirm/" not in offered, "nobody confirms what they drew"
    assert head.send("bulk_deed", bulk.pk, "confirm").status_code == 302
    for done in (4, 6):
        assert head.send("bulk_deed", bulk.pk, "go_on").status_code == 302
        assert f"{done} of 6 decided" in said(head.get("bulk", bulk.pk))
    assert set(Award.objects.values_list("claim", flat=True)) == {claim.pk for claim in ours}
    assert set(Due.objects.values_list("fen", flat=True)) == {96_000}
    assert claims.again(guarded).status == "open"
    assert "decided" in said(head.get("bulks"))


def test_a_claim_before_its_decision_leads_there_and_a_guarded_one_does_not(monday):
    plain, guarded = claims.at_decision(), claims.at_decision("special-bereaved", of=2)
    monday.move(8 * DAY)
    head = cases.at_desk(BUREAU_HEAD)
    assert reverse("desk:bulks") in head.get("claim", plain.pk).content.decode()
    assert reverse("desk:bulks") not in head.get("claim", guarded.pk).content.decode()
    assert cases.at_desk(f"{county.VILLAGE}.desk").get("bulks").status_code == 403
