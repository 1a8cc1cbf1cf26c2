from __future__ import annotations

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import RequestFactory

from chengnuo.web.proxy import ProxyMiddleware


def seen(forwarded: str) -> str:
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded} if forwarded else {})
    ProxyMiddleware(lambda _request: HttpResponse())(request)
    return request.META["REMOTE_ADDR"]


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("10.0.0.1, 203.0.113.7", "203.0.113.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("", "127.0.0.1"),
        ("203.0.113.7, unknown", "127.0.0.1"),
        ("<script>", "127.0.0.1"),
    ],
)
def test_only_what_the_proxy_itself_says_counts(forwarded, address, settings):
    settings.BEHIND_PROXY = True
    assert seen(forwarded) == address


def test_without_a_proxy_nobody_is_believed(settings):
    settings.BEHIND_PROXY = False
    with pytest.raises(MiddlewareNotUsed):
        seen("203.0.113.7")
