from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from chengnuo.foundation.models import ClockMark
from tests.factories import cases, county

pytestmark = pytest.mark.django_db


def gauge(page: str, name: str) -> float:
    [line] = [line for line in page.splitlines() if line.startswith(f"chengnuo_{name} ")]
    return float(line.split()[1])


def test_a_process_that_answers_is_alive(monday, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Client().get("/health/alive").content == b"alive\n"


def test_a_whole_server_is_ready(monday):
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "keys": True, "clock": True})
    assert "no-store" in answer["Cache-Control"]


def test_without_its_keys_nobody_is_sent_to_it(monday, settings, tmp_path):
    settings.KEY_RING = tmp_path / "none.json"
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()["keys"]) == (503, False)
    assert Client().get("/health/alive").status_code == 200


def test_it_tells_what_waits(monday):
    cases.ask()
    page = Client().get("/metrics").content.decode()
    assert gauge(page, "log_unnumbered") >= 1
    assert 0 < gauge(page, "disk_free_ratio") <= 1
    assert gauge(page, "escalations_due") == 0
    assert gauge(page, "worker_round_age_seconds") == 0, "it has not worked yet"
    ClockMark.objects.create(seen=county.MONDAY, worked_at=county.MONDAY - timedelta(minutes=7))
    assert gauge(Client().get("/metrics").content.decode(), "worker_round_age_seconds") == 420


def test_it_counts_answers_by_page_and_by_nothing_else(monday):
    browser = Client()
    browser.get("/services/?q=my-own-words")
    browser.get("/nothing/of/the/sort")
    page = browser.get("/metrics").content.decode()
    assert 'chengnuo_answers_total{method="GET",page="public:services",status="200"}' in page
    assert 'page="none",status="404"' in page
    assert "my-own-words" not in page
    assert "of/the/sort" not in page


def test_outside_the_demo_the_counts_ask_for_a_token(monday, settings):
    settings.DEMO, settings.SECURE_SSL_REDIRECT = False, False
    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    settings.METRICS_TOKEN = "watch-me"  # noqa: S105  # a test's token opens nothing
    assert Client().get("/metrics").status_code == 404
    assert Client().get("/metrics", headers={"Authorization": "Bearer watch-me"}).status_code == 200


def test_it_writes_nothing(monday):
    assert Client().post("/metrics").status_code == 405
