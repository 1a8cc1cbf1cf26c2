from chengnuo.people.models.account import Account
from chengnuo.people.models.calendar import AnnouncedDay, AnnouncedYear, CalendarChange
from chengnuo.people.models.cell import Cell
from chengnuo.people.models.consents import Consent, Purpose
from chengnuo.people.models.contacts import Contact, ContactGram
from chengnuo.people.models.folders import Folder
from chengnuo.people.models.holdings import Holding
from chengnuo.people.models.offices import Office
from chengnuo.people.models.places import Level, Place, PlaceCode
from chengnuo.people.models.posts import Post
from chengnuo.people.models.resets import FactorReset
from chengnuo.people.models.sign_ins import SignIn
from chengnuo.people.models.tokens import AccessToken, Scope

__all__ = [
    "AccessToken",
    "Account",
    "AnnouncedDay",
    "AnnouncedYear",
    "CalendarChange",
    "Cell",
    "Consent",
    "Contact",
    "ContactGram",
    "FactorReset",
    "Folder",
    "Holding",
    "Level",
    "Office",
    "Place",
    "PlaceCode",
    "Post",
    "Purpose",
    "Scope",
    "SignIn",
]
