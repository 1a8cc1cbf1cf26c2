from chengnuo.cases.models.case import Case, CaseKind, Channel, ResidentWord
from chengnuo.cases.models.chapter import Chapter

__all__ = ["Case", "CaseKind", "Channel", "Chapter", "ResidentWord"]
