"""The county's page: by which rules people are told of support, the impact assessment of each, and since when it runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.core.instants import local_date
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere
from chengnuo.outreach import queries
from chengnuo.outreach.models import Assessment, FinderRun
from chengnuo.outreach.operations import assessing, running
from chengnuo.people import queries as people
from chengnuo.people.models import Office
from chengnuo.policies.finders import COUNTER, Finder, finders
from chengnuo.web.acting import act_page, ask_freshly, sent
from chengnuo.web.deeds import Kind, buttons_of, deed_page, kind_of
from chengnuo.web.forms import ActForm, Day, JustDo, Text
from chengnuo.web.outreach import words
from chengnuo.web.owed import OwedPage
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word, day_words, local_day


class AssessForm(ActForm):
    what = Text(
        ask=gettext_lazy("Say what is done."), label=gettext_lazy("What is done with which data?"), rows=3, most=2000
    )
    why = Text(
        ask=gettext_lazy("Say why."),
        label=gettext_lazy("For what purpose, and on which legal basis?"),
        rows=3,
        most=2000,
    )
    necessity = Text(
        ask=gettext_lazy("Say why it is needed."), label=gettext_lazy("Why would nothing less do?"), rows=3, most=2000
    )
    risks = Text(
        ask=gettext_lazy("Say what it may do to people."),
        label=gettext_lazy("What may it do to people?"),
        rows=3,
        most=2000,
    )
    measures = Text(
        ask=gettext_lazy("Say what guards them."),
        label=gettext_lazy("What guards them, and is that enough?"),
        rows=3,
        most=2000,
    )
    valid_until = Day(ask=gettext_lazy("Write the day."), label=gettext_lazy("Until which day does it hold?"))


DEEDS: dict[str, Kind] = {
    "sign": Kind(
        JustDo,
        assessing.sign,
        gettext_lazy("Sign it"),
        gettext_lazy("In your own name: you have read it and answer for it. Whoever wrote it cannot sign it."),
    ),
    "withdraw": Kind(
        JustDo,
        assessing.withdraw,
        gettext_lazy("It holds no longer"),
        gettext_lazy("From tonight on no letter is made under it. It stays in the register."),
        grave=True,
    ),
}


@dataclass(frozen=True, kw_only=True)
class FinderRow:
    title: str
    word: Word
    facts: tuple[Answer, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class AssessmentRow:
    href: str
    title: str
    word: Word
    until: str


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    finders: tuple[FinderRow, ...]
    assessments: tuple[AssessmentRow, ...]


@require_GET
def home(request: Request) -> HttpResponse:
    runs, held = queries.runs(request.actor), queries.assessments(request.actor)
    stops = queries.runs(request.actor, action="finder_run.stop")
    rows = finders().on(local_date(request.at)).values()
    offices = {key: people.open_office(key) for key in {row.office for row in rows}}
    page = HomePage(
        shell=shell_of(request),
        title=_("Telling people"),
        finders=tuple(
            _row(request, row, runs.get(row.key), held, _doable(request, row, offices, stops)) for row in rows
        ),
        assessments=tuple(_assessment_row(each) for each in held),
    )
    return render(request, "outreach/home.html", page)


@require_http_methods(["GET", "POST"])
def assess(request: Request, finder: str) -> HttpResponse:
    row = _own(request, finder, "assessment.draft")
    says = _(
        "No personal data: it is about the rule, and everybody at the county and the auditor reads it. It is kept three years at least."
    )
    form, does = AssessForm(sent(request)), partial(assessing.draft, finder=row.key)
    return act_page(
        request, form, does, title=_("Write an assessment"), says=says, back=_home(), about=_about_finder(row)
    )


@require_GET
def assessment(request: Request, assessment: UUID) -> HttpResponse:
    found = queries.assessment(request.actor, assessment)
    page = OwedPage(
        shell=shell_of(request),
        title=_("Assessment"),
        trail=(_home(),),
        status=words.ASSESSMENT[found.status],
        duties=(),
        answers=_about(found),
        buttons=buttons_of(request, found, DEEDS, page="outreach:assessment_deed"),
    )
    return render(request, "desk/owed.html", page)


@require_http_methods(["GET", "POST"])
def deed(request: Request, assessment: UUID, name: str) -> HttpResponse:
    kind = kind_of(DEEDS, name)
    if name == "sign":
        ask_freshly(request, "assessment.sign")
    found = queries.assessment(request.actor, assessment, action=f"assessment.{name}")
    return deed_page(request, kind, assessment=found, back=_home(), about=_about(found))


@require_http_methods(["GET", "POST"])
def begin(request: Request, finder: str) -> HttpResponse:
    row = _own(request, finder, "finder_run.begin")
    says = _(
        "From tonight on a letter is made for each of these people: one for each, in the hands of its contact, one at a time."
    )
    does = partial(running.begin, finder=row.key)
    return act_page(
        request,
        JustDo(sent(request)),
        does,
        title=_("Begin to tell them"),
        says=says,
        back=_home(),
        about=_about_finder(row),
    )


@require_http_methods(["GET", "POST"])
def halt(request: Request, run: UUID) -> HttpResponse:
    found = queries.run(request.actor, run, action="finder_run.stop")
    says = _("No new letters from tonight on. Those that are made already are handed over.")
    does = partial(running.stop, run=found.pk)
    return act_page(request, JustDo(sent(request)), does, title=_("Stop it"), says=says, back=_home(), grave=True)


def _own(request: Request, finder: str, action: str) -> Finder:
    """A finder for which the reader may do this. Raises NotHere."""
    row = assessing.finder_of(finder, request.at)
    office = people.open_office(row.office)
    if office is None or not gate.may_at(request.actor, action, office.pk):
        raise NotHere
    return row


def _doable(
    request: Request, row: Finder, offices: Mapping[str, Office | None], stops: Mapping[str, FinderRun]
) -> frozenset[str]:
    """What the reader may do about a finder: by its own office, and of a run that there is by the run's."""
    office = offices[row.office]
    made = ("finder_run.begin", "assessment.draft") if office and row.sent_by != COUNTER else ()
    may = {action for action in made if office and gate.may_at(request.actor, action, office.pk)}
    return frozenset(may | ({"finder_run.stop"} if row.key in stops else set()))


