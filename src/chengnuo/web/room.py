"""When the disk is nearly full, whatever would write is answered with a page that says so; every page can still be read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from chengnuo.foundation import space
from chengnuo.foundation.space import Brake, NoRoomToWrite
from chengnuo.web.errors import no_room

READS = ("GET", "HEAD", "OPTIONS")
PROGRAMS = ("/api/", "/open311/")  # their acts are refused by themselves, in the form that programs read
KEEPS_NOTHING = ("/entitlements/",)  # its answers travel in the form alone


class RoomMiddleware:
    """Stands before whoever reads forms: sign-ins and drafts are written too, without being acts."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        writes = request.method not in READS and not request.path.startswith((*PROGRAMS, *KEEPS_NOTHING))
        return self.respond(request) if not writes or space.allows(Brake.WRITES) else no_room(request, NoRoomToWrite())
