"""By what a list of cases or of duties is narrowed: the same fields in both, remembered in the address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from chengnuo.cases.queries import Wanted
from chengnuo.core.instants import local_date
from chengnuo.people import queries as people
from chengnuo.promises import queries as promises
from chengnuo.web.casework.stories import status_choices
from chengnuo.web.requests import Request, asked

Options = tuple[tuple[str, str], ...]
FIELDS = ("status", "sort", "service", "place")


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What was chosen, and what can be. Without places for whoever has none below."""

    wanted: Wanted
    statuses: Options
    sorts: Options
    services: Options
    places: Options

    @property
    def chosen(self) -> dict[str, str]:
        """The fields that narrow the list, as they stand in an address."""
        return {name: value for name in FIELDS if (value := str(getattr(self.wanted, name)))}

    @property
    def query(self) -> str:
        return urlencode(self.chosen)

    @property
    def said(self) -> str:
        """The chosen values in words, for a list that leaves the screen."""
        offers = (self.statuses, self.sorts, self.services, self.places)
        return ", ".join(dict(o)[self.chosen[n]] for n, o in zip(FIELDS, offers, strict=True) if n in self.chosen)


def filters_of(request: Request) -> Filters:
    """What the address asks for; a value that is not offered narrows nothing."""
    offers = {
        "status": status_choices(),
        "sort": (("request", _("requests")), ("complaint", _("complaints"))),
        "service": _services(request),
        "place": tuple((str(place.pk), str(place.name)) for place in people.places_below(request.actor)),
    }
    typed = {name: asked(request, name, most=60) for name in FIELDS}
    chosen = {name: value for name, value in typed.items() if value in dict(offers[name])}
    wanted = Wanted(**chosen, words=asked(request, "q", most=60), late=asked(request, "late") == "yes")
    return Filters(
        wanted=wanted,
        statuses=offers["status"],
        sorts=offers["sort"],
        services=offers["service"],
        places=offers["place"],
    )


def _services(request: Request) -> Options:
    offered = promises.services(on=local_date(request.at))
    return tuple(sorted(((key, str(title)) for key, title in offered), key=lambda pair: pair[1]))
