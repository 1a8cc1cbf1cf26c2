"""One question a page: the steps of a journey, and the answers so far, without a row of our own and without JavaScript.

    class Ask(Journey):
        name = "request"
        steps = (Step("what", WhatForm), Step("name", NameForm), Step("phone", PhoneForm, asked=lambda a: "phone" in a["how"]))

A view does, for the step in its address:

    journey = Ask(request.session)
    if not journey.may_show(step):                       # no jumping ahead, no step that is not asked
        redirect to journey.next()
    form = journey.form(step, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        journey.keep(step, form)
        redirect to journey.next()                       # a step, or CHECK
    journey.before(step)                                 # for the back link; None at the start

`next` is the first step without a good answer, or CHECK: so a change made from the check page returns there, unless the
new answer opens a new question. The check page shows `journey.lines(address)`, acts on `journey.cleaned()`, then `journey.end()`.

Answers are kept as they were typed, sealed, under one key of the session, because a session is a row in the database
and names and telephones stand nowhere in clear. A seal that does not open, or untouched for two hours, is an empty journey.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import cast

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.forms import Field
from django.http import QueryDict
from django.utils.crypto import salted_hmac
from django.utils.formats import localize
from django.utils.translation import gettext

from chengnuo.web.forms import Form
from chengnuo.web.pages import Answer

CHECK = "check"
SLOT = "journey."
TWO_HOURS = 2 * 3600
Answers = dict[str, dict[str, object]]
Typed = dict[str, dict[str, list[str]]]


@dataclass(frozen=True)
class Step:
    """One page. `asked` gets the good answers of the steps before it, by step, and says whether this one is asked at all."""

    name: str
    form: Callable[..., Form]
    asked: Callable[[Answers], bool] = lambda _answers: True


class Journey:
    name: str
    steps: tuple[Step, ...]

    def __init__(self, session: MutableMapping[str, object]) -> None:
        self.session = session
        self.typed = _open(session.get(self._slot, ""))

    @property
    def _slot(self) -> str:
        return SLOT + self.name

    def form(self, step: str, data: QueryDict | None = None) -> Form:
        """The form of a step: with what was just typed, else with what was kept, else empty. KeyError for no such step."""
        made = self._by_name[step].form
        if data is not None or step not in self.typed:
            return made(data)
        kept, form = _query(self.typed[step]), made()
        form.initial = {name: field.widget.value_from_datadict(kept, {}, name) for name, field in form.fields.items()}
        return form

    def keep(self, step: str, form: Form) -> None:
        """Keeps what was typed into the form's own fields. The form is bound to a request's QueryDict."""
        data = cast("QueryDict", form.data)
        self.typed[step] = {name: data.getlist(name) for name in _names_in(form)}
        self.session[self._slot] = _seal(self.typed)

    def asked(self) -> list[tuple[Step, Form | None]]:
        """The steps asked on the answers so far, each with its good form; the last is None where the journey stands."""
        done: list[tuple[Step, Form | None]] = []
        answers: Answers = {}
        for step in self.steps:
            if not step.asked(answers):
                continue
            form = self._bound(step)
            done.append((step, form))
            if form is None:
                break
            answers[step.name] = form.cleaned_data
        return done

    def next(self) -> str:
        """The first step that has no good answer yet, or CHECK."""
        step, form = self.asked()[-1]
        return CHECK if form else step.name

    def may_show(self, step: str) -> bool:
        return step in self._names() or (step == CHECK and self.next() == CHECK)

    def before(self, step: str) -> str | None:
        """The step before this one (before CHECK: the last one); None at the start."""
        names = [*self._names(), CHECK]
        at = names.index(step)
        return names[at - 1] if at else None

    def cleaned(self) -> Answers:
        """Good answers by step; all of them when `next` is CHECK."""
        return {step.name: form.cleaned_data for step, form in self.asked() if form is not None}

    def lines(self, address: Callable[[str], str]) -> tuple[Answer, ...]:
        """The check page: every answer in words, with the address of its question."""
        return tuple(
            Answer(
                label=str(bound.label),
                value=_said(bound.field, form.cleaned_data[bound.name]),
                change=address(step.name),
            )
            for step, form in self.asked()
            if form is not None
            for bound in form.visible_fields()
        )

    def end(self) -> None:
        self.session.pop(self._slot, None)
        self.typed = {}

    @property
    def _by_name(self) -> dict[str, Step]:
        return {step.name: step for step in self.steps}

    def _bound(self, step: Step) -> Form | None:
        """The step's form with the kept answers, when they are good."""
        if step.name not in self.typed:
            return None
        form = step.form(_query(self.typed[step.name]))
        return form if form.is_valid() else None

    def _names(self) -> list[str]:
        return [step.name for step, _form in self.asked()]


def forget_all(session: MutableMapping[str, object]) -> None:
    """Ends every journey of this browser, before another person stands there."""
    for slot in list(session.keys()):
        if slot.startswith(SLOT):
            del session[slot]


def _names_in(form: Form) -> list[str]:
    """The names under which a form's fields come back; a date comes back in parts."""
    return [
        name + part for name, field in form.fields.items() for part in getattr(field.widget, "widgets_names", ("",))
    ]


def _query(typed: dict[str, list[str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in typed.items():
        query.setlist(name, values)
    return query


def _said(field: Field, value: object) -> str:
    """An answer in words."""
    if not value:
        return gettext("not given")
    if value is True:
        return gettext("yes")
    words = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    values = value if isinstance(value, list) else [value]
    return "、".join(words.get(str(each), str(localize(each))) for each in values)


def _sealer() -> Fernet:
    secret = salted_hmac("chengnuo.web.journey", settings.SECRET_KEY, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(secret))


def _seal(typed: Typed) -> str:
    return _sealer().encrypt(json.dumps(typed).encode()).decode()


def _open(sealed: object) -> Typed:
    try:
        opened: Typed = json.loads(_sealer().decrypt(str(sealed).encode(), ttl=TWO_HOURS))
    except InvalidToken:
        return {}
    return opened
