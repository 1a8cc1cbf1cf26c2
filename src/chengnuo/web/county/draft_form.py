"""The form in which a version of a promise is written: its words in three scripts, what it asks for, its limit, its cost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from django.forms import Select
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.core.text3 import Text3
from chengnuo.policies.catalogue import CERTAINTY, CHANNELS, INSTEAD
from chengnuo.promises.models import PromiseKind, PromiseVersion
from chengnuo.web.county.draft_fields import Count, Lines, TimeLimit, count_of, typed_in
from chengnuo.web.fields import Yuan
from chengnuo.web.forms import ActForm, Choice, Choices, Day, Form, Text
from chengnuo.web.public import service as public

SCRIPTS = {"hans": gettext_lazy("simplified"), "hant": gettext_lazy("traditional"), "en": gettext_lazy("English")}
TEXTS = {
    "title": gettext_lazy("What it is called"),
    "summary": gettext_lazy("In one or two sentences"),
    "who": gettext_lazy("Who may ask"),
    "result": gettext_lazy("What the family gets"),
}
PROVIDER = {"name": gettext_lazy("Provider"), "place": gettext_lazy("Place")}
COSTS = ("staff_minutes", "county_fen_a_year", "family_minutes", "family_trips", "cost_certainty")
MORE = 2

GIVE = gettext_lazy("Fill this in, in this script too.")
READ = [(level, public.READ[level]) for level in CERTAINTY]
MEASURED = [(level, public.MEASURED[level]) for level in CERTAINTY]
CHOOSE = ("", gettext_lazy("choose"))


class NeedLine(Form):
    """One paper or fact, why it is needed, and what does instead."""

    key = Text(ask="", required=False, most=60)
    instead = Choice(
        ask=gettext_lazy("Choose what does instead of bringing it."),
        label=gettext_lazy("Must the family bring it?"),
        options=[CHOOSE, *((value, public.INSTEAD[value]) for value in INSTEAD)],
        widget=Select,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["key"].widget = self.fields["key"].hidden_widget()
        _three(self, "name", gettext_lazy("Paper or fact"), most=80)
        _three(self, "why", gettext_lazy("Why it is needed"), most=200)
        self.order_fields([f"{name}_{script}" for name in ("name", "why") for script in SCRIPTS])

    def has_changed(self) -> bool:
        """The hidden key alone is no line: whoever empties a line takes it out."""
        return bool(set(self.changed_data) - {"key"})


class BasisLine(Form):
    """One text that the promise rests on."""

    article = Text(ask="", required=False, label=gettext_lazy("Article"), most=40)
    certainty = Choice(
        ask=gettext_lazy("Choose how sure this is."),
        label=gettext_lazy("How sure?"),
        options=[CHOOSE, *READ],
        widget=Select,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _three(self, "name", gettext_lazy("Law or text"), most=160)
        self.order_fields([f"name_{script}" for script in SCRIPTS])


class Drafting(ActForm):
    """The whole draft. Money is typed in yuan and kept in fen; cleaned, it is the `content` of the operation."""

    begins = Day(ask=gettext_lazy("Enter the first day."), label=gettext_lazy("In force from which day?"))
    deadline = TimeLimit(
        ask=gettext_lazy("A promise has a time limit."),
        label=gettext_lazy("Within which time is it done?"),
        hint=gettext_lazy("It is counted from the day on which the request comes in."),
    )
    channels = Choices(
        ask=gettext_lazy("Choose at least one way."),
        label=gettext_lazy("How to ask"),
        options=[(value, public.CHANNELS[value]) for value in CHANNELS],
    )
    fee_fen = Yuan(
        ask=gettext_lazy("Write 0 where nothing is paid."), label=gettext_lazy("What the family pays, in yuan")
    )
    words = Text(
        ask=gettext_lazy("Write at least one word by which it is found."),
        label=gettext_lazy("One word a line"),
        hint=gettext_lazy("As people say it, in any language or script."),
        rows=5,
        most=500,
    )
    staff_minutes = Count(
        ask=gettext_lazy("Estimate it."), label=gettext_lazy("The office's time for one request, in minutes")
    )
    county_fen_a_year = Yuan(
        ask=gettext_lazy("Estimate it."),
        label=gettext_lazy("Public money a year, in yuan"),
        hint=gettext_lazy("Paper, post and visits; not the benefit itself."),
    )
    family_minutes = Count(
        ask=gettext_lazy("Estimate it."), label=gettext_lazy("The family's time for one request, in minutes")
    )
    family_trips = Count(
        ask=gettext_lazy("Estimate it."), label=gettext_lazy("The family's trips for one request"), most=20
    )
    cost_certainty = Choice(
        ask=gettext_lazy("Choose how sure these figures are."),
        label=gettext_lazy("How sure are these figures?"),
        options=MEASURED,
    )
    telephone = Text(ask=gettext_lazy("Enter the telephone."), label=gettext_lazy("Telephone"), most=40)

    def __init__(self, data: QueryDict | None = None, *, version: PromiseVersion, **more: Any) -> None:
        super().__init__(data, **more)
        self.asks = version.promise.kind
        self.needs = Lines(NeedLine, "needs", data, kept=[_flat(need) for need in version.needs])
        self.basis = Lines(BasisLine, "basis", data, kept=[_flat(line) for line in version.basis])
        for name, label in TEXTS.items():
            _three(self, name, label, most=300, rows=2 if name != "title" else 0)
        for name, label in PROVIDER.items():
            _three(self, f"provider_{name}", label, most=120)
        for name in _not_asked(self.asks):
            del self.fields[name]
        self.order_fields([f"{name}_{script}" for name in TEXTS for script in SCRIPTS])
        if self.asks == PromiseKind.PROCEDURE:
            for name in COSTS:
                self.fields[name].required = False

    @property
    def has_needs(self) -> bool:
        return bool(self.asks != PromiseKind.REFERRAL)

    @classmethod
    def of(cls, version: PromiseVersion, *, begins: date) -> Drafting:
        """Empty of typing, full of what the version says."""
        held = {name: getattr(version, name) for name in ("deadline", "channels", "fee_fen", *COSTS)}
        texts = _flat({name: getattr(version, name).to_dict() for name in TEXTS})
        provider = version.provider or {}
        where = _flat({f"provider_{name}": provider.get(key, {}) for name, key in PROVIDED.items()})
        found = {"begins": begins, **held, **texts, **where, "telephone": provider.get("telephone", "")}
        return cls(version=version, initial=found | {"words": "\n".join(version.words)})

    @classmethod
    def with_more(cls, data: QueryDict, *, version: PromiseVersion, **more: Any) -> Self:
        """Everything as it was typed, unjudged, with more empty lines where they were asked for."""
        form = cls(version=version, **more)
        form.initial = typed_in(form, data)
        for lines, kind in ((form.needs, NeedLine), (form.basis, BasisLine)):
            count = count_of(data, lines.prefix)
            kept = [typed_in(kind(prefix=f"{lines.prefix}-{number}"), data) for number in range(count)]
            spare = MORE if data.get("more") == lines.prefix else 0
            setattr(form, lines.prefix, Lines(kind, lines.prefix, kept=kept, spare=spare))
        return form

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for lines, what in ((self.needs, _("Papers and facts")), (self.basis, _("What it rests on"))):
            for number, said in lines.mistakes():
                self.add_error(None, _("%(what)s, line %(n)d: %(said)s") % {"what": what, "n": number, "said": said})
        return cleaned if self.errors else {"content": self._content(cleaned)}

    def _content(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The fields of a PromiseVersion."""
        content: dict[str, Any] = {name: _text3(cleaned, name) for name in TEXTS}
        content |= {
            "begins": cleaned["begins"],
            "words": list(dict.fromkeys(filter(None, map(str.strip, cleaned["words"].splitlines())))),
        }
        content["basis"] = [
            {"name": _text3(line, "name").to_dict(), "article": line["article"], "certainty": line["certainty"]}
            for line in self.basis.filled()
        ]
        if self.asks == PromiseKind.REFERRAL:
            names = {key: _text3(cleaned, f"provider_{name}").to_dict() for name, key in PROVIDED.items()}
            return content | {"provider": names | {"telephone": cleaned["telephone"]}}
        content |= {name: cleaned[name] for name in ("deadline", "channels", "fee_fen", *COSTS)}
        return content | {"needs": _keyed(self.needs.filled())}


