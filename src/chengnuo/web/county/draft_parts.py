"""The draft of a promise one thing a page: the same form throughout, of which the other parts are carried along unseen.

Nothing is kept between the pages but what they carry, so that a draft is not lost by a session that ends. At the end it is read
back in words; what is refused then is shown with everything that was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.http import HttpResponse, QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.core.instants import local_date
from chengnuo.core.text3 import Text3
from chengnuo.people import queries as people
from chengnuo.people.roles import Role
from chengnuo.promises.models import PromiseVersion
from chengnuo.web.acting import ActPage, act_page
from chengnuo.web.county.draft_fields import Lines
from chengnuo.web.county.draft_form import COSTS, PROVIDED, PROVIDER, SCRIPTS, TEXTS, Drafting
from chengnuo.web.pages import Answer, answers, render
from chengnuo.web.public.catalogue import limit_words
from chengnuo.web.public.service import CHANNELS, INSTEAD, MEASURED, READ, yuan
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of

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
    """One page of the draft, or the act, from any of them. `fresh` is the form as the page opens, `typed` makes it with what was
    typed, unjudged, `bound` judges it.
    """
    data, at = request.POST, request.POST.get("part", "")
    if request.method != "POST" or "goto" in data:
        return _shown(request, typed(data) if data else fresh, data.get("goto", ""), page)
    names = _names(fresh)
    if "keep" in data and (wrong := _first_wrong(names, bound, data)):
        return _shown(request, *wrong, page)
    if "keep" in data or (at not in names and "more" not in data):
        kept = _kept(request)
        return act_page(request, bound(data), does, said=kept, template="county/draft_whole.html", **page)
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
    if wrong := _first_wrong(names[:-1] if following == CHECK else [at], bound, request.POST):
        return _shown(request, *wrong, page)
    answers = _read_back(bound(request.POST)) if following == CHECK else ()
    return _shown(request, typed(request.POST), following, page, answers=answers)


def _names(form: Drafting) -> list[str]:
    """The parts that this draft has."""
    lines = {"basis"} | ({"needs"} if form.has_needs else set())
    return [name for name, (_label, fields) in PARTS.items() if name in lines or set(fields) & set(form.fields)]


def _first_wrong(names: list[str], bound: Callable[..., Drafting], data: QueryDict) -> tuple[Drafting, str] | None:
    """The first of these parts in which a mistake stands, with the form that says it."""
    judged = ((bound(data), part) for part in names)
    return next((pair for pair in judged if _is_wrong(*pair)), None)


def _kept(request: Request) -> str:
    """Who does the next step."""
    held = people.holders_of(Role.COUNTY_APPROVER, request.actor.offices, on=local_date(request.at))
    who = "、".join(f"{each.account.name} ({each.post})" for each in held if each.account_id != request.actor.account)
    if not who:
        return _(
            "The draft is kept. Nobody else in your office can check it today: its head’s post is vacant, or yours."
        )
    return _("The draft is kept. Next, %(who)s checks it; it waits for them under “Our promises”.") % {"who": who}


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


def _paid(content: dict[str, Any], name: str) -> str:
    if content.get(name) is None:
        return ""
    return yuan(content[name]) if content[name] else _("nothing")


def _three(text: Text3) -> str:
    """In every script, the reader's first."""
    return "\n".join(dict.fromkeys((str(text), text.hans, text.hant, text.en)))


def _costs(form: Drafting, content: dict[str, Any]) -> list[tuple[str, str]]:
    """What it costs, as it was estimated."""
    asked = {name: form.fields[name].label for name in COSTS if content.get(name) not in (None, "")}
    words = {
        "county_fen_a_year": _paid(content, "county_fen_a_year"),
        "cost_certainty": str(MEASURED.get(content.get("cost_certainty", ""), "")),
    }
    return [(str(label), words.get(name, str(content[name]))) for name, label in asked.items()]


def _provided(content: dict[str, Any]) -> list[tuple[str, str]]:
    """Who gives what is only shown here, and where."""
    if not (provider := content.get("provider")):
        return []
    rows = [(str(label), _three(Text3.from_dict(provider[PROVIDED[name]]))) for name, label in PROVIDER.items()]
    return [*rows, (_("Telephone"), str(provider["telephone"]))]


def _needed(content: dict[str, Any]) -> str:
    """Every paper or fact with why it is needed and what does instead."""
    lines = []
    for need in content.get("needs", ()):
        name, why = (_three(Text3.from_dict(need[part])) for part in ("name", "why"))
        lines += [name, why, str(INSTEAD[need["instead"]]), ""]
    return "\n".join(lines).strip()


def _read_back(form: Drafting) -> tuple[Answer, ...]:
    """What was written, in the reader's words; the time limit as a sentence."""
    form.is_valid()
    content: dict[str, Any] = form.cleaned_data["content"]
    limit = content.get("deadline", "")
    rows = (
        *((str(label), _three(content[name])) for name, label in TEXTS.items()),
        (_("Words by which people look for it"), "、".join(content["words"])),
        (_("In force from"), date_format(content["begins"], "DATE_FORMAT")),
        (_("Time limit"), limit_words(PromiseVersion(deadline=limit)) if limit else ""),
        (_("How to ask"), "\n".join(str(CHANNELS[way]) for way in content.get("channels", ()))),
        (_("What the family pays"), _paid(content, "fee_fen")),
        *_provided(content),
        (_("Papers and facts"), _needed(content)),
        (_("What it rests on"), "\n".join(map(_rests, content["basis"]))),
        *_costs(form, content),
    )
    return answers(rows)


def _rests(line: dict[str, Any]) -> str:
    return f"{_three(Text3.from_dict(line['name']))} {line['article']} ({READ[line['certainty']]})"
