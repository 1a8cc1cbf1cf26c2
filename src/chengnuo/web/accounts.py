"""How allauth is bound to Chengnuo's accounts."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """Accounts are opened by the administrator of accounts; nobody signs up."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False
