"""The printed papers of a family: the slip of a receipt, and the blank form for somebody who asks without a telephone."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chengnuo.foundation import paper
from chengnuo.promises.models import PromiseVersion
from chengnuo.web.casework.asking import consents_asked
from chengnuo.web.casework.receipts import Receipt
from chengnuo.web.public.catalogue import limit_words, who_answers
from chengnuo.web.public.service import INSTEAD
from chengnuo.web.square import square_of
from chengnuo.web.words import said

TEMPLATES = Path(__file__).parents[1] / "paper"
# typst's language and region; "en" has none
SCRIPTS = {"zh-hans": ("zh", "CN"), "zh-hant": ("zh", "TW"), "en": ("en", None)}


def slip(receipt: Receipt, *, at: datetime) -> bytes:
    """One page to keep, as PDF/A."""
    return made("slip.typ", said_on_slip(receipt, at=at), at)


def said_on_slip(receipt: Receipt, *, at: datetime) -> dict[str, Any]:
    """What the slip says. Its square holds the public address only: the code is typed."""
    address = settings.PUBLIC_ADDRESS + receipt.follow
    return asdict(receipt) | {
        "heading": _("Receipt"),
        "code_label": _("The code of your receipt"),
        "keep": _("Keep it. Whoever has this code can see and answer for you: show it to nobody you do not trust."),
        "missing_label": _("Still missing"),
        "steps_label": _("What happens next"),
        "complain_label": _("Not satisfied?"),
        "follow_label": _("To see how it stands, open this page and type the code:"),
        "no_phone": _("Without a telephone: any counter looks it up with the code."),
        "address": address,
        "qr": square_of(address).svg,
        "leaf_label": receipt.leaf_says,
        "printed": _("Printed on %(day)s") % {"day": localtime(at).strftime("%Y-%m-%d")},
    }


def blank_form(version: PromiseVersion, *, at: datetime) -> bytes:
    """The questions of a request on one sheet; an officer enters it at the counter and gives a receipt for it."""
    said_on_it = {
        "heading": str(version.title),
        "kind": _("Request form"),
        "summary": str(version.summary),
        "facts": [
            {"label": _("How long it takes at most"), "value": limit_words(version)},
            {"label": _("Who answers"), "value": who_answers(version)},
        ],
        "needs_label": _("What you need, and why"),
        "needs": [
            {"name": said(need["name"]), "why": said(need["why"]), "instead": str(INSTEAD[need["instead"]])}
            for need in version.needs
        ],
        "lines": [
            {"label": _("Township"), "rows": 1},
            {"label": _("Village or community"), "rows": 1},
            {"label": _("A name by which we may call you"), "rows": 1},
            {"label": _("What you want to say (may stay empty)"), "rows": 4},
            {"label": _("Telephone (may stay empty)"), "rows": 1},
        ],
        "consents_label": _("What may we use the number for? Tick what you want; each is your choice."),
        "consents": [str(label) for _purpose, label in consents_asked()],
        "leave_out": _("Leave out pregnancy, births and examinations: nobody here needs to know them."),
        "sign": _("Signature or thumbprint, and the day"),
        "counter": _(
            "Give it in at any counter. You get a receipt with a code at once, and the name of who answers for it."
        ),
        "officer": _("Filled in by the officer: number of the request, post, day"),
    }
    return made("form.typ", said_on_it, at)


def made(template: str, data: dict[str, Any], at: datetime) -> bytes:
    """A paper in the reader's language, from one of our templates."""
    language, region = SCRIPTS[get_language() or "zh-hans"]
    common = {"language": language, "region": region, "program": _("Chengnuo"), "demo": ""}
    if settings.DEMO:
        common["demo"] = _("Demonstration: people and cases are invented.")
    return paper.pdf(TEMPLATES / template, common | data, at=at)
