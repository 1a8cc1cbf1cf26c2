"""A browser in which somebody of a role is signed in, freshly, without a password."""

from __future__ import annotations

from django.test import Client

from chengnuo.foundation import clock
from chengnuo.people.models import Account, Holding
from chengnuo.web.account.accounts import SIGNED_IN_AT

HOME = (
    "village-420526101201",
    "township-420526101000",
    "health-bureau",
)  # where the stories of the demo play


def account_of(role: str) -> Account:
    """Who holds a post of this role, best at an office where much happens."""
    held = Holding.objects.filter(post__role=role, ends=None).select_related("account").order_by("post__key")
    return (held.filter(post__office__key__in=HOME).first() or held.get()).account


def browser() -> Client:
    """A visitor's browser; the demo answers on loopback only."""
    return Client(HTTP_HOST="127.0.0.1")


def signed_in(role: str) -> Client:
    client = browser()
    client.force_login(account_of(role))
    session = client.session
    session[SIGNED_IN_AT] = clock.now().isoformat()
    session.save()
    return client
