"""Pages that people print: a case, the desk's list, a service and a release fit A4, and leave what cannot be pressed off the paper."""

from __future__ import annotations

import io
import os
import unicodedata
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.foundation import memo
from chengnuo.promises.operations.releases import freeze_due
from chengnuo.web.desk.inbox import ON_PAPER
from tests.factories import cases, county, owed

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)
A4 = (595, 842)
# what stands in the frame of a page and has no use on paper
FRAME = ("我的工作台", "退出登录", "换个角色看", "工作人员登录", "跳到正文", "English", "繁體中文")


@pytest.fixture
def printed(wide_page, live_server, monday):
    """The text of each sheet of a page, printed by the browser. With CHENGNUO_LOOK=folder the sheets stay there, to be looked at."""

    def sheets(address: str, post: str = "") -> list[str]:
        if post:
            client = Client()
            county.sign_in(client, post)
            cookie = client.cookies["sessionid"].value
            wide_page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        wide_page.goto(live_server.url + address)
        pdf = wide_page.pdf(prefer_css_page_size=True)
        if folder := os.environ.get("CHENGNUO_LOOK"):
            (Path(folder) / f"{address.strip('/').replace('/', '-')}.pdf").write_bytes(pdf)
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {A4}
        # the font's radicals come back as other signs than were written
        return [unicodedata.normalize("NFKC", page.extract_text()) for page in pages]

    return sheets


def without_frame(sheets: list[str]) -> bool:
    return not any(word in sheet for word in FRAME for sheet in sheets)


def test_a_case(printed):
    case = cases.ask(at=county.MONDAY)
    cases.ask_once(case, at=county.MONDAY)
    sheets = printed(reverse("desk:case", args=[case.pk]), cases.DESK)
    assert len(sheets) <= 2
    assert case.number in sheets[0]
    assert without_frame(sheets)


def test_the_list_of_a_desk_with_its_head_on_every_sheet(printed):
    made = [cases.ask(at=county.MONDAY - 20 * DAY) for _ in range(40)]
    sheets = printed(reverse("desk:print"), cases.DESK)
    assert 1 < len(sheets) <= 2
    assert sum(any(case.number in sheet for sheet in sheets) for case in made) == ON_PAPER
    assert without_frame(sheets)


def test_slips_four_to_a_sheet_with_nothing_around_them(printed):
    made = [cases.finish(cases.ask(at=county.MONDAY - 2 * DAY), at=county.MONDAY) for _ in range(6)]
    sheets = printed(reverse("desk:slips"), cases.DESK)
    assert [sum(sheet.count(case.number) for case in made) for sheet in sheets] == [8, 4], (
        "each on the slip and on its stub"
    )
    assert without_frame(sheets)
    assert not any("没有电话" in sheet for sheet in sheets), "what is said to the officer stays on the screen"


def test_a_service(printed):
    sheets = printed(reverse("public:service", args=["village-proof"]))
    assert len(sheets) <= 2
    assert "村级证明开具" in sheets[0]
    assert without_frame(sheets)


def test_a_release(printed):
    at = county.MONDAY - 17 * DAY
    owed.settle(county.VILLAGE, "kept", at, count=40)
    owed.settle(county.VILLAGE, "broken", at, count=7)
    freeze_due(at=county.MONDAY)
    memo.forget()
    sheets = printed(reverse("public:release", args=["420526000000", "2026-02"]))
    assert len(sheets) <= 3
    assert "40" in sheets[0]
    assert without_frame(sheets)
