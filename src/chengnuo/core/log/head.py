"""What is signed: heads, which sum the log up, and receipts, which promise that an entry will stand in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Head:
    """The log at an instant: how many entries, and the root over them.

    `origin` names the county ("chengnuo/420526"). A restore opens a new `epoch` whose heads name in `before` the last one
    published before it ("epoch/size/root"), or "-" in the first. `next` announces the key that signs from now on
    ("id key", hexadecimal), and is signed by the one before it; "" in all other heads.
    """

    origin: str
    epoch: int
    size: int
    root: str
    at: str
    before: str = "-"
    next: str = ""

    def text(self) -> str:
        """The signed text, a fact a line, in the manner of C2SP checkpoints."""
        said = f"{self.origin}\n{self.size}\n{self.root}\nepoch {self.epoch}\nat {self.at}\nbefore {self.before}\n"
        return f"{said}next {self.next}\n" if self.next else said


@dataclass(frozen=True)
class Receipt:
    """A promise of inclusion: this leaf stands in the log at the latest `within` seconds after it was issued."""

    origin: str
    epoch: int
    leaf: str
    issued: str
    within: int
    head_size: int
    head_root: str

    def text(self) -> str:
        """The signed text, a fact a line."""
        return (
            f"{self.origin} receipt\n{self.leaf}\nepoch {self.epoch}\nissued {self.issued}\nwithin {self.within}\n"
            f"head {self.head_size} {self.head_root}\n"
        )
