"""Who asks too fast waits and loses nothing; a village behind one address, and everybody elsewhere, goes on."""

import re
import time
from html import unescape

import pytest
from django.test import Client

from chengnuo.web.throttle import Throttle
from tests.factories.calculator import ADDRESS, BABY, LETTER, Calculator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
WHOLE = [f"{name}={text}" for name, text in BABY.items()]
TYPED = {"at": "child.1.born", "said_year": "2025", "said_month": "3", "said_day": "2"}
KEPT = "Your answers are kept on this page"


@pytest.fixture
def hurried(settings):
    """Three presses a minute, and one result."""
    settings.CALCULATOR_RATES = {"question": "3/min", "result": "1/min"}


def spent(presses: int, **said: object) -> Client:
    client = Client()
    for _press in range(presses):
        assert client.post(ADDRESS, said).status_code == 200
    return client


def sent_again(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    form = re.search(r'<main.*?(<form method="post">.*?</form>)', page, re.DOTALL)[1]
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(unescape(value))
    found.pop("csrfmiddlewaretoken", None)
    return found


def test_the_page_says_how_long_to_wait_and_is_kept_nowhere(hurried):
    answer = spent(3).post(ADDRESS, {"answer": WHOLE[:3]} | TYPED)
    assert (answer.status_code, answer["Cache-Control"]) == (429, "no-store")
    assert KEPT in answer.content.decode()
    assert f"wait {answer['Retry-After']} seconds" in answer.content.decode()
    assert 0 < int(answer["Retry-After"]) <= 60


def test_what_was_answered_and_typed_stands_on_it_and_goes_on_from_there(hurried, monkeypatch):
    client = spent(3)
    page = client.post(ADDRESS, {"answer": WHOLE[:3]} | TYPED).content.decode()
    assert sent_again(page) == {"answer": WHOLE[:3]} | {name: [text] for name, text in TYPED.items()}
    later = time.time() + 61
    monkeypatch.setattr(Throttle, "timer", lambda _self: later)
    page = client.post(ADDRESS, sent_again(page)).content.decode()
    assert 'value="child.1.born=2025-03-02"' in page


@pytest.mark.parametrize("odd", ['"><script>x', "' onload=", "a" * 5000])
def test_whatever_was_sent_comes_back_as_text(hurried, odd):
    page = spent(3).post(ADDRESS, {"answer": [odd], "other": "unasked"}).content.decode()
    assert sent_again(page) == {"answer": [odd]}
    assert "<script>x" not in page


def test_results_and_letters_are_counted_together_and_questions_go_on(hurried):
    client = spent(1, answer=WHOLE, to="result")
    letter = client.post(LETTER, {"answer": WHOLE, "letter": "childcare-subsidy.1"})
    assert letter.status_code == 429
    assert sent_again(letter.content.decode()) == {"answer": WHOLE, "letter": ["childcare-subsidy.1"]}
    assert client.post(ADDRESS, {"answer": WHOLE[:3]}).status_code == 200


def test_nobody_else_waits_and_reading_is_never_counted(hurried):
    client = spent(3)
    assert client.post(ADDRESS).status_code == 429
    assert client.get(ADDRESS).status_code == 200
    assert Client(REMOTE_ADDR="198.51.100.7").post(ADDRESS).status_code == 200


def test_a_change_of_language_takes_along_what_was_kept(hurried):
    client = spent(3)
    page = client.post(ADDRESS, {"answer": WHOLE[:3], "language": "zh-hans"} | TYPED).content.decode()
    assert "您的回答都在这一页上" in page
    languages = re.search(r'<form class="languages".*?</form>', page, re.DOTALL)[0]
    assert all(f'value="{line}"' in languages for line in WHOLE[:3])


def test_sixty_neighbours_behind_one_address_get_through(settings):
    """As shipped: each answers four of the twenty questions within one of five minutes; one in five reads the result, and a letter."""
    for rate, presses in (("question", 60 * 4), ("result", 60 // 5 * 2)):
        throttle = Throttle(settings.CALCULATOR_RATES[rate], of="village")
        assert all(throttle.allow_request(Calculator().last.wsgi_request) for _press in range(presses))
