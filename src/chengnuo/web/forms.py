"""The base of every form: no checking by the browser, one clear sentence a mistake, what was typed stays.

`Form` asks. `ActForm` asks and acts: it carries a stamp, a signed key that makes sending twice count once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chengnuo.foundation.actor import Actor
from chengnuo.foundation.refused import Refused
from chengnuo.web.fields import Choice, Choices, Day, Digits, Option, Text

__all__ = ["ActForm", "Choice", "Choices", "Day", "Digits", "Form", "JustDo", "Option", "Text"]

A_DAY = 24 * 3600
signer = TimestampSigner(salt="chengnuo.web.forms")


class Form(forms.Form):
    """Rendered by `<c-form :form="form">` with one component a field."""

    use_required_attribute = False

    def __init__(self, data: Any = None, files: Any = None, **more: Any) -> None:
        super().__init__(data, files, label_suffix="", **more)

    def offer(self, name: str, options: Iterable[tuple[str, Any]]) -> None:
        """Sets what can be chosen in a field: (value, words)."""
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(f"{name} has no choices")
        field.choices = list(options)


class ActForm(Form):
    """A form that does something. `key` goes to the operation; `stamp` is the hidden field that brings it back.

    The stamp is bound to the operation (`scope`, by default the class) and good for a day. An old, altered or foreign
    stamp is an error of the form; the page then shows what was typed with a fresh stamp.
    """

    scope: ClassVar[str] = ""

    @classmethod
    def _scope(cls) -> str:
        return cls.scope or f"{cls.__module__}.{cls.__qualname__}"

    @cached_property
    def _returned(self) -> UUID | None:
        """The key that came back in the stamp, if it is one of ours, for this form, of the last day."""
        try:
            scope, _sep, key = signer.unsign(self.data.get("stamp", ""), max_age=A_DAY).rpartition("|")
        except BadSignature:
            return None
        return UUID(key) if scope == self._scope() else None

    @cached_property
    def key(self) -> UUID:
        return self._returned or uuid4()

    @cached_property
    def stamp(self) -> str:
        return signer.sign(f"{self._scope()}|{self.key}")

    def fill(self, noun: Any, viewer: Actor) -> None:
        """Prepares what depends on the noun that is acted upon and on who reads it: nothing, unless a form says so."""

    def clean(self) -> dict[str, object] | None:
        if self._returned is None:
            self.add_error(
                None, _("This page was open for more than a day. Nothing was sent. Check it and send it again.")
            )
        return super().clean()

    def refuse(self, refused: Refused) -> None:
        """Shows why the operation did nothing, and what can be done, above what was typed."""
        words = refused.facts.get("words", "")
        remedy = gettext(refused.remedy) if refused.remedy else ""
        said = " ".join(filter(None, (gettext(refused.said), str(words), remedy)))
        self.add_error(None, ValidationError(said, code=refused.code))


class JustDo(ActForm):
    """Asks nothing: the page says what happens."""
