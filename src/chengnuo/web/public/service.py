"""One service: what it gives, what you need and why, how long it takes, who answers, what it rests on and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chengnuo.core.instants import local_date
from chengnuo.foundation.refused import NotHere
from chengnuo.promises.models import PromiseKind, PromiseVersion
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.public.catalogue import Elsewhere, elsewhere_of, limit_words, shelf, who_answers
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, address, shell_of
from chengnuo.web.words import said

FEN = 100

INSTEAD = {
    "none": gettext_lazy("Bring it or show it."),
    "declaration": gettext_lazy("If you do not have it, your own signed statement does instead."),
    "held": gettext_lazy("You need not bring it: the office looks it up."),
}
CHANNELS = {
    "web": gettext_lazy("here on the web"),
    "counter": gettext_lazy("at any counter"),
    "phone": gettext_lazy("by telephone"),
}
READ = {
    "A": gettext_lazy("read in the text itself"),
    "B": gettext_lazy("from an official source"),
    "C": gettext_lazy("from a secondary source"),
    "D": gettext_lazy("still to be checked"),
}
MEASURED = {
    "A": gettext_lazy("measured"),
    "B": gettext_lazy("from the office's own records"),
    "C": gettext_lazy("estimated from similar work"),
    "D": gettext_lazy("an estimate, not yet measured"),
}


@dataclass(frozen=True, kw_only=True)
class Need:
    name: str
    why: str
    instead: str


@dataclass(frozen=True, kw_only=True)
class ServicePage(Page):
    """`ask`, `form` and `promise` are addresses, "" where this service has none: a referral opens no case."""

    summary: str
    facts: tuple[Answer, ...]
    needs: tuple[Need, ...]
    bases: tuple[str, ...]
    costs: tuple[Answer, ...]
    elsewhere: Elsewhere | None
    ask: str
    form: str
    promise: str


def service(request: Request, key: str) -> HttpResponse:
    """One service. An unknown key is the same page as an ended one: nothing here."""
    page = page_of(request, standing(key, on=local_date(request.at)))
    return render(request, "public/service.html", page)


def page_of(request: Request, version: PromiseVersion) -> ServicePage:
    """The page of one version; also for the officers who read it before it is published."""
    key, asked_here = version.promise.key, version.promise.kind == PromiseKind.SERVICE
    return ServicePage(
        shell=shell_of(request),
        title=str(version.title),
        trail=(Link(label=_("Services"), href=reverse("public:services")),),
        summary=str(version.summary),
        facts=_facts(version),
        needs=tuple(_need(need) for need in version.needs),
        bases=tuple(basis_words(line) for line in version.basis),
        costs=costs_of(version) if asked_here else (),
        elsewhere=None if asked_here else elsewhere_of(version),
        ask=address("family:ask", key) if asked_here else "",
        form=address("family:form", key) if asked_here else "",
        promise=address("public:promise", key) if asked_here else "",
    )


def standing(key: str, *, on: date) -> PromiseVersion:
    """The version of a service or referral that stands on a day. Raises NotHere."""
    for item in shelf(on):
        if item.version.promise.key == key:
            return item.version
    raise NotHere


def _facts(version: PromiseVersion) -> tuple[Answer, ...]:
    if version.promise.kind == PromiseKind.REFERRAL:
        return (Answer(label=_("Who may go there"), value=str(version.who)),)
    rows = (
        (_("How long it takes"), limit_words(version)),
        (_("Who may ask"), str(version.who)),
        (_("What you get"), str(version.result)),
        (_("Who answers"), who_answers(version)),
        (_("How to ask"), _("; ").join(str(CHANNELS[channel]) for channel in version.channels)),
        (_("What you pay"), fee_words(version)),
        (_("In force since"), date_format(version.begins, "DATE_FORMAT")),
    )
    return answers(rows)


def _need(need: dict[str, dict[str, str]]) -> Need:
    return Need(name=said(need["name"]), why=said(need["why"]), instead=str(INSTEAD[str(need["instead"])]))


def basis_words(line: dict[str, dict[str, str]]) -> str:
    name, article, certainty = said(line["name"]), str(line["article"]), READ[str(line["certainty"])]
    where = _("%(text)s, article %(article)s") % {"text": name, "article": article} if article else name
    return _("%(where)s (%(certainty)s)") % {"where": where, "certainty": certainty}


def costs_of(version: PromiseVersion) -> tuple[Answer, ...]:
    if not version.cost_is_stated:
        return ()
    staff, family, trips = (
        version.staff_minutes or 0, version.family_minutes or 0, version.family_trips or 0,
    )  # fmt: skip
    rows = (
        (_("Your time"), ngettext("%(n)d minute", "%(n)d minutes", family) % {"n": family}),
        (_("Your trips"), ngettext("%(n)d trip", "%(n)d trips", trips) % {"n": trips} if trips else _("none")),
        (_("The office's time"), ngettext("%(n)d minute", "%(n)d minutes", staff) % {"n": staff}),
        (_("Public money a year, without the benefit itself"), yuan(version.county_fen_a_year or 0)),
        (_("How sure these figures are"), str(MEASURED[version.cost_certainty])),
    )
    return answers(rows)


def fee_words(version: PromiseVersion) -> str:
    return yuan(version.fee_fen) if version.fee_fen else _("no charge")


def yuan(fen: int) -> str:
    """Money as people write it: whole yuan without a point, else two digits behind it."""
    whole, rest = divmod(fen, FEN)
    amount = number_format(whole, force_grouping=True) + (f".{rest:02d}" if rest else "")
    return _("%(amount)s yuan") % {"amount": amount}
