"""Who claims, and where they live: after the questions of the programme, the same on a telephone and at the counter."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chengnuo.benefits.operations.claiming import WrongNumber
from chengnuo.core.identity import eighteen
from chengnuo.people.models import Place
from chengnuo.web.casework.asking import CounterContactForm, CounterNameForm, Placed, ReachForm
from chengnuo.web.forms import ActForm, Choices, Digits, Form, Text
from chengnuo.web.journey import SLOT, Step

NUMBER = r"[0-9]{15}|[0-9]{17}[0-9X]"
TRUE = "true"


class IdentityNumber(Digits):
    """An identity number as it is typed; its last character may be a letter, so that no keyboard of digits alone opens."""

    def __init__(self, *, ask: Any, label: Any, hint: Any) -> None:
        wrong = _("This is no identity number: it has 18 characters, and the last one fits the others.")
        super().__init__(shape=NUMBER, wrong=wrong, ask=ask, label=label, hint=hint, most=40)
        self.widget.attrs |= {"inputmode": "text", "autocapitalize": "characters"}

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not eighteen(value):
            raise ValidationError(f"{gettext(WrongNumber.sentence)} {gettext(WrongNumber.remedy)}")


class WhoForm(Form):
    """`child`: whether the support is for a child, who has a number too."""

    name = Text(
        ask=_("Write your name."),
        label=_("Your name, as it stands on the identity card"),
        most=40,
    )
    number = IdentityNumber(
        ask=_("Write your identity number."),
        label=_("Your identity number"),
        hint=_("18 characters; the last one may be an X. It is kept sealed: only who works on this claim opens it."),
    )
    child = IdentityNumber(
        ask=_("Write the child's identity number."),
        label=_("The child's identity number"),
        hint=_("It stands in the household register."),
    )

    def __init__(self, data: Any = None, *, child: bool = False, **more: Any) -> None:
        super().__init__(data, **more)
        if not child:
            del self.fields["child"]


class CounterWhoForm(WhoForm):
    name = Text(
        ask=_("Write the person's name."), label=_("The person's name, as it stands on the identity card"), most=40
    )
    number = IdentityNumber(
        ask=_("Write the person's identity number."),
        label=_("The person's identity number"),
        hint=_("18 characters; the last one may be an X. Read it back, group by group."),
    )

    clean_name = CounterNameForm.clean_name


class DeclareForm(ActForm):
    scope = "claim.make"
    declared = Choices(
        ask=_("Tick this if it is so; without it nothing can be sent."),
        label=_("Your declaration"),
        hint=_("Your written word stands in the place of proofs from other offices."),
        options=((TRUE, _("What I stated is true, as far as I know.")),),
    )


class CounterDeclareForm(DeclareForm):
    declared = Choices(
        ask=_("Tick this if the person says so; without it nothing can be sent."),
        label=_("The person's declaration"),
        hint=_("Read all of it back aloud, then ask: is this true, as far as you know?"),
        options=((TRUE, _("The person declares: what I stated is true, as far as I know.")),),
    )


class CounterReachForm(CounterContactForm):
    """On these pages a button that changes the language of the screen is called `language` already."""

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["slip"], self.initial["slip"] = self.fields.pop("language"), self.initial["language"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        return said | {"language": said.get("slip")}


class Claiming(Placed):
    """Who claims. What was typed is sealed as in every journey, and travels in the form instead of the session."""

    name = "claim"

    def __init__(self, kept: str, *, child: bool, at_counter: bool, near: Place | None) -> None:
        self.child, self.near, self.at_counter = child, near, at_counter
        self.steps = (
            Step("name", self._who_form),
            Step("township", self._township_form),
            Step("village", self._village_form),
            Step("contact", CounterReachForm if at_counter else ReachForm),
        )
        super().__init__({SLOT + self.name: kept})

    @property
    def kept(self) -> str:
        return str(self.session.get(SLOT + self.name, ""))

    def _who_form(self, data: Any = None) -> Form:
        return (CounterWhoForm if self.at_counter else WhoForm)(data, child=self.child)
