"""The whole way of a claim, page after page and without a script: review, notice, township, notice, decision, result and award; and
the way of what is guarded, which no neighbour sees. Read in three scripts.
"""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chengnuo.benefits.models import Award, Claim
from chengnuo.cases.models import Case
from chengnuo.config.worker import drain, end_notices, go_on_after_notices
from chengnuo.foundation import clock
from chengnuo.notices import queries
from chengnuo.notices.models import Notice
from chengnuo.promises.models import Duty
from chengnuo.web.who import RECEIPT_LASTS, RECEIPTS
from tests.factories import cases, claims, photos
from tests.factories.claiming import Claimant
from tests.factories.claims import BUREAU_DESK, BUREAU_HEAD, DAY, DESK, TOWNSHIP_DESK
from tests.factories.desk import said

pytestmark = pytest.mark.django_db
# what a family reads at each place of the way, by script
READ = {
    "review": {"en": "Review in the village", "zh-hans": "村里评议", "zh-hant": "村裡評議"},
    "waits": {"en": "It waits for other claims", "zh-hans": "在等其他申请一起公示", "zh-hant": "在等其他申請一起公示"},
    "runs": {"en": "It is in a public notice", "zh-hans": "正在公示", "zh-hant": "正在公示"},
    "hung": {"en": "The notice hung", "zh-hans": "已公示", "zh-hant": "已公示"},
    "granted": {"en": "Due for 2026", "zh-hans": "960元", "zh-hant": "960元"},
}
CHAIN = [
    "claim-village-review",
    "claim-village-notice",
    "claim-township-review",
    "claim-township-notice",
    "claim-county-decision",
]
WORDS = {True: "yes", False: "no"}
BEREAVED = {
    f"person.1.{name}": WORDS[each] if isinstance(each, bool) else str(each) for name, each in claims.BEREAVED.items()
}


def after(monday, days=1):
    """Some days pass, and the night does what follows from them."""
    monday.move(days * DAY)
    now = clock.now()
    end_notices(now)
    while drain(now):
        pass
    go_on_after_notices(now)
    while drain(now):
        pass


def page_of(claim, language):
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    session = client.session
    session[RECEIPTS] = {str(claim.case_id): [(clock.now() + RECEIPT_LASTS).isoformat(), ""]}
    session.save()
    return said(client.get(f"/request/{claim.case_id}/"))


def reads(claim, *words):
    for language in ("en", "zh-hans", "zh-hant"):
        page = page_of(claim, language)
        for word in words:
            assert READ[word][language] in page, (word, language)


def pass_on(desk, ours):
    for claim in ours:
        sent = cases.at_desk(desk).send("claim_deed", claim.pk, "pass_on", verdict="supports", words="")
        assert sent.status_code == 302, said(sent)


def hang(post, notice):
    """Publishes a list and says, with a photo, that it hangs."""
    desk = cases.at_desk(post)
    assert desk.send("notice_deed", notice.pk, "publish").status_code == 302
    proof = SimpleUploadedFile("strip.jpg", photos.made(), content_type="image/jpeg")
    assert desk.send("notice_deed", notice.pk, "hang", photo=proof).status_code == 302
    shown = said(Client().get(reverse("notices:notice", args=[notice.number]), HTTP_ACCEPT_LANGUAGE="en"))
    assert "欧阳*兰" in shown
    assert "桂" not in shown


def take_down(post, notice):
    assert cases.at_desk(post).send("notice_deed", notice.pk, "take_down").status_code == 302


def test_from_the_village_to_the_award_and_its_published_result(monday):
    ours = [claims.made(of=of) for of in range(1, 6)]
    first = ours[0]
    reads(first, "review")
    pass_on(DESK, ours[:4])
    after(monday, 0)
    reads(first, "waits")
    pass_on(DESK, ours[4:])
    after(monday, 0)
    for post, key in ((DESK, "township_review"), (TOWNSHIP_DESK, "county_decision")):
        notice = queries.about(first.pk)[0]
        hang(post, notice)
        reads(first, "runs")
        after(monday, 12)
        take_down(post, notice)
        assert {claims.again(claim).stands_at.key for claim in ours} == {key}
        reads(first, "hung")
        if key == "township_review":
            pass_on(TOWNSHIP_DESK, ours)
            after(monday, 0)
    for claim in ours:
        assert cases.at_desk(BUREAU_HEAD).send("claim_deed", claim.pk, "grant", fen="", reasons="").status_code == 302
    after(monday, 0)
    reads(first, "granted", "hung")
    assert Award.objects.filter(status="in_force").count() == 5
    result = Notice.objects.get(sort="result")
    assert (result.size, result.office.key) == (5, "health-bureau")
    hang(BUREAU_DESK, result)
    after(monday, 12)
    take_down(BUREAU_DESK, result)
    owed = Duty.objects.filter(subject_id=first.pk).order_by("opened_at", "pk").select_related("promise__promise")
    assert [(duty.promise.promise.key, duty.outcome) for duty in owed] == [(key, "kept") for key in CHAIN]
    assert {line for notice in Notice.objects.all() for line in notice.lines.values_list("mask", flat=True)} == {""}


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_what_is_guarded_comes_closed_to_the_county_and_nobody_else_learns_of_it(monday, language):
    officer = Claimant(cases.at_desk(BUREAU_DESK).client, language)
    paper = officer.client.post("/claim/form.pdf", {"claim": "special-bereaved"})
    assert paper.content[:5] == b"%PDF-"
    officer.begin("special-bereaved")
    officer.answers(BEREAVED)
    officer.says_who()
    case = Case.objects.get(pk=officer.declares())
    claim = Claim.objects.get(case=case)
    assert (case.helper.key, case.channel, claim.stages) == (
        BUREAU_DESK,
        "counter",
        ["county_check", "county_decision"],
    )
    after(monday)
    for post in (DESK, cases.HEAD, TOWNSHIP_DESK, cases.TOWNSHIP_HEAD):
        desk = cases.at_desk(post)
        assert desk.get("claim", claim.pk).status_code == desk.get("case", case.pk).status_code == 404
        assert str(claim.pk) not in desk.get("inbox", show="all").content.decode()
    pass_on(BUREAU_DESK, [claim])
    after(monday)
    assert cases.at_desk(BUREAU_HEAD).send("claim_deed", claim.pk, "grant", fen="", reasons="").status_code == 302
    after(monday, 30)
    assert Award.objects.get().claim_id == claim.pk
    assert not Notice.objects.exists()
    page = page_of(claim, language)
    assert {"en": "granted", "zh-hans": "批准", "zh-hant": "批准"}[language] in page
    for word in READ["runs"].values():
        assert word not in page
