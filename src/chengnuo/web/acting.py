"""One page, one act: the form asks, the operation does, and whoever pressed the button is told. Shared by every page that acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import AlreadyReceived, NotHere, Refused, SignInAgain
from chengnuo.web.account.accounts import again_at
from chengnuo.web.forms import ActForm
from chengnuo.web.pages import Answer, Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, Shell, shell_of


@dataclass(frozen=True, kw_only=True)
class ActPage(Page):
    """`says` is what happens when the button `label` is pressed; `grave` acts get a warning tone. `again` is where to prove
    once more who one is, when that is what is lacking; what was typed stays on this page. `onward` is a big way on without the act.
    """

    label: str
    says: str
    grave: bool = False
    about: tuple[Answer, ...] = ()
    more: Link | None = None
    onward: Link | None = None
    again: str = ""


def ask_freshly(request: Request, action: str) -> None:
    """Asks for a new sign-in before anything is typed, where the act will need one. Raises SignInAgain, NotAllowed."""
    if request.method != "POST":
        gate.require(request.actor, action, request.at)


def sent(request: Request) -> QueryDict | None:
    """What was sent, be it nothing at all; None where the page was only opened."""
    return request.POST if request.method == "POST" else None


def sent_files(request: Request) -> MultiValueDict[str, UploadedFile] | None:
    """The files that came with it; None where the page was only opened."""
    return request.FILES if request.method == "POST" else None


def acted(request: Request, form: ActForm, does: Callable[..., object], *, said: str) -> bool:
    """Does the act of a good form. False: the form is shown again, with what was typed and why nothing was done."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        does(by=request.actor, at=request.at, key=form.key, **form.cleaned_data)
    except NotHere:
        raise
    except AlreadyReceived as before:
        messages.info(request, _(before.said))
    except Refused as refused:
        form.refuse(refused)
        return False
    else:
        messages.success(request, said)
    return True


def again(request: Request, form: ActForm, shell: Shell) -> str:
    """Where to sign in again, or "" where the form was not refused for that."""
    if not form.is_bound or not form.has_error(NON_FIELD_ERRORS, SignInAgain.code):
        return ""
    where = shell.steps_in or reverse(again_at(request))
    return f"{where}?next={request.path}"


def act_page(
    request: Request,
    form: ActForm,
    does: Callable[..., object],
    *,
    title: str,
    says: str,
    back: Link,
    label: str = "",
    said: str = "",
    then: str = "",
    grave: bool = False,
    about: tuple[Answer, ...] = (),
    more: Link | None = None,
    onward: Link | None = None,
    template: str = "acting/deed.html",
) -> HttpResponse:
    """The whole of a page that acts; afterwards it leads to `then`, or back."""
    if acted(request, form, does, said=said or _("Done: %(what)s") % {"what": title}):
        return redirect(then or back.href)
    shell = shell_of(request)
    page = ActPage(
        shell=shell,
        title=title,
        back=back,
        label=label or title,
        says=says,
        grave=grave,
        about=about,
        more=more,
        onward=onward,
        again=again(request, form, shell),
    )
    return render(request, template, page, form)
