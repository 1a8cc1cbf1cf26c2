"""Every address and the action that the gate asks for it: an address that is not in this table does not answer.

Each audience keeps its own part; what lies behind a page asks the gate again for the very object.
"""

from __future__ import annotations

from chengnuo.web.api.permissions import API
from chengnuo.web.claims.permissions import CLAIMS
from chengnuo.web.county.permissions import COUNTY
from chengnuo.web.desk.permissions import DESK
from chengnuo.web.entitlements.permissions import ENTITLEMENTS
from chengnuo.web.family.permissions import FAMILY
from chengnuo.web.machines.permissions import MACHINES
from chengnuo.web.meetings.permissions import MEETINGS
from chengnuo.web.money.permissions import MONEY
from chengnuo.web.notices.permissions import NOTICES
from chengnuo.web.open import OPEN
from chengnuo.web.outreach.permissions import OUTREACH
from chengnuo.web.oversight.permissions import OVERSIGHT
from chengnuo.web.public.permissions import PUBLIC
from chengnuo.web.registers.permissions import REGISTERS
from chengnuo.web.reviews.permissions import REVIEWS
from chengnuo.web.tables.permissions import TABLES

ACCOUNTS = dict.fromkeys(
    (
        "set_language",
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reauthenticate",
        "account_change_password",
        "account_use",
        "account_leave_everywhere",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
        "mfa_reauthenticate_webauthn",
    ),
    OPEN,
)

# what changes how somebody signs in: asks for the second factor again, where there is one
SERIOUS = frozenset(
    (
        "account_change_password",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
    )
)

ADDRESSES: dict[str, str] = (
    PUBLIC
    | NOTICES
    | MEETINGS
    | ENTITLEMENTS
    | CLAIMS
    | API
    | MACHINES
    | FAMILY
    | DESK
    | OVERSIGHT
    | COUNTY
    | MONEY
    | REGISTERS
    | REVIEWS
    | OUTREACH
    | TABLES
    | ACCOUNTS
)
