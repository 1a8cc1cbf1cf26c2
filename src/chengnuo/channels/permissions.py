"""Who sees what was sent, and tells families on paper: whoever works on their cases. Who has a calendar: each for themselves."""

from __future__ import annotations

from django.db.models import Q

from chengnuo.cases.models import Case
from chengnuo.cases.permissions import COMPLAINED_ABOUT, RESIDENT, SHOWN
from chengnuo.channels.models import ClosedLetter, Digest, Feed
from chengnuo.foundation.gate import ANY, Relation, Rule
from chengnuo.people.relations import HEAD, HOLDER, HOLDERS
from chengnuo.people.roles import OFFICERS, Role

THEIR_OWN = Relation("their own", "they made it themselves", lambda actor, _hat: Q(account=actor.account))

WRITERS: dict[str, Relation] = dict.fromkeys(OFFICERS, HOLDER | HEAD)
TIME: dict[str, Relation] = {Role.SYSTEM: ANY}

RULES = [
    Rule("message.see", Case, SHOWN | RESIDENT, never=COMPLAINED_ABOUT),
    Rule("day_slip.print", Case, HOLDERS, never=COMPLAINED_ABOUT),
    Rule("closed_letter.owe", ClosedLetter, TIME),
    Rule("closed_letter.see", ClosedLetter, WRITERS),
    Rule("closed_letter.send_out", ClosedLetter, WRITERS),
    Rule("closed_letter.tell", ClosedLetter, WRITERS),
    Rule("closed_letter.let_go", ClosedLetter, TIME),
    # both send deadlines to where no sign-in is asked for
    Rule("feed.open", None, dict.fromkeys(OFFICERS, ANY.freshly())),
    Rule("digest.choose", None, dict.fromkeys(OFFICERS, ANY.freshly())),
    Rule("digest.stop", Digest, dict.fromkeys(OFFICERS, THEIR_OWN)),
    Rule("feed.end", Feed, dict.fromkeys(OFFICERS, THEIR_OWN)),
]
