"""The settings as shipped, without the calculator's limit: a bench asks it more often than a village does."""

from __future__ import annotations

from chengnuo.config import settings as shipped
from chengnuo.config.settings import *  # noqa: F403  # all of them: what is measured is what is shipped

CALCULATOR_RATES = dict.fromkeys(shipped.CALCULATOR_RATES, "1000000/min")
