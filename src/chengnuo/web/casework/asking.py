"""Asking for a service, one thing a page: the same questions on a telephone and at the counter."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chengnuo.cases.models import Channel
from chengnuo.channels.queries import can_tell
from chengnuo.foundation.plain import NotForTheRecord, plain
from chengnuo.people import queries as people
from chengnuo.people.models import Level, Place, Purpose
from chengnuo.people.operations.contacts import Person
from chengnuo.web.fields import Telephone
from chengnuo.web.forms import ActForm, Choice, Choices, Form, Option, Text
from chengnuo.web.journey import Answers, Journey, Step

PAPER, NO_PAPER = "yes", "none"
GIVEN = {
    Purpose.CALL_BACK.value: _("Call me if there is a question."),
    Purpose.MESSAGES.value: _(
        "Send me a short message when something happens: only the number of the request, nothing else."
    ),
}


def consents_asked() -> list[tuple[str, Any]]:
    """For what a number may be used here: messages are asked about only where something sends them."""
    return [(purpose, words) for purpose, words in GIVEN.items() if purpose != Purpose.MESSAGES or can_tell()]


class TownshipForm(Form):
    township = Choice(
        ask=_("Choose the township."),
        label=_("In which township do you live?"),
        hint=_("Or where you are registered, if the request is about that place."),
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.offer("township", _named(people.places_of(Level.TOWNSHIP)))


class VillageForm(Form):
    village = Choice(ask=_("Choose the village or community."), label=_("In which village or community?"))

    def __init__(self, data: Any = None, *, township: str = "", **more: Any) -> None:
        super().__init__(data, **more)
        self.offer("village", _named(people.places_of(Level.VILLAGE, above=_uuid(township))))


class WordsForm(Form):
    words = Text(
        ask="",
        label=_("Is there anything you want to say?"),
        hint=_(
            "In your own words; one sentence is enough, and none is fine too. Nobody here needs to know about pregnancy, births "
            "or examinations: leave such things out."
        ),
        rows=6,
        most=1000,
        required=False,
    )


class CounterWordsForm(Form):
    words = Text(
        ask="",
        label=_("What does the person want to say?"),
        hint=_(
            "Only what is needed to do it, read back aloud. Nothing about pregnancy, births or examinations is ever written down."
        ),
        rows=6,
        most=1000,
        required=False,
    )

    def clean_words(self) -> str:
        return _for_the_record(self, "words")


class NameForm(Form):
    name = Text(
        ask=_("Write a name by which we may call you."),
        label=_("What may we call you?"),
        hint=_("Any name that you answer to. Only the officers who work on your request see it."),
        most=40,
    )


class CounterNameForm(Form):
    name = Text(
        ask=_("Write the name that the person gives."),
        label=_("What does the person want to be called?"),
        hint=_("Any name that they answer to: no card is needed for it."),
        most=40,
    )

    def clean_name(self) -> str:
        return _for_the_record(self, "name")


class ContactForm(Form):
    """A telephone is kept only for what its owner ticked: each consent stands alone (PIPL art. 14)."""

    consents = Choices(
        ask=_("Choose from the list."),
        label=_("May we use your telephone?"),
        hint=_(
            "Your choice, and you can take it back at any time. Without it you see everything with the code on the receipt."
        ),
        required=False,
    )
    phone = Telephone(
        label=_("Telephone, if you ticked something above"),
        hint=_("No tick, no number: then leave this empty."),
    )

    def __init__(self, data: Any = None, *args: Any, **more: Any) -> None:
        super().__init__(data, *args, **more)
        self.offer("consents", consents_asked())

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("consents") and not said.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("For this we need a number. Write it, or take the ticks away."))
        if said.get("phone") and not said.get("consents") and "consents" not in self.errors:
            self.add_error("consents", _("Tick what we may use the number for, or leave the number out."))
        return said


class ReachForm(ContactForm):
    """Of a request there may be slips of paper too: for whoever has no telephone, unless they wish for none."""

    paper = Choice(
        ask=_("Choose from the list."),
        label=_("May a slip of paper come to your door?"),
        hint=_("It says that there is something new, and no more."),
        options=((PAPER, _("Yes.")), (NO_PAPER, _("No, bring none."))),
        initial=PAPER,
        required=False,
    )


class CounterContactForm(ReachForm):
    """At a counter the screen's language is the officer's: the person says in which they read, and may be on the telephone."""

    how = Choice(
        ask=_("Choose from the list."),
        label=_("Where is the person?"),
        options=(
            (Channel.COUNTER.value, _("here at the counter")),
            (
                Channel.PHONE.value,
                Option(_("on the telephone"), _("You read the code aloud; the slip is printed later at any counter.")),
            ),
        ),
        required=False,
    )

    language = Choice(
        ask=_("Choose the language of the slip."),
        label=_("In which language is the slip printed?"),
        options=settings.LANGUAGES,
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, initial={"language": get_language(), "how": Channel.COUNTER.value}, **more)


class SendForm(ActForm):
    scope = "case.receive"


class Placed(Journey):
    """Asks where somebody lives. `near`: where the officer sits who asks for them; chosen beforehand, and as easily changed."""

    near: Place | None

    def _township_form(self, data: Any = None) -> Form:
        above = self.near.above_id if self.near and self.near.level == Level.VILLAGE else self.near and self.near.pk
        return TownshipForm(data, initial={"township": above})

    def _village_form(self, data: Any = None) -> Form:
        chosen = self.typed.get("township", {}).get("township", [""])
        return VillageForm(data, township=chosen[0], initial={"village": self.near and self.near.pk})


class Asking(Placed):
    """One request for one service. What was typed for another service is never shown in it."""

    def __init__(
        self, session: MutableMapping[str, object], *, service: str, at_counter: bool, near: Place | None = None
    ) -> None:
        self.near = near
        self.name = f"{'counter' if at_counter else 'ask'}.{service}"
        words, name, contact = (
            (CounterWordsForm, CounterNameForm, CounterContactForm) if at_counter else (WordsForm, NameForm, ReachForm)
        )
        self.steps = (
            Step("township", self._township_form),
            Step("village", self._village_form),
            Step("words", words),
            Step("name", name),
            Step("contact", contact),
        )
        super().__init__(session)


def person_of(answers: Answers) -> Person:
    """Who asks, as they said it."""
    contact: dict[str, Any] = answers["contact"]
    return Person(
        name=str(answers["name"]["name"]),
        phone=contact["phone"],
        language=contact.get("language") or get_language() or settings.LANGUAGE_CODE,
        consents=tuple(contact["consents"]),
        no_paper=wants_no_paper(contact),
    )


def wants_no_paper(contact: dict[str, Any]) -> bool:
    return contact.get("paper") == NO_PAPER


def _for_the_record(form: Form, field: str) -> str:
    """What an officer typed, if it may be kept; else the mistake stands beside it, and what was typed stays."""
    said = str(form.cleaned_data[field])
    try:
        return plain(said)
    except NotForTheRecord as refused:
        form.add_error(field, _("“%(words)s” is never recorded here. Leave it out: it is not needed.") % refused.facts)
        return said


def _named(places: tuple[Place, ...]) -> list[tuple[str, str]]:
    return [(str(place.pk), str(place.name)) for place in places]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
