from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string


class Rigs(AppConfig):
    name = "bench.rigs"
    label = "rigs"

    def ready(self) -> None:
        # by name: the listener needs models, which do not exist yet while this module is read
        import_string("bench.rigs.listener.begin")()
