"""Founding, drafting, checking, publishing and ending a promise. Two people, by the gate's table; a published version never changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chengnuo.core.deadlines import RuleError, parse
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.core.text3 import Text3
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.memo import forget
from chengnuo.foundation.plain import plain
from chengnuo.foundation.refused import NotAllowed, Refused
from chengnuo.people.models import Level
from chengnuo.policies.catalogue import told_on_the_door
from chengnuo.policies.procedures import Procedure
from chengnuo.policies.sheet import SLUG
from chengnuo.promises import queries, writing
from chengnuo.promises.lifecycle import PROMISE, UNBOUND, PromiseStatus
from chengnuo.promises.models import Promise, PromiseKind, PromiseVersion

LONGEST_KEY = 60
FOLLOWED = {
    PromiseKind.SERVICE: frozenset({Procedure.MISSING_LIST, Procedure.REDO, Procedure.ANSWER_TO_ESCALATION}),
    PromiseKind.PROCEDURE: frozenset({Procedure.ANSWER_TO_ESCALATION}),
    PromiseKind.REFERRAL: frozenset[Procedure](),
}
PAGES = ("next", "done")  # a service of this name would hide the counter's page of that address


class BeginsInThePast(Refused):
    code = "begins-in-the-past"
    sentence = N_("A version cannot begin before the day on which it is published.")
    remedy = N_("Choose today or a later day; cases under way keep the version they began under.")


class EndsInThePast(Refused):
    code = "ends-in-the-past"
    sentence = N_("A promise cannot end before today: families have relied on it.")
    remedy = N_("Choose today or a later day; what is owed already stays owed.")


class SubjectNeverRecorded(Refused):
    code = "subject-never-recorded"
    sentence = N_(
        "No case may be opened whose subject tells of pregnancy, birth, a method, an examination or an operation."
    )
    remedy = N_("Make it a page that names provider, place and telephone, so that people go there directly.")
    law = N_("charter, right 1")


class DayTaken(Refused):
    code = "day-taken"
    sentence = N_("Another version of this promise begins on that day.")
    remedy = N_("Choose another day for this one, or give the other one back.")


class NoDeadline(Refused):
    code = "no-deadline"
    sentence = N_("This time limit cannot be read.")
    remedy = N_("Write working_days(5), calendar_days(15), by(3, 31), every(quarter) or at_once.")


class KeyUnfit(Refused):
    code = "key-unfit"
    sentence = N_("This cannot be the name in the address.")
    remedy = N_("Write a few words in small letters a to z or digits, joined by “-”, such as village-proof.")


class KeyTaken(Refused):
    code = "key-taken"
    sentence = N_("There is a promise with this name in its address already.")
    remedy = N_("Choose another name, or write a new version of that promise.")


class ProcedureNotFounded(Refused):
    code = "procedure-not-founded"
    sentence = N_("How every office works is not begun here: the system follows those procedures that it has.")
    remedy = N_("Write a new version of one of them instead.")


class ProceduresFirst(Refused):
    code = "procedures-first"
    sentence = N_(
        "How every office asks for what is missing, does something again and answers for what is late is not published."
    )
    remedy = N_("Publish these procedures first; they may begin on the same day.")


class SensitiveOutsideTheCounty(Refused):
    code = "sensitive-is-the-county-s"
    sentence = N_("What is sensitive is promised by an office of the county, never by a township or village.")
    remedy = N_("Choose your own office as the one that promises it.")


def found(
    *, slug: str, kind: str, level: str, sensitive: bool, content: Mapping[str, Any], by: Actor, at: datetime, key: UUID
) -> PromiseVersion:
    """Begins a promise that there was not, with its first version as a draft. At county level the drafter's own office makes it."""
    said = {"slug": slug, "kind": kind, "level": level, "sensitive": sensitive, "content": dict(content)}
    with act("promise.found/1", by=by, at=at, key=key, said=said) as a:
        a.permit()
        if level not in writing.founded_by(by):
            raise NotAllowed
        _may_stand(slug, kind, level, sensitive=sensitive)
        office = writing.office_of(by) if level == Level.COUNTY else None
        fields = {"kind": kind, "level": level, "sensitive": sensitive, "office": office}
        promise, is_new = Promise.objects.get_or_create(key=slug, defaults=fields)
        if not is_new:
            _begin_again(promise, fields)
        return _begin(a, promise, _rightful(promise, content))


def draft(*, promise: Promise, content: Mapping[str, Any], by: Actor, at: datetime, key: UUID) -> PromiseVersion:
    """Begins a version. `content` are the fields of PromiseVersion that are words, limits, bases and costs."""
    with act("promise.draft/1", by=by, at=at, key=key, said={"promise": promise.pk, "content": dict(content)}) as a:
        return _begin(a, promise, _rightful(promise, content))


