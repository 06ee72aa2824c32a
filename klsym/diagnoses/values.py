"""Values: what each part of a formula comes to at a few exact points, in balls.

A slip is sought among thousands of amended trees, and almost all of them are wrong.  Reading and
proving each would take seconds; here an amended tree shares all but a few nodes with the formula,
the values of the shared ones are known, and only those on the way to the root are computed anew.
Nothing is decided by these values: they say what is worth a proof.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any

import sympy
from flint import arb, fmpq

from klsym.domain import Context
from klsym.errors import KlsymError
from klsym.expectation import DivergenceValue, Expectation
from klsym.integrals.engine import derive_closed_form
from klsym.meaning import Scope, functions, lower
from klsym.meaning.indices import as_operator
from klsym.numerics.arithmetic import Undefined, divide, general
from klsym.numerics.balls import BallFunction, Unsupported, compile_balls, exact, precision
from klsym.syntax.indices import at_index
from klsym.syntax.tree import (
    Bars,
    BigOperator,
    Binary,
    Call,
    Factorial,
    Name,
    Negative,
    Node,
    Number,
    Root,
)
from klsym.syntax.walk import walk

BITS = 128
MOST_TERMS = 8
"""A sum of more components is not written out."""

Ball = Any
"""An exact rational or a ball; None where there is no value."""
Bound = tuple[str, int]
"""The letter of the index that a sum has bound, and the component it stands for."""
UNBOUND: Bound = ("", 0)
Point = dict[Any, Any]
"""An exact rational for each symbol, by name."""

_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": divide,
    "^": general,
}


class Values:
    """The values of trees at points; those of the nodes of ``tree`` are computed once."""

    def __init__(self, tree: Node, scope: Scope, context: Context, points: Sequence[Point]) -> None:
        self.scope = scope
        self.context = context
        self.points = points
        self._functions: dict[Any, BallFunction | None] = {}
        self._numbers: dict[str, Ball] = {}
        self._names: dict[Any, tuple[Ball, ...]] = {}
        self._known: dict[tuple[int, Bound], tuple[Node, tuple[Ball, ...]]] = {}
        self._own = {id(node) for node in walk(tree)}
        self._tree = tree

    def of(self, tree: Node) -> tuple[Ball, ...]:
        """The value of a tree at each point, None where it has none."""
        with precision(BITS):
            return self._of(tree, UNBOUND)

    def _of(self, node: Node, bound: Bound) -> tuple[Ball, ...]:
        key = id(node), bound
        known = self._known.get(key)
        if known is not None:
            return known[1]
        found = self._computed(node, bound)
        if key[0] in self._own:
            self._known[key] = node, found
        return found

    def _computed(self, node: Node, bound: Bound) -> tuple[Ball, ...]:
        match node:
            case Binary():
                left, right = self._of(node.left, bound), self._of(node.right, bound)
                function = _BINARY[node.operator]
                return tuple([_at(function, a, b) for a, b in zip(left, right, strict=True)])
            case Negative():
                return each(operator.neg, self._of(node.operand, bound))
            case Number():
                return (self._number(node),) * len(self.points)
            case Name():
                return self._name(node, bound)
            case Bars(double=False):
                return each(abs, self._of(node.content, bound))
            case Root(degree=None) | Factorial():
                return self._applied(node, bound)
            case Call() if self._is_plain(node):
                return self._applied(node, bound)
            case Call() | BigOperator():
                total = as_operator(node)
                if total is not None and self._is_over_components(total):
                    return self._total(total)
        return self._opaque(node)

    def _number(self, node: Number) -> Ball:
        if node.text not in self._numbers:
            try:
                self._numbers[node.text] = exact(lower(node, self.scope))
            except KlsymError:
                self._numbers[node.text] = None
        return self._numbers[node.text]

    def _name(self, node: Name, bound: Bound) -> tuple[Ball, ...]:
        letter, component = bound if bound[0] else (self.scope.indices.letter, 1)
        if letter:
            name = at_index(node.name, letter, str(component))
            found = tuple(point.get(name, point.get(node.name)) for point in self.points)
            if None not in found:
                return found
        key = node.name, node.subscript
        if key not in self._names:
            self._names[key] = self._opaque(node)
        return self._names[key]

    def _is_plain(self, node: Call) -> bool:
        """Whether a call is that of a known function of numbers."""
        name, scope = node.function, self.scope
        taken = name in scope.laws or name in scope.families or name in scope.context.domains
        alone = len(node.arguments) == 1 and name in ("gamma", "beta") and taken
        return functions.is_function(name) and not (taken or alone or node.keywords)

    def _applied(self, node: Call | Root | Factorial, bound: Bound) -> tuple[Ball, ...]:
        function, arguments = self._function(node)
        if function is None:
            return (None,) * len(self.points)
        values = [self._of(argument, bound) for argument in arguments]
        return tuple(
            None if None in at else _finite(function.evaluate_real(at))
            for at in zip(*values, strict=True)
        )

    def _function(
        self, node: Call | Root | Factorial
    ) -> tuple[BallFunction | None, tuple[Node, ...]]:
        if isinstance(node, Root):
            node = Call(node.span, "sqrt", (node.radicand,))
        elif isinstance(node, Factorial):
            node = Call(node.span, "factorial", (node.operand,))
        key = node.function, len(node.arguments), node.subscript, node.primes
        if key not in self._functions:
            self._functions[key] = self._compiled(node)
        return self._functions[key], node.arguments

    def _compiled(self, node: Call) -> BallFunction | None:
        places = [sympy.Dummy(f"a{i}", real=True) for i in range(len(node.arguments))]
        try:
            subscript = None if node.subscript is None else lower(node.subscript, self.scope)
            value = functions.apply(
                node.function, [*places], node.span, subscript=subscript, primes=node.primes
            )
            return compile_balls(value, places)
        except (KlsymError, Unsupported):
            return None

    def _is_over_components(self, node: BigOperator) -> bool:
        indices = self.scope.indices
        return (
            node.operator == "sum"
            and node.index is not None
            and node.domain is None
            and bool(indices.letter)
        )

    def _total(self, node: BigOperator) -> tuple[Ball, ...]:
        """A sum over components; at each point their number is known."""
        last = self._count(node)
        if last is None:
            return (None,) * len(self.points)
        total = (fmpq(0),) * len(self.points)
        letter = node.index.name if node.index else ""
        for component in range(1, last + 1):
            total = each(operator.add, total, self._of(node.body, (letter, component)))
        return total

    def _count(self, node: BigOperator) -> int | None:
        """How many terms a sum has at all points alike, if it begins with the first."""
        ends = (node.lower or self.scope.indices.lower, node.upper or self.scope.indices.upper)
        first, last = ({*self._of(end, UNBOUND)} if end else {None} for end in ends)
        if first != {1} or len(last) != 1:
            return None
        (count,) = last
        if count is None or int(count) != count or count > MOST_TERMS:
            return None
        return int(count)

    def summand(self, node: Node) -> tuple[Node, tuple[Ball, ...]] | None:
        """What a sum over components adds up, and how many terms it has at each point."""
        total = as_operator(node)
        if total is None or not self._is_over_components(total):
            return None
        count = self._count(total)
        return None if count is None else (total.body, (fmpq(count),) * len(self.points))

    def _opaque(self, node: Node) -> tuple[Ball, ...]:
        """The values of what is more than arithmetic, by what it means."""
        try:
            value = lower(node, self.scope)
        except (KlsymError, ValueError, TypeError):
            return (None,) * len(self.points)
        return self.of_expression(value)

    def of_expression(self, value: Any, changed: Point | None = None) -> tuple[Ball, ...]:
        """The values of an expression over the symbols of the context; some may be ``changed``."""
        points = [{**point, **changed} for point in self.points] if changed else self.points
        if value is not None and value.has(Expectation, DivergenceValue):
            value = derive_closed_form(value, self.context).closed_form
        try:
            symbols = sorted(value.free_symbols, key=str) if value is not None else []
            function = compile_balls(value, symbols)
        except (Unsupported, AttributeError):
            return (None,) * len(self.points)
        with precision(BITS):
            return tuple(
                None
                if any(s.name not in point for s in symbols)
                else _finite(function.evaluate_real([point[s.name] for s in symbols]))
                for point in points
            )


def each(function: Callable[..., Any], *values: tuple[Ball, ...]) -> tuple[Ball, ...]:
    """A function of values, at each point; None where one is missing or it has no value."""
    return tuple(_at(function, *at) for at in zip(*values, strict=True))


def _at(function: Callable[..., Any], *arguments: Ball) -> Ball:
    for argument in arguments:
        if argument is None:  # ``in`` would compare balls
            return None
    try:
        return function(*arguments)
    except (Undefined, ZeroDivisionError, OverflowError):
        return None


def _finite(ball: Ball) -> Ball:
    return ball if ball is None or isinstance(ball, fmpq) or ball.is_finite() else None


def same(left: Sequence[Ball], right: Sequence[Ball]) -> bool:
    """Whether values cannot be told apart at any point, and exist at each."""
    return all(
        a is not None and b is not None and _overlap(a, b) for a, b in zip(left, right, strict=True)
    )


def _overlap(a: Ball, b: Ball) -> bool:
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return bool(a == b)
    return bool(arb(a).overlaps(arb(b)))
