"""The one field type for what must not be readable in the database: names, telephones, what people wrote.

The attribute is a `Sealed`, which masks itself wherever it is printed; only `reveal` opens it, and tells who looked and why.
What belongs to something else is bound to that too (`owner`): a row that is pointed elsewhere does not open there.
"""

from __future__ import annotations

from typing import Any, Protocol

from django.core import checks
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from chengnuo.foundation.actor import Actor
from chengnuo.foundation.seals import EMPTY_BYTES, SealBroken, SealMisused, blind_index, broken, seal, unseal

__all__ = [
    "MASK",
    "Box",
    "Revealed",
    "SealBroken",
    "SealMisused",
    "Sealed",
    "SealedField",
    "blind_index",
    "looked",
    "watch_reveals",
]

MASK = "••••"
OF = "/"  # between a row's id and its owner's, as the seal knows them


class Revealed(Protocol):
    """Told of every look, before the looker sees anything; when it raises, nothing is seen."""

    def __call__(self, *, by: Actor, label: str, row: str, reason: str) -> None: ...


_watchers: list[Revealed] = []


def watch_reveals(watcher: Revealed) -> None:
    """Binds the one who is told of every look; once, in the wiring."""
    if _watchers and _watchers != [watcher]:
        raise SealMisused("the watcher of reveals is bound already")
    _watchers[:] = [watcher]


def looked(*, by: Actor, label: str, row: str, reason: str) -> None:
    """Tells of a look at what is sealed outside a column. Raises SealMisused without a reason or a bound watcher."""
    if not reason.strip() or not _watchers:
        raise SealMisused(f"{label}: a look needs a reason and somebody who is told of it")
    _watchers[0](by=by, label=label, row=row, reason=reason)


class Sealed:
    """A text that does not show itself: neither printed, formatted, pickled nor compared (equal only to itself).

    Truth says whether there is any text at all.
    """

    __slots__ = ("_box", "_label", "_plain", "_row")

    def __init__(self, label: str, *, box: bytes | None = None, plain: str | None = None, row: str = "") -> None:
        self._label, self._box, self._plain, self._row = label, box, plain, row

    def reveal(self, *, by: Actor, reason: str, of: object = "") -> str:
        """The text, after the log was told. `of` is the id of what it is read for, where the field has an owner.

        Raises SealBroken, also when it belongs to another; SealMisused without a reason, a row or a bound watcher.
        """
        row, _, owner = self._row.partition(OF)
        if not reason.strip() or not row or not _watchers:
            raise SealMisused(f"{self._label}: a look needs a reason, a row and somebody who is told of it")
        if str(of) != owner:
            raise broken(self._label, self._row)
        text = unseal(self._content(), label=self._label, row=self._row) if self._plain is None else self._plain
        _watchers[0](by=by, label=self._label, row=row, reason=reason)
        return text

    def of_row(self, row: str) -> Sealed:
        """The same, known to belong to a row."""
        return self if self._row else Sealed(self._label, box=self._box, plain=self._plain, row=row)

    def boxed(self, row: str) -> bytes:
        """What the column of this row is given. Raises SealMisused when it was sealed for another one, or pickled."""
        if not row or self._row not in ("", row):
            raise SealMisused(f"{self._label}: sealed for row {self._row or '(none)'}, not for {row or '(none)'}")
        return self._content() if self._plain is None else seal(self._plain, label=self._label, row=row)

    def _content(self) -> bytes:
        if self._box is None:
            raise SealMisused(f"{self._label}: a copy that was pickled holds nothing")
        return self._box

    def __bool__(self) -> bool:
        return bool(self._plain) if self._box is None else len(self._box) != EMPTY_BYTES

    def __str__(self) -> str:
        return MASK if self else ""

    def __repr__(self) -> str:
        return f"<{self._label} {MASK}>"

    def __copy__(self) -> Sealed:
        return self

    def __deepcopy__(self, _memo: dict[int, Any]) -> Sealed:
        return self

    def __reduce__(self) -> tuple[type[Sealed], tuple[str]]:
        return Sealed, (self._label,)


class Box(bytes):
    """Bytes that `pre_save` sealed for the very row that is written: the only thing the column takes."""

    __slots__ = ()


