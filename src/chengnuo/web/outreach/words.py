"""Words of letters: who is meant, who sends, what became of one."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chengnuo.outreach.models import Outcome, Told
from chengnuo.policies.finders import COUNTER, COUNTY, VILLAGE, Finder
from chengnuo.web.casework.claims import programme_name
from chengnuo.web.fields import Option
from chengnuo.web.words import Word

ASSESSMENT = {
    "draft": Word(_("waits for a second person to sign it"), "calm", "clock"),
    "signed": Word(_("signed"), "good", "tick"),
    "withdrawn": Word(_("holds no longer"), "plain", "cross"),
}
LETTER = {
    "waiting": Word(_("is to be handed over"), "calm", "clock"),
    "carried": Word(_("printed and taken along"), "calm", "clock"),
}
OWED = Word(_("somebody is to be told"), "calm", "clock")
OUTCOMES = (
    (Outcome.GIVEN, _("I gave it to the person, or left it at home with them")),
    (Outcome.POSTED, _("I posted it")),
    (Outcome.NOT_FOUND, Option(_("Nobody was there"), _("It is tried once more, and then never again."))),
    (Outcome.GONE, _("The person has moved away or died")),
    (
        Outcome.NO_CONTACT,
        Option(_("The person wants no letters"), _("At once, without a reason, until they want letters again.")),
    ),
)
TOLD = (
    (Told.TELEPHONE, _("I called, and the person knows")),
    (Told.GIVEN, _("I told the person, or gave a note")),
    (Told.POSTED, _("I posted a note")),
    (Told.NOT_FOUND, _("I reached nobody")),
)
SENDERS = {
    VILLAGE: _("the village's or community's counter"),
    COUNTY: _("a contact at the county, and never the village"),
    COUNTER: _("handed out at the counters of birth certificates and household registration, to everybody"),
}


def finder_name(finder: Finder) -> str:
    """By whom it means; its programmes stand beside it, on the county's page alone."""
    if finder.awards:
        return gettext("Whoever receives some support already")
    if finder.sent_by == COUNTER:
        return gettext("Families of newborns, at the counters")
    if not finder.first:
        return gettext("Everyone of a place")
    return gettext("Everyone who reaches %(age)d this year, and whoever is older and was not told") % {
        "age": finder.first
    }


def programmes_of(finder: Finder) -> str:
    return gettext("; ").join(programme_name(key) for key in finder.programmes)
