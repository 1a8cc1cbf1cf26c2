"""A notice is read in three scripts, in whatever state, by forms and links alone; a mask is in none of its pages when it is over."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.foundation.models.looks import Look
from chengnuo.notices.operations import ending, publishing
from chengnuo.people.models import Office
from tests.factories import cases, county, desk, notices, photos, reading
from tests.factories.desk import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW, DAY = county.MONDAY, timedelta(days=1)
LANGUAGES = ("zh-hans", "zh-hant", "en")
PLACE = "420526101201"
LATIN, CHINESE = re.compile("[A-Za-z]{4,}"), re.compile("[\u4e00-\u9fff]")
AS_IT_IS = re.compile("Chengnuo|English|简体中文|繁體中文|\\b[B-DF-HJ-NP-TV-XZ]{4,5}\\b")


def missed():
    notice = notices.published()
    ending.end_due(at=NOW + 30 * DAY)
    return notices.again(notice)


def recalled():
    return notices.does(publishing.recall, notices.hung(), reason="lead")


def taken_down():
    return notices.does(publishing.take_down, notices.over(), at=NOW)


def let_go():
    notice = notices.published()
    Office.objects.filter(pk=notice.office_id).update(closed_on=NOW.date())
    ending.end_due(at=NOW)
    Office.objects.filter(pk=notice.office_id).update(closed_on=None)  # for the officer who looks
    return notices.again(notice)


RUNNING = {"published": notices.published, "up": notices.hung}
ENDED = {"over": notices.over, "missed": missed, "recalled": recalled, "taken_down": taken_down, "let_go": let_go}
# what the public reads of the paper
PAPER = {
    "published": "has not said that it hangs",
    "up": "put up at the notice board on March 2, 2026",
    "over": "put up at the notice board on March 2, 2026",
    "missed": "It never hung",
    "recalled": "Recalled on March 2, 2026",
    "taken_down": "Taken down on March 2, 2026",
    "let_go": "has not said that it hangs",
}
# what the office can press then
BUTTONS = {
    "drafted": {"publish"},
    "published": {"hang", "recall"},
    "up": {"recall"},
    "over": {"take_down"},
    "missed": set(),
    "recalled": {"take_down"},
    "taken_down": set(),
    "let_go": set(),
}
ALL = {"drafted": notices.drafted} | RUNNING | ENDED
NAMED = re.compile("(?:李|王|赵|陈|欧阳)\\*+[\u4e00-\u9fff]?")


def page_of(notice, **headers):
    return Client(headers=headers).get(reverse("notices:notice", args=[notice.number]))


def foreign(page, language):
    """Words of another language than the page's, without the masks and the names of officers."""
    strange = CHINESE if language == "en" else LATIN
    texts = [NAMED.sub("", text) for text in reading.read(page.content.decode()).words if "演示" not in text]
    return [text for text in texts if strange.search(AS_IT_IS.sub("", text))]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", RUNNING | ENDED)
