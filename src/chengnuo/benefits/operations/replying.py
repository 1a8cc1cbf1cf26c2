"""What the claimant says to an objection: in their own words, while it is open, and put right until it is answered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengnuo.benefits.lifecycle import OBJECTION
from chengnuo.benefits.models import Objection, Reply
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.plain import said_by
from chengnuo.foundation.refused import Refused
from chengnuo.people import queries as people

MOST = 20


class AnsweredAlready(Refused):
    code = "objection-answered"
    sentence = N_("This objection is answered or withdrawn: nobody has to reply to it any more.")
    remedy = N_("The page of your request says what was answered, and what you can do if you do not agree.")


class ReplyNeedsWords(Refused):
    code = "reply-needs-words"
    sentence = N_("A reply says in a few words what is so, and what shows it.")
    remedy = N_("Write one or two sentences. You need not reply at all: the office looks at it either way.")


class RepliedOften(Refused):
    code = "replied-often"
    sentence = N_("Twenty replies to this objection are kept already: no more are taken.")
    remedy = N_("The last one counts, and the office reads it before it answers.")


def reply(*, objection: UUID, words: str, by: Actor, at: datetime, key: UUID) -> Reply:
    """Keeps the claimant's words beside the objection, as one row more; no clock stands still for them. Whoever objected never
    reads them. At a counter another post than those who answer it writes them down. Raises AnsweredAlready, ReplyNeedsWords;
    RepliedOften, since nobody could answer between replies without end.
    """
    with act("objection.reply/1", by=by, at=at, key=key, said={"objection": objection, "words": words}) as a:
        found = a.take(Objection, objection)
        if found.status not in OBJECTION.open:
            raise AnsweredAlready
        if not words.strip():
            raise ReplyNeedsWords
        if found.replied >= MOST:
            raise RepliedOften
        a.move(found, OBJECTION.reply, replied=found.replied + 1)
        said = said_by(by, words.strip())
        return Reply.objects.create(
            objection=found, number=found.replied, words=said, at=a.at, post_id=people.desk_of(by)
        )
