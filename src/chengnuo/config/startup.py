"""What must agree before anything is served: an invented county's database is never a real one's, nor the other way round."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from chengnuo.people.models import Cell
from chengnuo.policies.loader import parameters


class WrongDatabase(ImproperlyConfigured):
    """The database's mark and CHENGNUO_DEMO say different things."""


def make_ready() -> None:
    """Called before serving and before working. Raises WrongDatabase."""
    refuse_wrong_database()
    parameters()  # read now: the first act of a process would read them while it holds the writer


def refuse_wrong_database() -> None:
    """An empty database is neither. Raises WrongDatabase."""
    for is_demo in Cell.objects.values_list("demo", flat=True):
        if is_demo and not settings.DEMO:
            raise WrongDatabase(
                "This database is a demonstration: its people are invented, and everyone may step into every role. "
                "It is served with CHENGNUO_DEMO=1 only. For a real county, set CHENGNUO_VAR or DATABASE_URL to another one."
            )
        if settings.DEMO and not is_demo:
            raise WrongDatabase(
                "This database is a real county's: as a demonstration everyone could read it. "
                "Set CHENGNUO_DEMO=0, or CHENGNUO_VAR or DATABASE_URL to another database."
            )
