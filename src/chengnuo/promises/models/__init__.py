from chengnuo.promises.models.duty import Duty, Escalation, Outcome, Pause
from chengnuo.promises.models.promise import Promise, PromiseKind, PromiseVersion
from chengnuo.promises.models.release import Release

__all__ = [
    "Duty",
    "Escalation",
    "Outcome",
    "Pause",
    "Promise",
    "PromiseKind",
    "PromiseVersion",
    "Release",
]
