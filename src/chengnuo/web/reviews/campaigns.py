"""The county's pages of its yearly reviews: how far each has come, the renewal by two officers, and the figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.core.instants import local_date
from chengnuo.core.privacy import Published
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere
from chengnuo.promises import queries as promises
from chengnuo.reviews import queries
from chengnuo.reviews.models import Campaign, Renewal
from chengnuo.web.acting import act_page, ask_freshly, sent
from chengnuo.web.casework.claims import programme_name
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.deeds import Button, buttons_of, deed_page, kind_of
from chengnuo.web.forms import ActForm, Choice
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.requests import Request
from chengnuo.web.reviews import deeds, words
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word, day_words, local_day


class BeginForm(ActForm):
    programme = Choice(
        ask=gettext_lazy("Choose the programme."), label=gettext_lazy("Whose awards are reviewed this year?")
    )


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    """`begin` is where a review begins, or ""."""

    begin: str
    campaigns: tuple[tuple[str, str, Word], ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """Figures by township; "–" where a count is too small to be shown."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, kw_only=True)
class CampaignPage(Page):
    """`done` of `all_of_them` are renewed, determined or ended; 0 of 0 where that would show a small count. `propose` is where a renewal is proposed, `begin` where an owed review begins, or ""."""

    status: Word
    facts: tuple[Answer, ...]
    done: int
    all_of_them: int
    duties: tuple[tuple[str, Word, str], ...]
    propose: str
    begin: str
    renewals: tuple[tuple[str, str, Word], ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, kw_only=True)
class RenewalPage(Page):
    """`sample`: some that chance has picked; `waits`: it goes on by itself."""

    status: Word
    facts: tuple[Answer, ...]
    done: int
    all_of_them: int
    waits: bool
    sample: tuple[Link, ...]
    buttons: tuple[Button, ...]


@require_GET
def home(request: Request) -> HttpResponse:
    page = HomePage(
        shell=shell_of(request),
        title=_("Yearly reviews"),
        begin=reverse("reviews:begin") if queries.may_begin(request.actor, local_date(request.at)) else "",
        campaigns=tuple(
            (reverse("reviews:campaign", args=[each.pk]), title_of(each), words.CAMPAIGN[each.status])
            for each in queries.campaigns(request.actor)
        ),
    )
    return render(request, "reviews/home.html", page)


@require_http_methods(["GET", "POST"])
def begin(request: Request) -> HttpResponse:
    form, year = BeginForm(sent(request)), local_date(request.at).year
    open_now = queries.may_begin(request.actor, local_date(request.at))
    if not open_now:
        raise NotHere
    form.offer("programme", [(key, programme_name(key)) for key in open_now])
    says = _(
        "Everybody with an award of it is asked one question, with a neutral letter. Nobody loses anything by silence."
    )

    def does(**said: Any) -> Campaign:
        return deeds.begin(year=year, **said)

    back = Link(label=_("Yearly reviews"), href=reverse("reviews:home"))
    return act_page(request, form, does, title=_("Begin a yearly review"), says=says, back=back)


@require_GET
def campaign(request: Request, campaign: UUID) -> HttpResponse:
    found = queries.campaign(request.actor, campaign)
    progress = queries.progress(found)
    ready = progress.get("unchanged", 0) + progress.get("silent", 0)
    may, today = ready and gate.may(request.actor, "renewal.propose"), local_date(request.at)
    begins = found.status == "owed" and found.programme in queries.may_begin(request.actor, today)
    done, all_of_them = queries.how_far(progress, today)
    page = CampaignPage(
        shell=shell_of(request),
        title=title_of(found),
        trail=(Link(label=_("Yearly reviews"), href=reverse("reviews:home")),),
        status=words.CAMPAIGN[found.status],
        facts=_facts(found),
        done=done,
        all_of_them=all_of_them,
        duties=duty_rows(promises.duties_of(found.pk), now=request.at),
        propose=reverse("reviews:propose", args=[found.pk]) if may else "",
        begin=reverse("reviews:begin") if begins else "",
        renewals=tuple(map(_renewal, queries.renewals(found))),
        tables=tuple(map(_table, queries.figures(found, today))) if progress else (),
    )
    return render(request, "reviews/campaign.html", page)


