"""The situations in which the matrix of rights is tried: one case of the village, and what was brought about with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from chengnuo.cases.models import NewCode, Pressed
from chengnuo.cases.operations import ratings, recode
from chengnuo.channels.operations import digests, feeds, writing
from chengnuo.foundation.actor import resident
from chengnuo.foundation.models import StoredFile
from chengnuo.meetings.operations import holding
from chengnuo.people.models import Account, CalendarChange, Office, Post
from chengnuo.people.operations import factors
from chengnuo.people.operations.calendar import announce_days
from chengnuo.promises.models import Duty, PromiseVersion
from chengnuo.promises.operations import catalogue, escalation
from tests.factories import (
    boards,
    bulks,
    cases,
    claims,
    county,
    meetings,
    money,
    notices,
    objections,
    photos,
    register,
    tables,
)

DAY = timedelta(days=1)
# a letter for everybody who tries; small letters are of the place of the case, capitals mostly stand above or elsewhere
POSTS = {
    "d": cases.DESK,
    "h": cases.HEAD,
    "D": f"{cases.ELSEWHERE}.desk",
    "t": cases.TOWNSHIP_DESK,
    "T": cases.TOWNSHIP_HEAD,
    "X": f"{cases.TOWNSHIP_ELSEWHERE}.head",
    "b": cases.BUREAU_DESK,
    "B": cases.BUREAU_HEAD,
    "C": "civil-affairs.head",
    "O": cases.CITY_HEAD,
    "f": money.FINANCE_DESK,
    "F": money.FINANCE_HEAD,
    "p": money.CLERK,
    "s": f"{county.VILLAGE}.supervisor",
    "S": f"{cases.ELSEWHERE}.supervisor",
    "a": "health-bureau.auditor",
    "m": "health-bureau.account-admin",
}


@dataclass
class Stage:
    """The county in which a row of the matrix is tried: one case of the village, and what the row brought about."""

    case: Any
    other: Any

    @property
    def duty(self) -> Duty:
        return cases.duty_of(self.case)


# a version's fields that its author does not write
NOT_WRITTEN = {
    "id",
    "status",
    "version",
    "promise",
    "ends",
    "published_at",
    "checked_by",
    "author",
    "changed_by",
}


def duty_is_late(stage: Stage) -> Duty:
    """The head of the office was told, and owes an answer."""
    escalation.escalate_due(at=stage.duty.due_at + cases.HOUR)
    return Duty.objects.get(parent=stage.duty, holder__key=cases.HEAD)


def duty_is_broken(stage: Stage) -> Duty:
    """The office above was told too."""
    while escalation.escalate_due(at=stage.duty.broken_at + cases.HOUR):
        pass
    return Duty.objects.get(parent=stage.duty, holder__key=cases.TOWNSHIP_HEAD)


def draft(stage: Stage, status: str = "draft") -> PromiseVersion:
    """A next version of a service of the health bureau, drafted at its desk."""
    old = PromiseVersion.objects.get(pk=county.service("childcare-subsidy"))
    content = {
        field.name: getattr(old, field.name)
        for field in PromiseVersion._meta.concrete_fields
        if field.name not in NOT_WRITTEN
    } | {"begins": (county.MONDAY + 9 * DAY).date()}
    told = {"at": county.MONDAY, "key": uuid4()}
    made = catalogue.draft(promise=old.promise, content=content, by=county.officer(POSTS["b"]), **told)
    if status == "draft":
        return made
    return catalogue.check(version=made.pk, by=county.officer(POSTS["B"]), **told)


def account(_stage: Stage) -> Account:
    return county.account_of(POSTS["D"])


def closed_account(stage: Stage) -> Account:
    found = account(stage)
    Account.objects.filter(pk=found.pk).update(is_active=False)
    return found


def factor_lost(stage: Stage) -> Any:
    """Of an officer in another township, of whom the administrator asked it; the head of the village's own post is vacant."""
    by = county.officer(POSTS["m"], at=county.MONDAY)
    return factors.ask(account=account(stage).pk, by=by, at=county.MONDAY, key=uuid4())


