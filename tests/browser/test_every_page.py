"""Every page of the product, opened by somebody who may: in the reader's language, fit for a thumb, and open to everybody."""

from __future__ import annotations

import re
from collections import Counter

import polib
import pytest
from django.conf import settings
from opencc import OpenCC

from chengnuo.web.permissions import ADDRESSES
from tests.factories import reading, walks

pytestmark = pytest.mark.django_db
TAGS = {"en": "en", "zh-CN": "zh-Hans", "zh-TW": "zh-Hant"}
# addresses that are no page to read: files, data, and what is only sent to
NO_PAGES = {
    "desk:counter_next": "sent to",
    "desk:export": "file",
    "family:consent": "sent to",
    "family:form": "file",
    "family:leave": "sent to",
    "family:proof": "data",
    "family:slip": "file",
    "public:consistency": "data",
    "public:export": "data",
    "public:heads": "data",
    "public:release_file": "data",
    "public:step_in": "sent to",
    "public:verifier": "file",
    "set_language": "sent to",
    # seen only by who is half signed in or has a second factor: tests/journeys/test_second_factor_at_sign_in.py
    "account_inactive": "half signed in",
}
# names, units and marks that stand in Chinese pages as they are
AS_THEY_ARE = {"Chengnuo", "JSON", "Python", "Ed25519"}
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]{3,}")


@pytest.fixture(params=walks.GROUPS)
def walked(request, monday):
    return walks.GROUPS[request.param]()


def pages(walked, locale):
    for walk in walked:
        for stop in walk.stops:
            answer = walk.client.get(stop.url, HTTP_ACCEPT_LANGUAGE=locale)
            assert answer.status_code == 200, (stop, answer.status_code, answer.headers.get("Location"))
            yield stop, reading.read(answer.content.decode())


def test_probe(walked):
    bad = Counter()
    for locale, tag in TAGS.items():
        for stop, seen in pages(walked, locale):
            faults = []
            if seen.lang != tag: faults.append(f"lang {seen.lang}")
            if seen.h1 != 1: faults.append(f"h1 {seen.h1}")
            if seen.unlabelled: faults.append(f"unlabelled {seen.unlabelled}")
            dup = [k for k, n in Counter(seen.ids).items() if n > 1]
            if dup: faults.append(f"dup {dup}")
            if len(seen.title) < 5: faults.append(f"title {seen.title}")
            if locale != "en":
                w = [x for x in seen.words if LATIN.search(x)]
                if w: faults.append(f"latin {w}")
            if faults: print(locale, stop.url, *faults, sep="\n   ")
