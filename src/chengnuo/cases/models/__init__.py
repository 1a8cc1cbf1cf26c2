from chengnuo.cases.models.case import Case, CaseKind, Channel, ResidentWord
from chengnuo.cases.models.chapter import Chapter
from chengnuo.cases.models.new_code import KnownBy, Lost, NewCode
from chengnuo.cases.models.photo import Photo

__all__ = ["Case", "CaseKind", "Channel", "Chapter", "KnownBy", "Lost", "NewCode", "Photo", "ResidentWord"]
