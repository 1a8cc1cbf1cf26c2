"""A draft is written one thing a page: each is judged by itself, what was typed comes along, and it is read back in words."""

from __future__ import annotations

import html
import re

import pytest

from chengnuo.promises.models import PromiseVersion
from tests.factories import cases, county, desk
from tests.factories.drafts import sent

pytestmark = pytest.mark.django_db
KEY = "old-age-allowance"
PARTS = ("title", "summary", "who", "result", "words", "limit", "ways", "needs", "basis", "cost")


def standing(key: str = KEY) -> PromiseVersion:
    return PromiseVersion.objects.select_related("promise").get(promise__key=key, status="published")


@pytest.fixture
def here(client, monday):
    return desk.at(client, cases.BUREAU_DESK)


def typed(**changes):
    said = sent(standing(), **desk.day("begins", 2026, 4, 1)) | changes
    said.pop("stamp")
    return said


def turn(here, part, **changes):
    answer = here.send("draft_promise", standing().pk, part=part, **typed(**changes))
    assert answer.status_code == 200
    return answer


def part_of(answer) -> str:
    found = re.search(r'name="part" value="(\w+)"', answer.content.decode())
    return found[1] if found else ""


def seen(answer) -> str:
    """What is not hidden of the form."""
    page = answer.content.decode().split("<main")[1]
    return html.unescape(re.sub(r"<section hidden>.*?</section>", "", page, flags=re.DOTALL))


def test_it_opens_with_one_thing(here):
    answer = here.get("draft_promise", standing().pk)
    assert part_of(answer) == "title"
    assert f"1 of {len(PARTS)}" in desk.said(answer)
    assert 'name="title_hans"' in seen(answer)
    assert 'name="summary_hans"' not in seen(answer)


def test_each_leads_to_the_next_and_the_last_reads_it_back(here):
    for part, following in zip(PARTS, [*PARTS[1:], ""], strict=True):
        answer = turn(here, part, title_en="Read in the room", deadline_kind="working_days", deadline_days="9")
        assert part_of(answer) == following
    said = desk.said(answer)
    assert "Time limit 9 working days" in said
    assert "What it is called Read in the room" in said
    assert not PromiseVersion.objects.filter(status="draft").exists(), "reading back keeps nothing"
    assert here.send("draft_promise", standing().pk, **typed(title_en="Read in the room")).status_code == 302
    assert str(PromiseVersion.objects.get(status="draft").title.en) == "Read in the room"


def test_a_mistake_is_said_on_its_own_page_and_on_no_other(here):
    wrong = {"title_hant": "", "deadline_days": "many", "basis-0-certainty": "Z"}
    assert part_of(turn(here, "summary", **wrong)) == "who"
    answer = turn(here, "title", **wrong)
    assert part_of(answer) == "title"
    assert "Fill this in, in this script too." in desk.said(answer)
    assert "How many days?" not in desk.said(answer)
    assert "How many days?" in desk.said(turn(here, "limit", **wrong))
    assert "Choose how sure" in desk.said(turn(here, "basis", **wrong))


def test_the_last_page_leads_back_to_what_is_wrong(here):
    assert part_of(turn(here, "cost", title_hant="")) == "title"


def test_back_and_a_jump_judge_nothing(here):
    assert part_of(turn(here, "who", who_hans="", back="yes")) == "summary"
    assert part_of(turn(here, "title", back="yes")) == "title"
    answer = here.send("draft_promise", standing().pk, goto="cost", **typed(title_en="Kept"))
    assert part_of(answer) == "cost"
    assert 'value="Kept"' in answer.content.decode()
    assert part_of(here.send("draft_promise", standing().pk, goto="nonsense", **typed())) == "title"


def test_it_is_kept_from_any_page_and_says_who_checks_it(here):
    version, head = standing().pk, county.officer(cases.BUREAU_HEAD)
    assert part_of(turn(here, "title", keep="yes", result_en="", **{"basis-0-certainty": "Z"})) == "result"
    assert here.send("draft_promise", version, part="who", keep="yes", **typed()).status_code == 302
    assert PromiseVersion.objects.filter(status="draft").count() == 1
    said = desk.said(here.get("promises"))
    assert f"The draft is kept. Next, {head.name} (" in said


def test_the_last_page_reads_everything_back_in_every_script_and_leads_to_each_part(here):
    answer = turn(here, "cost")
    said, version = desk.said(answer), standing()
    for text in (version.title, version.who):
        assert {text.hans, text.hant, text.en} <= set(
            re.findall("|".join(map(re.escape, (text.hans, text.hant, text.en))), said)
        )
    for need in version.needs:
        assert need["why"]["en"] in said
    assert "、".join(version.words) in said
    assert f"The office's time for one request, in minutes {version.staff_minutes}" in said
    assert all(f'name="goto" value="{part}"' in answer.content.decode() for part in PARTS)


def test_no_heading_stands_twice(here):
    for part in ("words", "needs"):
        assert len(re.findall(r"<h2[^>]*>", seen(turn(here, PARTS[PARTS.index(part) - 1])))) == 1


def test_one_more_line_stays_on_the_page(here):
    answer = turn(here, "needs", more="needs")
    assert part_of(answer) == "needs"
    assert seen(answer).count('<fieldset class="lines"') == len(standing().needs) + 2


def test_a_new_promise_asks_first_who_promises_it(here):
    answer = here.get("found_promise")
    assert part_of(answer) == "new"
    assert 'name="slug"' in seen(answer)
    referral = here.get("found_promise", kind="referral")
    assert "1 of 9" in desk.said(referral)


def test_a_part_that_there_is_not_is_the_whole(here):
    assert here.send("draft_promise", standing().pk, part="nonsense", **typed()).status_code == 302
