"""A list that a rule requires: it waits until it is long enough, is seen for its days, hangs with a proof, and is gone."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chengnuo.config.worker import end_notices
from chengnuo.notices.models import Notice
from chengnuo.notices.operations import publishing
from chengnuo.promises.models import Duty
from tests.factories import cases, county, notices, photos
from tests.factories.desk import Desk, said
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
CODE = "420526101201"
AFTER = datetime(2026, 3, 10, 2, tzinfo=UTC)
MASKED = "欧阳*兰"


def desk(post=cases.DESK, *, at=county.MONDAY):
    client = Client()
    return Desk(client, county.sign_in(client, post, at=at))


def public(notice, client=None):
    return (client or Client()).get(reverse("notices:notice", args=[notice.number]))


def proof():
    return SimpleUploadedFile("strip.jpg", photos.made(), content_type="image/jpeg")


def pass_to(monday, at):
    monday.move(at - county.MONDAY)
    end_notices(at)


def test_it_waits_is_published_hangs_and_is_over(monday):
    notice = notices.drafted(count=4)
    officer = desk()
    page = said(officer.get("notice", notice.pk))
    assert "4 lines. A list of fewer than 5 is not published alone" in page
    assert "Publish this list" not in page
    assert public(notice).status_code == 404

    notices.put("周大川")
    assert f"{MASKED} · Longchi Village" in said(officer.get("notice_deed", notice.pk, "publish")), "the very list"
    assert officer.send("notice_deed", notice.pk, "publish").status_code == 302
    page = public(notice)
    assert MASKED in said(page)
    assert "March 2, 2026 to March 9, 2026" in said(page)
    assert "has not said that it hangs" in said(page)
    assert "Print the notice, put it up" in said(officer.get("inbox", show="all"))

    sheet = officer.get("notice_sheet", notice.pk)
    assert (sheet["Content-Type"], sheet.content[:5]) == ("application/pdf", b"%PDF-")
    assert officer.send("notice_deed", notice.pk, "hang", photo=proof()).status_code == 302
    assert "It was put up at the notice board on March 2, 2026." in said(public(notice))
    assert officer.get("notice_proof", notice.pk).content.startswith(b"\xff\xd8\xff")

    pass_to(monday, AFTER)
    officer = desk(at=AFTER)
    page = public(notice)
    assert page.status_code == 200
    assert "This notice is over" in said(page)
    assert "*" not in page.content.decode().split("<main")[1], "not one mask"
    assert officer.get("notice_sheet", notice.pk).status_code == 404, "what is over is not printed"
    assert "take the paper down" in said(officer.get("inbox", show="all"))
    assert officer.send("notice_deed", notice.pk, "take_down").status_code == 302
    assert "Taken down on March 10, 2026." in said(public(notice))
    assert {duty.outcome for duty in Duty.objects.filter(subject_id=notice.pk)} == {"kept"}


def test_the_list_goes_by_itself_though_the_worker_sleeps(monday):
    notice = notices.published()
    monday.move(AFTER - county.MONDAY)
    assert MASKED not in said(public(notice))
    assert "No notice runs here now" in said(Client().get(reverse("notices:running", args=[CODE])))


def test_it_is_recalled_from_above_in_one_step(monday):
    notice = notices.hung()
    above = desk(cases.TOWNSHIP_HEAD)
    assert "Publish this list" not in said(above.get("notice", notice.pk))
    assert above.send("notice_deed", notice.pk, "recall", reason="lead").status_code == 302
    assert MASKED not in public(notice).content.decode()
    assert "recalled, to be taken down" in said(desk().get("notices"))


def test_neither_page_is_indexed_kept_or_guessed(monday):
    notice = notices.published()
    for page in (public(notice), Client().get(reverse("notices:running", args=[CODE]))):
        assert "noindex" in page["X-Robots-Tag"]
        assert "no-store" in page["Cache-Control"]
    robots = Client().get("/robots.txt")
    assert "Disallow: /notices/" in robots.content.decode().splitlines()
    missing = public(Notice(number="BCDFGHJKLMNP"))
    assert missing.status_code == 404
    draft = notices.put("王芳", kind="result").notice
    assert public(draft).content.count(b"<h1>") == missing.content.count(b"<h1>") == 1
    assert said(public(draft)) == said(missing).replace("BCDFGHJKLMNP", draft.number), "a draft is as unknown as none"


def test_nobody_copies_lists_by_the_hundred(monday):
    notice, browser = notices.published(), Client()
    answers = [public(notice, browser).status_code for _ in range(61)]
    assert (answers[0], answers[-1]) == (200, 429)


def test_its_number_may_be_typed_as_it_stands_on_the_paper(monday):
    notice = notices.published()
    typed = "-".join(notice.number[at : at + 4] for at in (0, 4, 8)).lower()
    assert MASKED in said(Client().get(f"/notices/{typed}/"))


def test_a_place_names_what_runs_there_and_shows_no_list(monday):
    notice = notices.published()
    page = Client().get(reverse("notices:running", args=[CODE])).content.decode()
    assert reverse("notices:notice", args=[notice.number]) in page
    assert MASKED not in page
    assert reverse("notices:running", args=[CODE]) in Client().get(f"/promises/places/{CODE}/").content.decode()


def test_an_objection_carries_the_number_of_the_notice_and_no_line(monday):
    notice = notices.published()
    phone = Browser()
    page = public(notice, phone.client)
    link = next(part.split('"')[0] for part in page.content.decode().split('href="') if "/complain/" in part)
    link = link.replace("&amp;", "&")
    assert parse_qs(urlsplit(link).query) == {"about": [county.VILLAGE], "notice": [notice.number]}
    answer = phone.client.get(link, follow=True)
    number = " ".join(notice.number[at : at + 4] for at in (0, 4, 8))
    assert answer.redirect_chain[-1][0].endswith("/words/")
    assert f"About the notice {number}:" in answer.content.decode()
    assert not [line for line in notice.lines.all() if line.reference in answer.content.decode()]
    again = phone.client.get(f"/complain/?about={county.VILLAGE}", follow=True)
    assert number not in again.content.decode()


def test_what_is_no_number_of_a_notice_is_not_filled_in(monday):
    for typed in ("13812345678", "<b>", "bcdfghjklmnp", "BCDFGHJKLMNPQ"):
        page = Client().get("/complain/", {"about": county.VILLAGE, "notice": typed}, follow=True)
        assert "About the notice" not in said(page)


def test_bad_addresses_are_not_found(monday):
    notice = notices.published()
    officer = desk()
    nobody = "00000000-0000-0000-0000-000000000000"
    for name in (f"{nobody}/", f"{notice.pk}/burn/", f"{nobody}/sheet.pdf", f"{notice.pk}/proof.jpg"):
        assert officer.client.get(f"/desk/notices/{name}").status_code == 404, name
    for name in ("places/999999999999/", "places/nowhere/", "%E5%BC%A0/"):
        assert Client().get(f"/notices/{name}").status_code == 404, name


def test_a_proof_that_is_no_photo_is_said_and_nothing_is_kept(monday):
    notice = notices.published()
    page = desk().send("notice_deed", notice.pk, "hang", photo=SimpleUploadedFile("list.jpg", b"a list"))
    assert "no photo that we can read" in said(page)
    assert notices.again(notice).status == "published"


def test_a_stale_sign_in_is_asked_again_before_anything_is_published(monday):
    notice = notices.drafted()
    officer = desk(at=county.MONDAY - cases.HOUR)
    assert officer.get("notice_deed", notice.pk, "publish").status_code == 302
    assert notices.again(notice).status == "drafted"


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_page_and_sheet_are_in_both_scripts(monday, language):
    notice = notices.does(publishing.publish, notices.drafted())
    phone = Client(headers={"accept-language": language})
    heading = {"zh-hans": "家庭支持申请审核公示", "zh-hant": "家庭支持申請審核公示"}[language]
    assert heading in public(notice, phone).content.decode()
    county.sign_in(phone, cases.DESK)
    assert phone.get(reverse("desk:notice_sheet", args=[notice.pk])).content.startswith(b"%PDF-")
