"""What the gate asks for the addresses of public money; the very fund, batch or payment is asked for again behind them."""

from __future__ import annotations

from chengnuo.web.open import OPEN

MONEY: dict[str, str] = {
    "money:home": "fund.see",
    "money:new_fund": "fund.set_up",
    "money:fund": "fund.see",
    "money:propose": "batch.propose",
    "money:take_back": "fund.take_back",
    "money:fund_deed": "fund.see",
    "money:batch": "batch.see",
    "money:file": "batch.file",
    "money:batch_deed": "batch.see",
    "money:payment": "payment.see",
    "money:mend": "payment.mend",
    "money:account": "award.give_account",
    "passings:page": OPEN,
    "passings:file": OPEN,
    "money:ask_back": "award.ask_back",
    "money:recovery": "recovery.see",
    "money:recovery_deed": "recovery.see",
}
