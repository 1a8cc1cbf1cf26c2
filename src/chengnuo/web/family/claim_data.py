"""What a claim holds about a family: what it stated, and the identity numbers; in words, and for a program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from chengnuo.benefits.models import Claim
from chengnuo.foundation.actor import Actor
from chengnuo.web.casework.claims import programme_name, stated_rows
from chengnuo.web.pages import Answer, answers

WHY = "my data"


def stated_in(found: Claim | None, viewer: Actor) -> tuple[Answer, ...]:
    """Every answer, also what was taken instead of asking; none where the request is no claim."""
    return answers(_rows(found, viewer)) if found else ()


def copy_of(found: Claim | None, viewer: Actor) -> dict[str, Any]:
    """Under the key `claim`; nothing where the request is no claim."""
    if found is None:
        return {}
    facts, proposal = (_opened(found, name, viewer) for name in ("facts", "proposal"))
    said = {"programme": found.programme, "year": found.year, "status": found.status}
    numbers = {name: _opened(found, name, viewer) for name in ("identity", "child")}
    told = {"facts": json.loads(facts or "{}"), "proposal": json.loads(proposal or "{}")}
    return {"claim": said | numbers | told}


def _rows(claim: Claim, viewer: Actor) -> Iterator[tuple[str, str]]:
    yield _("What is claimed"), programme_name(claim.programme)
    yield _("For the year"), str(claim.year)
    yield _("Your identity number"), _opened(claim, "identity", viewer)
    yield _("The child's identity number"), _opened(claim, "child", viewer)
    yield from stated_rows(claim.programme, json.loads(_opened(claim, "facts", viewer) or "{}"))


def _opened(claim: Claim, name: str, viewer: Actor) -> str:
    sealed = getattr(claim, name)
    return str(sealed.reveal(by=viewer, reason=WHY, of=claim.case_id)) if sealed else ""
