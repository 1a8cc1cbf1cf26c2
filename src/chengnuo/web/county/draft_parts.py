"""The draft of a promise one thing a page: the same form throughout, of which the other parts are carried along unseen.

Nothing is kept between the pages but what they carry, so that a draft is not lost by a session that ends. At the end it is read
back in words; what is refused then is shown with everything that was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.promises.models import PromiseVersion
from chengnuo.web.acting import ActPage, act_page
from chengnuo.web.county.draft_fields import Lines
from chengnuo.web.county.draft_form import COSTS, PROVIDER, SCRIPTS, TEXTS, Drafting
from chengnuo.web.pages import Answer, render
from chengnuo.web.public.catalogue import limit_words
from chengnuo.web.public.service import CHANNELS, yuan
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import said

CHECK = "check"
ONE = gettext_lazy("One more paper or fact")
ANOTHER = gettext_lazy("One more law or text")
PARTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "new": (gettext_lazy("Who promises it"), ("slug", "level", "sensitive")),
    **{name: (label, tuple(f"{name}_{script}" for script in SCRIPTS)) for name, label in TEXTS.items()},
    "words": (gettext_lazy("Words by which people look for it"), ("words",)),
    "limit": (gettext_lazy("From when, and within which time"), ("begins", "deadline")),
    "ways": (gettext_lazy("How to ask, and what it costs the family"), ("channels", "fee_fen")),
    "where": (
        gettext_lazy("Who provides it, and where"),
        (*(f"provider_{name}_{script}" for name in PROVIDER for script in SCRIPTS), "telephone"),
    ),
    "needs": (gettext_lazy("Papers and facts"), ()),
    "basis": (gettext_lazy("What it rests on"), ()),
    "cost": (gettext_lazy("What it costs"), COSTS),
}


@dataclass(frozen=True, kw_only=True)
class Part:
    """One page of the draft; `lines` repeat, and `more` asks for another one."""

    name: str
    label: str
    fields: tuple[BoundField, ...]
    lines: Lines | None
    more: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class DraftPage(ActPage):
    """`part` is the page that is shown, `shown` where it stands among them; `answers` are the draft read back at the end."""

    part: str
    shown: str
    parts: tuple[Part, ...]
    answers: tuple[Answer, ...]
    is_last: bool


def written(
    request: Request,
    does: Callable[..., object],
    *,
    fresh: Drafting,
    typed: Callable[..., Drafting],
    bound: Callable[..., Drafting],
    **page: Any,
) -> HttpResponse:
    """One page of the draft, or the act. `fresh` is the form as the page opens, `typed` makes it with what was typed, unjudged,
    `bound` judges it.
    """
    data, at = request.POST, request.POST.get("part", "")
    if request.method != "POST" or "again" in data:
        return _shown(request, typed(data) if data else fresh, _names(fresh)[0], page)
    names = _names(fresh)
    if at not in names and "more" not in data:
        return act_page(request, bound(data), does, template="county/draft_whole.html", **page)
    if "more" in data or "back" in data:
        before = names[max(names.index(at) - 1, 0)] if "back" in data else at
        return _shown(request, typed(data), before, page)
    return _turned(request, names=[*names, CHECK], at=at, typed=typed, bound=bound, page=page)


def _turned(
    request: Request,
    *,
    names: list[str],
    at: str,
    typed: Callable[..., Drafting],
    bound: Callable[..., Drafting],
    page: dict[str, Any],
) -> HttpResponse:
    """The next page, or the same with what is wrong on it; before the check the first page on which something is."""
    following = names[names.index(at) + 1]
    for part in names[:-1] if following == CHECK else [at]:
        form = bound(request.POST)
        if _is_wrong(form, part):
            return _shown(request, form, part, page)
    answers = _read_back(bound(request.POST)) if following == CHECK else ()
    return _shown(request, typed(request.POST), following, page, answers=answers)


def _names(form: Drafting) -> list[str]:
    """The parts that this draft has."""
    lines = {"basis"} | ({"needs"} if form.has_needs else set())
    return [name for name, (_label, fields) in PARTS.items() if name in lines or set(fields) & set(form.fields)]


def _is_wrong(form: Drafting, part: str) -> bool:
    """Whether a mistake stands in this part; the mistakes of others are left for their own page."""
    form.is_valid()
    lines = getattr(form, part) if part in ("needs", "basis") else None
    kept = {"__all__"} if lines and list(lines.mistakes()) else set(PARTS[part][1])
    for name in set(form.errors) - kept:
        del form.errors[name]
    return bool(form.errors)


def _shown(
    request: Request, form: Drafting, at: str, page: dict[str, Any], answers: tuple[Answer, ...] = ()
) -> HttpResponse:
    names = _names(form)
    at = at if at in names or answers else names[0]
    parts = tuple(_part(form, name, at) for name in names)
    facts = {name: page[name] for name in ("title", "says", "back", "label")}
    shown = "" if answers else _("%(n)d of %(all)d") % {"n": names.index(at) + 1, "all": len(names)}
    more: Link | None = page.get("more") if at == names[0] else None
    made = DraftPage(
        shell=shell_of(request), **facts, more=more, part=at, shown=shown, parts=parts, answers=answers, is_last=bool(answers)
    )  # fmt: skip
    return render(request, "county/draft.html", made, form)


def _part(form: Drafting, name: str, at: str) -> Part:
    label, fields = PARTS[name]
    return Part(
        name=name,
        label=str(label),
        fields=tuple(form[field] for field in fields if field in form.fields),
        lines={"needs": form.needs, "basis": form.basis}.get(name),
        more=str(ONE if name == "needs" else ANOTHER),
        current=name == at,
    )


def _paid(content: dict[str, Any]) -> str:
    if "fee_fen" not in content:
        return ""
    return yuan(content["fee_fen"]) if content["fee_fen"] else _("nothing")


def _read_back(form: Drafting) -> tuple[Answer, ...]:
    """What was written, in the reader's words; the time limit as a sentence."""
    form.is_valid()
    content: dict[str, Any] = form.cleaned_data["content"]
    limit = content.get("deadline", "")
    rows = (
        *((str(label), str(content[name])) for name, label in TEXTS.items()),
        (_("In force from"), date_format(content["begins"], "DATE_FORMAT")),
        (_("Time limit"), limit_words(PromiseVersion(deadline=limit)) if limit else ""),
        (_("How to ask"), "\n".join(str(CHANNELS[way]) for way in content.get("channels", ()))),
        (_("What the family pays"), _paid(content)),
        (_("Papers and facts"), "\n".join(said(need["name"]) for need in content.get("needs", ()))),
        (_("What it rests on"), "\n".join(f"{said(line['name'])} {line['article']}" for line in content["basis"])),
    )
    return tuple(Answer(label=label, value=value) for label, value in rows if value.strip())
