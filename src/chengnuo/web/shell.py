"""The frame around every page: who looks at it, in which language, where they can go, and whether this is the demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext, gettext_noop

from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.web.named import Named

TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}

EVERYONE = (
    ("public:services", gettext_noop("Services")),
    ("family:follow", gettext_noop("My request")),
    ("public:promises", gettext_noop("Promises")),
)
# page, name, and the action that the gate must allow (the same as in the tables of addresses)
OFFICERS = (
    ("desk:inbox", gettext_noop("My desk"), "duty.list"),
    ("desk:cases", gettext_noop("Cases"), "case.list"),
    ("desk:ratings", gettext_noop("Ratings"), "rating.see"),
    ("desk:notices", gettext_noop("Public notices"), "notice.see"),
    ("desk:meetings", gettext_noop("Meetings"), "meeting.see"),
    ("desk:law_on_meetings", gettext_noop("Law on meetings"), "confirmation.see"),
    ("money:home", gettext_noop("Payments"), "fund.see"),
    ("registers:home", gettext_noop("The register"), "resident.see"),
    ("reviews:home", gettext_noop("Yearly reviews"), "campaign.see"),
    ("outreach:next", gettext_noop("Letters"), "letter.see"),
    ("outreach:home", gettext_noop("Telling people"), "finder_run.see"),
    ("county:promises", gettext_noop("Our promises"), "promise.see"),
    ("oversight:watch", gettext_noop("What is owed"), "duty.supervise"),
    ("oversight:record", gettext_noop("The record"), "record.see"),
    ("county:accounts", gettext_noop("Accounts"), "people.list"),
    ("county:offices", gettext_noop("Offices and posts"), "people.list"),
    ("county:holidays", gettext_noop("Holidays"), "people.list"),
    ("tables:list", gettext_noop("Tables"), "import_batch.see"),
    ("county:backups", gettext_noop("Backups"), "backup.see"),
    ("county:tokens", gettext_noop("Other systems"), "token.list"),
)
FOOT = (
    ("entitlements:calculate", gettext_noop("What am I entitled to?")),
    ("family:complain", gettext_noop("How to complain")),
    ("public:contact", gettext_noop("Contact")),
    ("public:not_held", gettext_noop("What we do not hold")),
    ("public:log", gettext_noop("The log and its heads")),
)


@dataclass(frozen=True, kw_only=True)
class Link(Named):
    label: str
    href: str
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Language(Named):
    """`code` is Django's name, `tag` the one for HTML, `name` the language in its own words."""

    code: str
    tag: str
    name: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class Said(Named):
    """One message to the reader; `tone` is info, success, warning or error."""

    text: str
    tone: str


@dataclass(frozen=True, kw_only=True)
class Shell(Named):
    """`here` is the address to come back to after a change of language; `tag` is the language for HTML.

    `next_person` is where an officer who has a family's page open closes it, and "" on every other page. `carried` are hidden fields
    that a change of language sends back to this very page, where what was answered is kept nowhere else.
    """

    here: str
    tag: str
    languages: tuple[Language, ...]
    viewer: str = ""
    hats: tuple[str, ...] = ()
    is_officer: bool = False
    nav: tuple[Link, ...] = ()
    foot: tuple[Link, ...] = ()
    demo: bool = False
    demo_date: date | None = None
    steps_in: str = ""
    said: tuple[Said, ...] = ()
    next_person: str = ""
    carried: tuple[tuple[str, str], ...] = ()


def shell_of(request: HttpRequest) -> Shell:
    """The shell for this request. Reads `request.actor` and `request.at`, both set by middleware; no query of its own."""
    actor = getattr(request, "actor", None)
    officer = bool(actor and actor.is_officer)
    return _shell(
        request,
        viewer=actor.name if actor else "",
        hats=tuple(sorted(actor.roles)) if actor else (),
        is_officer=officer,
        nav=_links((*open_to(actor), EVERYONE[0]) if actor and officer else EVERYONE, request.path),
        demo_date=localdate(request.at) if settings.DEMO and hasattr(request, "at") else None,
        said=tuple(Said(text=str(m), tone=m.level_tag) for m in get_messages(request)),
        next_person=_next_person(request, actor) if actor and officer else "",
    )


def bare_shell(request: HttpRequest) -> Shell:
    """The shell for a page that must work when nothing else does: no viewer, no messages."""
    return _shell(request, nav=_links(EVERYONE, request.path))


def open_to(actor: Actor) -> list[tuple[str, str]]:
    """The pages that the gate lets this officer open, with their labels."""
    return [(name, label) for name, label, action in OFFICERS if gate.may(actor, action)]


def address(name: str, *args: object) -> str:
    """The address of a named page, or "" where this county's installation does not have that page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _shell(request: HttpRequest, **facts: object) -> Shell:
    code = get_language() or settings.LANGUAGE_CODE
    languages = tuple(
        Language(code=each, tag=TAGS[each], name=name, current=each == code) for each, name in settings.LANGUAGES
    )
    return Shell(
        here=request.get_full_path(),
        tag=TAGS.get(code, code),
        languages=languages,
        foot=_links(FOOT, request.path),
        demo=settings.DEMO,
        steps_in=address("public:people") if settings.DEMO else "",
        **facts,  # type: ignore[arg-type]  # only the two callers above, which name fields of Shell
    )


def _next_person(request: HttpRequest, actor: Actor) -> str:
    """Where the page of a family that this officer helps is closed, if this is such a page."""
    match = request.resolver_match
    if match is None or match.namespace != "family" or not actor.holds:
        return ""
    return reverse("desk:counter_next" if gate.may(actor, "case.list") else "family:leave")


def _links(names: tuple[tuple[str, str], ...], path: str) -> tuple[Link, ...]:
    found = ((gettext(label), address(name)) for name, label in names)
    return tuple(Link(label=label, href=href, current=path == href) for label, href in found if href)
