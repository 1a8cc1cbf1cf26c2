"""The floor: what Django takes for one indexed query and twenty rows through a template, and nothing else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from chengnuo.promises.models import Duty

PAGE = Engine().from_string(
    "<!doctype html><title>floor</title><table>{% for row in rows %}"
    "<tr><td>{{ row.kind }}<td>{{ row.due_at }}<td>{{ row.office_id }}<td>{{ row.outcome }}{% endfor %}</table>"
)


def floor(request: HttpRequest) -> HttpResponse:
    rows = Duty.objects.filter(outcome="", township=request.GET["township"]).order_by("due_at", "id")[:20]
    return HttpResponse(PAGE.render(Context({"rows": rows})))


urlpatterns = [path("floor/", floor)]
