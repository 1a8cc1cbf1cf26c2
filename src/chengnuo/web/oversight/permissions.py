"""What the gate asks for the addresses of supervisors and the auditor."""

from __future__ import annotations

OVERSIGHT: dict[str, str] = {
    "oversight:watch": "duty.supervise",
    "oversight:record": "record.see",
    "oversight:holders": "record.see",
    "oversight:looks": "record.see",
}
