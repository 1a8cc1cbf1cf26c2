"""Demo mode only: stepping into somebody's shoes. Six people around one story that went wrong, those around money and around a letter,
and every other post.

They are found by rule, not by name: whichever request has waited longest after going up by itself, and the posts around it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from chengnuo.cases import queries as cases
from chengnuo.core.instants import local_date
from chengnuo.foundation.refused import NotHere
from chengnuo.outreach import queries as outreach
from chengnuo.payments import queries as payments
from chengnuo.people import queries as people
from chengnuo.people.models import Holding
from chengnuo.people.roles import DESCRIPTIONS, Role
from chengnuo.policies.bank_files import bank_files
from chengnuo.registers import queries as registers
from chengnuo.web.account.accounts import step_in as sign_in_as
from chengnuo.web.pages import Page, render
from chengnuo.web.public.finding import Findable, found
from chengnuo.web.requests import Request
from chengnuo.web.shell import address, shell_of
from chengnuo.web.who import hold_receipt

LONGEST_QUERY = 40
MOST_SHOWN = 60
VISITOR = "visitor"

LOOK_AT = {
    Role.VILLAGE_OFFICER: gettext_lazy("The inbox by due time: this request is the one that is late. Call it done, ask, or hand it over."),
    Role.TOWNSHIP_HEAD: gettext_lazy("It went up by itself and stands on the desk. Open it and answer for it, or free the village with a reason."),
    Role.COUNTY_APPROVER: gettext_lazy("What the townships broke arrives here. Draft, check and publish a promise."),
    Role.SUPERVISOR: gettext_lazy("What the village owes and what is late, without anybody's name."),
    Role.AUDITOR: gettext_lazy("The record is whole: who did what in which post. Nothing can be changed from here."),
    Role.ACCOUNT_ADMIN: gettext_lazy("Accounts, posts and holidays, and not a single case."),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """One person to step into: a resident by a case, an officer by a post, a visitor by VISITOR in its place; the other is ""."""

    name: str
    does: str
    where: str
    says: str
    post: str = ""
    case: str = ""


@dataclass(frozen=True, kw_only=True)
class PeoplePage(Page):
    """`asked_again` is set when a serious act sent the reader here, to step in afresh."""

    followed: tuple[Somebody, ...]
    paid: tuple[Somebody, ...]
    told: tuple[Somebody, ...]
    query: str
    others: tuple[Somebody, ...]
    more: bool
    next: str
    asked_again: bool


def people_to_be(request: Request) -> HttpResponse:
    _only_in_the_demo()
    holdings = people.held_posts(on=local_date(request.at))
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    others = found(query, holdings, _findable) if query else []
    page = PeoplePage(
        shell=shell_of(request),
        title=_("Step in as somebody"),
        followed=tuple(_followed(holdings, request)),
        paid=tuple(_paid(holdings)),
        told=tuple(_told(holdings)),
        query=query,
        others=tuple(_officer(holding) for holding in others[:MOST_SHOWN]),
        more=len(others) > MOST_SHOWN,
        next=_safe_next(request, request.GET.get("next", "")),
        asked_again=request.actor.is_officer and bool(request.GET.get("next")),
    )
    return render(request, "public/people.html", page)


@require_POST
def step_in(request: Request) -> HttpResponse:
    """Signs in as the holder of `post`, holds the receipt of `case`, or is nobody. Unknown ones are not here."""
    _only_in_the_demo()
    next_page = _safe_next(request, request.POST.get("next", ""))
    if case := _id(request.POST.get("case", "")):
        return _as_resident(request, case, next_page)
    if request.POST.get("post") == VISITOR:
        logout(request)
        return redirect(next_page or reverse("outreach:stop"))
    post = _id(request.POST.get("post", ""))
    holding = people.holding_of(post, on=local_date(request.at)) if post else None
    if holding is None:
        raise NotHere
    sign_in_as(request, holding.account)
    messages.success(request, _("You are %(name)s now: %(post)s, %(office)s.") % _names(holding))
    return redirect(next_page or settings.LOGIN_REDIRECT_URL)


def _as_resident(request: Request, case: UUID, next_page: str) -> HttpResponse:
    logout(request)
    if case not in cases.named([case]):
        raise NotHere
    hold_receipt(request, case)
    return redirect(next_page or address("family:request", case) or reverse("public:home"))


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404


def _followed(holdings: list[Holding], request: Request) -> Iterable[Somebody]:
    """A resident, and six posts of the same chain; whoever is missing in this database is left out."""
    story = cases.longest_waiting(request.at)
    if story is None:
        return
    yield Somebody(
        name=_("A resident"),
        does=_("holds the receipt of request %(number)s") % {"number": story.number},
        where=f"{story.promise.title} · {story.office}",
        says=_("It is late and went up by itself. See who answers now, complain, or take it back."),
        case=str(story.pk),
    )
    above = story.office.above
    offices = {story.office_id, above.pk if above else None, above.above_id if above else None}
    for role, says in LOOK_AT.items():
        near = (h for h in holdings if h.post.role == role and (h.post.office_id in offices or role in ANYWHERE))
        if holding := max(near, key=lambda each: each.post.is_reception, default=None):
            yield _officer(holding, says=str(says))


def _paid(holdings: list[Holding]) -> Iterable[Somebody]:
    """Around money on its way: a payee, and whoever proposes, checks, approves and pays; nobody where none is on its way."""
    story = payments.of_the_demo()
    case = cases.named([story[1]]).get(story[1]) if story else None
    if story is None or case is None:
        return
    yield Somebody(
        name=_("A resident"),
        does=_("holds the receipt of request %(number)s") % {"number": case.number},
        where=str(case.promise__title),
        says=_(
            "Paid in two parts, and a third is on its way. Open “Your money”: what came when, and why the rest has not."
        ),
        case=str(case.pk),
    )
    payer = people.open_office(bank_files().payer)
    for office, parts in ((story[0], PROPOSES), (payer.pk if payer else None, PAYS)):
        of_it = sorted((each for each in holdings if each.post.office_id == office), key=lambda each: each.post.key)
        for holding in of_it:
            if says := parts.get((holding.post.is_reception, holding.post.is_head, holding.post.role)):
                yield _officer(holding, says=str(says))


def _told(holdings: list[Holding]) -> Iterable[Somebody]:
    """Around the register and its letters: who keeps the one, prints the others, and may refuse them; nobody where no letter waits."""
    printer, (keeper, mender) = outreach.of_the_demo(), registers.of_the_demo()
    if printer is None:
        return
    held = {holding.post_id: holding for holding in holdings}
    for post, says in ((keeper, KEEPS), (mender, MENDS), (printer, PRINTS)):
        if post and (holding := held.get(post)):
            yield _officer(holding, says=str(says))
    yield Somebody(
        name=_("A visitor"),
        does=_("has a letter, and no account"),
        where=_("No more letters?"),
        says=_(
            "Type the code of a letter that you have just printed: no more are sent, and nobody learns who said so."
        ),
        post=VISITOR,
    )


KEEPS = gettext_lazy(
    "Keeps the register: compare two entries that may be one person, and look at records that do not fit. The county's own letters wait here too."
)
MENDS = gettext_lazy(
    "The township: in one entry the day of birth is another than the one within the number. Look at it, and put it right."
)
PRINTS = gettext_lazy(
    "Open “The next letter”: one at a time, never a list. Print it, take it along, and say what became of it."
)
OFFICER, APPROVER = Role.COUNTY_OFFICER.value, Role.COUNTY_APPROVER.value
# by whether a post is the counter's or the head's
PROPOSES = {
    (True, False, OFFICER): gettext_lazy("Proposes who is paid: open Payments, then the fund. Of what the bank sent back, looks at the account together with the payee."),
    (False, True, APPROVER): gettext_lazy("Checks the batch that waits, and decides on claims. Whoever proposed it cannot."),
}  # fmt: skip
PAYS = {
    (True, False, OFFICER): gettext_lazy("Writes down what was promised and has come, and passes it on: one sum is late."),
    (False, True, APPROVER): gettext_lazy("Approves the batch, and answers for money that will be missing."),
    (False, False, OFFICER): gettext_lazy("The paying officer: gives the batch to the bank, alone opens its file, reads what comes back."),
}  # fmt: skip
ANYWHERE = (Role.AUDITOR, Role.ACCOUNT_ADMIN)


def _officer(holding: Holding, says: str = "") -> Somebody:
    names = _names(holding)
    return Somebody(
        name=names["name"],
        does=names["post"],
        where=names["office"],
        says=says or _(DESCRIPTIONS[Role(holding.post.role)]),
        post=str(holding.post_id),
    )


def _names(holding: Holding) -> dict[str, str]:
    return {"name": holding.account.name, "post": str(holding.post), "office": str(holding.post.office)}


def _findable(holding: Holding) -> Findable:
    place, office = holding.post.office.place, holding.post.office
    names = [place.name, office.name, *([place.above.name] if place.above else [])]
    titles = [script for text in names for script in (text.hans, text.hant, text.en)]
    title = holding.post.title
    return Findable.of(titles, [holding.account.name], [title.hans, title.hant, title.en])


def _safe_next(request: Request, target: str) -> str:
    """Where to go afterwards, if it is an address of this very site; else ""."""
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else ""


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
