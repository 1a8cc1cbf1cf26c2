"""Whether the money of a programme and year will do: what the awards in force need, beside what was promised, has come and was paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """Sums in fen. `needed` counts everybody's whole year; `promised` is still to come, `arrived` waits to be passed on, `ready` can
    be paid; `sent` is with the bank. `paid_by` is the last day on which a payee is paid in time.
    """

    needed: int
    promised: int
    arrived: int
    ready: int
    sent: int
    paid: int
    paid_by: date

    @property
    def appropriated(self) -> int:
        """Everything that the levels have promised, whatever became of it since."""
        return self.promised + self.arrived + self.allocated

    @property
    def allocated(self) -> int:
        """Everything that was passed on."""
        return self.ready + self.sent + self.paid

    @property
    def short(self) -> int:
        """What is needed and was not passed on."""
        return max(0, self.needed - self.allocated)

    @property
    def unpromised(self) -> int:
        """What is needed and nobody has promised."""
        return max(0, self.needed - self.appropriated)
