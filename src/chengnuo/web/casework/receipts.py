"""What somebody takes along who asked or complained: who answers for it, by when, what happens next. On a page and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chengnuo.benefits import queries as benefits
from chengnuo.benefits.lifecycle import CLAIM
from chengnuo.benefits.models import Claim
from chengnuo.cases.lifecycle import NOTICE, CaseStatus
from chengnuo.cases.models import Case, CaseKind, Channel
from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.log import proofs
from chengnuo.foundation.receipts import receipt_code
from chengnuo.people.models import Office
from chengnuo.promises import queries as promises
from chengnuo.promises.models import Duty
from chengnuo.web.casework.claims import claim_in
from chengnuo.web.casework.stories import needs_of, responsible, status_word
from chengnuo.web.pages import Answer, NextStep, answers
from chengnuo.web.reach import reach_of
from chengnuo.web.words import due_words, in_fours, last_day_of, local_day


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """`code` opens the case and is shown in groups of four; `number` only names it; `leaf` is its place in the public log.

    `follow` is where the code is typed. No name of the family stands in it.
    """

    number: str
    code: str
    title: str
    facts: tuple[Answer, ...]
    missing: tuple[str, ...]
    steps: tuple[NextStep, ...]
    complain: str
    leaf: str
    leaf_says: str
    follow: str


def receipt_of(case: Case, *, viewer: Actor, now: datetime, code: str = "") -> Receipt:
    """The receipt as it stands now. Only for a browser that holds the case, with the code where it was kept."""
    duty = _owed(case, viewer)
    return Receipt(
        number=case.number,
        code=in_fours(code or receipt_code(case.pk, case.codes)),
        title=title_of(case),
        facts=_facts(case, duty, now),
        missing=missing_from(case, viewer=viewer) if case.status == CaseStatus.WAITING else (),
        steps=_steps(case, duty, viewer),
        complain=_how_to_complain(case),
        leaf=proofs.of(Case.kind, case.pk)[0]["leaf"],
        leaf_says=_leaf_says(case),
        follow=reverse("family:follow_unnamed" if case.is_anonymous else "family:follow"),
    )


def _leaf_says(case: Case) -> str:
    if case.is_anonymous:
        return _("In the public log from the next day on, among others, so that nobody can tell when you wrote:")
    return _("In the public log since it was received:")


def title_of(case: Case) -> str:
    """What the family asked for, in a few words; of a complaint nothing more than that it is one."""
    if case.sort == CaseKind.OBJECTION:
        return _("Objection to a finding")
    return _("Complaint") if case.is_complaint else str(case.promise.title)


def missing_from(case: Case, *, viewer: Actor) -> tuple[str, ...]:
    """The one list as it was sent, in the reader's language where the catalogue names it."""
    items = case.missing.reveal(by=viewer, reason="the list").split("\n") if case.missing else ()
    names = needs_of(case)
    return tuple(names.get(item, item) for item in items)


def _owed(case: Case, viewer: Actor) -> Duty | None:
    """The newest of what the office itself still owes; of an objection its answer."""
    objection = benefits.objection_of(viewer, case.pk) if case.sort == CaseKind.OBJECTION else None
    about = [case.pk, *([objection.pk] if objection else [])]
    own = [duty for duty in promises.duties_of(*about) if duty.kind != NOTICE and not duty.outcome]
    return own[-1] if own else None


def _facts(case: Case, duty: Duty | None, now: datetime) -> tuple[Answer, ...]:
    rows = [
        (_("Number"), case.number),
        (_("Received"), local_day(case.received_at)),
        (_("How it stands"), str(status_word(case))),
        (_("Responsible office"), str(case.office)),
        (_("Responsible now"), responsible(case, now=now)),
        (_("To be done by"), due_words(duty) if duty else ""),
        (_helped(case), str(case.helper or "")),
    ]
    return (*answers(rows), *reach_of(case.office, on=local_date(now)))


def _helped(case: Case) -> str:
    return (
        _("Written down on the telephone by") if case.channel == Channel.PHONE else _("Written down at the counter by")
    )


def _steps(case: Case, duty: Duty | None, viewer: Actor) -> tuple[NextStep, ...]:
    if case.is_complaint:
        return _of_complaint(case, duty)
    claim = claim_in(case, viewer)
    return _of_claim(case, claim) if claim and claim.status in CLAIM.open else _of_request(case, duty)


def _of_claim(case: Case, claim: Claim) -> tuple[NextStep, ...]:
    """The stages that are still to come; only the one where it stands has a day already."""
    owed = [duty for duty in promises.duties_of(claim.pk) if not duty.outcome]
    here, *later = (str(claim.at_stage(number).name) for number in range(claim.stage, len(claim.stages)))
    return (
        NextStep(what=here, when=_latest(due_words(owed[-1])) if owed else ""),
        *(NextStep(what=name) for name in later),
        NextStep(what=_("You are told what was decided, and why.")),
        *(
            NextStep(what=_above(case.office if each.office_id == case.office_id else each.office))
            for each in owed[-1:]
        ),
    )


def _of_request(case: Case, duty: Duty | None) -> tuple[NextStep, ...]:
    """What is still to come: less and less as the case goes on, nothing when it has ended."""
    word = NextStep(what=_("You say whether it is really done. If not, it is opened again."))
    if case.status == CaseStatus.DONE:
        return (word,)
    if duty is None:
        return ()
    list_first = case.complete_by < duty.due_at
    told = NextStep(
        what=_("If something is missing, you are told once, everything in one list."),
        when=_latest(last_day_of(case.complete_by)) if list_first else "",
    )
    done = NextStep(what=_("It is done, or you are told in writing why not."), when=_latest(due_words(duty)))
    steps = (done, word, NextStep(what=_above(case.office)))
    return steps if case.asked_at else (told, *steps)


def _of_complaint(case: Case, duty: Duty | None) -> tuple[NextStep, ...]:
    if duty is None:
        return ()
    return (
        NextStep(
            what=_("%(office)s handles it. %(about)s never sees it.")
            % {"office": case.office, "about": case.about_office}
        ),
        NextStep(
            what=_("You get an answer: the facts, the reasons, the law, and how to have it looked at again."),
            when=_latest(due_words(duty)),
        ),
        NextStep(what=_above(case.office)),
    )


def _latest(day: str) -> str:
    return _("by %(day)s at the latest") % {"day": day}


def _above(office: Office) -> str:
    if office.above is None:
        return _("There is no office above this one in the system: beyond it, call 12345.")
    return _("If it is late, it goes up by itself to %(office)s. You need not do anything.") % {"office": office.above}


def _how_to_complain(case: Case) -> str:
    if case.office.above is None:
        return _("Call 12345.")
    return _("%(above)s handles complaints about %(office)s, which never sees them. Any counter helps you.") % {
        "above": case.office.above,
        "office": case.office,
    }
