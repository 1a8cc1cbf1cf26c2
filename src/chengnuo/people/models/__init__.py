from chengnuo.people.models.account import Account
from chengnuo.people.models.calendar import AnnouncedDay
from chengnuo.people.models.cell import Cell
from chengnuo.people.models.consents import Consent, Purpose
from chengnuo.people.models.contacts import Contact, ContactGram
from chengnuo.people.models.holdings import Holding
from chengnuo.people.models.offices import Office
from chengnuo.people.models.places import Level, Place, PlaceCode
from chengnuo.people.models.posts import Post

__all__ = [
    "Account",
    "AnnouncedDay",
    "Cell",
    "Consent",
    "Contact",
    "ContactGram",
    "Holding",
    "Level",
    "Office",
    "Place",
    "PlaceCode",
    "Post",
    "Purpose",
]