def change(*, version: UUID, content: Mapping[str, Any], by: Actor, at: datetime, key: UUID) -> PromiseVersion:
    with act("promise.change/1", by=by, at=at, key=key, said={"version": version, "content": dict(content)}) as a:
        found = a.take(PromiseVersion, version)
        rightful = _rightful(found.promise, content)
        return a.move(found, PROMISE.change, changed_by=by.account, **rightful)


def discard(*, version: UUID, by: Actor, at: datetime, key: UUID) -> PromiseVersion:
    """Throws a draft away. It bound nobody; its row and its entries in the log stay."""
    with act("promise.discard/1", by=by, at=at, key=key, said={"version": version}) as a:
        return a.move(a.take(PromiseVersion, version), PROMISE.discard)


def check(*, version: UUID, by: Actor, at: datetime, key: UUID) -> PromiseVersion:
    """The head of the office has read it: a time limit, a legal basis and, for a service, its cost are there."""
    with act("promise.check/1", by=by, at=at, key=key, said={"version": version}) as a:
        found = a.take(PromiseVersion, version)
        others = PromiseVersion.objects.filter(promise=found.promise_id, begins=found.begins)
        if others.exclude(status__in=UNBOUND).exists():
            raise DayTaken
        return a.move(found, PROMISE.check, checked_by=by.signature[:80])


def give_back(*, version: UUID, by: Actor, at: datetime, key: UUID) -> PromiseVersion:
    with act("promise.give_back/1", by=by, at=at, key=key, said={"version": version}) as a:
        return a.move(a.take(PromiseVersion, version), PROMISE.give_back, checked_by="")


def publish(*, version: UUID, by: Actor, at: datetime, key: UUID) -> PromiseVersion:
    """Binds the office from `begins` on."""
    with act("promise.publish/1", by=by, at=at, key=key, said={"version": version}) as a:
        found = a.take(PromiseVersion, version)
        if found.begins < local_date(at):
            raise BeginsInThePast
        _procedures_stand(found)
        forget()
        return a.move(found, PROMISE.publish, published_at=at)


def end(*, version: UUID, ends: date, by: Actor, at: datetime, key: UUID) -> PromiseVersion:
    """Nothing new is promised from `ends` on; what is owed already stays owed."""
    with act("promise.end/1", by=by, at=at, key=key, said={"version": version, "ends": ends}) as a:
        if ends < local_date(at):
            raise EndsInThePast
        forget()
        return a.move(a.take(PromiseVersion, version), PROMISE.end, ends=ends)


def _procedures_stand(version: PromiseVersion) -> None:
    """What is owed under a version goes on by these, and goes up by them when it is late. Raises ProceduresFirst."""
    needed = FOLLOWED[PromiseKind(version.promise.kind)] - {version.promise.key}
    if queries.in_force(version.begins).filter(promise__key__in=needed).count() < len(needed):
        raise ProceduresFirst


def _begin_again(promise: Promise, fields: Mapping[str, Any]) -> None:
    """The key of a promise of which every draft was thrown away is free. Raises KeyTaken."""
    if promise.versions.exclude(status=PromiseStatus.DISCARDED).exists():
        raise KeyTaken
    for name, value in fields.items():
        setattr(promise, name, value)
    promise.save(update_fields=list(fields))


def _begin(a: Act, promise: Promise, rightful: Mapping[str, Any]) -> PromiseVersion:
    writer = a.by.account
    version = PromiseVersion(promise=promise, author=writer, changed_by=writer, **rightful)
    return a.make(version, PROMISE.draft)


def _may_stand(slug: str, kind: str, level: str, *, sensitive: bool) -> None:
    """Raises what a new promise cannot be."""
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_KEY or slug in PAGES:
        raise KeyUnfit
    if kind not in (PromiseKind.SERVICE, PromiseKind.REFERRAL):
        raise ProcedureNotFounded
    if sensitive and level != Level.COUNTY:
        raise SensitiveOutsideTheCounty


def _rightful(promise: Promise, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """The content, if it may be promised. A referral names what no case may tell of: that is what it is there for."""
    if promise.kind == PromiseKind.REFERRAL:
        return content
    told = told_on_the_door(content["title"], content["summary"], [*content["words"], promise.key.replace("-", " ")])
    if promise.kind == PromiseKind.SERVICE and told:
        raise SubjectNeverRecorded(words="、".join(told))
    for words in _texts([value for name, value in content.items() if name not in ("title", "summary", "words")]):
        plain(words)
    return dict(content) | {"deadline": _readable(content["deadline"])}


def _readable(deadline: str) -> str:
    try:
        return str(parse(deadline)) if deadline else ""
    except RuleError:
        raise NoDeadline from None


def _texts(value: object) -> Iterator[str]:
    """Every text within a value, in every script."""
    match value:
        case str():
            yield value
        case Text3():
            yield from _texts(value.to_dict())
        case Mapping():
            yield from _texts(list(value.values()))
        case list():
            for inner in value:
                yield from _texts(inner)
