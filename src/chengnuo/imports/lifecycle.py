"""The states of a batch: read, rehearsed, put in chunk by chunk, applied at one stroke; taken back, dropped, or closed in the end."""

from __future__ import annotations

from chengnuo.core.lifecycle import START, Lifecycle, Move, Status, staying


class BatchStatus(Status):
    STAGED = "staged"
    REHEARSED = "rehearsed"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"
    DROPPED = "dropped"
    CLOSED = "closed"


STAGED, REHEARSED, APPLYING, APPLIED, UNDOING, UNDONE, DROPPED, CLOSED = BatchStatus
BATCH = Lifecycle(
    "import_batch",
    BatchStatus,
    [
        Move("stage", START >> STAGED),
        Move("rehearse", STAGED >> REHEARSED),
        Move("apply", REHEARSED >> APPLYING),
        Move("put", staying(APPLYING)),
        Move("finish", APPLYING >> APPLIED),
        Move("undo", APPLIED >> UNDOING),
        Move("take_back", staying(UNDOING)),
        Move("end_undo", UNDOING >> UNDONE),
        Move("drop", (STAGED | REHEARSED) >> DROPPED),
        Move("lapse", (STAGED | REHEARSED) >> DROPPED),
        Move("close", APPLIED >> CLOSED),
    ],
)
UNDER_WAY = (APPLYING, UNDOING)
# the statuses in which readers see what a batch brought; of an undone one what stayed
SEEN = (APPLIED, UNDOING, UNDONE, CLOSED)