@require_http_methods(["GET", "POST"])
def propose(request: Request, campaign: UUID) -> HttpResponse:
    found = queries.campaign(request.actor, campaign)
    about = _facts(found)
    return deed_page(request, deeds.PROPOSE, campaign=found, back=_back_to(found), about=about)


@require_GET
def renewal(request: Request, renewal: UUID) -> HttpResponse:
    found = queries.renewal(request.actor, renewal)
    shown = queries.sample(found, local_date(request.at)) if found.status == "proposed" else ()
    page = RenewalPage(
        shell=shell_of(request),
        title=_renewed(found),
        trail=(Link(label=_("Yearly reviews"), href=reverse("reviews:home")), _back_to(found.campaign)),
        status=words.RENEWAL[found.status],
        facts=_of_renewal(found),
        done=found.renewed + found.left,
        all_of_them=found.wanted,
        waits=found.status == "running",
        sample=tuple(
            Link(label=_("Sample %(n)s") % {"n": number}, href=reverse("reviews:review", args=[pk]))
            for number, pk in enumerate(shown, 1)
        ),
        buttons=buttons_of(request, found, deeds.RENEWAL, page="reviews:renewal_deed"),
    )
    return render(request, "reviews/renewal.html", page)


@require_http_methods(["GET", "POST"])
def renewal_deed(request: Request, renewal: UUID, name: str) -> HttpResponse:
    kind = kind_of(deeds.RENEWAL, name)
    if name == "confirm":
        ask_freshly(request, "renewal.confirm")
    found = queries.renewal(request.actor, renewal, action=f"renewal.{name}")
    back = Link(label=_("Back to the renewal"), href=reverse("reviews:renewal", args=[found.pk]))
    return deed_page(request, kind, renewal=found, back=back, about=_of_renewal(found))


def title_of(campaign: Campaign) -> str:
    return f"{programme_name(campaign.programme)} · {campaign.year}"


def _back_to(campaign: Campaign) -> Link:
    return Link(label=title_of(campaign), href=reverse("reviews:campaign", args=[campaign.pk]))


def _facts(campaign: Campaign) -> tuple[Answer, ...]:
    rows = (
        (_("Answers until"), day_words(campaign.answer_until)),
        (_("Silent families are asked from"), day_words(campaign.contact_from)),
        (_("Share that chance checks"), f"{campaign.percent}%" if campaign.percent else ""),
    )
    return answers(rows)


def _of_renewal(renewal: Renewal) -> tuple[Answer, ...]:
    rows = (
        (_("Proposed on"), local_day(renewal.proposed_at)),
        (_("Renewed so far"), str(renewal.renewed) if renewal.renewed else ""),
        (_("Left to a person"), str(renewal.left) if renewal.left else ""),
    )
    return answers(rows)


def _renewal(renewal: Renewal) -> tuple[str, str, Word]:
    where = reverse("reviews:renewal", args=[renewal.pk])
    return where, _renewed(renewal), words.RENEWAL[renewal.status]


def _renewed(renewal: Renewal) -> str:
    many = ngettext("Renewal of %(n)d award", "Renewal of %(n)d awards", renewal.wanted)
    return many % {"n": renewal.wanted}


def _table(found: Published) -> Table:
    rows = [(name, cells) for name, cells in zip(found.rows, found.cells, strict=True)]
    rows.append((_("All together"), found.column_totals))
    columns = tuple(str(words.COLUMNS[each]) for each in found.columns)
    shown = [(name, ["–" if each is None else str(each) for each in cells]) for name, cells in rows]
    return Table(columns=columns, rows=tuple((name, tuple(zip(columns, cells, strict=True))) for name, cells in shown))
