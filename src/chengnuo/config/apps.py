"""The application that is loaded last: it binds the ports, once, when every other one is ready."""

from django.apps import AppConfig

from chengnuo.config import wiring


class ConfigConfig(AppConfig):
    name = "chengnuo.config"
    label = "config"

    def ready(self) -> None:
        wiring.bind()
