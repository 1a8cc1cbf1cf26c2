"""What the gate asks for the addresses of the register; the very person, pair or finding is asked for again behind them."""

from __future__ import annotations

REGISTERS: dict[str, str] = {
    "registers:home": "resident.see",
    "registers:person": "resident.see",
    "registers:put_right": "resident.put_right",
    "registers:pairs": "pair.see",
    "registers:pair": "pair.see",
    "registers:pair_deed": "pair.see",
    "registers:finding": "finding.see",
    "registers:finding_deed": "finding.see",
    "registers:errors": "records.count",
}