def boxed(instance: models.Model, name: str, text: str) -> Box:
    """A text sealed for the column of this very row: for a move that stores it in the statement that changes the status."""
    field = instance._meta.get_field(name)
    if not isinstance(field, SealedField):
        raise SealMisused(f"{name} is no sealed field")
    return Box(seal(text, label=field.label, row=field.row_of(instance)))


class SealedAttribute(DeferredAttribute):
    """The attribute of a sealed field: a plain text given to it waits, masked, for the row to be saved."""

    field: SealedField

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        held = super().__get__(instance, cls)
        if instance is None or held is None:
            return held
        bound = instance.__dict__[self.field.attname] = held.of_row(self.field.row_of(instance))
        return bound

    def __set__(self, instance: models.Model, value: str | Sealed | None) -> None:
        if isinstance(value, Sealed):
            # bound at once where the id is known: a later change of the id must not take the text along
            value = value.of_row(self.field.row_of(instance))
        elif isinstance(value, str):
            value = Sealed(self.field.label, plain=value)
        elif isinstance(value, Box):
            value = Sealed(self.field.label, box=value, row=self.field.row_of(instance))
        elif value is not None:
            raise SealMisused(f"{self.field.label} takes a text, not {type(value).__name__}")
        instance.__dict__[self.field.attname] = value


class SealedField(models.Field):
    """A sealed text of any length. `label` is frozen: it stands in the seal of every row that was ever written.

    `owner` names the column with the id of what the row belongs to, and is frozen with it.
    """

    descriptor_class = SealedAttribute
    description = "Sealed text"

    def __init__(self, *, label: str, owner: str = "", **kwargs: Any) -> None:
        self.label, self.owner = label, owner
        super().__init__(**kwargs | {"editable": False})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"]
        return name, path, args, kwargs | {"label": self.label} | ({"owner": self.owner} if self.owner else {})

    def row_of(self, instance: models.Model) -> str:
        """A row as the seal knows it, with what owns it; "" while either id is unknown."""
        names = [instance._meta.pk.attname if instance._meta.pk else "", *filter(None, [self.owner])]
        ids = [instance.__dict__.get(name) for name in names]
        return "" if None in ids else OF.join(map(str, ids))

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_row_id(), *self._check_label()]

    def get_internal_type(self) -> str:
        return "BinaryField"

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Sealed | None:
        if value is None:
            return None
        return Sealed(self.label, box=value.encode() if isinstance(value, str) else bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Box | None:  # noqa: ARG002, FBT001  # Django's signature
        held = getattr(model_instance, self.attname)
        if held is None:
            return None
        row = self.row_of(model_instance)
        box = Box(held.boxed(row))
        model_instance.__dict__[self.attname] = Sealed(self.label, box=box, row=row)
        return box

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """The column's bytes. Django asks here for every write, also for expressions: nothing but a Box passes."""
        if value is not None and not isinstance(value, Box):
            raise SealMisused(f"{self.label} is written by saving its row, never by a queryset")
        return value if value is None else connection.Database.Binary(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise SealMisused(f"{self.label} cannot be searched: keep a blind index or grams")
        return super().get_lookup(lookup_name)

    def formfield(self, **_kwargs: Any) -> Any:
        """None: a form made from the model would write the mask back."""
        return None

    def value_to_string(self, obj: models.Model) -> str:
        raise SealMisused(f"{self.label} of {obj.pk} is not written to fixtures")

    def _check_row_id(self) -> list[checks.CheckMessage]:
        pk = self.model._meta.pk
        if pk is not None and isinstance(pk, models.UUIDField) and pk.has_default():
            return []
        return [checks.Error("a sealed field needs a UUID made before the insert", obj=self, id="foundation.E001")]

    def _check_label(self) -> list[checks.CheckMessage]:
        models_of = self.model._meta.apps.all_models.values()
        fields = [field for known in models_of for model in known.values() for field in model._meta.local_fields]
        same = [field for field in fields if isinstance(field, SealedField) and field.label == self.label]
        if len(same) == 1 and "\0" not in self.label:
            return []
        return [checks.Error(f"the label {self.label} is not this field's alone", obj=self, id="foundation.E002")]