def vacant_post(_stage: Stage) -> Post:
    return Post.objects.get(key="village-420526103201.supervisor")


def asked(stage: Stage) -> Any:
    return cases.ask_once(stage.case, at=county.MONDAY)


def offered(stage: Stage) -> Any:
    return cases.offer(stage.case, POSTS["t"], at=county.MONDAY)


def done(stage: Stage) -> Any:
    return cases.finish(stage.case, at=county.MONDAY)


def withdrawn(stage: Stage) -> Any:
    return cases.withdraw(stage.case, at=county.MONDAY)


def paused(stage: Stage) -> Any:
    return cases.pause(stage.case, at=county.MONDAY)


def photo_sent(stage: Stage) -> Any:
    """A photo that the family sent; the address names its case too."""
    return photos.add(asked(stage))


def photo_of_the_desk(stage: Stage) -> Any:
    return photos.add(asked(stage), post=POSTS["d"])


def late_list(stage: Stage) -> Any:
    """More is asked for after the one list."""
    cases.ask_once(stage.case, at=county.MONDAY)
    return cases.supply(stage.case, at=county.MONDAY)


def the_case(stage: Stage) -> Any:
    return stage.case


def code_asked(stage: Stage) -> Any:
    """Asked for at the desk; the case names it in the address."""
    said = {"reason": "lost", "known_by": "known"}
    recode.ask(case=stage.case.pk, **said, by=county.officer(POSTS["d"]), at=county.MONDAY, key=uuid4())
    return stage.case


def code_confirmed(stage: Stage) -> Any:
    code_asked(stage)
    by = county.officer(POSTS["h"], at=county.MONDAY)
    recode.confirm(new_code=NewCode.objects.get().pk, by=by, at=county.MONDAY, key=uuid4())
    return stage.case


def changed(_stage: Stage) -> CalendarChange:
    said = {"free": [date(2027, 1, 1)], "worked": [], "year": None, "source": "国办"}
    announce_days(**said, by=county.officer(POSTS["m"], at=county.MONDAY), at=county.MONDAY, key=uuid4())
    return CalendarChange.objects.get()


def entered(stage: Stage) -> Any:
    changed(stage)
    return SimpleNamespace(pk="2027-01-01")


def complaint(_stage: Stage) -> Any:
    return cases.complaint(at=county.MONDAY)


def office(_stage: Stage) -> Office:
    return Office.objects.get(key=county.VILLAGE)


def desks_feed(_stage: Stage) -> None:
    """A calendar address of whoever sits at the desk; the page to end it names none."""
    feeds.open_feed(by=county.officer(POSTS["d"]), at=county.MONDAY, key=uuid4())


def desks_digest(_stage: Stage) -> None:
    by = county.officer(POSTS["d"])
    digests.choose(email="desk@example.org", by=by, at=county.MONDAY, key=uuid4())


def step_asked(stage: Stage) -> Any:
    """Of an office that sees nothing of the case otherwise."""
    return cases.ask_step(stage.case, "civil-affairs", at=county.MONDAY)


def closed(stage: Stage) -> Any:
    return cases.say_resolved(done(stage), at=county.MONDAY)


def pressure(stage: Stage) -> Any:
    """A family says that it was pressed by the village to rate it."""
    said = {"case": closed(stage).pk, "stars": 5, "pressed": True, "by": resident(stage.case.pk)}
    ratings.rate(**said, at=county.MONDAY, key=uuid4())
    return Pressed.objects.get()


def pressure_once(stage: Stage) -> None:
    pressure(stage)


def sheet_owed(_stage: Stage) -> Any:
    return boards.owed()


def closed_letter_owed(stage: Stage) -> Any:
    """Of the village's case: its family has no telephone."""
    return writing.owe(stage.case.pk, at=county.MONDAY)


def sheet_over(_stage: Stage) -> Any:
    return boards.over()