def _home() -> Link:
    return Link(label=_("Telling people"), href=reverse("outreach:home"))


def _row(
    request: Request, row: Finder, run: FinderRun | None, held: Sequence[Assessment], may: frozenset[str]
) -> FinderRow:
    today = local_date(request.at)
    good = [each for each in held if each.finder == row.key and each.status == "signed" and each.valid_until >= today]
    links = []
    if row.sent_by == COUNTER:
        word = Word(_("for everybody"), "good", "tick")
        links.append(Link(label=_("Open the letter and print it"), href=reverse("outreach:handed_out", args=[row.key])))
    elif run is not None:
        word = (
            Word(_("runs"), "good", "tick") if good else Word(_("stands still: no assessment holds"), "warn", "pause")
        )
        if "finder_run.stop" in may:
            links.append(Link(label=_("Stop it"), href=reverse("outreach:halt", args=[run.pk])))
    elif good:
        word = Word(_("may begin"), "calm", "clock")
        if "finder_run.begin" in may:
            links.append(Link(label=_("Begin to tell them"), href=reverse("outreach:begin", args=[row.key])))
    else:
        word = Word(_("not begun: it needs an assessment"), "plain", "dash")
    if "assessment.draft" in may:
        links.append(Link(label=_("Write an assessment"), href=reverse("outreach:assess", args=[row.key])))
    return FinderRow(title=words.finder_name(row), word=word, facts=_about_finder(row)[1:], links=tuple(links))


def _about_finder(row: Finder) -> tuple[Answer, ...]:
    return answers(
        (
            (_("Who is told"), words.finder_name(row)),
            (_("Of which support"), words.programmes_of(row)),
            (_("Who brings it"), str(words.SENDERS[row.sent_by])),
        )
    )


def _assessment_row(each: Assessment) -> AssessmentRow:
    return AssessmentRow(
        href=reverse("outreach:assessment", args=[each.pk]),
        title=_name(each),
        word=words.ASSESSMENT[each.status],
        until=day_words(each.valid_until),
    )


def _name(each: Assessment) -> str:
    """By the newest row of its finder; by its key where that is gone."""
    rows = [row for row in finders().rows if row.key == each.finder]
    return words.finder_name(rows[-1]) if rows else each.finder


def _about(found: Assessment) -> tuple[Answer, ...]:
    return answers(
        (
            (_("Who is told"), _name(found)),
            (_("What is done with which data?"), found.what),
            (_("For what purpose, and on which legal basis?"), found.why),
            (_("Why would nothing less do?"), found.necessity),
            (_("What may it do to people?"), found.risks),
            (_("What guards them, and is that enough?"), found.measures),
            (_("Written on"), local_day(found.drafted_at)),
            (_("Signed by"), f"{found.office} · {found.signed_by}" if found.signed_by else ""),
            (_("Signed on"), local_day(found.signed_at) if found.signed_at else ""),
            (_("Holds until"), day_words(found.valid_until)),
        )
    )
