"""The log's public pages: plain words, heads to keep, proofs, everything to download; bad questions are answered in words."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from chengnuo.core.log import tree
from chengnuo.foundation.log import export, heads
from chengnuo.foundation.models import LogEntry, LogHead
from chengnuo.web.public import log as pages
from tests.contracts.repository import ROOT
from tests.factories import county, log

pytestmark = pytest.mark.django_db
AT = county.MONDAY
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _empty(db):
    LogEntry.objects.all().delete()


@pytest.fixture
def grown():
    """Five heads, over 3, 6, 9, 12 and 15 entries."""
    for hours in range(5):
        log.written(3, at=AT + hours * HOUR)
        log.settle(AT + hours * HOUR)


def ask(client, name, status=200, **query):
    answer = client.get(reverse(name), query)
    assert answer.status_code == status
    return answer


def test_the_page_shows_the_newest_heads_and_the_keys(client, grown, settings):
    settings.LANGUAGE_CODE = "en"
    said = ask(client, "public:log").content.decode()
    assert said.index(LogHead.objects.get(size=15).root) < said.index(LogHead.objects.get(size=3).root)
    assert all(key in said for key in export.public_keys().values())
    assert 'href="/log/heads.json"' in said
    assert 'href="/log/log.jsonl"' in said
    assert "epoch" not in said.partition("<main")[2]


def test_before_the_first_head_the_page_says_when_it_comes(client):
    assert b"<table" not in ask(client, "public:log").content


def test_the_page_says_that_the_log_was_once_continued_from_a_copy(client, grown):
    heads.open_epoch(AT + 6 * HOUR, kept=log.kept()["heads"])
    said = ask(client, "public:log").content.decode()
    assert 'class="notice warning"' in said
    assert "a copy with 15 entries was put back. Nothing that had been published was lost." in said


def test_the_page_says_in_words_what_a_restore_lost(client, grown):
    kept = log.kept()["heads"]
    LogHead.objects.filter(size__gt=9).delete()
    LogEntry.objects.filter(seq__gte=9).delete()
    heads.open_epoch(AT + 6 * HOUR, kept=kept)
    said = ask(client, "public:log").content.decode()
    assert "a copy with 9 entries was put back. 6 entries that had been published are not in it." in said


def test_the_page_asks_the_database_twice_at_most(client, grown, django_assert_max_num_queries):
    ask(client, "public:log")
    with django_assert_max_num_queries(2):
        ask(client, "public:log")


def test_heads_to_keep(client, grown):
    said = ask(client, "public:heads").json()
    assert said == log.kept() | {"origin": "chengnuo/420526", "older": ""}
    assert [head["size"] for head in said["heads"]] == [15, 12, 9, 6, 3]


def test_older_heads_are_found_by_following_the_address(client, grown, monkeypatch):
    heads.open_epoch(AT + 6 * HOUR, kept=log.kept()["heads"])
    monkeypatch.setattr(pages, "KEPT_TOGETHER", 2)
    seen, address = [], reverse("public:heads")
    while address:
        said = client.get(address).json()
        seen.append([(head["epoch"], head["size"]) for head in said["heads"]])
        address = said["older"]
    assert seen == [[(2, 15), (1, 15)], [(1, 12), (1, 9)], [(1, 6), (1, 3)]]


@pytest.mark.parametrize(("older", "newer"), [(3, 15), (6, 9), (1, 14), (15, 15), (8, 15)])
def test_consistency_is_proven(client, grown, older, newer):
    said = ask(client, "public:consistency", **{"from": older, "to": newer}).json()
    assert (said["from"], said["to"], said["schema"]) == (older, newer, "chengnuo.consistency/1")
    roots = {head.size: bytes.fromhex(head.root) for head in LogHead.objects.all()}
    if older in roots and newer in roots:
        proof = [bytes.fromhex(each) for each in said["proof"]]
        assert tree.consistent(older, roots[older], newer, roots[newer], proof)
        assert not tree.consistent(older, bytes(32), newer, roots[newer], proof)


def test_without_an_end_the_newest_head_is_taken(client, grown):
    log.written(2)
    log.number(AT)
    assert ask(client, "public:consistency", **{"from": 3}).json()["to"] == 15


@pytest.mark.parametrize(
    "query",
    [{}, {"from": "0"}, {"from": "-1"}, {"from": "16"}, {"from": "4", "to": "3"}, {"from": "3", "to": "16"}, {"from": "three"},
     {"from": "3.0"}, {"from": "٣"}, {"from": "9" * 30}, {"from": "3", "to": ""}, {"from": " 3"}, {"from": "1e1"}, {"to": "3"}],
    ids=str,
)  # fmt: skip
def test_sizes_that_are_none_are_answered_in_words(client, grown, query):
    said = ask(client, "public:consistency", 400, **query).json()
    assert said.keys() == {"error", "remedy"}
    assert all(said.values())


@pytest.mark.parametrize("before", ["x", "1", "1/", "/3", "1/3/4", "-1/3", "1/-3", "1/" + "9" * 20, "1.0/3", "①/3"])
def test_places_that_are_none_are_answered_in_words(client, grown, before):
    said = ask(client, "public:heads", 400, before=before).json()
    assert said.keys() == {"error", "remedy"}


def test_before_the_first_head_nothing_can_be_proven(client):
    assert ask(client, "public:consistency", 400, **{"from": 1}).json()["error"]
    assert ask(client, "public:heads").json()["heads"] == []


def test_everything_is_streamed_to_be_kept(client, grown, monday):
    answer = ask(client, "public:export")
    assert answer.streaming
    assert answer["Content-Disposition"] == 'attachment; filename="chengnuo-log-420526-20260302.jsonl"'
    whole = b"".join(answer.streaming_content)
    assert whole == b"".join(export.lines())
    assert json.loads(whole.splitlines()[0])["size"] == 15


def test_the_verifier_is_the_one_of_the_repository(client):
    answer = ask(client, "public:verifier")
    assert answer.content == (ROOT / "tools" / "verify.py").read_bytes()
    assert "verify.py" in answer["Content-Disposition"]


@pytest.mark.parametrize("name", ["log", "heads", "consistency", "export", "verifier"])
def test_nothing_can_be_sent_to_the_log(client, name):
    assert client.post(reverse(f"public:{name}")).status_code == 405
