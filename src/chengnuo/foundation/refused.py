"""The one family of errors that a person is told about: what happened, what can be done, and which law says so."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from chengnuo.core.messages import N_

R = TypeVar("R")


class Refused(Exception):
    """Base of all outcomes in which an operation does nothing and says why."""

    code: ClassVar[str] = "refused"
    sentence: ClassVar[str] = N_("This cannot be done.")
    remedy: ClassVar[str] = ""
    law: ClassVar[str] = ""
    http: ClassVar[int] = 409
    retry_after: ClassVar[int] = 0  # seconds, where waiting helps

    def __init__(self, sentence: str = "", **facts: object) -> None:
        self.said = sentence or self.sentence
        self.facts = facts
        super().__init__(self.said)

    @classmethod
    def unless(cls, row: R | None) -> R:
        """The row, where there is one. Raises this refusal otherwise."""
        if row is None:
            raise cls
        return row


class NotHere(Refused):
    """Nothing there, or nothing that this person may act on: deliberately the same answer."""

    code = "not-here"
    sentence = N_("There is nothing here that you may open.")
    remedy = N_("Check the address, or sign in with the post that is responsible.")
    http = 404


class NotAllowed(Refused):
    code = "not-allowed"
    sentence = N_("Your post does not include this.")
    remedy = N_("Ask the officer who holds the case, or the head of your office.")
    http = 403


class SignInAgain(Refused):
    code = "sign-in-again"
    sentence = N_("This act is serious: please sign in again first.")
    http = 403


class MoveRefused(Refused):
    code = "move"
    remedy = N_("Open the page again to see how it stands now.")


class Overtaken(Refused):
    code = "overtaken"
    sentence = N_("Somebody else changed this a moment ago. Nothing was lost.")
    remedy = N_("Open the page again to see how it stands now.")


class AlreadyReceived(Refused):
    """The same form came twice. `ref` says what the first one made, for the page that shows it to its owner only."""

    code = "already-received"
    sentence = N_("We already have this. It was received once and counts once.")
    http = 200

    def __init__(self, kind: str, row: str) -> None:
        super().__init__()
        self.kind, self.row = kind, row


class KeyUsedOtherwise(Refused):
    code = "key-used-otherwise"
    sentence = N_("This form was already sent with other answers. The first answers stand.")
    remedy = N_("To send something different, begin a new form.")
