"""How an officer stands to what offices owe and work on, for the gate's tables of every application above.

They ask the columns that such a row has: `holder` (a post), `office`, and for its place `township` and `bureau`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from chengnuo.foundation.actor import Actor, Hat
from chengnuo.foundation.gate import NOTHING, Relation
from chengnuo.people.models import Post
from chengnuo.people.roles import OFFICERS, Role

HOLDER = Relation("holder", "it is in their hands", lambda _actor, hat: Q(holder=hat.post))
OFFICE = Relation("office", "it is their office's", lambda _actor, hat: Q(office=hat.office))
TOWNSHIP = Relation(
    "township", "it is their office's, or a village's below it", lambda _actor, hat: Q(township=hat.place)
)
BUREAU = Relation(
    "bureau",
    "it is their office's, or an office's below it",
    lambda _actor, hat: Q(bureau=hat.office) | Q(office=hat.office),
)
HEAD = Relation(
    "head",
    "it is their office's, and they are its head",
    lambda _actor, hat: Q(office__in=Post.objects.filter(Q(pk=hat.post), is_head=True).values("office")),
)

HOLDERS: dict[str, Relation] = dict.fromkeys(OFFICERS, HOLDER)
SEERS: dict[str, Relation] = {
    Role.VILLAGE_OFFICER: OFFICE,
    Role.TOWNSHIP_OFFICER: TOWNSHIP,
    Role.TOWNSHIP_HEAD: TOWNSHIP,
    Role.COUNTY_OFFICER: BUREAU,
    Role.COUNTY_APPROVER: BUREAU,
}


def names_their_office(*columns: str) -> Callable[[Actor, Hat], Q]:
    """The filter of a relation to rows that name the office in one of these columns; nothing for whoever wears no office's hat,
    where a column may be empty.
    """

    def q(_actor: Actor, hat: Hat) -> Q:
        return Q(*((column, hat.office) for column in columns), _connector=Q.OR) if hat.office else NOTHING

    return q
