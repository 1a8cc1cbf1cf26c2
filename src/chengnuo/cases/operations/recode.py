"""A new code for a family that lost its own: asked for at a counter, confirmed by a second officer, printed by the first.

With the printing the old code opens nothing any more, nor does a page that was opened with it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from chengnuo.cases.lifecycle import NEW_CODE
from chengnuo.cases.models import Case, CaseKind, KnownBy, Lost, NewCode
from chengnuo.cases.operations.story import tell
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.log.erasure import buried, bury
from chengnuo.foundation.receipts import HALF, index_of, receipt_code
from chengnuo.foundation.refused import NotAllowed, NotHere, Refused
from chengnuo.people import queries as people

GOOD_FOR = timedelta(days=1)


class NeverForComplaints(Refused):
    code = "never-for-complaints"
    sentence = N_("A complaint gets no new code: whoever gave it could be found by it.")
    remedy = N_("The person can complain once more, on any telephone or at any other counter.")


class NotFromTheList(Refused):
    code = "not-from-the-list"
    sentence = N_("Why, and how the person is known, are chosen from the lists.")
    remedy = N_("Choose one of each; nothing else about the person is written down.")


class AskedTooLongAgo(Refused):
    code = "asked-too-long-ago"
    sentence = N_("This was asked for more than a day ago.")
    remedy = N_("Ask for a new code again while the person stands there.")


def ask(*, case: UUID, reason: str, known_by: str, by: Actor, at: datetime, key: UUID) -> NewCode:
    """The officer at the counter says why, and how they know who stands there. What was asked for before ends with it."""
    if reason not in Lost.values or known_by not in KnownBy.values:
        raise NotFromTheList
    said = {"case": case, "reason": reason, "known_by": known_by}
    with act("new_code.ask/1", by=by, at=at, key=key, said=said) as a:
        about, desk = a.take(Case, case, action="case.list"), people.desk_of(by)
        if about.sort != CaseKind.REQUEST:
            raise NeverForComplaints
        if desk is None or by.account is None:
            raise NotAllowed
        for before in NewCode.objects.filter(case=about, status__in=NEW_CODE.open).select_related("case"):
            a.move(before, NEW_CODE.drop)
        asked = {"asked_by_id": by.account, "asked_from_id": desk, "asked_at": at}
        return a.make(NewCode(case=about, reason=reason, known_by=known_by, **asked), NEW_CODE.ask)


def confirm(*, new_code: UUID, by: Actor, at: datetime, key: UUID) -> NewCode:
    """Another officer agrees, in time; the gate keeps away whoever asked for it."""
    with act("new_code.confirm/1", by=by, at=at, key=key, said={"new_code": new_code}) as a:
        found = _in_time(a.take(NewCode, new_code), at)
        return a.move(found, NEW_CODE.confirm, confirmed_by_id=by.account, confirmed_at=at)


def drop(*, new_code: UUID, by: Actor, at: datetime, key: UUID) -> NewCode:
    """It is not needed, or the second officer does not agree: the old code stays."""
    with act("new_code.drop/1", by=by, at=at, key=key, said={"new_code": new_code}) as a:
        return a.move(a.take(NewCode, new_code), NEW_CODE.drop)


def hand_out(*, new_code: UUID, by: Actor, at: datetime, key: UUID) -> Case:
    """The code changes, and whoever asked for it prints the slip. The family's story says so."""
    with act("new_code.hand_out/1", by=by, at=at, key=key, said={"new_code": new_code}) as a:
        found = _in_time(a.take(NewCode, new_code), at)
        a.move(found, NEW_CODE.hand_out)
        case = Case.objects.select_for_update().get(pk=found.case_id)
        bury([(_mark(case.receipt_index), bytes(case.receipt_index))], at=at)
        _take_next(case, at)
        tell(a, case, NEW_CODE.hand_out)
        return case


def replace_again(at: datetime) -> None:
    """After a restore: a code that was replaced already opens nothing again, and the slip that the family holds does."""
    replaced = buried()
    for pk, index in Case.objects.filter(sort=CaseKind.REQUEST).values_list("pk", "receipt_index"):
        if _mark(index) in replaced:
            case = Case.objects.get(pk=pk)
            while _mark(case.receipt_index) in replaced:
                _take_next(case, at)


def _take_next(case: Case, at: datetime) -> None:
    case.codes, case.recoded_at = case.codes + 1, at
    case.receipt_index = index_of(receipt_code(case.pk, case.codes))
    case.save(update_fields=["codes", "recoded_at", "receipt_index"])


def _mark(index: bytes | memoryview) -> UUID:
    """Half of a keyed digest, which tells nothing: under it the tombstone of a code stands."""
    return UUID(bytes=bytes(index)[:HALF])


def _in_time(found: NewCode, at: datetime) -> NewCode:
    if found.case.forgotten_at is not None:
        raise NotHere
    if at - found.asked_at > GOOD_FOR:
        raise AskedTooLongAgo
    return found