def test_the_public_reads_it_in_its_own_script(status, language):
    page = page_of(ALL[status](), **{"accept-language": language})
    assert page.status_code == 200
    assert f'lang="{language[:3] + language[3:].capitalize()}"' in page.content.decode()
    assert foreign(page, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", ALL)
def test_the_office_reads_it_in_its_own_script(status, language):
    notice, client = ALL[status](), Client(headers={"accept-language": language})
    county.sign_in(client, cases.DESK)
    addresses = [reverse("desk:notices"), reverse("desk:notice", args=[notice.pk])]
    addresses += [reverse("desk:notice_deed", args=[notice.pk, name]) for name in sorted(BUTTONS[status])]
    for address in addresses:
        page = client.get(address)
        assert (page.status_code, foreign(page, language)) == (200, []), address


@pytest.mark.parametrize("status", RUNNING | ENDED)
def test_everybody_reads_what_became_of_the_paper(status):
    assert PAPER[status] in said(page_of(ALL[status]()))


@pytest.mark.parametrize("status", ENDED)
def test_what_is_over_shows_no_line_to_anybody(status):
    notice = ALL[status]()
    lines = list(notice.lines.all())
    officer = desk.at(Client(), cases.DESK)
    for page in (page_of(notice), officer.get("notice", notice.pk), officer.get("notices")):
        text = page.content.decode().split("<main")[1]
        assert not NAMED.search(text)
        assert not [line for line in lines if line.reference in text]
    assert "/complain/" not in page_of(notice).content.decode().split("<main")[1].split("</main")[0]
    assert officer.get("notice_sheet", notice.pk).status_code == 404


@pytest.mark.parametrize("status", ALL)
def test_the_desk_offers_what_may_be_done_and_by_forms_alone(status):
    notice, officer = ALL[status](), desk.at(Client(), cases.DESK)
    page = officer.get("notice", notice.pk).content.decode()
    offered = {name for name in ("publish", "hang", "take_down", "recall") if f"/{notice.pk}/{name}/" in page}
    assert offered == BUTTONS[status]
    for name in offered:
        form = officer.get("notice_deed", notice.pk, name).content.decode().split("<main")[1]
        assert '<form method="post"' in form
        assert "onclick" not in form
        assert "<script" not in form.split("</main")[0]


@pytest.mark.parametrize("status", [*ENDED, "drafted"])
def test_a_place_names_only_what_runs(status):
    notice = ALL[status]()
    page = Client().get(reverse("notices:running", args=[PLACE]))
    assert notice.number not in page.content.decode()
    assert "No notice runs here now" in said(page)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_the_public_sends_nothing_to_a_notice(method):
    notice = notices.published()
    for address in (reverse("notices:notice", args=[notice.number]), reverse("notices:running", args=[PLACE])):
        assert getattr(Client(), method)(address).status_code == 405
    assert Client().head(address).status_code == 200


@pytest.mark.parametrize(
    "typed", ["BCDF", "B" * 13, "1" * 12, "bcdfghjklmn_", "---", "BCDFGHJKLMNP-BCDFGHJKLMNP", "a" * 3000]
)
def test_what_is_no_number_finds_nothing(typed):
    notices.published()
    assert Client().get(f"/notices/{typed}/").status_code == 404


def test_the_page_of_a_township_lists_its_own_and_not_its_villages():
    village = notices.published()
    for name in notices.NAMES[:5]:
        line = notices.put(name, office=notices.office(county.TOWNSHIP))
    above = notices.does(publishing.publish, line.notice, post=cases.TOWNSHIP_DESK)
    page = Client().get(reverse("notices:running", args=["420526101000"])).content.decode()
    assert (above.number in page, village.number in page) == (True, False)


def test_a_look_at_the_proof_is_recorded_and_nobody_elsewhere_has_one():
    notice = notices.hung()
    address = reverse("desk:notice_proof", args=[notice.pk])
    for post in (f"{cases.ELSEWHERE}.desk", f"{county.VILLAGE}.supervisor", "health-bureau.auditor"):
        assert desk.at(Client(), post).client.get(address).status_code in {403, 404}
    assert Client().get(address).status_code == 302
    assert not Look.objects.exists()
    shown = desk.at(Client(), cases.TOWNSHIP_HEAD).client.get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert photos.SECRET not in shown.content
    assert list(Look.objects.values_list("reason", flat=True)) == ["proof of a notice"]


@pytest.mark.parametrize("typed", [{}, {"reason": ""}, {"reason": "restored"}, {"reason": "shame"}])
def test_a_recall_without_one_of_the_offered_reasons_is_asked_again(typed):
    notice = notices.published()
    page = desk.at(Client(), cases.DESK).send("notice_deed", notice.pk, "recall", **typed)
    assert (page.status_code, "Choose why it is recalled" in said(page)) == (200, True)
    assert notices.again(notice).status == "published"


def test_a_hanging_without_a_photo_is_asked_for_one():
    notice = notices.published()
    page = desk.at(Client(), cases.DESK).send("notice_deed", notice.pk, "hang")
    assert "Choose a photo" in said(page)
    assert notices.again(notice).status == "published"
