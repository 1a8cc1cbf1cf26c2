"""What can be done with a review, a renewal or a check: one entry a move, with its form and the operation behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from chengnuo.reviews.models import Campaign, Renewal
from chengnuo.reviews.operations import answering, checking, contacting, deciding, opening, renewing, sending
from chengnuo.web.deeds import Kind
from chengnuo.web.forms import JustDo
from chengnuo.web.reviews import forms

# so much is done before the page answers; the worker does the rest
STEPS = 3


def begin(*, programme: str, year: int, by: Any, at: Any, key: Any) -> Campaign:
    """Begins it, and asks about the first hundreds."""
    found = opening.begin(programme=programme, year=year, by=by, at=at, key=key)
    opening.go_on(at=at, campaign=found.pk, steps=STEPS)
    return found


def confirm(*, renewal: Any, by: Any, at: Any, key: Any) -> Renewal:
    found = renewing.confirm(renewal=renewal, by=by, at=at, key=key)
    renewing.go_on(at=at, renewal=found.pk, steps=STEPS)
    return found


ANY_CHANGE = ("say_changed", "restate")
# what the code of a letter opens names nothing of the programme; to state anew stands behind the claim's receipt
OWN: Mapping[str, Kind] = {
    "state_anew": Kind(forms.Anew, answering.state_anew, _("Something that was asked is otherwise"), _("Write only what is otherwise; the rest stays as it is held. How many children anybody has is not asked."), _("The county determines within ten working days what is due, and tells you the reasons."), press=_("Send my answer"), moves=ANY_CHANGE),
    "ask_call": Kind(forms.CallMe, answering.ask_call, _("Something else is otherwise: please call me"), _("Somebody of the county calls you on the number that you write, and writes down what is otherwise."), _("The county calls you, and decides within ten working days."), press=_("Ask for the call"), moves=("say_changed",)),
    "say_changed": Kind(forms.Ends, answering.say_changed, _("Moved away, died, or no longer fits"), _("The support ends from the day that you write. What is due until then stays due."), _("The county decides within ten working days, and tells you the reasons."), press=_("Send my answer"), moves=ANY_CHANGE),
    "take_back": Kind(JustDo, answering.take_back, _("Take it back: nothing has changed"), _("Nobody has decided yet. What was told is struck out, and the support goes on as before."), press=_("Take it back")),
}  # fmt: skip
REVIEW: Mapping[str, Kind] = {
    "send_out": Kind(JustDo, sending.send_out, _("The letter is on its way"), _("It was printed, closed, and posted or handed over. Nothing on its envelope says what it is about."), _("Noted. The next letter stands in the list."), press=_("It is on its way")),
    "say_unchanged": Kind(forms.HowForm, answering.say_unchanged, _("Nothing has changed"), _("The support goes on. At the office that grants it is renewed in the same step."), press=_("Write it down")),
    "state_anew": Kind(forms.AnewAtDesk, answering.state_anew, _("Something that was asked is otherwise"), _("Write only what is otherwise. How many children anybody has is not asked."), press=_("Write it down"), moves=ANY_CHANGE),
    "say_changed": Kind(forms.EndsAtDesk, answering.say_changed, _("Moved away, died, or no longer fits"), _("Only what the person, or the heirs, say themselves. Nobody asks why."), press=_("Write it down"), moves=ANY_CHANGE),
    "ask_call": Kind(forms.CallAtDesk, answering.ask_call, _("They want to be called"), _("Somebody of the county calls, and writes down what is otherwise."), press=_("Write it down"), moves=("say_changed",)),
    "appoint": Kind(forms.Appointment, contacting.appoint, _("Agree on a day"), _("Nobody comes or calls without an appointment.")),
    "contact": Kind(forms.Contacted, contacting.contact, _("Say what came of it"), _("One of five, and no other words. A family is asked two times at most; it loses nothing by silence.")),
    "renew": Kind(JustDo, deciding.renew, _("Renew it"), _("The year is determined by the rules, on what is held.")),
    "determine": Kind(JustDo, deciding.determine, _("Determine it anew"), _("By the rules, on what was stated, also where that is less. What was paid already is never set off against later money.")),
    "end": Kind(JustDo, deciding.end, _("End it"), _("From the day that was stated. What is due until then stays due, and the family reads the reason and its rights."), grave=True),
}  # fmt: skip
RENEWAL: Mapping[str, Kind] = {
    "confirm": Kind(JustDo, confirm, _("I have seen the sample: renew all of them"), _("You answer for all of them, together with whoever proposed it. It goes on by itself."), grave=True),
    "drop": Kind(JustDo, renewing.drop, _("Give it up"), _("Everything waits as before, and can be proposed again.")),
}  # fmt: skip
CHECK: Mapping[str, Kind] = {
    "agree": Kind(JustDo, checking.agree, _("What is held is right"), _("The check ends.")),
    "differ": Kind(forms.Otherwise, checking.differ, _("Something is otherwise"), _("A person determines it anew. Until then everything is paid as before.")),
    "appoint": Kind(forms.Appointment, checking.appoint, _("Agree on a day for a visit"), _("Only where the papers do not answer. Two visits at most.")),
    "visit": Kind(JustDo, checking.visit, _("Nobody was there"), _("One of two visits.")),
    "leave": Kind(JustDo, checking.leave, _("End it without an answer"), _("Nobody was there at two appointments. Nothing follows from that.")),
}  # fmt: skip
PROPOSE = Kind(
    JustDo,
    renewing.propose,
    _("Propose the renewal of what has not changed"),
    _(
        "Everybody who said that nothing has changed, and whoever gave no answer. Another officer sees a sample and confirms."
    ),
)
