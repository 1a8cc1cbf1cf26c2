"""Whatever is written into an address: a page in words or a JSON that says what is wrong, never more than was to be seen."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.foundation.receipts import receipt_code
from chengnuo.web.who import RECEIPT_LASTS
from tests.factories import bad, cases, county, desk, log, sheets
from tests.factories.family import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
ODD = [
    "", "\x00", "a\x00b", "'", '"><script>alert(1)</script>', "%", "_", "{{ page }}", "=1+1", "-1", "9" * 40, "1e9", "²",
    "२", "\ud83d\ude42".encode("utf-16", "surrogatepass").decode("utf-16"), "\u202e", "x" * 5000, "长" * 500, "../..", "(((",
]  # fmt: skip
SEARCHED = {
    "public:services": (None, ["q"]),
    "public:people": (None, ["q", "next"]),
    "family:complain": (None, ["about", "case"]),
    "desk:counter": (cases.DESK, ["q"]),
    "desk:inbox": (cases.DESK, ["show", "at"]),
    "desk:print": (cases.DESK, ["show"]),
    "desk:slips": (cases.DESK, ["day"]),
    "desk:export": (cases.DESK, ["show"]),
    "desk:cases": (cases.TOWNSHIP_HEAD, ["q", "status", "sort", "service", "late", "at"]),
    "county:accounts": (sheets.ADMIN, ["q", "after"]),
    "oversight:holders": ("health-bureau.auditor", ["office", "at"]),
    "oversight:looks": ("health-bureau.auditor", ["day"]),
    "oversight:watch": ("health-bureau.auditor", ["show", "at"]),
}


@pytest.mark.parametrize("name", list(SEARCHED))
def test_whatever_is_searched_for_is_answered(name):
    post, asked = SEARCHED[name]
    cases.ask()
    client = sheets.officer(post) if post else Client()
    before, found = bad.rows(), {}
    for field in asked:
        for value in ODD:
            answer = client.get(reverse(name), {field: value}, follow=True)
            if answer.status_code != 200 or b"<script>alert(1)" in answer.content:
                found[field, value[:20]] = answer.status_code
    assert not found
    assert bad.rows() == before


@pytest.mark.parametrize("raw", ["%00", "%ff%fe", "%ed%a0%80", "%", "%zz", "&&=;=", "q[]=1&q[x]=2"])
def test_bytes_that_are_no_text_are_read_as_far_as_they_go(raw):
    for address in ("/services/?q=", "/demo/?q=", "/complain/?about=", "/log/heads.json?before="):
        answer = Client().get(f"{address}{raw}", follow=True)
        assert answer.status_code in (200, 400), address
        assert answer.status_code == 200 or answer.json()["remedy"], address


@pytest.mark.parametrize("odd", [each for each in ODD if each])
def test_the_log_says_what_its_numbers_are(odd):
    log.request()
    log.settle(county.MONDAY)
    for name, field in (("heads", "before"), ("consistency", "from"), ("consistency", "to")):
        answer = Client().get(reverse(f"public:{name}"), {"from": "1", field: odd})
        assert answer.status_code == 400, name
        said = json.loads(answer.content)
        assert bad.is_sentence(said["error"])
        assert bad.is_sentence(said["remedy"])


NOWHERE = [
    "/services/no-such/", "/services/%00/", "/promises/places/0/", "/promises/places/999999999999/",
    f"/promises/places/{'4' * 300}/", "/promises/places/420526000000/2026-13/", "/promises/places/420526000000/0000-00/",
    "/promises/places/420526000000/2026-03.csv", "/promises/places/420526000000/2026-03.exe",
    "/promises/places/420526000000/..%2f..csv", "/promises/offices/no-such/", "/promises/services/x/", "/ask/x/",
    "/ask/village-proof/form.exe", "/request/1/", "/log/../etc/passwd", "/%00", "/%ff", f"/{'x' * 3000}/",
]  # fmt: skip


@pytest.mark.parametrize("address", NOWHERE)
def test_what_is_not_there_is_a_page_that_says_what_to_do(address):
    browser = Browser()
    browser.open(address, status=404)
    assert "There is nothing here that you may open" in browser.text
    assert "Check the address" in browser.text


def plain(answer, *ids):
    """A page without what differs by nature: tokens, and the address itself."""
    page = answer.content.decode()
    for each in ids:
        page = page.replace(str(each), "ID")
    return desk.said(answer), answer.status_code, answer.headers.get("Location"), len(page) // 100


def test_expired_forged_and_foreign_receipts_look_the_same(monday):
    mine, foreign = cases.ask(), cases.ask()
    expired = sheets.holder(mine)
    monday.move(RECEIPT_LASTS)
    for page in ("", "received/", "slip.pdf", "proof.json", "supply/", "say_not/", "withdraw/"):
        seen = {
            plain(client.get(f"/request/{case}/{page}", follow=True), case)
            for client, case in (
                (expired, mine.pk),
                (expired, foreign.pk),
                (Client(), mine.pk),
                (Client(), uuid4()),
            )
        }
        assert len(seen) == 1, page
    for page in ("supply/", "say_not/", "withdraw/", "consent/messages/"):
        for case in (mine.pk, foreign.pk, uuid4()):
            assert expired.post(f"/request/{case}/{page}").headers["Location"] == "/follow/"
    assert cases.again(mine).status == "received"


def test_a_code_that_opens_nothing_is_always_answered_alike(monday):
    code = receipt_code(cases.ask().pk)
    wrong = [
        str((int(code) + 1) % 10**16).zfill(16),
        "0" * 16,
        code[::-1] if code[::-1] != code else "1" * 16,
    ]
    said = {desk.said(Client().post("/follow/", {"code": each})).replace(each, "") for each in wrong}
    assert len(said) == 1
    wide = code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for way in (code, wide, f" {code[:4]}-{code[4:]}\u3000", f"\u202e{code}\x00"):
        assert Client().post("/follow/", {"code": way}).status_code == 302, way


@pytest.mark.parametrize(
    ("page", "action"),
    [("case", ()), ("deed", ("finish",)), ("answer", ()), ("discharge", ()), ("counter_done", ())],
)
def test_what_is_another_offices_looks_like_what_is_not_there(page, action):
    """A case of another village, a duty of another office, and an id that nobody has."""
    other = cases.ask(village="420526102201")
    row = cases.duty_of(other).pk if page in ("answer", "discharge") else other.pk
    here = desk.at(Client(), cases.HEAD if page != "discharge" else cases.TOWNSHIP_HEAD)
    before = bad.rows()
    seen = {plain(here.get(page, each, *action), each) for each in (row, uuid4())}
    assert len(seen) == 1
    if page != "counter_done":
        address = [reverse(f"desk:{page}", args=[each, *action]) for each in (row, uuid4())]
        assert {here.client.post(each, {"words": "x"}).status_code for each in address} == {404}
    assert bad.rows() == before


@pytest.mark.parametrize("value", [each for each in ODD if each] + ["00000000-0000-4000-8000-000000000000"])
def test_stepping_in_as_nobody_is_stepping_in_nowhere(value):
    for field in ("post", "case"):
        answer = Client().post("/demo/step-in/", {field: value, "next": "//elsewhere.invalid/"})
        assert answer.status_code == 404, field


def test_a_body_too_large_to_read_is_answered_in_words():
    """Fields beyond counting, and more text than any form takes."""
    many = {f"f{number}": "1" for number in range(1100)}
    for body in (many, {"where": "长" * 1_000_000}, {"where": ["x" * 1000] * 3000}):
        answer = Client().post("/complain/where/", body)
        assert answer.status_code == 400
        assert "We could not read that" in desk.said(answer)
        assert "Go back one page and try again." in desk.said(answer)


def test_without_the_token_of_the_page_nothing_is_sent_and_it_says_so():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/complain/where/", {"where": "county"})
    assert answer.status_code == 403
    assert "what you typed is still there" in desk.said(answer)
