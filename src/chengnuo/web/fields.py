"""Form fields that ask one clear question and answer a mistake with one clear sentence.

`ask` is the sentence shown when nothing was given ("Enter your name"). Full-width digits are read as digits;
what was typed is shown again as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
# a year as old people write it: 一九六四
CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
# control characters, and marks that turn the reading direction round: a name with them reads as another
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
FEN = 100
YUAN = re.compile(r"(\d{1,9})(?:\.(\d{1,2}))?", re.ASCII)
BETWEEN_DIGITS = re.compile(r"[\s\-‐‑–－·.]+")


def plain_digits(text: str) -> str:
    """The same text with full-width digits as plain ones; nothing else changes."""
    return text.translate(WIDE_DIGITS)


def legible(text: str) -> str:
    """The text with plain digits and without what nobody sees; "" where nothing is left to be read."""
    said = UNSEEN.sub("", plain_digits(text)).strip()
    return said if any(sign.isprintable() and not sign.isspace() for sign in said) else ""


@dataclass(frozen=True)
class Option:
    """One answer to choose: its words and, if needed, a line that explains it."""

    label: object
    hint: Any = ""

    def __str__(self) -> str:
        return str(self.label)


class Text(forms.CharField):
    """Words. `rows` above 0 gives a taller box; `most` is the greatest number of characters."""

    def __init__(
        self, *, ask: Any, hint: Any = "", rows: int = 0, most: int = 200, autocomplete: str = "off", **more: Any
    ) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        more = {"widget": widget, "help_text": hint, "max_length": most, **more}
        super().__init__(error_messages={"required": ask, "max_length": TOO_LONG}, **more)
        self.widget.attrs |= {"autocomplete": autocomplete}
        # A browser that cuts pasted text off loses it silently: the limit is checked here, and said.
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: object) -> str:
        return legible(super().to_python(value) or "")


TOO_LONG = _("This can have at most %(limit_value)d characters; it has %(show_value)d. Shorten it a little.")


class Digits(Text):
    """A number that people write in groups: a telephone, a receipt code. Spaces and hyphens do not matter.

    `shape` is the regular expression for the bare characters, `wrong` the sentence when it does not fit.
    """

    def __init__(self, *, shape: str, wrong: Any, **more: Any) -> None:
        super().__init__(**more)
        self.shape, self.wrong = re.compile(shape), wrong
        self.widget.attrs |= {"inputmode": "numeric", "spellcheck": "false"}

    def to_python(self, value: object) -> str:
        return BETWEEN_DIGITS.sub("", super().to_python(value)).upper()

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not self.shape.fullmatch(value):
            raise ValidationError(self.wrong, code="shape")


# what begins with 1 is a mobile telephone or a service: one digit too few or too many is a slip, and nobody could be called
PHONE = r"\+\d{7,15}|1\d{10}|[02-9]\d{6,14}"


class Telephone(Digits):
    """A number to call. What it is for, and that it may be left out, its label and hint say."""

    def __init__(self, **more: Any) -> None:
        wrong = _("A mobile number has 11 digits, any other 7 to 15. Check it, or leave it empty.")
        super().__init__(ask="", shape=PHONE, wrong=wrong, most=30, required=False, **more)


class SentFile(forms.FileField):
    """A file as bytes; whether it is what it should be, the operation sees. `accept` are the kinds that a browser offers."""

    accept = ""

    def __init__(self, *, ask: Any, hint: Any = "", **more: Any) -> None:
        errors = dict.fromkeys(("required", "empty", "missing", "invalid"), ask)
        widget = forms.FileInput(attrs={"accept": self.accept})
        super().__init__(**{"widget": widget, "help_text": hint, "error_messages": errors, **more})

    def clean(self, data: Any, initial: Any = None) -> bytes:
        return bytes(super().clean(data, initial).read())


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


def in_yuan(fen: int) -> str:
    """Fen as they are typed: "1200" or "12.50"."""
    whole, rest = divmod(fen, FEN)
    return f"{whole}.{rest:02d}" if rest else str(whole)


class PhotoFile(SentFile):
    """A photo from the camera or the album. Named kinds let a telephone turn its own format into one of them."""

    accept = "image/jpeg,image/png,image/webp"


class TableFile(SentFile):
    """A workbook, or a table as text."""

    accept = ".xlsx,.csv,.txt"


class Choice(forms.ChoiceField):
    """One of several answers, as radio buttons. `options` are (value, words) or (value, Option(words, hint))."""

    def __init__(self, *, ask: Any, options: Iterable[tuple[str, Any]] = (), hint: Any = "", **more: Any) -> None:
        errors = {"required": ask, "invalid_choice": ask}
        more = {"widget": forms.RadioSelect, "help_text": hint, **more}
        super().__init__(choices=options, error_messages=errors, **more)


class Choices(forms.MultipleChoiceField):
    """Any number of answers, as check boxes."""

    def __init__(self, *, ask: Any, options: Iterable[tuple[str, Any]] = (), hint: Any = "", **more: Any) -> None:
        errors = {"required": ask, "invalid_choice": ask, "invalid_list": ask}
        more = {"widget": forms.CheckboxSelectMultiple, "help_text": hint, **more}
        super().__init__(choices=options, error_messages=errors, **more)


class DayWidget(forms.MultiWidget):
    """Three boxes in the order in which a date is said: year, month, day."""

    use_fieldset = True

    def __init__(self) -> None:
        box = {"inputmode": "numeric", "autocomplete": "off"}
        parts = ("year", "month", "day")
        super().__init__({part: forms.TextInput(attrs={**box, "class": f"part-{part}"}) for part in parts})

    def decompress(self, value: date | None) -> list[int | None]:
        return [value.year, value.month, value.day] if value else [None, None, None]


PARTS = _("A date needs a year, a month and a day. One of them is missing.")


class Day(forms.MultiValueField):
    """A day in the calendar, typed as year, month and day. `parts_missing`: the sentence where only some of them are."""

    def __init__(self, *, ask: Any, hint: Any = "", parts_missing: Any = PARTS, **more: Any) -> None:
        parts = [forms.CharField(required=False) for _part in range(3)]
        more = {"widget": DayWidget(), "help_text": hint, **more}
        super().__init__(
            parts, require_all_fields=False, error_messages={"required": ask, "parts": parts_missing}, **more
        )

    def compress(self, parts: list[str]) -> date | None:
        typed = [plain_digits(part).strip().rstrip("年月日号號").translate(CHINESE_DIGITS) for part in parts]
        if not any(typed):
            if self.required:  # something was typed that nobody sees
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if not all(typed):
            raise ValidationError(self.error_messages["parts"])
        try:
            return date(*map(int, typed))
        except (ValueError, OverflowError):
            raise ValidationError(_("There is no such day. Write it in digits, like 2026, 11, 24.")) from None


class Count(Digits):
    """How many of something, as a whole number; none may be said as 0."""

    def __init__(self, **more: Any) -> None:
        super().__init__(shape=r"\d{1,6}", wrong=_("Write how many in digits, like 0 or 120."), **{"most": 20, **more})

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        return int(typed) if typed else None
