"""Lowering of what carries an index: names of components, and the ranges of sums over them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import sympy

from klsym.errors import KlsymError
from klsym.meaning.indices import FIRST, Indices, require_plain
from klsym.meaning.lowering import Scalars, require_real
from klsym.meaning.setting import Setting
from klsym.syntax.indices import carries
from klsym.syntax.tree import BigOperator, Name

_WORDS = {"sum": "sum", "prod": "product"}


class IndexedScalars(Scalars):
    """Lowers names that carry an index; ``active`` are the letters bound at the place."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting.names)
        self.setting = setting
        self.active: dict[str, str] = {}

    @contextmanager
    def over(self, printed: str) -> Iterator[Any]:
        """The symbol of the index, while a sum or a product over components binds it."""
        letter = self.setting.indices.letter or printed
        # Without assumptions, and so no symbol that a user declares.
        index = sympy.Symbol(letter)
        before = self.active
        self.active = {**before, printed: letter}
        try:
            with self.binding({printed: index}):
                yield index
        finally:
            self.active = before

    def range_of(self, node: BigOperator) -> tuple[Any, Any]:
        """From where to where a sum or a product runs; where none is printed, as elsewhere."""
        where: Indices | BigOperator = node if node.upper is not None else self.setting.indices
        lower, upper = where.lower or FIRST, where.upper
        if upper is None:
            raise self.unsupported(f"a {_WORDS[node.operator]} without bounds", node)
        ends = tuple(require_real(self.scalar(end), node.span) for end in (lower, upper))
        terms = ends[1] - ends[0] + 1
        if not terms.is_integer:
            raise KlsymError(
                "index",
                f"{ends[1]} is no number of components",
                span=node.span,
                help=f"--let '{ends[1]} natural'",
            )
        self.setting.require(
            sympy.GreaterThan(terms, 0), "this range runs backwards", node.span, "from 1 to J"
        )
        if node.index is not None and node.upper is None:
            self.setting.note(f"{node.index.name} runs from {ends[0]} to {ends[1]}")
        return ends[0], ends[1]

    def name(self, node: Name) -> Any:
        """The symbol of a name; one that carries a bound index is that of the component."""
        if self.active:
            require_plain(node, self.active)
        indices = self.setting.indices
        name = indices.name(node.name, self.active)
        if name in indices.counts.values() and name != node.name:
            self.setting.note(f"{node.name} is read as {name}")
        if indices.letter and carries(name, indices.letter) and not self.active:
            self.setting.note(f"{name} stands outside any sum over {indices.letter}")
        return super().name(node if name == node.name else replace(node, name=name))
