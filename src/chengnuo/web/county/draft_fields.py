"""What the draft of a promise asks in numbers and lines: money in yuan, counts, a time limit, and lines that repeat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.core.deadlines import AtOnce, By, CalendarDays, Every, RuleError, WorkingDays, parse
from chengnuo.web.fields import plain_digits
from chengnuo.web.forms import Form

MOST_LINES = 20
LONGEST = 12  # a number has fewer digits, with the noughts before it


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


LIMITS = {
    "working_days": gettext_lazy("so many working days"),
    "calendar_days": gettext_lazy("so many days, holidays counted"),
    "rolling_days": gettext_lazy("so many days; where the last one is free, the next working day"),
    "by": gettext_lazy("by a day of each year"),
    "month": gettext_lazy("every month"),
    "quarter": gettext_lazy("every quarter"),
    "year": gettext_lazy("every year"),
    "at_once": gettext_lazy("at once, while the person waits"),
}


class LimitWidget(forms.MultiWidget):
    """The kind of limit, and the numbers that it needs; the others stay empty."""

    use_fieldset = True

    def __init__(self) -> None:
        box = {"inputmode": "numeric", "autocomplete": "off"}
        parts: dict[str, forms.Widget | type[forms.Widget]] = {"kind": forms.RadioSelect(choices=LIMITS.items())}
        super().__init__(parts | {part: forms.TextInput(attrs=dict(box)) for part in ("days", "month", "day")})

    def decompress(self, value: str | None) -> list[Any]:
        match parse(value) if value else None:
            case WorkingDays(days):
                return ["working_days", days, None, None]
            case CalendarDays(days, rolls):
                return ["rolling_days" if rolls else "calendar_days", days, None, None]
            case By(month, day):
                return ["by", None, month, day]
            case Every(period):
                return [period, None, None, None]
            case AtOnce():
                return ["at_once", None, None, None]
        return [None, None, None, None]


class TimeLimit(forms.MultiValueField):
    """A deadline rule, chosen as a kind with its numbers; its value is written like working_days(20)."""

    def __init__(self, *, ask: Any, hint: Any = "", **more: Any) -> None:
        parts = [forms.CharField(required=False) for _part in range(4)]
        super().__init__(
            parts, widget=LimitWidget(), require_all_fields=False, error_messages={"required": ask}, help_text=hint, **more
        )  # fmt: skip

    def compress(self, parts: list[str]) -> str:
        if not any(parts):
            return ""
        kind, days, month, day = (plain_digits(part or "").strip() for part in parts)
        rule = {
            "working_days": f"working_days({days})",
            "calendar_days": f"calendar_days({days})",
            "rolling_days": f"calendar_days({days}, rolls)",
            "by": f"by({month}, {day})",
            "at_once": "at_once",
        }.get(kind, f"every({kind})")
        try:
            return str(parse(rule))
        except RuleError:
            raise ValidationError(MISTAKES.get(kind, self.error_messages["required"])) from None


HOW_MANY = gettext_lazy("How many days? Write a number from 1 to 999.")
MISTAKES = dict.fromkeys(("working_days", "calendar_days", "rolling_days"), HOW_MANY) | {
    "by": gettext_lazy("By which day of the year? Write the month and the day as numbers, such as 3 and 31.")
}


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
