from chengnuo.channels.models.closed_letter import ClosedLetter, Way
from chengnuo.channels.models.digest import Digest
from chengnuo.channels.models.feed import Feed
from chengnuo.channels.models.message import ON_THEIR_WAY, WAITING, Message, Reading

__all__ = ["ON_THEIR_WAY", "WAITING", "ClosedLetter", "Digest", "Feed", "Message", "Reading", "Way"]
