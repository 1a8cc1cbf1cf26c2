"""One person of the register: looked for by number or by a part of the name, shown alone, put right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.foundation.gate import gate
from chengnuo.registers import queries
from chengnuo.registers.models import Resident, Standing
from chengnuo.registers.operations import putting_right
from chengnuo.web.acting import act_page, sent
from chengnuo.web.fields import Choice, Day, Text
from chengnuo.web.forms import ActForm, Form
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.registers.words import REASONS, STANDING
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word, day_words

NOBODY = gettext_lazy("Nobody fits whom you may see here. Compare the name or the number once more.")
SEVERAL = gettext_lazy(
    "More than one person fits. Add the day of birth, or type the identity number: only one person is shown."
)


class SoughtForm(Form):
    words = Text(
        ask=gettext_lazy("Type an identity number, or at least two characters of the name."),
        label=gettext_lazy("Identity number, or a part of the name"),
        most=60,
    )
    born = Day(
        ask="",
        label=gettext_lazy("Day of birth, where you know it"),
        hint=gettext_lazy("Needed only where several people have the same name."),
        required=False,
    )
    why = Choice(
        ask=gettext_lazy("Choose why you look."),
        label=gettext_lazy("Why do you look?"),
        hint=gettext_lazy("It is kept with your name: whom you looked at, and why."),
        options=[(key, label) for key, (_reason, label) in REASONS.items()],
    )


class RightForm(ActForm):
    name = Text(ask=gettext_lazy("Write the name."), label=gettext_lazy("Name"), most=40)
    born = Day(ask=gettext_lazy("Write the day of birth."), label=gettext_lazy("Day of birth"))
    standing = Choice(
        ask=gettext_lazy("Choose one."),
        label=gettext_lazy("How does this person stand?"),
        options=[(key, word) for key, word in STANDING.items()],
    )
    since = Day(ask="", label=gettext_lazy("Since which day, where they died or moved?"), required=False)

    def of(self, row: Resident, name: str) -> RightForm:
        self.initial = {"name": name, "born": row.born, "standing": row.standing, "since": row.since}
        return self


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    """`trouble`: why nobody is shown; `links`: where else to go from here."""

    trouble: str
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class PersonPage(Page):
    status: Word
    answers: tuple[Answer, ...]
    put_right: str


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def home(request: Request) -> HttpResponse:
    """What is typed never stands in an address."""
    form, trouble = SoughtForm(sent(request)), ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            found = queries.sought(request.actor, said["words"], born=said["born"])
        except queries.TooManySearches as refused:
            trouble = f"{_(refused.said)} {_(refused.remedy)}"
        else:
            if isinstance(found, UUID):
                return redirect(f"{reverse('registers:person', args=[found])}?{urlencode({'why': said['why']})}")
            trouble = str(SEVERAL if found else NOBODY)
    page = HomePage(
        shell=shell_of(request), title=_("The register of residents"), trouble=trouble, links=_onward(request)
    )
    return render(request, "registers/home.html", page, form)


@require_GET
def person(request: Request, person: UUID) -> HttpResponse:
    found = queries.resident(request.actor, person)
    may = gate.which(request.actor, ["resident.put_right"], found)
    page = PersonPage(
        shell=shell_of(request),
        title=_("One person"),
        trail=(home_link(),),
        status=STANDING[found.standing],
        answers=about(request, found, reason=_reason(request)),
        put_right=reverse("registers:put_right", args=[found.person]) if may else "",
    )
    return render(request, "registers/person.html", page)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def put_right(request: Request, person: UUID) -> HttpResponse:
    found = queries.resident(request.actor, person, action="resident.put_right")
    reason = REASONS["mend"][0]
    form = RightForm(sent(request)).of(found, found.name.reveal(by=request.actor, reason=reason))
    return act_page(
        request,
        form,
        partial(putting_right.put_right, person=found.person),
        title=_("Put the entry right"),
        says=_(
            "It counts from now on. Where the identity number is wrong, the right one comes in by a table, and the two entries are compared."
        ),
        back=Link(label=_("Back to the person"), href=f"{reverse('registers:person', args=[found.person])}?why=mend"),
    )


def about(request: Request, row: Resident, *, reason: str) -> tuple[Answer, ...]:
    """Name and number are opened, which is kept as a look."""
    told: dict[str, Any] = {"by": request.actor, "reason": reason}
    rows = (
        (_("Name"), row.name.reveal(**told)),
        (_("Identity number"), row.identity.reveal(**told)),
        (_("Day of birth"), day_words(row.born)),
        (_("Lives in"), f"{row.township} · {row.village}"),
        (
            _("Died on") if row.standing == Standing.DIED else _("Moved on"),
            day_words(row.since),
        ),
    )
    return answers(rows)


def home_link() -> Link:
    return Link(label=_("The register of residents"), href=reverse("registers:home"))


def _reason(request: Request) -> str:
    """That of the link, from the closed list; what is no reason of ours is the first one."""
    reason, _label = REASONS.get(request.GET.get("why", ""), REASONS["claim"])
    return reason


def _onward(request: Request) -> tuple[Link, ...]:
    ways = (
        ("pair.see", _("Two entries that may be one person"), "registers:pairs"),
        ("records.count", _("Errors by office and month"), "registers:errors"),
    )
    return tuple(
        Link(label=label, href=reverse(name)) for action, label, name in ways if gate.may(request.actor, action)
    )
