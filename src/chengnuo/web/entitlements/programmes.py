"""The list of all programmes: what each gives today, to whom, where it is claimed; and folded away, the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from chengnuo.core.instants import local_date
from chengnuo.core.rules import Gives, Programme
from chengnuo.core.rules.graph import walk
from chengnuo.core.rules.parameters import Row
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import own_parameters, programmes
from chengnuo.policies.values import phrase, value
from chengnuo.promises.models import PromiseVersion
from chengnuo.web.entitlements.claiming import address_of, offered_on
from chengnuo.web.entitlements.reasons import SURE
from chengnuo.web.entitlements.stands import in_force_on, spans
from chengnuo.web.named import Named
from chengnuo.web.pages import Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import language

KINDS = {
    Gives.MONEY: gettext_lazy("Money"),
    Gives.SERVICE: gettext_lazy("Free service"),
    Gives.PRIORITY: gettext_lazy("Priority"),
    Gives.LEAVE: gettext_lazy("Leave"),
    Gives.INSURANCE: gettext_lazy("Insurance or premium"),
}


@dataclass(frozen=True, kw_only=True)
class Listed(Named):
    """`gives`: what it comes to today; `who`: for whom; `service`: where it is claimed in this county; `stands`: where and when it is
    in force; `texts`: its sources, in their own language.
    """

    key: str
    name: str
    gives: str
    who: str
    service: Link | None
    payer: str
    provider: str
    stands: tuple[str, ...]
    texts: tuple[str, ...]
    sure: str


@dataclass(frozen=True, kw_only=True)
class Kind(Named):
    anchor: str
    label: str
    rows: tuple[Listed, ...]


@dataclass(frozen=True, kw_only=True)
class ProgrammesPage(Page):
    kinds: tuple[Kind, ...]


@require_safe
def listed(request: Request) -> HttpResponse:
    today = local_date(request.at)
    offered = offered_on(today)
    page = ProgrammesPage(
        shell=shell_of(request),
        title=_("All programmes"),
        trail=(Link(label=_("What am I entitled to?"), href=reverse("entitlements:calculate")),),
        kinds=tuple(
            Kind(
                anchor=kind.name.lower(),
                label=str(label),
                rows=tuple(_row(each, today, offered) for each in programmes() if each.gives is kind),
            )
            for kind, label in KINDS.items()
        ),
    )
    return render(request, "entitlements/programmes.html", page)


def _row(programme: type[Programme], today: date, offered: Mapping[str, PromiseVersion]) -> Listed:
    words, service = programme.words, offered.get(programme.words.key)
    texts = [words.source, *(line.source for line in programme.lines), *(each.source for each in words.untested)]
    return Listed(
        key=words.key,
        name=str(words.name),
        gives=_gives(programme, today),
        who=_("; ").join(str(name) for name, _source in words.conditions.values()),
        service=Link(label=str(service.title), href=address_of(service)) if service else None,
        payer=str(words.payer),
        provider=str(words.provider or ""),
        stands=tuple(spans(parameters().history(programme.stands))),
        texts=tuple(dict.fromkeys(map(str, texts))),
        sure=str(SURE[_certainty(programme, today)]),
    )


def _gives(programme: type[Programme], today: date) -> str:
    """The numbers of law that it comes to today; what has no amount tells how long it lasts."""
    stands, period = in_force_on(today, programme), str(programme.words.period)
    if not stands:
        return _("It has ended.")
    if programme.amount is None:
        return period
    rows = (row for name in _amounts(programme) for row in _of_today(name, today))
    sums: dict[str, dict[str, None]] = {}
    for row in rows:
        if row.unit == stands[0].unit and isinstance(row.value, int):
            sums.setdefault(str(row.label), {})[value(row.value, row.unit, language())] = None
    period = _("each month") if stands[0].unit == "fen a month" else period
    told = {label: _(" or ").join(each) for label, each in sums.items()}
    if len(set(told.values())) == 1:
        return phrase("amount", language(), amount=next(iter(told.values())), period=period)
    said = {"sums": _("; ").join(f"{label} {each}" for label, each in told.items()), "period": period}
    return _("%(sums)s (%(period)s)") % said


def _amounts(programme: type[Programme]) -> tuple[str, ...]:
    """The parameters that its amount is made of."""
    nodes = walk(programme.amount.node) if programme.amount is not None else ()
    read = {each.data[0] if isinstance(each.data, tuple) else each.data for each in nodes}
    return tuple(name for name in own_parameters(programme) if name in read or name == programme.stands)


def _certainty(programme: type[Programme], today: date) -> str:
    """That of the least sure of its numbers of today that hold wherever it stands; of those of its last day, where it has ended."""
    stands = in_force_on(today, programme) or parameters().history(programme.stands)
    rows = [row for name in own_parameters(programme) for row in _of_today(name, today) if not row.options]
    wide = [row for row in rows if any(each.place.startswith(row.place) for each in stands)]
    return max((row.certainty for row in wide), default="A")


def _of_today(name: str, today: date) -> tuple[Row, ...]:
    return tuple({row.place: row for row in parameters().history(name) if row.begins <= today}.values())
