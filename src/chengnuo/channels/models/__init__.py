from chengnuo.channels.models.digest import Digest
from chengnuo.channels.models.feed import Feed
from chengnuo.channels.models.message import WAITING, Message, Reading

__all__ = ["WAITING", "Digest", "Feed", "Message", "Reading"]
