"""What is typed to open a folder of receipts, and to put one in. Pasting and managers of passwords work in all of them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from chengnuo.web.family.follow import CodeForm
from chengnuo.web.forms import Form, Text


class Password(forms.CharField):
    """Kept exactly as it was typed, spaces too."""

    widget = forms.PasswordInput

    def __init__(self) -> None:
        super().__init__(
            label=_("Password"), strip=False, max_length=128, error_messages={"required": _("Type the password.")}
        )
        self.widget.attrs |= {"autocomplete": "current-password"}


class OpenForm(Form):
    name = Text(
        ask=_("Type a name."),
        label=_("The name of the folder"),
        hint=_("Any name that you will remember. It need not be your own."),
        most=40,
        autocomplete="username",
    )
    password = Password()


class AddForm(CodeForm):
    """The code of another receipt."""