PROVIDED = {"name": "provider", "place": "place"}  # as in policies.catalogue.Provider


def _not_asked(kind: str) -> list[str]:
    """The fields that a promise of this kind does not have."""
    if kind == PromiseKind.REFERRAL:
        return ["deadline", "channels", "fee_fen", *COSTS]
    return ["telephone", *(f"provider_{name}_{script}" for name in PROVIDER for script in SCRIPTS)]


def _three(form: Form, name: str, label: Any, *, most: int, rows: int = 0) -> None:
    """Adds one text in three scripts."""
    for script, word in SCRIPTS.items():
        said = _("%(what)s (%(script)s)") % {"what": label, "script": word}
        form.fields[f"{name}_{script}"] = Text(ask=GIVE, label=said, most=most, rows=rows)


def _text3(cleaned: Mapping[str, Any], name: str) -> Text3:
    return Text3(*(cleaned[f"{name}_{script}"] for script in SCRIPTS))


def _flat(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line of a version as its form's fields: texts by script, the rest as it is."""
    flat: dict[str, Any] = {}
    for name, value in line.items():
        if isinstance(value, Mapping):
            flat |= {f"{name}_{script}": value.get(script, "") for script in SCRIPTS}
        else:
            flat[name] = value
    return flat


def _keyed(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Needs with a key each, kept where there was one, once a version."""
    found: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(lines, 1):
        key = slugify(line["key"] or line["name_en"])[:40] or "need"
        key = key if key not in found else f"{key}-{number}"
        texts = {name: _text3(line, name).to_dict() for name in ("name", "why")}
        found[key] = {"key": key, **texts, "instead": line["instead"]}
    return list(found.values())
