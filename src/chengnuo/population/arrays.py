"""Between Arrow and NumPy, by their common memory. (Arrow's own ways load pandas where it is installed, which takes a second.)"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from chengnuo.core.rules.blocks.cells import Mask, Whole
from chengnuo.core.rules.graph import DAY, TRUTH

Which = Whole | slice
EVERYBODY = slice(None)
EPOCH = date(1970, 1, 1).toordinal()


def one(values: pa.ChunkedArray) -> pa.Array:
    """A column in one piece."""
    if values.num_chunks == 1:
        return values.chunk(0)
    whole = values.combine_chunks()
    return whole if isinstance(whole, pa.Array) else pa.concat_arrays(whole.unify_dictionaries().chunks)


def coded(values: pa.ChunkedArray) -> tuple[Whole, tuple[str | None, ...]]:
    """Texts as numbers, and the text of each number; what is null has a number too."""
    array = one(values)
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    texts = tuple(array.dictionary.to_pylist())
    return whole(array.indices, len(texts)), (*texts, None)


def whole(array: pa.Array, none: int | None = None, which: Which = EVERYBODY) -> Whole:
    """Whole numbers, or days from 1970 on, of some rows. `none`: what stands where there is none; left out, it does not count."""
    stored = np.int32 if pa.types.is_date32(array.type) else array.type.to_pandas_dtype()
    *_, data = array.buffers()
    values = np.zeros(len(array), stored) if data is None else np.frombuffer(data, stored)
    found = values[array.offset : array.offset + len(array)][which].astype(np.int64)
    if none is not None and (known := known_of(array)) is not None:
        found[~known[which]] = none
    return found


def numbers(array: pa.Array, kind: str, which: Which = EVERYBODY) -> NDArray[Any]:
    """Of a fact, for some rows. Days count from the year 1, as `date.toordinal` does."""
    if pa.types.is_null(array.type):
        return np.zeros(len(array), np.bool_ if kind == TRUTH else np.int64)[which]
    if kind == TRUTH:
        return truths(array)[which]
    found = whole(array, which=which)
    if kind == DAY:
        found += EPOCH
    return found


def truths(array: pa.Array) -> Mask:
    """Of an array of truths; where it has none, either."""
    *_, data = array.buffers()
    return np.zeros(len(array), np.bool_) if data is None else _bits(data, array)


def _bits(data: pa.Buffer, array: pa.Array) -> Mask:
    """One of the array's buffers of bits."""
    first = array.offset // 8
    bits = np.frombuffer(data, np.uint8)[first : (array.offset + len(array) + 7) // 8]
    skipped = array.offset - first * 8
    return np.unpackbits(bits, bitorder="little")[skipped : skipped + len(array)].view(np.bool_)


def known_of(array: pa.Array) -> Mask | None:
    """Where an array has values; None: everywhere."""
    if not array.null_count:
        return None
    known, *_ = array.buffers()
    return truths(array.is_valid()) if known is None else _bits(known, array)


def true_in(array: pa.Array) -> Mask:
    """Where an array of truths is known to be true."""
    known = known_of(array)
    return truths(array) if known is None else truths(array) & known


def arrow(values: NDArray[Any], known: Mask | None = None) -> pa.Array:
    """An array of Arrow of the same numbers; none where they are not known."""
    marks = None if known is None else pa.py_buffer(np.packbits(known, bitorder="little"))
    data = np.packbits(values, bitorder="little") if values.dtype == np.bool_ else np.ascontiguousarray(values)
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [marks, pa.py_buffer(data)])
