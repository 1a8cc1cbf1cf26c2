"""The gallery's pages. Only tests bind this module."""

from dataclasses import dataclass
from datetime import date

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

from chengnuo.core.privacy import band
from chengnuo.web import errors, words
from chengnuo.web.county.draft_fields import TimeLimit
from chengnuo.web.forms import ActForm, Choice, Choices, Day, Digits, Form, Option, Text
from chengnuo.web.journey import CHECK, Journey, Step
from chengnuo.web.pages import Answer, Event, NextStep, Page, Pager, Tab, render
from chengnuo.web.shell import Link, shell_of

HOSTILE = '"><script>alert(1)</script>'
PAPERS = (("card", "Identity card"), ("book", Option("Household book", hint="Only the page with your name")))
CHANNELS = (
    ("phone", Option("By telephone", hint="We call once, in office hours")),
    ("counter", "At the counter"),
    ("unknown", "I do not know"),
)


class GalleryForm(ActForm):
    name = Text(label="Your name", ask="Write your name", hint="As on your card", autocomplete="name")
    phone = Digits(
        label="Telephone",
        ask="Write a telephone number",
        shape=r"1\d{10}",
        wrong="A mobile number has 11 digits",
    )
    words = Text(label="In your own words", ask="Say what you need", rows=4, most=20, required=False)
    town = django_forms.ChoiceField(label="Township", choices=[("", "All"), ("1", "古夫镇")], required=False)
    channel = Choice(label="How shall we answer?", ask="Choose how we shall answer", options=CHANNELS)
    papers = Choices(label="What do you have with you?", ask="Choose what you have", options=PAPERS, required=False)
    since = Day(label="Since when?", ask="Write the day", hint="For example 2026, 11, 24")
    deadline = TimeLimit(label="Within which time?", ask="Choose the time", required=False)
    agree = django_forms.BooleanField(
        label="I have read this", error_messages={"required": "Say that you have read this"}
    )


class NameForm(Form):
    name = Text(label="Your name", ask="Write your name")


class ChannelForm(Form):
    channel = Choice(label="How shall we answer?", ask="Choose how we shall answer", options=CHANNELS)
    since = Day(label="Since when?", ask="Write the day", required=False)


class PhoneForm(Form):
    phone = Digits(
        label="Telephone",
        ask="Write a telephone number",
        shape=r"1\d{10}",
        wrong="A mobile number has 11 digits",
    )


class Asking(Journey):
    name = "asking"
    steps = (
        Step("name", NameForm),
        Step("channel", ChannelForm),
        Step("phone", PhoneForm, asked=lambda answers: answers["channel"]["channel"] == "phone"),
    )


class SendForm(ActForm):
    scope = "tests.send"


@dataclass(frozen=True, kw_only=True)
class GalleryPage(Page):
    lead: str = "兴山县卫生健康局承诺:二十个工作日内办结,逾期自动上报。"
    hostile: str = HOSTILE
    done: str = "We have your request"
    code: str = words.in_fours("4205260117733917")
    tabs = (Tab(label="Mine", href="/", current=True, count="5–9"), Tab(label="Below me", href="/below/"))
    answers = (
        Answer(label="Your name", value=HOSTILE, change="/ask/name"),
        Answer(label="为什么需要", value="两行\n文字,第二行稍微长一点,看看怎么换行。", change="/ask/why"),
        Answer(label="Fee", value="none"),
    )
    steps = (
        NextStep(what="刘芳(古夫镇卫生健康办公室)会看您的材料。", when="by 27 November 2026"),
        NextStep(what="She writes once to say everything that is missing.", when="by 1 December 2026"),
        NextStep(what="You say whether it is resolved."),
    )
    events = (
        Event(when=date(2026, 11, 2), what="You asked for it", who="at the counter, written by 王强"),
        Event(
            when=date(2026, 11, 20),
            what="The time limit passed",
            detail="The head of the office was told.",
            state=words.DUTY["late"],
        ),
        Event(when=date(2026, 11, 24), what="Done", who="刘芳", state=words.DUTY["kept_late"]),
    )
    states = tuple(words.DUTY.values())
    head = ("Service", "Due", "State")
    rows = (
        ("育儿补贴申领", "2026-11-27", words.DUTY["on_time"]),
        (HOSTILE, "2026-11-20", words.DUTY["broken"]),
    )
    pager = Pager(previous="?before=1", next="?after=20", shown="20 of about 3,000")
    bands = tuple(words.band(band(count)) for count in (0, 3, 7, 12, 400))


def gallery(request: HttpRequest) -> HttpResponse:
    form = GalleryForm(request.POST if request.method == "POST" else None)
    trail = (Link(label="兴山县", href="/"), Link(label="古夫镇", href="/gufu/"))
    page = GalleryPage(shell=shell_of(request), title="Ask for a service", trail=trail)
    sent = form.is_bound and form.is_valid()
    return (
        HttpResponse(str(form.key))
        if sent
        else render(request, "gallery.html", page, form, 422 if form.errors else 200)
    )


def ask(request: HttpRequest, step: str) -> HttpResponse:
    journey = Asking(request.session)
    if not journey.may_show(step):
        return redirect("ask", journey.next())
    before = journey.before(step)
    back = Link(label="Back", href=f"/ask/{before}") if before else None
    if step == CHECK:
        return _check(request, journey, back)
    form = journey.form(step, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        journey.keep(step, form)
        return redirect("ask", journey.next())
    return render(request, "ask.html", Page(shell=shell_of(request), title="Ask", back=back), form)


@dataclass(frozen=True, kw_only=True)
class CheckPage(Page):
    answers: tuple[Answer, ...]


def _check(request: HttpRequest, journey: Journey, back: Link | None) -> HttpResponse:
    form = SendForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        answers = journey.cleaned()
        journey.end()
        return HttpResponse(f"{form.key} {answers}")
    lines = journey.lines(lambda step: f"/ask/{step}")
    page = CheckPage(shell=shell_of(request), title="Check your answers", back=back, answers=lines)
    return render(request, "check.html", page, form)


def broken(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("chengnuo.web.account.urls")),
    path("", gallery, name="gallery"),
    path("ask/<slug:step>", ask, name="ask"),
    path("too-many", errors.too_many, name="too-many"),
    path("broken", broken, name="broken"),
]
handler400, handler403, handler404, handler500 = (
    errors.bad_request,
    errors.denied,
    errors.not_found,
    errors.server_error,
)
