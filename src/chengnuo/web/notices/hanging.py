"""What is asked where somebody hangs or recalls a notice, and what stands on its paper."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.foundation.plain import public
from chengnuo.notices import queries
from chengnuo.notices.models import Notice, Recalled
from chengnuo.web.fields import PhotoFile
from chengnuo.web.forms import ActForm, Choice
from chengnuo.web.notices.words import address_of, days_of, lines_of
from chengnuo.web.square import square_of
from chengnuo.web.words import in_fours

HANG = "hang"
REASONS = {
    Recalled.MISTAKE: gettext_lazy("Something in the list is wrong"),
    Recalled.LEAD: gettext_lazy("Somebody could be told by it, or harmed"),
    Recalled.OTHER: gettext_lazy("Something else"),
}


class HangForm(ActForm):
    photo = PhotoFile(
        ask=gettext_lazy("Choose a photo."),
        label=gettext_lazy("A photo of the strip with the square"),
        hint=gettext_lazy("Cover the list, or fold it back. Up to 10 MB. The place and everything else that hides in it is removed."),
    )  # fmt: skip


class RecallForm(ActForm):
    reason = Choice(
        ask=gettext_lazy("Choose why it is recalled."),
        label=gettext_lazy("Why is it recalled?"),
        options=list(REASONS.items()),
    )


def sheet_of(notice: Notice) -> dict[str, Any]:
    """What the A4 sheet says: a strip without a name to be photographed, and below it the list. Raises NotForThePublic."""
    shown, above = queries.shown(notice), notice.office.above
    says = {
        "heading": str(shown.heading),
        "office": str(shown.office),
        "number_label": _("Number"),
        "number": in_fours(shown.number),
        "days": days_of(notice),
        "scan": _("The same list on the web, until its last day:"),
        "address": address_of(notice),
        "says": str(shown.says),
        "heads": [_("Reference"), _("Name, masked"), _("Village or community")],
        "lines": [asdict(line) for line in lines_of(shown)],
        "object_label": _("You think that the office is wrong?"),
        "object": _("Say so on the page behind the square, at any counter, or to: %(above)s. You need not give a name.")
        % {"above": f"{above} {above.telephone}".strip() if above else "12345"},
        "cut": _("Photograph only what stands above this line."),
        "down": _("To be taken down after the last day. Put up on, by:"),
    }
    public([says, f"{notice.number}.pdf"], known=[address_of(notice), above.telephone if above else ""])
    return says | {"qr": square_of(address_of(notice)).svg}
