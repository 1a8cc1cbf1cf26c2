"""The register through HTTP: a table comes in, one person is found, a wrong day is put right, and two entries turn out to be one person."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chengnuo.foundation.models import Look
from chengnuo.registers import duplicates
from chengnuo.registers.models import Finding, Pair, Resident
from chengnuo.registers.operations import checking
from chengnuo.registers.queries import COUNTS, index_of
from chengnuo.web.registers.permissions import REGISTERS
from tests.factories import cases, county, desk, register_situations, residents, tables
from tests.factories.family import MAIN, TAGS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
KEEPER, TOWNSHIP_DESK = "health-bureau.desk", f"{county.TOWNSHIP}.desk"
CODE = "420526101201"
ONE, TWICE = residents.number("19560301", 12), residents.number("19560301", 17)
OTHER = residents.number("19600501", 3)
TABLE = [
    ["公民身份号码", "姓名", "出生日期", "村代码", "户主姓名"],
    [ONE, "王桂兰", "1956-03-01", CODE, "李大山"],
    [TWICE, "王桂兰", "1956-03-01", CODE, "李大山"],
    [OTHER, "欧阳明", "1960-05-11", CODE, "欧阳明"],
]


def takes_in(here, rows):
    where = reverse("tables:send", args=["residents"])
    stamp = here.client.get(where).context["form"].stamp
    content = SimpleUploadedFile("x.csv", tables.text(rows))
    answer = here.client.post(where, {"content": content, "stamp": stamp}, follow=True)
    batch = answer.redirect_chain[-1][0].strip("/").rpartition("/")[2]
    assert ONE not in answer.content.decode(), "a page shows no number of a table"
    assert "王桂兰" not in answer.content.decode()
    here.send("table_deed", batch, "apply")


def seeks(here, words, why="claim", **born):
    return here.client.post(reverse("registers:home"), {"words": words, "why": why} | born, follow=True, **desk.ENGLISH)


def read(answer):
    found = MAIN.search(answer.content.decode())
    return re.sub(r"\s+", " ", TAGS.sub(" ", found[0]))


def test_from_a_table_to_one_person_who_is_right(client):
    here = desk.at(client, KEEPER)
    takes_in(here, TABLE)
    assert Resident.objects.filter(COUNTS).count() == 3

    # a counter finds one person, never a list; what was typed stands in no address, and the look is kept with its reason
    village = desk.at(client, f"{county.VILLAGE}.desk")
    assert "More than one person fits" in read(seeks(village, "王桂兰"))
    assert "Nobody fits" in read(seeks(village, "王建国"))
    shown = seeks(village, OTHER)
    assert "欧阳明" in read(shown)
    assert "李大山" not in shown.content.decode()
    assert OTHER not in shown.redirect_chain[-1][0]
    assert "Put the entry right" not in read(shown)
    looks = set(Look.objects.filter(account=village.actor.account).values_list("label", "reason"))
    assert looks == {
        ("registers.resident.sought", "a search in the register"),
        ("registers.resident.name", "a request or claim at the counter"),
        ("registers.resident.identity", "a request or claim at the counter"),
    }

    # a night's check finds the wrong day: the township owes a look, and puts it right
    assert checking.check_all(at=county.MONDAY) == 1
    finding = Finding.objects.get()
    township = desk.at(client, TOWNSHIP_DESK)
    inbox = read(township.get("inbox"))
    assert "A record that does not fit" in inbox
    assert "欧阳明" not in inbox
    page = township.get("registers:finding", finding.pk)
    assert "another than the one within the identity number" in read(page)
    assert "a check stops nothing" in read(page)
    person = reverse("registers:person", args=[finding.about])
    assert f"{person}?why=mend" in page.content.decode()
    typed = {"name": "欧阳明", "standing": "living", "born_year": "1960", "born_month": "5", "born_day": "1"}
    assert township.send("registers:put_right", finding.about, **typed).status_code == 302
    assert township.send("registers:finding_deed", finding.pk, "mend").status_code == 302
    assert "put right" in read(township.get("registers:finding", finding.pk))
    assert checking.check_all(at=county.MONDAY) == 0

    # two entries of one person: an officer decides, one pair at a time, and can take it back
    assert duplicates.find(at=county.MONDAY) == 1
    here = desk.at(client, KEEPER)
    pair = Pair.objects.get()
    assert "Two entries that may be one person" in read(here.get("inbox"))
    assert here.get("registers:pairs").headers["Location"] == reverse("registers:pair", args=[pair.pk])
    both = read(here.get("registers:pair", pair.pk))
    assert ONE in both
    assert TWICE in both
    assert "What differs Identity number What is the same Name, Day of birth, Lives in" in both
    keeps = Resident.objects.get(COUNTS, identity_index=index_of(ONE)).person
    assert here.send("registers:pair_deed", pair.pk, "join", keeps=str(keeps)).status_code == 302
    assert "No two entries wait" in read(here.get("registers:pairs"))
    assert "王桂兰" in read(seeks(here, "桂兰")), "one person is left"
    here.send("registers:pair_deed", pair.pk, "undo")
    assert "More than one person fits" in read(seeks(here, "桂兰"))


SAID = {
    "zh-hans": ("居民登记", "身份证号"),
    "zh-hant": ("居民登記", "身份證號"),
    "en": ("The register of residents", "Identity number"),
}


@pytest.mark.parametrize("language", SAID)
def test_every_page_stands_in_three_scripts_and_needs_no_script(client, language):
    finding = register_situations.finding(identity=residents.number(order=7))
    pair = register_situations.pair()
    here = desk.at(client, KEEPER)
    pages = [
        reverse("registers:home"),
        reverse("registers:errors"),
        reverse("registers:person", args=[finding.about]),
        reverse("registers:put_right", args=[finding.about]),
        reverse("registers:finding", args=[finding.pk]),
        reverse("registers:pair", args=[pair.pk]),
        reverse("registers:pair_deed", args=[pair.pk, "join"]),
    ]
    for page in pages:
        answer = here.client.get(page, HTTP_ACCEPT_LANGUAGE=language)
        html = answer.content.decode()
        assert answer.status_code == 200, page
        assert f'lang="{language[:2]}' in html
        assert "<script>" not in html
        assert "onclick" not in html
        if language != "en":
            assert not re.search(r">[^<]*\b(the|of|is|and)\b[^<]*<", MAIN.search(html)[0]), page
    assert SAID[language][0] in here.client.get(pages[0], HTTP_ACCEPT_LANGUAGE=language).content.decode()
    assert SAID[language][1] in here.client.get(pages[2], HTTP_ACCEPT_LANGUAGE=language).content.decode()


def test_no_other_post_opens_any_page_of_a_person(client):
    found = register_situations.finding(identity=residents.number(order=7))
    pair = register_situations.pair()
    there = {
        "registers:person": [found.about],
        "registers:put_right": [found.about],
        "registers:pair": [pair.pk],
        "registers:pair_deed": [pair.pk, "join"],
        "registers:finding": [found.pk],
        "registers:finding_deed": [found.pk, "mend"],
    }
    assert set(there) | {"registers:home", "registers:pairs", "registers:errors"} == set(REGISTERS)
    for post in (
        f"{cases.ELSEWHERE}.desk",
        f"{county.VILLAGE}.supervisor",
        "health-bureau.auditor",
        "health-bureau.account-admin",
        "finance-bureau.desk",
    ):
        here = desk.at(client, post)
        for page, args in there.items():
            for answer in (here.client.get(reverse(page, args=args)), here.client.post(reverse(page, args=args), {})):
                assert answer.status_code in {403, 404, 405}, (post, page)
                assert "欧阳桂兰" not in answer.content.decode()
