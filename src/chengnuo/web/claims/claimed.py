"""A claim that is being made, as it came with the form: no session, no address and no log holds a word of it before it is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from django.http import QueryDict

from chengnuo.core.instants import local_date
from chengnuo.core.rules import Programme
from chengnuo.people import queries as people
from chengnuo.policies.stages import CHILD, Way, is_guarded, way_of
from chengnuo.web.claims.forms import Claiming
from chengnuo.web.claims.statement import SETTLED, settled, stated
from chengnuo.web.entitlements.answers import ONLY, Answers
from chengnuo.web.entitlements.asking import Asking
from chengnuo.web.entitlements.claiming import claimable_on
from chengnuo.web.entitlements.forms import QuestionForm
from chengnuo.web.entitlements.home import home_on
from chengnuo.web.entitlements.questioning import form_of
from chengnuo.web.entitlements.views import read_answers
from chengnuo.web.journey import CHECK
from chengnuo.web.requests import Request
from chengnuo.web.shell import Shell, shell_of

CLAIM, KEPT = "claim", "kept"


@dataclass(frozen=True)
class Claimed:
    """`misread`: an answer that came could not be read, and is asked again."""

    request: Request
    programme: type[Programme]
    answers: Answers
    who: Claiming
    misread: bool = False

    @cached_property
    def asking(self) -> Asking:
        return Asking(self.answers)

    @property
    def at_counter(self) -> bool:
        return self.who.at_counter

    @property
    def is_guarded(self) -> bool:
        return is_guarded(self.programme)

    @property
    def way(self) -> Way | None:
        today = self.answers.today
        return way_of(self.programme, today, home_on(today).code)

    @property
    def questions(self) -> tuple[str, ...]:
        """Those of the programme that were answered, in their order."""
        return tuple(name for name in self.answers.said if name not in SETTLED)

    def form(self, name: str, sent: QueryDict | None = None) -> QuestionForm | None:
        """Of one question; None where there is no such question in a claim."""
        return None if name in SETTLED else form_of(self.answers, name, sent)

    def answered(self, answers: Answers) -> Claimed:
        return replace(self, answers=answers)

    def next(self) -> str:
        """The question, the step or the check that comes next."""
        return self.asking.next() or self.who.next()

    def before(self, at: str) -> str:
        """The page before this one; "" where there is none."""
        steps = [step.name for step, _form in self.who.asked()]
        questions = self.questions if at in (*self.questions, *steps, CHECK) else (*self.questions, at)
        pages = [*questions, *steps, CHECK]
        return pages[pages.index(at) - 1] if pages.index(at) else ""

    def shell(self, at: str) -> Shell:
        """The frame, in which a change of language takes along what was said."""
        carried = [("answer", each) for each in self.answers.fields()]
        return replace(shell_of(self.request), carried=(*carried, (KEPT, self.who.kept), ("at", at)))


def claimed(request: Request) -> Claimed | None:
    """What the form holds; None where it names no programme that is claimed here."""
    answers, whole = read_answers(request)
    key, _dot, member = request.POST.get(CLAIM, "").partition(".")
    programme = claimable_on(local_date(request.at)).get(key or answers.said.get(ONLY, ""))
    if programme is None:
        return None
    if key:
        answers = stated(
            answers, programme, int(member) if member.isascii() and member.isdecimal() and len(member) == 1 else 1
        )
    answers = settled(answers, programme)
    return Claimed(request, programme, answers, _who(request, request.POST, programme), misread=not whole)


def _who(request: Request, sent: QueryDict, programme: type[Programme]) -> Claiming:
    at_counter = people.desk_of(request.actor) is not None
    near = people.place_of(request.actor) if at_counter else None
    is_for_child = programme.who.name == CHILD
    return Claiming(sent.get(KEPT, ""), child=is_for_child, at_counter=at_counter, near=near)
