"""Words of the yearly review: states, reasons, outcomes; one neutral name for every programme."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chengnuo.reviews import queries
from chengnuo.reviews.lifecycle import BEGIN_IT, CHECK_IT, CONTACT, DETERMINE, ENDING, RENEW, SEND_OUT
from chengnuo.reviews.models import Campaign, Change, Check, Difference, Heard, Review
from chengnuo.web.casework.claims import programme_name
from chengnuo.web.words import Word

CAMPAIGN = {
    "owed": Word(_("to be begun"), "warn", "clock"),
    "filling": Word(_("being put together"), "calm", "clock"),
    "running": Word(_("families answer"), "calm", "clock"),
    "closed": Word(_("the answers are over; what is unchanged is to be renewed"), "warn", "clock"),
    "finished": Word(_("finished"), "good", "tick"),
    "missed": Word(_("not begun in its year"), "bad", "cross"),
    "let_go": Word(_("no award was left to review"), "plain", "dash"),
}
REVIEW = {
    "open": Word(_("no answer yet"), "calm", "clock"),
    "unchanged": Word(_("nothing has changed; to be renewed"), "calm", "tick"),
    "silent": Word(_("no answer; it goes on, to be renewed"), "calm", "pause"),
    "changed": Word(_("something has changed; to be decided"), "warn", "clock"),
    "renewed": Word(_("renewed"), "good", "tick"),
    "determined": Word(_("determined anew"), "good", "tick"),
    "ended": Word(_("ended"), "plain", "dash"),
    "dropped": Word(_("ended otherwise"), "plain", "dash"),
}
RENEWAL = {
    "proposed": Word(_("waits for another officer"), "calm", "clock"),
    "running": Word(_("being renewed"), "calm", "clock"),
    "done": Word(_("finished"), "good", "tick"),
    "dropped": Word(_("given up"), "plain", "cross"),
}
CHECK = {
    "open": Word(_("to be checked"), "calm", "clock"),
    "agreed": Word(_("what is held is right"), "good", "tick"),
    "differs": Word(_("something is otherwise; a person decides"), "warn", "triangle"),
    "left": Word(_("nobody was there; nothing follows"), "plain", "dash"),
}
CHANGES = {
    Change.FACTS.value: _("something that the programme asks is otherwise"),
    Change.STATEMENT.value: _("by their own word the conditions no longer hold"),
    Change.MOVE.value: _("moved away from the county"),
    Change.DEATH.value: _("the person has died"),
    Change.CALL.value: _("something else is otherwise; they want to be called"),
    Change.LOOK.value: _("it is looked at by a person: the rules give less, or a check found something"),
}
ENDS = {change: said for change, said in CHANGES.items() if change in ENDING}
HEARD = {
    Heard.NOT_REACHED.value: _("Nobody was reached."),
    Heard.LETTER_LEFT.value: _("A letter was left, closed."),
    Heard.WILL_ANSWER.value: _("They will answer."),
    Heard.HELP_WANTED.value: _("They want help, and have an appointment."),
    Heard.LEAVE_ALONE.value: _("They want to be left alone."),
}
DIFFERENCES = {
    Difference.NAME.value: _("The name or the identity number is written otherwise."),
    Difference.PLACE.value: _("The person lives elsewhere."),
    Difference.ALIVE.value: _("The person has died."),
    Difference.PAPER.value: _("A paper that is held says something else."),
}
COLUMNS = {
    "waits": _("no answer yet"),
    "unchanged": _("unchanged"),
    "silent": _("silent, goes on"),
    "changed": _("changed"),
    "ended_death": _("ended: death"),
    "ended_move": _("ended: moved"),
    "ended_statement": _("ended: own word"),
    "agreed": _("checked, right"),
    "differs": _("checked, otherwise"),
    "still": _("still to be checked, or nobody there"),
}


def campaign_name(programme: str, year: int) -> str:
    return gettext("Yearly review: %(name)s, %(year)s") % {"name": programme_name(programme), "year": year}


def review_name(_programme: str, year: int) -> str:
    """The list of what is owed names neither person nor programme."""
    return gettext("One yearly review, %(year)s") % {"year": year}


# in the lists of what is owed: what is to be done, how it is called, and the way to it
TO_DO = {
    BEGIN_IT: _("This year's review is due: begin it. Everybody with an award is asked one question."),
    SEND_OUT: _("Print the letter with its code, send it off or hand it over closed, and say so here."),
    CONTACT: _("No answer came. Agree on a day with the family, then ask. Two times at most."),
    DETERMINE: _("Something has changed: determine what is due from now on, or end it."),
    RENEW: _("The answers are over: propose and confirm the renewal of what has not changed."),
    CHECK_IT: _("Chance chose this one: compare what is held. Nothing stops meanwhile."),
}
NAMED: dict[str, Any] = {
    Campaign.kind: (queries.campaigns_named, campaign_name),
    Review.kind: (queries.named, review_name),
    Check.kind: (queries.checks_named, review_name),
}
LINKS = {
    Campaign.kind: _("Open the yearly review"),
    Review.kind: _("Open the review"),
    Check.kind: _("Open the check"),
}
