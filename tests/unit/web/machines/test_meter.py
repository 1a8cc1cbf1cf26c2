"""Counts of answers: by page, method and outcome, in few enough kinds that nobody can make them grow."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from prometheus_client import REGISTRY

from chengnuo.web.machines.meter import METHODS, MeterMiddleware

PAGE = "test:meter"
MATCH = SimpleNamespace(view_name=PAGE)


def answered(page=PAGE, method="GET", status="200"):
    return REGISTRY.get_sample_value("chengnuo_answers_total", {"page": page, "method": method, "status": status}) or 0


def timed(page=PAGE):
    return REGISTRY.get_sample_value("chengnuo_answer_seconds_count", {"page": page}) or 0


def ask(method="GET", path="/", *, match=MATCH, status=200):
    def respond(request):
        request.resolver_match = match
        return HttpResponse(status=status)

    return MeterMiddleware(respond)(RequestFactory().generic(method, path))


@pytest.mark.parametrize("name", ["complain", "request"])
def test_which_of_a_family_s_pages_was_opened_is_not_told(name):
    before = answered(page="family"), answered(page=f"family:{name}")
    ask(match=SimpleNamespace(view_name=f"family:{name}"))
    assert (answered(page="family"), answered(page=f"family:{name}")) == (before[0] + 1, before[1])


@pytest.mark.parametrize("status", [200, 302, 404, 413, 503])
def test_an_answer_is_counted_once_under_its_outcome_and_timed(status):
    before, times = answered(status=str(status)), timed()
    assert ask(status=status).status_code == status
    assert answered(status=str(status)) == before + 1
    assert timed() == times + 1


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_each_method_that_pages_know_by_its_name(method):
    before = answered(method=method)
    ask(method)
    assert answered(method=method) == before + 1


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PROPFIND", "X-INVENTED-7", "OPTIONS"])
def test_every_other_method_is_one_kind(method):
    before = answered(method="other")
    ask(method)
    assert answered(method=method) == 0
    assert answered(method="other") == before + 1
    assert method not in METHODS


@pytest.mark.parametrize("match", [None, SimpleNamespace(view_name=""), SimpleNamespace(view_name=None)])
def test_what_no_page_answers_is_one_kind_whatever_was_asked_for(match):
    before = answered("none", status="404")
    for path in ("/wp-login.php", "/王桂兰/", "/?code=1234567812345678"):
        ask(path=path, match=match, status=404)
    assert answered("none", status="404") == before + 3
    counted = {sample.labels.get("page") for family in REGISTRY.collect() for sample in family.samples}
    assert not [page for page in counted if page and "/" in page]


def test_what_breaks_is_not_taken_for_an_answer():
    def breaks(_request):
        raise ZeroDivisionError

    before = timed()
    with pytest.raises(ZeroDivisionError):
        MeterMiddleware(breaks)(RequestFactory().get("/"))
    assert timed() == before
