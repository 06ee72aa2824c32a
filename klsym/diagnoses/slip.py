"""Slip: a known kind of mistake, as amendments of a claim that undo it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from klsym.diagnoses.editing import Edit, edited, parents, parts
from klsym.diagnoses.needed import needed
from klsym.diagnoses.remainder import Remainder, difference
from klsym.diagnoses.trees import NOWHERE
from klsym.diagnoses.values import Ball, Point, Values, same
from klsym.domain import Context
from klsym.equality.components import instances, is_sum
from klsym.meaning import read_formula, read_tree
from klsym.numerics.balls import exact
from klsym.syntax.tree import Name, Node

if TYPE_CHECKING:
    from klsym.meaning import Scope
    from klsym.meaning.scope import FormulaReading

POINTS = 3
"""At so many points an amended formula must have the right value to be worth a proof."""
LOOKED_AT = 24
"""Points tried until there are enough at which the statement has a value."""


@dataclass(frozen=True)
class Claim:
    """A formula refuted for a statement: both as text with their trees, and what was derived.

    ``closed_form`` is what the statement is equal to on ``context``, None where none was found;
    ``value`` is what the formula says.  ``stated`` is the statement as it was read, with its
    distributions.  In a document ``chain`` holds the terms of the derivation
    that came before, the first one first, and ``laws`` the names of its distributions.
    """

    statement: str
    statement_tree: Node
    formula: str
    formula_tree: Node
    value: Any
    closed_form: Any
    scope: Scope
    context: Context
    chain: tuple[tuple[str, Node], ...] = ()
    laws: tuple[str, ...] = ()
    stated: Any = None
    in_document: bool = False

    @property
    def is_latex(self) -> bool:
        """Whether the formula is written in LaTeX, as all is in a document."""
        return self.in_document or "\\" in self.formula

    def read(self, text: str) -> FormulaReading:
        """An amended formula, in the notation of the formula; raises KlsymError."""
        return read_formula(text, self.scope, latex=self.in_document or None).readings[0]

    def tree_of(self, text: str) -> Node:
        """The tree of an amended formula, likewise."""
        return read_tree(text, self.scope, latex=self.in_document or None)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The parts of the formula, the whole first."""
        return tuple(parts(self.formula_tree))

    @cached_property
    def values(self) -> Values:
        """The values of the formula's parts, and of what they are changed to."""
        return Values(self.formula_tree, self.scope, self.context, self._points)

    @cached_property
    def _first(self) -> Values:
        """The same at the first point alone."""
        return Values(self.formula_tree, self.scope, self.context, self._points[:1])

    @cached_property
    def target(self) -> tuple[Ball, ...]:
        """What the formula should come to at each point; none where nothing is known."""
        return self.values.of_expression(self._derived)

    @cached_property
    def has_target(self) -> bool:
        """Whether it is known what the formula should come to."""
        return bool(self._points) and None not in self.target

    @cached_property
    def _instance(self) -> tuple[Any, Context, dict[Any, Any]]:
        """What was derived, with sums over components written out, for two of them if possible."""
        if self.closed_form is None or not is_sum(self.closed_form, self.value):
            return self.closed_form, self.context, {}
        found = list(instances((self.closed_form,), self.context, most=2))
        if not found:
            return None, self.context, {}
        one = found[-1]
        return one.values[0], one.context, {name: exact(n) for name, n in one.sizes.items()}

    @property
    def _derived(self) -> Any:
        return self._instance[0]

    @cached_property
    def _points(self) -> tuple[Point, ...]:
        derived, context, sizes = self._instance
        points = [
            {**{symbol.name: exact(value) for symbol, value in point.items()}, **sizes}
            for point in islice(context.points(seed=1), LOOKED_AT)
        ]
        there = Values(self.formula_tree, self.scope, self.context, points)
        found = zip(points, there.of_expression(derived), there.of(self.formula_tree), strict=True)
        have = [(p, value, printed) for p, value, printed in found if value is not None]
        # Zeros and equal values hide what a formula does with them; so does one that is right.
        have.sort(key=lambda at: (same(at[1:2], at[2:]), 0 in at[0].values() or _repeats(at[0])))
        return tuple(point for point, _, _ in have[:POINTS])

    @cached_property
    def remainder(self) -> Remainder | None:
        """What the formula lacks, if that is free of some of the parameters."""
        return difference(self)

    @cached_property
    def _needed(self) -> dict[int, tuple[Ball, ...]]:
        return needed(self.formula_tree, self.target, self.values)

    def needed(self, node: Node) -> tuple[Ball, ...] | None:
        """What a part of the formula would have to come to for the whole to be right.

        None where that cannot be told; of an even power the positive base is given.
        """
        found = self._needed.get(id(node))
        return None if found is None or None in found else found

    def fits(self, edits: tuple[Edit, ...]) -> bool:
        """Whether the formula, so edited, has the right value at each point."""
        tree = self.edited(edits)
        if not same(self._first.of(tree), self.target[:1]):
            return False  # so nearly all end
        return same(self.values.of(tree), self.target)

    def edited(self, edits: tuple[Edit, ...]) -> Node:
        """The formula's tree, so edited."""
        return edited(self.formula_tree, edits, self.above)

    @cached_property
    def above(self) -> dict[int, Node]:
        """What each part of the formula is part of, by identity."""
        return parents(self.formula_tree)

    def written(self, node: Node) -> str:
        """A part of the formula as it was written."""
        return self.formula[node.span.start : node.span.end]

    @property
    def counts(self) -> tuple[str, ...]:
        """The parameters that stand for integers, such as a number of components."""
        domains, indices = self.scope.context.domains, self.scope.indices
        unprinted = indices.upper if indices.implied else None
        return tuple(n for n, d in domains.items() if d.integer and Name(NOWHERE, n) != unprinted)

    def letters(self) -> dict[str, list[Node]]:
        """Where each parameter stands in the formula."""
        places: dict[str, list[Node]] = {}
        for node in self.nodes:
            if isinstance(node, Name) and node.name in self.scope.context.domains:
                places.setdefault(node.name, []).append(node)
        return places


def _repeats(point: Point) -> bool:
    return len({*point.values()}) < len(point)


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is to be changed, and in words what was wrong.

    ``edits`` change parts of the formula; the text follows from them.  Or else ``text`` is one
    of the two texts, changed; ``shown`` is the repair that is shown instead of it, where what is
    proved of ``text`` implies it.  ``size`` is how much it changes, where that is not as many
    words, numbers and signs as it puts in or leaves out.
    """

    help: str
    edits: tuple[Edit, ...] = ()
    text: str = ""
    shown: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Slip:
    """A kind of mistake: its name, which text it amends, and the amendments that undo it.

    Of two repairs that change equally much the slip of less ``cost`` is named first: the one
    that says more.  Its module's docstring is its manual page.  ``certified`` slips give only
    amendments that they confirmed by enclosures themselves.  Those ``of_chains`` change another
    line of the derivation than the one that is wrong, and are found in documents alone.
    """

    name: str
    amends: str
    cost: int
    amendments: Callable[[Claim], Iterator[Amendment]]
    certified: bool = False
    of_chains: bool = False
