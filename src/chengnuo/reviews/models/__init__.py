from chengnuo.reviews.models.amendment import Amendment, Sort
from chengnuo.reviews.models.campaign import Campaign
from chengnuo.reviews.models.check import Check, Difference
from chengnuo.reviews.models.renewal import Renewal
from chengnuo.reviews.models.review import Change, Contact, Heard, How, Review

__all__ = [
    "Amendment",
    "Campaign",
    "Change",
    "Check",
    "Contact",
    "Difference",
    "Heard",
    "How",
    "Renewal",
    "Review",
    "Sort",
]