def meeting_called(_stage: Stage) -> Any:
    return meetings.called()


def meeting_begun(_stage: Stage) -> Any:
    return meetings.called(at=county.MONDAY - 12 * DAY)


def meeting_held(_stage: Stage) -> Any:
    return meetings.held(at=county.MONDAY - 20 * DAY)


def meeting_photographed(stage: Stage) -> Any:
    meeting = meeting_held(stage)
    meetings.does(holding.photograph, meeting=meeting.pk, photo=photos.made(), at=meeting.held_at)
    return SimpleNamespace(pk=meeting.pk, entry=StoredFile.objects.get(owner_id=meeting.pk).pk)


def meeting_drafted(stage: Stage) -> Any:
    return meetings.drafted(meeting_held(stage))


def meeting_corrected(stage: Stage) -> Any:
    meeting = meeting_drafted(stage)
    return SimpleNamespace(pk=meeting.pk, entry=meetings.correction(meeting).pk)


def meeting_asked(stage: Stage) -> Any:
    """What a meeting asked of the health bureau."""
    meeting = meeting_held(stage)
    asked = meetings.resolved(meeting, asks=meetings.ASKED)
    meetings.closed(meeting)
    return asked


def meeting_asking(stage: Stage) -> Any:
    return meeting_asked(stage).meeting


def meeting_closed(stage: Stage) -> Any:
    return meetings.closed(meeting_held(stage))


def notice_drafted(_stage: Stage) -> Any:
    return notices.drafted()


def notice_published(_stage: Stage) -> Any:
    return notices.published()


def notice_hung(_stage: Stage) -> Any:
    return notices.hung()


def notice_over(_stage: Stage) -> Any:
    return notices.over()


TELEPHONES = [[county.VILLAGE, "100 7777 0001"]]


OF_OFFICES = {"target": "office_contacts", "head": ["机构编号", "电话"]}


def telephones() -> photos.Upload:
    return photos.Upload(tables.text([OF_OFFICES["head"], *TELEPHONES]), "t.csv", "text/csv")


def table_rehearsed(_stage: Stage) -> Any:
    return register.rehearsed(TELEPHONES, **OF_OFFICES)


def table_taken_in(_stage: Stage) -> Any:
    return register.applied(TELEPHONES, **OF_OFFICES)


def checked(stage: Stage) -> PromiseVersion:
    return draft(stage, "checked")


def published(_stage: Stage) -> PromiseVersion:
    return PromiseVersion.objects.get(pk=county.service("childcare-subsidy"))


def claim_made(_stage: Stage) -> Any:
    """Of the rural allowance: its first stage is the village's."""
    return claims.made()


def guarded_claim_made(_stage: Stage) -> Any:
    return claims.made("special-bereaved")


def claim_at_decision(_stage: Stage) -> Any:
    return claims.at_decision("special-bereaved", at=county.MONDAY - 3 * DAY)


def objected(_stage: Stage) -> Any:
    """To the village's finding on one of five claims."""
    claim, *_others = objections.noticed()
    return objections.made(claim)


def objected_to_them(stage: Stage) -> Any:
    """The claimant has the receipt of this case, and whoever objected that of the other."""
    made = objected(stage)
    stage.case, stage.other = made.claim.case, made.case
    return SimpleNamespace(pk=made.claim.case_id, entry=made.pk)


def bulk_drawn(_stage: Stage) -> Any:
    """Two claims before their decision."""
    for of in (1, 2):
        claims.at_decision(of=of, at=county.MONDAY - 6 * DAY)
    return bulks.drawn(at=county.MONDAY)


def bulk_opened(stage: Stage) -> Any:
    return bulks.opened(bulk_drawn(stage), at=county.MONDAY)


def bulk_proposed(stage: Stage) -> Any:
    return bulks.proposed(bulk_opened(stage), at=county.MONDAY)


def bulk_confirmed(stage: Stage) -> Any:
    return bulks.confirmed(bulk_proposed(stage), at=county.MONDAY)
