"""The application that is loaded last: it binds the ports, once, when every other one is ready."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class ConfigConfig(AppConfig):
    name = "chengnuo.config"
    label = "config"

    def ready(self) -> None:
        # by name: the wiring needs models, which do not exist yet while this module is read
        import_string("chengnuo.config.wiring.bind")()
