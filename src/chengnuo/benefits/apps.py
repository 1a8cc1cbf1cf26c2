from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "chengnuo.benefits"
    label = "benefits"
    default_auto_field = "django.db.models.BigAutoField"
