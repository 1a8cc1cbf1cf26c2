"""A change to an award outside its yearly review: a year determined anew, its end, or that it goes on. One officer proposes it with reasons, another
confirms it, and until then nothing is otherwise.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chengnuo.benefits.hands import Hands, free_head, hands_in
from chengnuo.benefits.lifecycle import AWARD
from chengnuo.benefits.models import Award, Claim, Ending
from chengnuo.benefits.operations import awards
from chengnuo.benefits.operations.awards import NotYet, YearAwarded
from chengnuo.benefits.ports import ports
from chengnuo.core.instants import local_date
from chengnuo.core.lifecycle import Move
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.ids import random_id
from chengnuo.foundation.plain import plain
from chengnuo.foundation.refused import MoveRefused, NotAllowed, Refused
from chengnuo.people import queries as people
from chengnuo.registers import queries as residents
from chengnuo.reviews.internal.own_word import own_word
from chengnuo.reviews.lifecycle import A_PROPOSED, AMENDMENT, ENDING
from chengnuo.reviews.models import Amendment, Sort
from chengnuo.reviews.operations.anew import Restated, with_anew

LOOK = "change to an award"


class NoReasons(Refused):
    code = "no-reasons"
    sentence = N_("Whoever changes an award says why.")
    remedy = N_("Write the reasons in plain words; the person reads them.")


class Waits(Refused):
    code = "amendment-waits"
    sentence = N_("Something else is proposed for this award already.")
    remedy = N_("Confirm it or drop it first: one change after the other.")


class NobodyElse(Refused):
    code = "nobody-else"
    sentence = N_("Nobody could confirm it: all who may had a hand in the claim.")
    remedy = N_("Let another officer of your office propose it.")


class YearOutside(Refused):
    code = "year-outside"
    sentence = N_("A year is determined from the one in which the award began until this one.")
    remedy = N_("Choose one of these years. The next one is determined when it has begun.")


class SameSum(Refused):
    code = "same-sum"
    sentence = N_("By the rules, and on what is held, this year comes to what it was.")
    remedy = N_("Write what is otherwise; where nothing is, there is nothing to determine.")


class DayTooFar(Refused):
    code = "day-too-far"
    sentence = N_("That day lies too far back: what was paid long ago is not undone.")
    remedy = N_(
        "For a move or an own statement write a day of this year or the last; for a death one since the award began."
    )


class SaysOtherwise(Refused):
    code = "says-otherwise"
    sentence = N_("The family itself has said since that nothing has changed.")
    remedy = N_("Ask it. It can say otherwise on its own page; a day after its answer can be written here too.")


class NoEnding(Refused):
    code = "no-ending"
    sentence = N_("An award does not end for that.")
    remedy = N_("It ends by death, by a move, or because the person says so.")


class GivesOtherwise(Refused):
    code = "gives-otherwise"
    sentence = N_("By the rules it comes to something else by now.")
    remedy = N_("Give it up, and propose it anew.")


class DecidedThere(Refused):
    code = "decided-there"
    sentence = N_("In the yearly review something is stated about this award, and waits for its decision.")
    remedy = N_("Decide that first, on the page of the review.")


def determine(
    *, award: UUID, year: int, facts: Restated, reasons: str, by: Actor, at: datetime, key: UUID
) -> Amendment:
    """Proposes that a year is determined anew: by the rules of today, on what is held, with `facts` in its place where the person
    states something otherwise, by entity and name. Raises NoReasons, YearOutside, YearAwarded, SameSum, NeverAsked,
    NotDecided, NotAStatement, NoLawYet, SaysOtherwise, DecidedThere, Waits, NobodyElse.
    What is stated of this year stands with the award from its confirmation on; of an earlier year it counts for that year alone.
    """
    said = {"award": award, "year": year, "facts": facts, "reasons": reasons}
    with act("amendment.propose/1", by=by, at=at, key=key, said=said) as a:
        found = a.take(Award, award, action="award.determine")
        _open(found, AWARD.determine, at)
        if not found.begins <= year <= local_date(at).year:
            raise YearOutside
        sums = awards.sums_of(found)
        if year in sums.elsewhere:
            raise YearAwarded
        _stands_open(found, facts)
        held = awards.stated_of(found, by)
        stated = with_anew(found.programme, held, facts)
        fen = awards.next_sum(found, stated, year=year, on=local_date(at))
        changes_nothing = stated == held or year < local_date(at).year
        if changes_nothing and fen == sums.last(year):
            raise SameSum
        kept = json.dumps(facts, ensure_ascii=False) if facts else None
        return _proposed(a, found, reasons, sort=Sort.DETERMINE, year=year, fen=fen, facts=kept)


def end(*, award: UUID, ending: str, on: date, reasons: str, by: Actor, at: datetime, key: UUID) -> Amendment:
    """Proposes that an award ends from a day on, because the person has died, has moved away, or says so. What was due until then
    stays due. Raises NoReasons, NoEnding, NotYet, DayTooFar, SaysOtherwise, DecidedThere, Waits, NobodyElse.
    """
    said = {"award": award, "ending": ending, "on": on, "reasons": reasons}
    with act("amendment.propose/1", by=by, at=at, key=key, said=said) as a:
        found = a.take(Award, award, action="award.end")
        _open(found, AWARD.end, at)
        if ending not in ENDING:
            raise NoEnding
        _fits(found, Ending(ending), on, local_date(at))
        return _proposed(a, found, reasons, sort=Sort.END, ending=Ending(ending), ends_on=on)


def restore(*, award: UUID, reasons: str, by: Actor, at: datetime, key: UUID) -> Amendment:
    """Proposes that an award which was ended by mistake goes on as if it had not. Raises NoReasons, Waits, NobodyElse, and what
    `benefits.ports.Restores` raises. Whoever ended it may propose it, and does not confirm it.
    """
    with act("amendment.propose/1", by=by, at=at, key=key, said={"award": award, "goes_on": reasons}) as a:
        found = a.take(Award, award, action="award.restore")
        _open(found, AWARD.restore, at)
        fen = ports.restore(a, found, on=local_date(at), only_look=True)
        return _proposed(a, found, reasons, sort=Sort.RESTORE, year=(found.ends_on or local_date(at)).year, fen=fen)


def confirm(*, amendment: UUID, by: Actor, at: datetime, key: UUID) -> Amendment:
    """Another officer, who had no hand in it, confirms it: from now on it counts, and the family is told.

    Raises GivesOtherwise where the rules give something else by now, and what proposing it raises.
    """
    with act("amendment.confirm/1", by=by, at=at, key=key, said={"amendment": amendment}) as a:
        found = a.take(Amendment, amendment)
        post = people.post_at(found.office_id, by)
        if post is None or by.account is None:
            raise NotAllowed
        award = Award.objects.select_for_update(of=("self",)).get(pk=found.award_id)
        facts = json.loads(found.facts.reveal(by=by, reason=LOOK, of=award.pk)) if found.facts else {}
        a.move(found, AMENDMENT.confirm, confirmed_at=at, confirmed_by_id=post, confirmed_account=by.account)
        _amend(a, award, found, facts)
        return found


def drop(*, amendment: UUID, by: Actor, at: datetime, key: UUID) -> Amendment:
    """It is given up; the award stays as it is, and the family never hears of it."""
    with act("amendment.drop/1", by=by, at=at, key=key, said={"amendment": amendment}) as a:
        return a.move(a.take(Amendment, amendment), AMENDMENT.drop, facts=None)


def _amend(a: Act, award: Award, amendment: Amendment, facts: Restated) -> None:
    """Looks once more whether it may be so: weeks may lie between the two officers."""
    if amendment.sort == Sort.END:
        ending, day = Ending(amendment.ending), amendment.ends_on
        if day is None:
            raise NotAllowed
        _fits(award, ending, day, local_date(amendment.proposed_at))
        awards.last_years(a, award, ending=ending, day=day)
        awards.ended(a, award, ending=ending, on=day)
        return
    if amendment.sort == Sort.RESTORE:
        if ports.restore(a, award, on=local_date(amendment.proposed_at)) != amendment.fen:
            raise GivesOtherwise
        return
    _stands_open(award, facts)
    year = int(amendment.year or 0)
    stated = with_anew(award.programme, awards.stated_of(award, a.by), facts) if facts else None
    if (
        awards.determined(a, award, year=year, facts=stated, lasting=year == local_date(amendment.proposed_at).year).fen
        != amendment.fen
    ):
        raise GivesOtherwise


def _stands_open(award: Award, facts: Restated) -> None:
    """Whether a year may be determined here: nobody writes over what the family says itself while it can still say it."""
    word = own_word(award.pk)
    if word.is_undecided:
        raise DecidedThere
    if facts and word.may_answer:
        raise SaysOtherwise


def _fits(award: Award, ending: Ending, on: date, today: date) -> None:
    """Whether an award may end so: not over what the family itself has said since, unless the register knows of a death."""
    if on > today:
        raise NotYet
    first = award.begins if ending is Ending.DEATH else max(award.begins, today.year - 1)
    if on < date(first, 1, 1):
        raise DayTooFar
    word = own_word(award.pk)
    if word.is_undecided:
        raise DecidedThere
    over_it = word.unchanged_on is not None and on <= word.unchanged_on
    if over_it and not (ending is Ending.DEATH and _is_dead(award, on)):
        raise SaysOtherwise


def _is_dead(award: Award, on: date) -> bool:
    """By the register: an office's own word is not enough over the family's."""
    identity = award.identity.reveal(by=system(), reason=LOOK) if award.identity else ""
    return bool(identity) and residents.has_died(system(), identity, on=on)


def _open(award: Award, move: Move, at: datetime) -> None:
    """Raises MoveRefused where the award is not in force any more."""
    objection = move.objection(award.status, award, at)
    if objection is not None:
        raise MoveRefused(objection.sentence, why=objection.code)


def _proposed(a: Act, award: Award, reasons: str, **what: Any) -> Amendment:
    """In the hands of the head of the office whose award it is; of the one above, where that head had a hand in it."""
    if not reasons.strip():
        raise NoReasons
    post = people.post_at(award.office_id, a.by)
    if post is None or a.by.account is None:
        raise NotAllowed
    # whoever proposes has the award to themselves: no other can come in between
    if Amendment.objects.filter(award=award, status=A_PROPOSED).exists():
        raise Waits
    hands = hands_in(Claim.objects.select_related("case").get(pk=award.claim_id))
    hands = Hands(hands.accounts | {a.by.account, award.ended_account or 0}, hands.posts | {post})
    head = free_head(award.office_id, apart_from=hands, on=local_date(a.at))
    if head is None:
        raise NobodyElse
    made = Amendment(
        pk=random_id(),
        award=award,
        reasons=plain(reasons),
        office_id=head.office_id,
        bureau_id=award.office_id,
        holder=head,
        proposed_at=a.at,
        proposed_by_id=post,
        proposed_account=a.by.account,
        **what,
    )
    return a.make(made, AMENDMENT.propose)
