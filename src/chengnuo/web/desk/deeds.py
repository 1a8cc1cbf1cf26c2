"""What an officer can do with a case: one entry a move, with its form and the operation behind it.

The case page shows a button for every deed that both the table of moves and the gate allow; nothing else decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from chengnuo.cases import queries
from chengnuo.cases.models import Case
from chengnuo.cases.operations import baton, handle, steps
from chengnuo.cases.operations.judging import parties
from chengnuo.cases.operations.photos import add_photo
from chengnuo.core.instants import local_date
from chengnuo.foundation import clock
from chengnuo.foundation.actor import Actor
from chengnuo.people.queries import may_be_asked, posts_that_take_cases
from chengnuo.web.casework.photos import ADD, SAYS, PhotoForm
from chengnuo.web.casework.stories import PAUSES
from chengnuo.web.deeds import Kind
from chengnuo.web.desk.posts import posts_named
from chengnuo.web.forms import ActForm, Choice, Choices, JustDo, Text
from chengnuo.web.words import said


class Offer(ActForm):
    to = Choice(ask=_("Choose who should take the case."), label=_("Who should take it?"))

    def fill(self, noun: Case, _viewer: Actor) -> None:
        posts = posts_that_take_cases(office=noun.office_id, bureau=noun.bureau_id, besides=parties(noun))
        others = (post for post in posts if post.pk != noun.holder_id)
        self.offer("to", posts_named(others, on=local_date(clock.now())))

    def clean_to(self) -> UUID:
        return UUID(self.cleaned_data["to"])


class Decline(ActForm):
    scope = "case.decline"
    words = Text(ask=_("Say in a few words why."), label=_("Why not?"), rows=3, most=500)


class TakeBack(Decline):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["words"].label = _("Why do you take it back?")


class Ask(ActForm):
    missing = Choices(
        ask=_("Choose at least one."),
        label=_("What is missing?"),
        hint=_(
            "This list is frozen when you send it. Asking for something else later is recorded as a broken promise."
        ),
        required=False,
    )
    other = Text(
        ask="", label=_("Something else that is missing"), hint=_("One item a line."), rows=3, most=500, required=False
    )
    words = Text(ask="", label=_("A word to the family"), rows=3, most=500, required=False)

    def fill(self, noun: Case, _viewer: Actor) -> None:
        self.offer("missing", [(need["key"], said(need["name"])) for need in queries.to_bring(noun)])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["missing"] = [*cleaned.get("missing", []), *cleaned.pop("other", "").splitlines()]
        return cleaned


class Supply(ActForm):
    words = Text(ask=_("Say what was brought."), label=_("What did the family bring or answer?"), rows=3, most=500)


class Pause(ActForm):
    reason = Choice(ask=_("Choose the reason."), label=_("Why does the clock stop?"), options=PAUSES.items())
    words = Text(ask=_("Say in plain words what you wait for."), label=_("What are you waiting for?"), rows=3, most=500)


class AskStep(ActForm):
    office = Choice(ask=_("Choose the office."), label=_("Which office should do it?"))
    words = Text(
        ask=_("Write what the other office should do or say."),
        label=_("What should it do or confirm?"),
        hint=_("It sees these words and the service, and nothing else of the case. The family reads them too."),
        rows=4,
        most=500,
    )
    needs_name = Choices(
        ask=_("Choose from the list."),
        label=_("Does it need to know who it is about?"),
        options=[("yes", _("Yes: show it the name that the family gave."))],
        required=False,
    )

    def fill(self, noun: Case, _viewer: Actor) -> None:
        desks = may_be_asked(noun, parties(noun))
        self.offer("office", [(str(desk.office_id), str(desk.office)) for desk in desks])

    def clean_office(self) -> UUID:
        return UUID(self.cleaned_data["office"])

    def clean_needs_name(self) -> bool:
        return bool(self.cleaned_data["needs_name"])


class AskHelp(ActForm):
    words = Text(
        ask=_("Write what you need help with."),
        label=_("What do you need help with?"),
        hint=_("The family reads these words too."),
        rows=4,
        most=500,
    )


class Finish(ActForm):
    result = Text(
        ask=_("Say in plain words what was done."),
        label=_("What was done for the family?"),
        hint=_("The family reads these words and then says whether it is resolved."),
        rows=4,
        most=1000,
    )

    def fill(self, noun: Case, _viewer: Actor) -> None:
        """The answer to a complaint has what its receipt promised."""
        if noun.is_complaint:
            result = self.fields["result"]
            result.label = _("What did you find, and what happens now?")
            result.help_text = _(
                "Write four things: the facts, the reasons, the law or rule behind them, and where and until when the family can "
                "have it looked at again. The family reads these words."
            )


class Refuse(ActForm):
    reasons = Text(ask=_("Say in plain words why."), label=_("Why is it refused?"), rows=4, most=1000)
    law = Text(ask=_("Name the law and its article."), label=_("Which law, which article?"), most=200)


DEEDS: dict[str, Kind] = {
    "accept": Kind(
        JustDo,
        baton.accept,
        _("Take this case"),
        _("From now on you are responsible for it, until somebody else accepts it."),
    ),
    "finish": Kind(
        Finish, handle.finish, _("Call it done"), _("The clock stops. The family says whether it is resolved.")
    ),
    "ask_once": Kind(
        Ask, handle.ask_once, _("Say what is missing"), _("One list, once. The clock pauses until the family answers.")
    ),
    "supply": Kind(Supply, handle.supply, _("Record what the family brought"), _("The clock runs again.")),
    ADD: Kind(PhotoForm, add_photo, _("Add a photo of a paper"), SAYS),
    "offer": Kind(Offer, baton.offer, _("Hand over"), _("You stay responsible until the other officer accepts.")),
    "decline": Kind(
        Decline, baton.decline, _("Send it back"), _("You do not take it: whoever holds it stays responsible.")
    ),
    "ask_step": Kind(
        AskStep,
        steps.ask,
        _("Ask another office for a step"),
        _(
            "The other office gets a deadline of its own. The clock of this case does not stop, and you stay responsible."
        ),
    ),
    "ask_help": Kind(
        AskHelp,
        steps.ask_help,
        _("Ask the office above for help"),
        _("It has to help by a day of its own. The case stays with you, and its clock does not stop."),
    ),
    "pause": Kind(
        Pause, handle.pause, _("Pause the clock"), _("Only for a named reason with a longest time; the family sees it.")
    ),
    "resume": Kind(JustDo, handle.resume, _("Go on"), _("The clock runs again.")),
    "take_over": Kind(
        JustDo, baton.take_over, _("Take over as head"), _("The case and its deadlines pass into your hands at once.")
    ),
    "refuse": Kind(
        Refuse,
        handle.refuse,
        _("Refuse"),
        _("Only with reasons and the law. The family is shown every way to object."),
        grave=True,
    ),
    "ask_late": Kind(
        Ask,
        handle.ask_late,
        _("Ask for more, late"),
        _("This is recorded as a broken promise at once, and the clock does not stop."),
        grave=True,
    ),
}

# the same move by whoever asked another officer to take the case
TAKE_BACK = Kind(
    TakeBack,
    baton.decline,
    _("Take the hand-over back"),
    _("The other officer is no longer asked, and the case stays with you."),
)


def deeds_for(case: Case, viewer: Actor) -> Mapping[str, Kind]:
    """The deeds in the words of whoever reads them: who holds the case takes back, who was asked sends back."""
    return DEEDS | {"decline": TAKE_BACK} if case.holder_id in viewer.posts else DEEDS
