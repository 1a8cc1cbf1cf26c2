"""What the gate asks for the desk's addresses; the very case or duty is asked for again behind them."""

from __future__ import annotations

DESK: dict[str, str] = {
    "desk:inbox": "duty.list",
    "desk:cases": "case.list",
    "desk:case": "case.list",
    "desk:deed": "case.list",
}
