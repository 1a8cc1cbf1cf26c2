"""The minutes: written, corrected by those who were there, closed, put up. Closed ones do not change any more."""

from __future__ import annotations

from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.meetings import queries
from chengnuo.meetings.internal.words import shown
from chengnuo.meetings.lifecycle import MEETING, RESOLUTION
from chengnuo.meetings.models import Correction, Meeting, Resolution

MOST_ASKED = 50


class NotThere(Refused):
    code = "not-there"
    sentence = N_(
        "Only who was there can have the minutes corrected, and this is not the word or no line of its list of attendance."
    )
    remedy = N_(
        "The word stands on the list that you signed, and your line before your name. The office reads both to you as well."
    )


class ReasonMissing(Refused):
    code = "reason-missing"
    sentence = N_("Nothing is declined without a reason.")
    remedy = N_("Write why the minutes stay as they are.")


class EnoughAsked(Refused):
    code = "enough-asked"
    sentence = N_("Many corrections of these minutes are asked for already. Nothing of yours was kept.")
    remedy = N_("Tell the office, or bring it to the next meeting.")


def draft(*, meeting: UUID, minutes: str, by: Actor, at: datetime, key: UUID) -> Meeting:
    """Writes the minutes, or writes them anew. The days for corrections count from the last change.

    Raises NotForTheRecord, NotForThePublic: minutes name nobody.
    """
    with act("meeting.draft/1", by=by, at=at, key=key, said={"meeting": meeting, "minutes": minutes}) as a:
        found = a.take(Meeting, meeting)
        return a.move(found, MEETING.draft, minutes=shown(minutes), drafted_at=at)


def correct(*, meeting: UUID, word: str, line: int, words: str, by: Actor, at: datetime, key: UUID) -> Correction:
    """Asks for a correction, by the word and the line of the list of attendance. Raises NotThere, EnoughAsked, NotForTheRecord,
    NotForThePublic.
    """
    said = {"meeting": meeting, "word": word, "line": line, "words": words}
    with act("meeting.correct/1", by=by, at=at, key=key, said=said) as a:
        found = a.take(Meeting, meeting)
        # as bytes: whoever writes a word in Chinese is answered too
        is_word = compare_digest(word.upper().encode(), queries.word_of(found).encode())
        if not is_word or not 0 < line <= max((found.present or {}).values(), default=0):
            raise NotThere
        if found.corrections.count() >= MOST_ASKED:
            raise EnoughAsked
        asked = Correction(meeting=found, line=line, words=shown(words), asked_at=at)
        asked.save(force_insert=True)
        a.move(found, MEETING.correct)
        return asked


def answer_correction(
    *, correction: UUID, is_taken_up: bool, reply: str, is_hidden: bool = False, by: Actor, at: datetime, key: UUID
) -> Correction:
    """Takes a correction up, or declines it with a reason; both stand beside the minutes. `is_hidden`: its words name somebody, and go.
    Raises ReasonMissing, NotHere.
    """
    said = {"correction": correction, "is_taken_up": is_taken_up, "reply": reply, "is_hidden": is_hidden}
    if not is_taken_up and not reply.strip():
        raise ReasonMissing
    with act("meeting.answer_correction/1", by=by, at=at, key=key, said=said) as a:
        asked = NotHere.unless(Correction.objects.filter(pk=correction).first())
        meeting = a.take(Meeting, asked.meeting_id)
        # read again behind the meeting's lock: of two answers at once the second finds nothing
        open_one = NotHere.unless(meeting.corrections.filter(pk=correction, answered_at=None).first())
        open_one.is_taken_up, open_one.reply, open_one.answered_at = is_taken_up, shown(reply), at
        open_one.words = "" if is_hidden else open_one.words
        open_one.save(update_fields=["words", "is_taken_up", "reply", "answered_at"])
        a.move(meeting, MEETING.answer_correction)
        return open_one


def close(*, meeting: UUID, by: Actor, at: datetime, key: UUID) -> Meeting:
    """Closes the minutes for ever. What was adopted and asks something of an office becomes that office's duty."""
    with act("meeting.close/1", by=by, at=at, key=key, said={"meeting": meeting}) as a:
        closed = a.move(a.take(Meeting, meeting), MEETING.close, closed_at=at)
        _ask(a, closed, at)
        return closed


def put_up(*, meeting: UUID, by: Actor, at: datetime, key: UUID) -> Meeting:
    """Says that the minutes hang at the notice board."""
    with act("meeting.put_up/1", by=by, at=at, key=key, said={"meeting": meeting}) as a:
        return a.move(a.take(Meeting, meeting), MEETING.put_up, put_up_at=at)


def _ask(a: Act, meeting: Meeting, at: datetime) -> None:
    """Nothing is asked in the name of a meeting that was not valid."""
    if not queries.standing_of(meeting).is_usable:
        return
    asking = Resolution.objects.filter(meeting=meeting, office__closed_on=None, unlawful="").exclude(office=None)
    adopted = [each for each in asking.select_related("meeting") if queries.is_adopted(each)]
    a.move_all(adopted, RESOLUTION.ask, asked_at=at)
