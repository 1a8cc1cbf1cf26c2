"""What a page says once, on the next page: kept by the browser until then, under a name like those of the other cookies."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class Cookie(CookieStorage):
    """Bound to this host as the session's cookie is: whatever stands before that one's name stands before this one's."""

    cookie_name = settings.SESSION_COOKIE_NAME.replace("sessionid", "messages")


class Storage(FallbackStorage):
    """Django's own order: what is too long for a cookie goes into the session."""

    storage_classes = (Cookie, SessionStorage)
