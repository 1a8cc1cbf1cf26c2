from chengnuo.cases.models.case import Case, CaseKind, Channel, ResidentWord
from chengnuo.cases.models.chapter import Chapter
from chengnuo.cases.models.new_code import KnownBy, Lost, NewCode
from chengnuo.cases.models.photo import Photo
from chengnuo.cases.models.rating import Pressed, Rating, RatingGiven
from chengnuo.cases.models.step import Step, StepSort

__all__ = [
    "Case",
    "CaseKind",
    "Channel",
    "Chapter",
    "KnownBy",
    "Lost",
    "NewCode",
    "Photo",
    "Pressed",
    "Rating",
    "RatingGiven",
    "ResidentWord",
    "Step",
    "StepSort",
]
