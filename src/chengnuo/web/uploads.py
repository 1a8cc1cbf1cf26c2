"""How much may be sent to an address, looked at before anything is read: what is sent stays in memory, never on the disk in clear."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from chengnuo.foundation.photos import MOST_BYTES, PhotoTooLarge
from chengnuo.foundation.refused import Refused
from chengnuo.imports.reading.limits import MOST_BYTES as MOST_OF_A_TABLE
from chengnuo.imports.refusals import FileRefused
from chengnuo.payments.lifecycle import BATCH
from chengnuo.web.casework.photos import ADD
from chengnuo.web.errors import bad_request, too_large
from chengnuo.web.notices.hanging import HANG

# the deeds that take a photo
PHOTOS = {ADD, HANG}
FORM_BYTES = 1024 * 1024
RECONCILE = BATCH.reconcile.name
PHOTO_BYTES = MOST_BYTES + FORM_BYTES
TABLE_BYTES = MOST_OF_A_TABLE + FORM_BYTES
# what a browser still sends is heard to its end, or it would show a broken line instead of our words
HEARD_BYTES = 64 * 1024 * 1024
DIGITS = 15  # a length of more is too large in any case
CHUNK = 256 * 1024


class UploadLimitMiddleware:
    """Answers what is larger than its address takes with a page, unread. Stands before whoever reads forms first."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, asked: Mapping[str, Any]
    ) -> HttpResponse | None:
        most, refusal = _taken(asked)
        size = _length(request)
        if size <= most:
            return None
        for _start in range(0, min(size, HEARD_BYTES), CHUNK):
            request.read(CHUNK)
        return too_large(request, refusal) if refusal else bad_request(request)


def _taken(asked: Mapping[str, Any]) -> tuple[int, Refused | None]:
    """How many bytes the address takes, told by what its path names, and what is said of more."""
    if asked.get("name") in PHOTOS:
        return PHOTO_BYTES, PhotoTooLarge()
    is_table = "table" in asked or asked.get("name") == RECONCILE
    return (TABLE_BYTES, FileRefused("too-large")) if is_table else (FORM_BYTES, None)


def _length(request: HttpRequest) -> int:
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(said[:DIGITS]) if said.isdecimal() else 0
