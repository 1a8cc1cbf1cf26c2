from chengnuo.notices.models.line import NoticeLine
from chengnuo.notices.models.notice import Notice, Recalled

__all__ = ["Notice", "NoticeLine", "Recalled"]
