from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "chengnuo.web"
    label = "web"
