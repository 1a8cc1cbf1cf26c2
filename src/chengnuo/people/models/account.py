from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their sign-in name."""


class Account(AbstractBaseUser):
    """Somebody who holds posts and signs in. Residents need none: they have a receipt.

    What an account may do follows from the posts it holds today, never from the account itself. Whoever signed in at
    `signed_out_at` or before is signed out.
    """

    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)
    signed_out_at = models.DateTimeField(null=True)
    password_set_at = models.DateTimeField(null=True)

    objects = AccountManager()
    USERNAME_FIELD = "username"

    class Privacy:
        holds = "an officer's name and sign-in name"
        purpose = "the person responsible for a case is named to the family (first-contact responsibility)"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "as long as the officer's acts are kept"

    def __str__(self) -> str:
        return self.name
