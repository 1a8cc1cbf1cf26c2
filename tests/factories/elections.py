"""Random elections, and a recount of them by another way than the code under test: by papers instead of sums, without fractions,
and without ever putting candidates into an order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from chengnuo.core.ballots.count import Need, Of, Paper, Rule, count
from chengnuo.core.ballots.rounds import Election, Rules
from chengnuo.core.ballots.shares import parse

SHARES = ("> 1/2", ">= 1/2", ">= 1/3", "> 1/3", ">= 2/3", "> 2/3", ">= 1/1")


@dataclass(frozen=True)
class Plain:
    """A rule in words and numbers: shares as texts; `of`: roll, cast or good."""

    quorum: str | None
    share: str | None
    of: str = "cast"

    def rule(self) -> Rule:
        need = None if self.share is None else Need(parse(self.share), Of(self.of))
        return Rule(None if self.quorum is None else parse(self.quorum), need)


@dataclass(frozen=True)
class Case:
    """One made-up election; its papers follow from its seed."""

    seed: int
    roll: int
    candidates: tuple[str, ...]
    seats: int
    first: Plain
    run_off: Plain
    further: Plain
    extra: int
    most: int

    @classmethod
    def of(cls, seed: int) -> Case:
        chance = Random(seed)

        def plain() -> Plain:
            quorum, share = (chance.choice([None, *SHARES]) for _ in range(2))
            return Plain(quorum if chance.random() < 0.5 else "> 1/2", share, chance.choice(list(Of)))

        names = tuple("abcdefg"[: chance.randint(1, 7)])
        sizes = chance.randint(1, 40), chance.randint(1, 3)
        return cls(
            seed, sizes[0], names, sizes[1], plain(), plain(), plain(), chance.randint(0, 2), chance.randint(1, 5)
        )

    def boxes(self, number: int, candidates: tuple[str, ...], seats: int) -> list[list[Paper]]:
        """What is in the boxes of its round of that number: some mark too many, some nobody, and few candidates are far ahead."""
        chance = Random(f"{self.seed} {number}")
        standing = sorted(candidates)
        boxes: list[list[Paper]] = [[] for _ in range(chance.randint(1, 3))]
        for _ in range(self.roll - chance.choice([0, 0, 1, self.roll // 3, self.roll])):
            marks = chance.choices(range(seats + 2), [1, *[6] * seats, 1])[0]
            marked = frozenset(chance.sample(standing, min(marks, len(standing))))
            chance.choice(boxes).append(marked)
        return boxes

    def played(self) -> Election:
        """By the code under test, until no round is left."""
        rules = Rules(self.first.rule(), self.run_off.rule(), self.further.rule(), self.extra, self.most)
        election = Election.of(self.candidates, seats=self.seats, roll=self.roll, rules=rules)
        while call := election.next:
            boxes = self.boxes(len(election.rounds), call.candidates, call.seats)
            election = election.held(count(boxes, call.candidates, call.seats))
        return election


Told = tuple[object, ...]


def told(election: Election) -> list[Told]:
    """What the code under test says, in the form of the recount."""
    return [
        (
            str(each.call.kind), set(each.call.candidates), each.call.seats, dict(each.tally.votes), each.tally.blank,
            each.tally.spoiled, str(each.result.outcome), set(each.result.elected), set(each.result.tied), each.result.left,
        )
        for each in election.rounds
    ]  # fmt: skip


def recount(case: Case) -> list[Told]:
    """The whole election by hand, a line a round."""
    return list(_rounds(case))


def _rounds(case: Case) -> Iterator[Told]:
    kind, standing, seats, rule = "first", set(case.candidates), case.seats, case.first
    for number in range(case.most):
        papers = [paper for box in case.boxes(number, tuple(standing), seats) for paper in box]
        votes = {name: sum(name in paper and len(paper) <= seats for paper in papers) for name in standing}
        blank, spoiled = sum(not paper for paper in papers), sum(len(paper) > seats for paper in papers)
        outcome, elected, tied = _by_hand(votes, case.roll, len(papers), len(papers) - spoiled, rule, seats)
        left = seats - len(elected)
        yield kind, standing, seats, votes, blank, spoiled, outcome, elected, tied, left
        if outcome == "elected":
            return
        if outcome == "no-quorum":
            kind = "again"
        elif outcome == "tie":
            kind, standing, seats, rule = "run-off", tied, left, case.run_off
        else:
            beaten = standing - elected
            ahead = {name: sum(votes[other] > votes[name] for other in beaten) for name in beaten}
            kind, seats, rule = "further", left, case.further
            standing = {name for name in beaten if ahead[name] < left + case.extra}
        if not standing:
            return


def _by_hand(votes, roll, cast, good, rule, seats):
    if rule.quorum and not enough(rule.quorum, cast, roll):
        return "no-quorum", set(), set()
    whole = {"roll": roll, "cast": cast, "good": good}[rule.of]
    able = {name for name, got in votes.items() if got and (rule.share is None or enough(rule.share, got, whole))}
    level = {name: sum(votes[other] >= votes[name] for other in able - {name}) for name in able}
    ahead = {name: sum(votes[other] > votes[name] for other in able) for name in able}
    elected = {name for name in able if level[name] < seats}
    tied = {name for name in able - elected if ahead[name] < seats}
    return ("tie" if tied else "elected" if len(elected) == seats else "shortfall"), elected, tied


def enough(share: str, got: int, whole: int) -> bool:
    """`> 1/2` of so many, in whole numbers."""
    sign, part = share.split()
    over, under = map(int, part.split("/"))
    reached = got * under - over * whole
    return whole > 0 and (reached > 0 if sign == ">" else reached >= 0)
