"""The settings of the floor: our database and models, no middleware, one address."""

from chengnuo.config import settings

globals().update({name: getattr(settings, name) for name in dir(settings) if name.isupper()})
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "chengnuo.foundation",
    "chengnuo.people",
    "chengnuo.promises",
]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.floor"
