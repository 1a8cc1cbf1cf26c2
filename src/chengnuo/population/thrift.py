"""The compact form of Thrift, in which a Parquet file says of itself what it holds: read into fields, and written again.

https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
"""

from __future__ import annotations

from typing import Any, NamedTuple

TRUE, FALSE, BYTE, DOUBLE, BINARY, LIST, STRUCT = 1, 2, 3, 7, 8, 9, 12
WHOLE = {4, 5, 6}  # of 16, 32 and 64 bits, written alike
LONG = 15  # a list of so many or more says its size apart
MORE, LOW = 0x80, 0x7F  # of a byte of a number: whether another one follows, and its part


class Field(NamedTuple):
    kind: int
    value: Any


class Items(NamedTuple):
    kind: int
    values: list[Any]


Struct = dict[int, Field]  # by the field's number


class Reader:
    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def struct(self) -> Struct:
        found: Struct = {}
        number = 0
        while head := self._byte():
            kind = head & 15
            number = number + (head >> 4) if head >> 4 else self._whole()
            found[number] = Field(kind, kind == TRUE if kind in {TRUE, FALSE} else self._value(kind))
        return found

    def _value(self, kind: int) -> Any:
        if kind in WHOLE:
            return self._whole()
        if kind == STRUCT:
            return self.struct()
        if kind == LIST:
            head = self._byte()
            count = self._plain() if head >> 4 == LONG else head >> 4
            return Items(head & 15, [self._value(head & 15) for _ in range(count)])
        length = {BYTE: 1, DOUBLE: 8, TRUE: 1, FALSE: 1}.get(kind) or (self._plain() if kind == BINARY else 0)
        self._at += length
        return self._data[self._at - length : self._at]

    def _byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def _plain(self) -> int:
        found = shift = 0
        while True:
            byte = self._byte()
            found |= (byte & LOW) << shift
            shift += 7
            if byte < MORE:
                return found

    def _whole(self) -> int:
        found = self._plain()
        return (found >> 1) ^ -(found & 1)


def struct(fields: Struct) -> bytes:
    found, before = bytearray(), 0
    for number, (kind, value) in sorted(fields.items()):
        said = (TRUE if value else FALSE) if kind in {TRUE, FALSE} else kind
        near = 0 < number - before < LONG + 1
        found += bytes([(number - before) << 4 | said]) if near else bytes([said]) + _whole(number)
        if kind not in {TRUE, FALSE}:
            found += _value(kind, value)
        before = number
    return bytes(found) + b"\0"


def _value(kind: int, value: Any) -> bytes:
    if kind in WHOLE:
        return _whole(value)
    if kind == STRUCT:
        return struct(value)
    if kind == LIST:
        count = len(value.values)
        head = bytes([min(count, LONG) << 4 | value.kind]) + (_plain(count) if count >= LONG else b"")
        return head + b"".join(_value(value.kind, each) for each in value.values)
    return (_plain(len(value)) if kind == BINARY else b"") + bytes(value)


def _plain(number: int) -> bytes:
    found = bytearray()
    while number >= MORE:
        found.append(number & LOW | MORE)
        number >>= 7
    return bytes([*found, number])


def _whole(number: int) -> bytes:
    return _plain(number << 1 if number >= 0 else (-number << 1) - 1)
