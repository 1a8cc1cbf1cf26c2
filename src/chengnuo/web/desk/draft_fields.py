"""What the draft of a promise asks in numbers and lines: money in yuan, counts, a time limit, and lines that repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from chengnuo.core.deadlines import RuleError, parse
from chengnuo.web.fields import Text, plain_digits
from chengnuo.web.forms import Form

FEN = 100
YUAN = re.compile(r"(\d{1,9})(?:\.(\d{1,2}))?")
MOST_LINES = 20
LONGEST = 12  # a number has fewer digits, with the noughts before it


class Yuan(forms.Field):
    """Money typed in yuan, with two digits behind the point at most; its value is in fen."""

    widget = forms.TextInput

    def __init__(self, *, ask: Any, hint: Any = "", **more: Any) -> None:
        super().__init__(error_messages={"required": ask}, help_text=hint, **more)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: object) -> int | None:
        typed = plain_digits(str(value or "")).replace(",", "").replace("，", "").removesuffix("元").strip()
        if not typed:
            return None
        found = YUAN.fullmatch(typed)
        if found is None:
            raise ValidationError(_("Write yuan like 1200 or 12.50, without other words."))
        return int(found[1]) * FEN + int((found[2] or "").ljust(2, "0"))

    def prepare_value(self, value: Any) -> Any:
        return in_yuan(value) if isinstance(value, int) else value


class Count(forms.Field):
    """A whole number, none below zero."""

    widget = forms.TextInput

    def __init__(self, *, ask: Any, hint: Any = "", most: int = 100_000, **more: Any) -> None:
        super().__init__(error_messages={"required": ask}, help_text=hint, **more)
        self.most = most
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: object) -> int | None:
        typed = plain_digits("" if value is None else str(value)).strip()
        if not typed:
            return None
        is_number = typed.isascii() and typed.isdecimal() and len(typed) < LONGEST
        if not is_number or int(typed) > self.most:
            raise ValidationError(_("Write a whole number from 0 to %(most)d.") % {"most": self.most})
        return int(typed)


class TimeLimit(Text):
    """A deadline rule, such as working_days(20)."""

    def to_python(self, value: object) -> str:
        typed = super().to_python(value).strip()
        try:
            return str(parse(typed)) if typed else ""
        except RuleError:
            raise ValidationError(
                _(
                    "“%(typed)s” is no time limit. Write working_days(5), calendar_days(15), by(3, 31), every(quarter) or at_once."
                )
                % {"typed": typed[:40]}
            ) from None


def in_yuan(fen: int) -> str:
    """Fen as they are typed: "1200" or "12.50"."""
    whole, rest = divmod(fen, FEN)
    return f"{whole}.{rest:02d}" if rest else str(whole)


class Lines:
    """Several forms of one kind, one after another; a line that is left empty is not there.

    How many there are comes back in a field of its own, so that a page without scripts can ask for more of them.
    """

    def __init__(
        self,
        kind: type[Form],
        prefix: str,
        data: QueryDict | None = None,
        kept: Sequence[Mapping[str, Any]] = (),
        spare: int = 1,
    ) -> None:
        self.prefix = prefix
        self.count = count_of(data, prefix) if data is not None else min(len(kept) + spare, MOST_LINES)
        self.forms = [
            kind(
                data,
                prefix=f"{prefix}-{number}",
                empty_permitted=True,
                initial=dict(kept[number]) if data is None and number < len(kept) else {},
            )
            for number in range(self.count)
        ]

    def mistakes(self) -> Iterator[tuple[int, str]]:
        """Each mistake with the number of its line, from 1."""
        for number, form in enumerate(self.forms, 1):
            for said in [] if form.is_valid() else form.errors.values():
                yield number, str(said[0])

    def filled(self) -> list[dict[str, Any]]:
        """What stands in the lines that are not empty."""
        return [form.cleaned_data for form in self.forms if form.is_valid() and form.has_changed()]


def count_of(data: QueryDict, prefix: str) -> int:
    typed = data.get(f"{prefix}-count", "0")
    return min(int(typed), MOST_LINES) if typed.isascii() and typed.isdecimal() and len(typed) < len("1000") else 0


def typed_in(form: Form, data: QueryDict) -> dict[str, Any]:
    """What was typed into a form's fields, to be shown again without judging it."""
    return {
        name: field.widget.value_from_datadict(data, {}, form.add_prefix(name)) for name, field in form.fields.items()
    }
