"""What the gate asks for the family addresses.

All are open, for nobody has an account: what lies behind them is shown to a browser that holds the receipt, and there the
gate is asked for the very case. A receipt that is unknown, forged, of another county or no longer held looks the same.
"""

from __future__ import annotations

from chengnuo.web.open import OPEN

FAMILY: dict[str, str] = dict.fromkeys(
    (
        "family:ask",
        "family:complain",
        "family:consent",
        "family:data",
        "family:data_copy",
        "family:deed",
        "family:done",
        "family:folder",
        "family:folder_delete",
        "family:folder_make",
        "family:folder_open",
        "family:folder_take_out",
        "family:follow",
        "family:follow_unnamed",
        "family:form",
        "family:leave",
        "family:leave_quickly",
        "family:messages",
        "family:money",
        "family:money_days",
        "family:paid_back",
        "family:photo",
        "family:proof",
        "family:reply",
        "family:request",
        "family:restate",
        "family:rights",
        "family:slip",
        "family:stop",
        "family:take_back_photo",
    ),
    OPEN,
)
