"""A resident's own folder of receipts: made, opened, filled, emptied and deleted by nobody else, and by no officer's browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chengnuo.cases import queries as cases
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.refused import Refused
from chengnuo.people.models import Folder
from chengnuo.people.operations import folders
from chengnuo.web.casework.receipts import title_of
from chengnuo.web.errors import too_many
from chengnuo.web.family.folder_forms import AddForm, OpenForm
from chengnuo.web.pages import Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.who import close_folder, folder_of, hold_receipt, open_folder

P = ParamSpec("P")


class NotHereForOfficers(Refused):
    code = "folder-not-for-officers"
    sentence = N_("Nobody opens their own folder where an officer is signed in.")
    remedy = N_("Sign out first, or use another browser: what an officer does and what a resident does never mix.")


@dataclass(frozen=True, kw_only=True)
class FolderPage(Page):
    """`rows` are (request, where it is taken out, whether its code is another one now)."""

    rows: tuple[tuple[Link, str, bool], ...]


@dataclass(frozen=True, kw_only=True)
class DoorPage(Page):
    says: str
    label: str
    other: Link


def alone(view: Callable[Concatenate[Request, P], HttpResponse]) -> Callable[Concatenate[Request, P], HttpResponse]:
    """Never in a browser in which an officer is signed in."""

    @wraps(view)
    def checked(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.actor.is_officer:
            raise NotHereForOfficers
        return view(request, *args, **kwargs)

    return cast("Callable[Concatenate[Request, P], HttpResponse]", checked)


@require_http_methods(["GET", "POST"])
@alone
def make(request: Request) -> HttpResponse:
    title = _("Keep my receipts together")
    says = _(
        "If you have several requests, a folder keeps their receipts, so that you need not keep the slips. You choose a name and a "
        "password; nobody asks who you are. No office sees the folder or that you have one. Without it everything works as before."
    )
    other = Link(label=_("I have a folder"), href=reverse("family:folder_open"))
    return _door(
        request,
        folders.make,
        DoorPage(shell=shell_of(request), title=title, says=says, label=_("Make it"), other=other),
    )


@require_http_methods(["GET", "POST"])
@alone
def open_(request: Request) -> HttpResponse:
    says = _(
        "With the name and the password that you chose. If they are lost, the codes on the slips still open everything."
    )
    other = Link(label=_("I have none yet"), href=reverse("family:folder_make"))
    page = DoorPage(shell=shell_of(request), title=_("Open my folder"), says=says, label=_("Open it"), other=other)
    return _door(request, folders.opened, page)


def _door(request: Request, does: Callable[..., Folder | None], page: DoorPage) -> HttpResponse:
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if not ratelimit.consume(request, action="folder", key=form.cleaned_data["name"].casefold()):
            return too_many(request)
        try:
            found = does(**form.cleaned_data, on=local_date(request.at))
        except Refused as refused:
            form.add_error(None, f"{_(refused.said)} {_(refused.remedy)}")
        else:
            if found is not None:
                open_folder(request, found.pk)
                return redirect("family:folder")
            form.add_error("password", _("No folder opens with this name and this password. Compare both."))
    return render(request, "family/folder_door.html", page, form)


@require_http_methods(["GET", "POST"])
@alone
def folder(request: Request) -> HttpResponse:
    """Its receipts open while it is open; each visit keeps it open for another half an hour."""
    pk = folder_of(request)
    held = folders.receipts(pk, by=request.actor) if pk else None
    if pk is None or held is None:
        close_folder(request)
        return redirect("family:folder_open")
    open_folder(request, pk)
    form = AddForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _added(request, pk, form):
        return redirect("family:folder")
    now = cases.codes_of(held)
    for case in now:
        if now[case] == held[case]:
            hold_receipt(request, case)
    known = cases.briefly(now)
    rows = tuple(
        (
            Link(label=f"{title_of(case)} · {case.number}", href=reverse("family:request", args=[pk])),
            reverse("family:folder_take_out", args=[pk]),
            now[pk] != held[pk],
        )
        for pk, case in known.items()
    )
    return render(
        request, "family/folder.html", FolderPage(shell=shell_of(request), title=_("My receipts"), rows=rows), form
    )


def _added(request: Request, pk: UUID, form: AddForm) -> bool:
    if not ratelimit.consume(request, action="receipt_code"):
        form.add_error("code", _("Too many codes were tried from here. Wait 15 minutes, then try again."))
        return False
    case = cases.by_receipt(form.cleaned_data["code"])
    if case is None:
        form.add_error(
            "code",
            _(
                "No request opens with this code. A complaint without a name is not kept here: the folder could lead to you."
            ),
        )
        return False
    folders.add(pk, case=case, codes=cases.codes_of([case]).get(case, 0), by=request.actor)
    messages.success(request, _("The receipt lies in your folder."))
    return True


@require_POST
@alone
def take_out(request: Request, case: UUID) -> HttpResponse:
    if pk := folder_of(request):
        folders.take_out(pk, cases=frozenset([case]), by=request.actor)
        messages.success(request, _("Taken out. The request stays as it is, and opens with its code."))
    return redirect("family:folder")


@require_POST
@alone
def delete(request: Request) -> HttpResponse:
    """In one step; the requests stay as they are."""
    if pk := folder_of(request):
        folders.delete(pk, at=request.at)
        close_folder(request)
        messages.success(
            request, _("The folder is deleted. Your requests stay as they are, and open with their codes.")
        )
    return redirect("family:follow")
