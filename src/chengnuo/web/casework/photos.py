"""Photos of missing papers on pages: the question, the list, the picture itself, and taking one back. For family and desk alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.cases import queries as cases
from chengnuo.cases.lifecycle import CASE
from chengnuo.cases.models import Case, Photo
from chengnuo.cases.operations.photos import remove_photo
from chengnuo.foundation import files
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere
from chengnuo.web.acting import act_page, sent
from chengnuo.web.casework.receipts import missing_from
from chengnuo.web.fields import PhotoFile
from chengnuo.web.forms import ActForm, Choice, JustDo
from chengnuo.web.pages import Answer
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link
from chengnuo.web.words import local_day

ADD = "add_photo"
SAYS = gettext_lazy(
    "One photo at a time, six at most. The place, the telephone and everything else that hides in a photo is removed. "
    "Send no paper that tells of a pregnancy, an examination, an operation or a method: nobody here may keep it."
)
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class PhotoForm(ActForm):
    item = Choice(ask=gettext_lazy("Choose which paper it shows."), label=gettext_lazy("Which paper does it show?"))
    photo = PhotoFile(
        ask=gettext_lazy("Choose a photo."),
        label=gettext_lazy("The photo"),
        hint=gettext_lazy(
            "Up to 10 MB. If something is wrong with it, choose it again: photos that are here already stay."
        ),
    )

    def fill(self, noun: Case, viewer: Actor) -> None:
        """The papers on the list, to choose from."""
        self.offer("item", [(str(number), item) for number, item in enumerate(missing_from(noun, viewer=viewer))])

    def clean_item(self) -> int:
        return int(self.cleaned_data["item"])


@dataclass(frozen=True, kw_only=True)
class Line:
    """A photo in a list; `item` is its paper's place on the list of what is missing; `take_back` is "" where this viewer may not."""

    label: str
    href: str
    take_back: str
    item: int


@dataclass(frozen=True, kw_only=True)
class Where:
    """The addresses of one audience's pages."""

    case: str
    deed: str
    photo: str
    take_back: str


def lines_of(request: Request, case: Case, where: Where) -> tuple[Line, ...]:
    """The photos that this viewer may see, in the order in which they came."""
    shown = cases.photos(request.actor, case.pk) if getattr(case, "has_photos", True) else []
    if not shown:
        return ()
    open_now = CASE.remove_photo.objection(case.status, case, request.at) is None
    may = open_now and gate.allows(request.actor, "case.remove_photo", case)
    items, number = missing_from(case, viewer=request.actor), Counter[int]()
    lines = []
    for photo in shown:
        number[photo.item] += 1
        args = [case.pk, photo.pk]
        own = may and (case.pk in request.actor.holds or photo.post_id in request.actor.posts)
        said = {"paper": items[photo.item], "number": number[photo.item], "day": local_day(photo.file.at)}
        lines.append(
            Line(
                label=_("%(paper)s, photo %(number)d, %(day)s") % said,
                href=reverse(where.photo, args=args),
                take_back=reverse(where.take_back, args=args) if own else "",
                item=photo.item,
            )
        )
    return tuple(lines)


def sent_so_far(request: Request, case: Case, where: Where) -> Answer:
    """Beside the question for the next photo: those that are here."""
    return Answer(label=_("Here already"), value="\n".join(line.label for line in lines_of(request, case, where)))


def beside(case: Case, name: str, where: Where) -> Link | None:
    """From the answer to the list to its photos, and back."""
    other = {"supply": (ADD, _("Send a photo of a paper first")), ADD: ("supply", _("No more photos: answer the list"))}
    if case.status != "waiting" or name not in other:
        return None
    deed, label = other[name]
    return Link(label=label, href=reverse(where.deed, args=[case.pk, deed]))


def picture(request: Request, case: UUID, photo: UUID) -> HttpResponse:
    """The picture alone, for whoever the gate shows it to; an officer's look is recorded. Raises NotHere, FileBroken."""
    found = _shown(request, case, photo)
    made = files.content(found.file, by=request.actor, reason="photo of a paper")
    disposition = {"Content-Disposition": 'inline; filename="photo.jpg"'}
    return HttpResponse(made, content_type=found.file.media_type, headers=HEADERS | disposition)


def take_back_page(request: Request, case: Case, photo: UUID, where: Where) -> HttpResponse:
    found = _shown(request, case.pk, photo)
    return act_page(
        request,
        JustDo(sent(request)),
        partial(remove_photo, case=case.pk, photo=found.pk),
        title=_("Take this photo back"),
        says=_("It is deleted at once and for good. You can send another one."),
        back=Link(label=_("Back"), href=reverse(where.case, args=[case.pk])),
        said=_("The photo is deleted."),
        about=(Answer(label=_("Paper"), value=missing_from(case, viewer=request.actor)[found.item]),),
        grave=True,
    )


def _shown(request: Request, case: UUID, photo: UUID) -> Photo:
    for found in cases.photos(request.actor, case):
        if found.pk == photo:
            return found
    raise NotHere
