"""Runs every check: what is found becomes a duty of the office that holds the record. Nothing else happens: no payment waits for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from uuid import uuid5

from django.db.models import Q

from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import act
from chengnuo.foundation.seals import blind_index
from chengnuo.people import queries as people
from chengnuo.people.models import Post
from chengnuo.registers.checks import Check, Suspect, checks
from chengnuo.registers.lifecycle import FINDING, OPEN, RIGHT
from chengnuo.registers.models import Finding

SEEN = 36  # characters of a digest: far more than findings could ever share
MANY = 50  # of one transaction: nobody waits for the writer


def check_all(*, at: datetime) -> int:
    """Returns how many were new."""
    return sum(run(check, at=at) for check in checks.known.values())


def run(check: Check, *, at: datetime) -> int:
    """One check, in short acts."""
    suspects = (_apart(check, each) for each in check.suspects(local_date(at)))
    return sum(_found(check, part, at) for part in _parts(suspects))


def _apart(check: Check, suspect: Suspect) -> Suspect:
    """How it stood as a keyed digest: a finding about an award must not lead to a row of the register, nor two to one another."""
    said = blind_index(f"registers.seen.{check.fault}", f"{suspect.about} {suspect.seen}")
    return replace(suspect, seen=said.hex()[:SEEN])


def _parts(suspects: Iterator[Suspect]) -> Iterator[Sequence[Suspect]]:
    while part := list(islice(suspects, MANY)):
        yield part


def _found(check: Check, suspects: Sequence[Suspect], at: datetime) -> int:
    known = _known(check, suspects)
    new = [(each, each.post) for each in suspects if each.post and each.about not in known]
    if not new:
        return 0
    made = [_finding(check, each, post, local_date(at)) for each, post in new]
    key, said = uuid5(made[0].pk, check.fault), {"fault": check.fault, "of": [each.about for each in made]}
    with act("finding.find/1", by=system(), at=at, key=key, said=said) as a:
        a.make_all(made, FINDING.find, action="finding.find")
    return len(made)


def _known(check: Check, suspects: Sequence[Suspect]) -> set[object]:
    """Records of which this is known: it is being looked at, or was right just as it stands."""
    same = Q(status=OPEN) | Q(status=RIGHT, seen__in=[each.seen for each in suspects])
    of = Finding.objects.filter(same, fault=check.fault, about__in=[each.about for each in suspects])
    seen = {each.about: each.seen for each in suspects}
    return {
        about
        for about, status, how in of.values_list("about", "status", "seen")
        if status == OPEN or seen[about] == how
    }


def _finding(check: Check, suspect: Suspect, post: Post, today: date) -> Finding:
    return Finding(
        fault=check.fault,
        about_kind=check.kind,
        about=suspect.about,
        seen=suspect.seen,
        holder=post,
        found_on=today,
        **people.seat(post.office).columns,
    )
