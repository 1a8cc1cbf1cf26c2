"""What hangs on a claim's award, in plain words: sections of the page of what is held, each only where there is something."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from chengnuo.benefits.models import Due
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.sealed import Sealed
from chengnuo.payments.models import Recovery
from chengnuo.reviews.models import Review
from chengnuo.web.awards.held import WHY, Held, opened, why_of
from chengnuo.web.casework import awards
from chengnuo.web.casework.claims import programme_name, stated_rows
from chengnuo.web.money import words as money
from chengnuo.web.money.recoveries import said_of
from chengnuo.web.money.told import MoneyYear, year_of
from chengnuo.web.named import Named
from chengnuo.web.pages import Answer, answers
from chengnuo.web.public.service import yuan
from chengnuo.web.reviews import words as reviews
from chengnuo.web.words import Word, day_words, local_day

Rows = Iterable[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Card(Named):
    """One thing of a section. `title` is "" where the section holds one alone."""

    title: str = ""
    state: Word | None = None
    rows: tuple[Answer, ...]


@dataclass(frozen=True, kw_only=True)
class Section(Named):
    key: str
    title: str
    cards: tuple[Card, ...]


def sections_of(held: Held | None, viewer: Actor) -> tuple[Section, ...]:
    """None where nothing was granted."""
    if held is None:
        return ()
    every = (
        Section(key="granted", title=_("What you were granted"), cards=(_granted(held, viewer),)),
        Section(key="rests", title=_("What it rests on"), cards=_rests(held, viewer)),
        Section(key="sums", title=_("What was determined, and why"), cards=tuple(_sums(held, viewer))),
        Section(key="money", title=_("Your money"), cards=tuple(_year(year_of(each)) for each in held.told.years)),
        Section(key="where", title=_("Where it is paid"), cards=tuple(_accounts(held))),
        Section(key="back", title=_("Money asked back"), cards=tuple(_back(each, viewer) for each in held.recoveries)),
        Section(key="asked", title=_("The yearly question"), cards=tuple(_reviews(held, viewer))),
        Section(key="changes", title=_("What was changed, and why"), cards=tuple(_changes(held, viewer))),
    )
    return tuple(each for each in every if each.cards)


def _granted(held: Held, viewer: Actor) -> Card:
    award = held.award
    rows = (
        (_("Office"), str(award.office)),
        (_("Name"), opened(award.name, viewer)),
        (_("Your identity number"), opened(award.identity, viewer)),
        (_("The child's identity number"), opened(award.child, viewer)),
        (_("Since the year"), str(award.begins)),
        (_("Granted on"), local_day(award.granted_at)),
        (_("Ended from"), day_words(award.ends_on)),
        (_("Why"), str(awards.ENDINGS[award.ended_for]) if award.ended_for else ""),
    )
    return Card(title=programme_name(award.programme), state=awards.AWARD[award.status], rows=answers(rows))


def _rests(held: Held, viewer: Actor) -> tuple[Card, ...]:
    """What was stated, as the award keeps it; what stands above already is not said twice."""
    rows = _stated(held, held.award.facts, viewer)
    if rows and rows == _stated(held, held.claim.facts, viewer, of=held.claim.case_id):
        rows = [(_("What you stated"), _("The same as in your claim, above."))]
    return (Card(rows=answers(rows)),) if rows else ()


def _stated(held: Held, facts: Sealed | None, viewer: Actor, *, of: UUID | str = "") -> list[tuple[str, str]]:
    said: dict[str, Any] = json.loads(opened(facts, viewer, of=of) or "{}")
    # what was stated in a change is one person's alone
    listed = {entity: each if isinstance(each, list) else [each] for entity, each in said.items()}
    return list(stated_rows(held.award.programme, listed))


def _sums(held: Held, viewer: Actor) -> Iterator[Card]:
    def rows(due: Due) -> Rows:
        yield _("Determined on"), local_day(due.determined_at)
        yield _("Determined by"), f"{due.determined_by.office} · {due.determined_by}"
        yield _("Why"), why_of(due, held, viewer)
        yield _("Note"), _("decided otherwise than the rules give, with reasons") if due.departs else ""

    for due in held.dues:
        yield Card(
            title=_("%(year)s comes to %(sum)s.") % {"year": due.year, "sum": yuan(due.fen)}, rows=answers(rows(due))
        )


def _year(year: MoneyYear) -> Card:
    paid = [(each.fen, " · ".join(filter(None, (str(each.word), each.day, each.reason)))) for each in year.payments]
    late = ((_("Why not all of it is there yet"), f"{year.cause}\n{year.rest}".strip()),)
    return Card(title=year.year, state=year.word, rows=(*year.sums, *answers((*late, *paid))))


def _accounts(held: Held) -> Iterator[Card]:
    for number, each in enumerate(held.accounts):
        rows = ((_("Bank"), each.bank), (_("Account"), each.digits), (_("Given on"), local_day(each.given_at)))
        yield Card(title=_("An account before") if number else "", rows=answers(rows))


def _back(found: Recovery, viewer: Actor) -> Card:
    rows = (
        (_("Has come back"), yuan(found.back_fen) if found.back_fen else ""),
        (_("Why"), str(money.WHY[found.why])),
        (_("Told on"), day_words(found.told_on)),
        (_("An objection is possible until"), day_words(found.object_by)),
        *said_of(found, viewer, WHY),
    )
    return Card(title=f"{found.year}: {yuan(found.fen)}", state=money.RECOVERY[found.status], rows=answers(rows))


def _reviews(held: Held, viewer: Actor) -> Iterator[Card]:
    for each in held.reviews:
        known = _stated(held, held.award.facts, viewer) if each.facts else []
        new = [row for row in _stated(held, each.facts, viewer, of=each.award_id) if row not in known]
        made = [row for row in held.contacts if row.review_id == each.pk]
        asked = ((_("Asked on %(day)s") % {"day": day_words(row.day)}, str(reviews.HEARD[row.outcome])) for row in made)
        rows = answers((*_answered(each, viewer), *new, *asked))
        yield Card(title=str(each.campaign.year), state=reviews.REVIEW[each.status], rows=rows)


def _answered(review: Review, viewer: Actor) -> Rows:
    yield _("The letter went out"), day_words(review.letter_out_on)
    yield _("An appointment"), day_words(review.appointed_on)
    yield _("What you told us"), str(reviews.CHANGES[review.change]) if review.change else ""
    yield _("Since"), day_words(review.changed_on)
    # a number that was written to be called by the county: no helper reads it
    yield _("Telephone"), "" if viewer.is_officer else opened(review.phone, viewer, of=review.award_id)
    yield _("Decided on"), day_words(review.decided_on)


def _changes(held: Held, viewer: Actor) -> Iterator[Card]:
    for each in held.amendments:
        rows = (
            (_("Proposed on"), local_day(each.proposed_at)),
            (_("Confirmed on"), local_day(each.confirmed_at) if each.confirmed_at else ""),
            (_("Reasons"), awards.reasons_of(each, viewer)),
            *_stated(held, each.facts, viewer, of=each.award_id),
        )
        yield Card(title=awards.what_of(each), state=awards.AMENDMENT[each.status], rows=answers(rows))
