from __future__ import annotations

from django.urls import path

from chengnuo.web.machines import watching

app_name = "machines"

urlpatterns = [
    path("health/alive", watching.alive, name="alive"),
    path("health/ready", watching.ready, name="ready"),
    path("metrics", watching.metrics, name="metrics"),
]
