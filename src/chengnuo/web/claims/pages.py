"""The pages of a claim as frozen values. Their one title tells nothing: it is what a browser keeps in its history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from chengnuo.web.casework.asking_pages import Way
from chengnuo.web.claims.claimed import Claimed
from chengnuo.web.claims.given import Given, asked_for_a_claim, given_by
from chengnuo.web.entitlements.checking import lines_of, taken_of
from chengnuo.web.entitlements.pages import Line, QuestionPage
from chengnuo.web.entitlements.questioning import question_page
from chengnuo.web.forms import Form
from chengnuo.web.journey import CHECK
from chengnuo.web.pages import Answer, Page, answers

WEB = Way(ask="claims:claim", done="family:done", up="entitlements:calculate")
COUNTER = Way(ask="claims:claim", done="desk:counter_done", up="desk:counter", at_counter=True)


@dataclass(frozen=True, kw_only=True)
class StepPage(Page):
    """`heading`: "" where the page's one question is its heading."""

    programme: str
    heading: str
    can_go_back: bool
    guarded: bool
    at_counter: bool


@dataclass(frozen=True, kw_only=True)
class CheckPage(Page):
    """`given`: what the rules give for what was stated; `stages`: through which the claim goes."""

    about: tuple[Answer, ...]
    given: Given
    stated: tuple[Line, ...]
    taken: tuple[Line, ...]
    who: tuple[Line, ...]
    stages: tuple[str, ...]
    guarded: bool
    at_counter: bool


def title() -> str:
    return _("Claim")


def question(claim: Claimed, name: str) -> QuestionPage:
    back = bool(claim.before(name))
    shell, misread = claim.shell(name), claim.misread
    return asked_for_a_claim(
        question_page(shell, claim.answers, name, title=title(), misread=misread, can_go_back=back)
    )


def step(claim: Claimed, name: str, form: Form) -> StepPage:
    headings = {"name": _("Who claims?"), "contact": _("May we reach you?")}
    alone = len(form.visible_fields()) == 1
    return StepPage(
        shell=claim.shell(name),
        title=title(),
        programme=str(claim.programme.words.name),
        heading="" if alone else headings[name],
        can_go_back=bool(claim.before(name)),
        guarded=claim.is_guarded,
        at_counter=claim.at_counter,
    )


def check(claim: Claimed) -> CheckPage:
    way = claim.way
    return CheckPage(
        shell=claim.shell(CHECK),
        title=title(),
        about=answers(_about(claim)),
        given=given_by(claim.asking),
        stated=tuple(line for line in lines_of(claim.answers) if line.press in claim.questions),
        taken=taken_of(claim.asking),
        who=tuple(Line(label=each.label, value=each.value, press=each.change) for each in claim.who.lines(str)),
        stages=tuple(str(each.name) for each in way.stages) if way else (),
        guarded=claim.is_guarded,
        at_counter=claim.at_counter,
    )


def _about(claim: Claimed) -> Iterator[tuple[str, str]]:
    yield _("What is claimed"), str(claim.programme.words.name)
    yield _("For the year"), str(claim.answers.today.year)
