"""Words of the register: states, faults, and the reasons for which somebody looks."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chengnuo.registers.lifecycle import COMPARE, MEND_RECORD
from chengnuo.registers.models import Finding, Pair, Standing
from chengnuo.web.words import Word

STANDING = {
    Standing.LIVING.value: Word(_("lives here"), "plain", "dot"),
    Standing.MOVED.value: Word(_("moved away"), "plain", "dash"),
    Standing.DIED.value: Word(_("died"), "plain", "dash"),
}
FINDING = {
    "open": Word(_("to be looked at"), "warn", "triangle"),
    "mended": Word(_("put right"), "good", "tick"),
    "right": Word(_("right as it is"), "good", "tick"),
}
PAIR = {
    "open": Word(_("to be compared"), "warn", "triangle"),
    "same": Word(_("one person"), "good", "tick"),
    "apart": Word(_("two people"), "good", "tick"),
}
# why an officer looks, by the key in the address: it is kept with the look (PIPL art. 51)
REASONS = {
    "claim": ("a request or claim at the counter", _("A request or a claim of this person")),
    "mend": ("a record to be mended", _("A record that is to be put right")),
    "reach": ("somebody to be reached", _("To reach this person about what is theirs")),
}

# in the lists of what is owed: what is to be done, how it is called, and the way to it
TO_DO = {
    MEND_RECORD: _("Look at the record: put it right, or say why it is right."),
    COMPARE: _("Compare the two entries: one person, or two?"),
}


def _of(rows: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Nothing of a person stands in a list."""
    return dict.fromkeys(rows, ())


NAMED = {
    Finding.kind: (_of, lambda: gettext("A record that does not fit")),
    Pair.kind: (_of, lambda: gettext("Two entries that may be one person")),
}
LINKS = {Finding.kind: _("Open the finding"), Pair.kind: _("Open the two entries")}
