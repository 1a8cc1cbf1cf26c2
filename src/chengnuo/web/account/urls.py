"""The addresses of accounts: signing in and out, second factors, a new password. Nobody signs up, and no mail is sent."""

from __future__ import annotations

from allauth.account import views
from django.urls import include, path

from chengnuo.web.account import own_account

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/", own_account.change_password, name="account_change_password"),
    path("leave-everywhere/", own_account.leave_everywhere, name="account_leave_everywhere"),
    path("use/", own_account.use, name="account_use"),
    path("second-factor/", include("allauth.mfa.urls")),
]
