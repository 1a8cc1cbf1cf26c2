"""What a review asks: one question, and only where something has changed what the programme needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from chengnuo.core.instants import local_date
from chengnuo.foundation import clock
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.receipts import DIGITS
from chengnuo.policies.machine_form import plain
from chengnuo.reviews.models import How
from chengnuo.reviews.operations.anew import asked_again
from chengnuo.web.entitlements.answers import Slot
from chengnuo.web.entitlements.forms import SAID, FactForm
from chengnuo.web.entitlements.values import UNKNOWN, read
from chengnuo.web.fields import Choice, Day, Telephone
from chengnuo.web.forms import ActForm, Digits, Form
from chengnuo.web.reviews.words import DIFFERENCES, ENDS, HEARD

ON_PAPER = {
    How.COUNTER.value: gettext_lazy("at the counter, or by telephone"),
    How.PAPER.value: gettext_lazy("on the paper form"),
}


class LetterCode(Form):
    """The door's own words: whoever stands before it holds a letter, and no receipt."""

    code = Digits(
        ask=gettext_lazy("Type the code on the letter."),
        label=gettext_lazy("The code of your letter"),
        hint=gettext_lazy("16 digits, in groups of four. Spaces do not matter."),
        shape=rf"\d{{{DIGITS}}}",
        wrong=gettext_lazy("A code has 16 digits. Compare it with the letter, group by group."),
        most=60,
    )


class HowForm(ActForm):
    how = Choice(
        ask=gettext_lazy("Choose how the answer came."),
        label=gettext_lazy("How did the answer come?"),
        options=ON_PAPER.items(),
    )


class OwnForm(ActForm):
    """By the family itself."""

    said_by: ClassVar[str] = How.CODE

    def clean(self) -> dict[str, Any]:
        return {"how": self.said_by} | (super().clean() or self.cleaned_data)


class CallMe(OwnForm):
    phone = Telephone(
        label=gettext_lazy("On which number?"),
        hint=gettext_lazy(
            "Empty: on the number that stands with your claim, if there is one. What you write is struck out when it is decided."
        ),
    )


class CallAtDesk(HowForm):
    phone = CallMe.base_fields["phone"]


class Ends(OwnForm):
    change = Choice(
        ask=gettext_lazy("Choose one of the three."),
        label=gettext_lazy("What has changed?"),
        options=ENDS.items(),
        hint=gettext_lazy("Nobody asks why the conditions no longer hold."),
    )
    on = Day(ask=gettext_lazy("Write the day."), label=gettext_lazy("Since which day?"))


class EndsAtDesk(HowForm):
    change, on = Ends.base_fields["change"], Ends.base_fields["on"]


class Anew(ActForm):
    """A field for each fact that may be stated anew; what stays empty is as it is held."""

    said_by: ClassVar[str] = How.CODE
    of_another: ClassVar[bool] = False

    def programme_of(self, noun: Any) -> str:
        return str(noun.award.programme)

    def fill(self, noun: Any, _viewer: Actor) -> None:
        self.slots = {f"{each.entity}__{each.name}": each for each in _slots(self.programme_of(noun))}
        self.today = local_date(clock.now())
        for name, slot in self.slots.items():
            field = FactForm(slot, self.today, of_another=self.of_another).fields[SAID]
            field.required = False
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        super().clean()
        facts: dict[str, dict[str, Any]] = {}
        for name, slot in getattr(self, "slots", {}).items():
            value = self._said(name, slot)
            if value is not None:
                facts.setdefault(slot.entity, {})[slot.name] = value
        how = self.cleaned_data.get("how", self.said_by)
        return {"facts": facts, "how": how}

    def _said(self, name: str, slot: Slot) -> Any:
        """What was typed, as the question itself reads it; None where nothing was."""
        own = {key: text for key, text in self.data.items() if key == name or key.startswith(f"{name}_")}
        if not any(str(text).strip() for text in own.values()):
            return None
        form = FactForm(slot, self.today, {SAID + key.removeprefix(name): text for key, text in own.items()})
        if not form.is_valid():
            self.add_error(name, form.errors[SAID])
            return None
        return None if form.words == UNKNOWN else plain(read(slot.fact, form.words, self.today))


class AnewAtDesk(HowForm, Anew):
    of_another = True


class Appointment(ActForm):
    on = Day(
        ask=gettext_lazy("Write the day."),
        label=gettext_lazy("Which day was agreed on?"),
        hint=gettext_lazy("From tomorrow on. The family's page shows it."),
    )


class Contacted(ActForm):
    outcome = Choice(
        ask=gettext_lazy("Choose one of the five."), label=gettext_lazy("What came of it?"), options=HEARD.items()
    )


class Otherwise(ActForm):
    difference = Choice(
        ask=gettext_lazy("Choose what is otherwise."),
        label=gettext_lazy("What is otherwise than it is held?"),
        hint=gettext_lazy("Only what is held is compared. Nothing about births or health is asked."),
        options=DIFFERENCES.items(),
    )


def _slots(programme: str) -> Iterator[Slot]:
    for entity, names in asked_again(programme).items():
        yield from (Slot(entity, 1, name) for name in names)
