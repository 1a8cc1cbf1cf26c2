from chengnuo.promises.models.duty import Duty, Outcome
from chengnuo.promises.models.escalation import Escalation
from chengnuo.promises.models.pause import Pause
from chengnuo.promises.models.promise import Promise, PromiseKind, PromiseVersion
from chengnuo.promises.models.release import Release

__all__ = ["Duty", "Escalation", "Outcome", "Pause", "Promise", "PromiseKind", "PromiseVersion", "Release"]
