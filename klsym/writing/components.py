"""Which arrays stand for the components of an indexed sum, and the points of a test of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Integer

from klsym.equality.components import instance
from klsym.expectation import IndexSum
from klsym.syntax.indices import at_index, carries
from klsym.writing.arraynames import unwritable

SIZE = 2
"""The number of components in a test."""


@dataclass(frozen=True)
class Components:
    """The one index of a formula's sums, from 1 to ``count``, and the symbols that carry it."""

    index: Any
    count: Any
    symbols: tuple[Any, ...]

    def written_out(self, values: Sequence[Any], context: Any) -> Any:
        """The values and their context for a small number of components; None if there is none."""
        return instance(values, context, {self.count: Integer(SIZE)})

    def at(self, symbol: Any, point: Mapping[str, Any]) -> str:
        """What a test passes for a symbol: a number, or a list of the components' values."""
        if symbol not in self.symbols:
            return str(point[symbol.name])
        parts = (at_index(symbol.name, self.index.name, str(k + 1)) for k in range(SIZE))
        return f"[{', '.join(str(point[part]) for part in parts)}]"


def components_of(*values: Any) -> Components | None:
    """The components of the sums in the values; None if there are no sums.

    Raises KlsymError ``no-python`` for sums over more than one index, or not from 1 to a symbol.
    """
    sums = sorted({one for value in values for one in value.atoms(IndexSum)}, key=str)
    if not sums:
        return None
    ranges = {one.args[1:] for one in sums}
    (index, lower, upper) = next(iter(ranges))
    nested = any(one.body.has(IndexSum) or one.index in one.body.free_symbols for one in sums)
    if len(ranges) > 1 or nested or lower != 1 or not upper.is_Symbol:
        raise unwritable("sums over these components")
    symbols = {symbol for one in sums for symbol in one.components}
    outside = {s for value in values for s in value.free_symbols}
    if any(carries(symbol.name, index.name) for symbol in outside):
        raise unwritable("an index outside its sum")
    return Components(index, upper, tuple(sorted(symbols, key=lambda s: str(s.name))))


def array_lines(components: Components, names: Mapping[Any, str]) -> Iterator[str]:
    """The lines that give all components one shape, and count them."""
    arrays = [names[symbol] for symbol in components.symbols]
    for name in arrays:
        yield f"{name} = np.atleast_1d({name})"
    if len(arrays) > 1:
        yield f"{', '.join(arrays)} = np.broadcast_arrays({', '.join(arrays)})"
    yield f"{names[components.count]} = np.asarray({arrays[0]}.shape[-1], dtype=float)"
