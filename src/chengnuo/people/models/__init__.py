from chengnuo.people.models.account import Account
from chengnuo.people.models.calendar import AnnouncedDay
from chengnuo.people.models.contacts import Consent, Contact, ContactGram, Purpose
from chengnuo.people.models.offices import Holding, Office, Post
from chengnuo.people.models.places import Cell, Level, Place, PlaceCode

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
