"""The settings of the floor: ours, without a middleware and with one address."""

from chengnuo.config import settings

globals().update({name: getattr(settings, name) for name in dir(settings) if name.isupper()})
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.floor"
