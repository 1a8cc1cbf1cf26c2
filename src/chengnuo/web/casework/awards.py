"""Changes to an award in plain words: the same at the desk, and on the page of whoever receives it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chengnuo.benefits.lifecycle import AwardStatus
from chengnuo.benefits.models import Ending
from chengnuo.foundation.actor import Actor
from chengnuo.reviews.lifecycle import AmendmentStatus
from chengnuo.reviews.models import Amendment, Sort
from chengnuo.reviews.operations.amending import LOOK
from chengnuo.web.named import Named
from chengnuo.web.public.service import yuan
from chengnuo.web.words import Word, day_words, local_day

AWARD = {
    AwardStatus.IN_FORCE.value: Word(_("in force"), "good", "tick"),
    AwardStatus.ENDED.value: Word(_("ended"), "plain", "dash"),
}
AMENDMENT = {
    AmendmentStatus.PROPOSED.value: Word(_("proposed, waits for another officer"), "calm", "clock"),
    AmendmentStatus.CONFIRMED.value: Word(_("confirmed"), "good", "tick"),
    AmendmentStatus.DROPPED.value: Word(_("given up"), "plain", "cross"),
}
ENDINGS = {
    Ending.DEATH.value: _("The person has died."),
    Ending.MOVE.value: _("The person has moved away from the county."),
    Ending.STATEMENT.value: _("The person says so themselves."),
    Ending.OVER.value: _("It was granted until then."),
}


@dataclass(frozen=True, kw_only=True)
class Changed(Named):
    """One change to an award. `href` is "" where the reader has no page of it."""

    what: str
    href: str
    state: Word
    day: str
    reasons: str


def amendment_name(sort: str) -> str:
    """The list of what is owed names neither person nor programme."""
    if sort == Sort.RESTORE:
        return gettext("An award that was ended by mistake")
    return gettext("An award to be ended") if sort == Sort.END else gettext("An award to be determined anew")


def what_of(amendment: Amendment) -> str:
    """What it does, in one line."""
    if amendment.sort == Sort.END:
        day = day_words(amendment.ends_on)
        return gettext("It ends from %(day)s on. %(why)s") % {"day": day, "why": ENDINGS[amendment.ending]}
    said = {"year": amendment.year, "sum": yuan(amendment.fen or 0)}
    if amendment.sort == Sort.RESTORE:
        return gettext("It goes on as if it had not ended. From %(year)s on it comes to %(sum)s so far.") % said
    return gettext("%(year)s comes to %(sum)s.") % said


def reasons_of(amendment: Amendment, viewer: Actor) -> str:
    return amendment.reasons.reveal(by=viewer, reason=LOOK, of=amendment.award_id)


def changes_of(found: Iterable[Amendment], viewer: Actor, *, at_desk: bool) -> tuple[Changed, ...]:
    return tuple(
        Changed(
            what=what_of(each),
            href=reverse("desk:amendment", args=[each.pk]) if at_desk else "",
            state=AMENDMENT[each.status],
            day=local_day(each.confirmed_at or each.proposed_at),
            reasons=reasons_of(each, viewer),
        )
        for each in found
    )
