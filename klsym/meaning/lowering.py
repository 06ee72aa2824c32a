"""From tree to sympy: numbers, names, arithmetic and functions.

What only has a meaning by its place (a divergence, a mean, a density at a point) is left to the
subclass in :mod:`klsym.meaning.heads`.  Names are looked up, never invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import sympy

from klsym.canonical import has_any
from klsym.errors import KlsymError, Span
from klsym.expectation import DivergenceValue, Expectation
from klsym.meaning import functions, sizes
from klsym.syntax.juxtaposition import product_of, raised
from klsym.syntax.tree import (
    Bars,
    Binary,
    Call,
    Cases,
    Chain,
    Derivative,
    Factorial,
    Items,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Root,
)

CONSTANTS: dict[str, Any] = {
    "pi": sympy.pi,
    "e": sympy.E,
    "oo": sympy.oo,
    "gamma": sympy.EulerGamma,
    "gamma_E": sympy.EulerGamma,
    "EulerGamma": sympy.EulerGamma,
    "euler_gamma": sympy.EulerGamma,
}
"""Names that are numbers unless they are declared: ``\\gamma`` is then Euler's constant."""

RELATIONS: dict[str, Any] = {
    "<": sympy.StrictLessThan,
    "<=": sympy.LessThan,
    ">": sympy.StrictGreaterThan,
    ">=": sympy.GreaterThan,
    "=": sympy.Equality,
    "!=": sympy.Unequality,
}
"""The relations that can be assumed or make a case, by their signs."""

_NOT_REAL = (type(sympy.I), type(sympy.nan), type(sympy.zoo))

_UNSUPPORTED = {
    Matrix: "matrices",
    Items: "a list of values",
    Chain: "a relation inside a formula",
}


class Scalars:
    """Lowers scalar formulas; ``names`` are the symbols, ``bound`` those of inner variables.

    ``parts`` gathers what may have no real value somewhere: sympy cancels ``log(x) - log(x)``,
    and no trace would be left of the x at which the formula has no value.
    """

    def __init__(self, names: Mapping[str, Any]) -> None:
        self.names = names
        self.bound: dict[str, Any] = {}
        self.parts: dict[Any, None] = {}

    @contextmanager
    def binding(self, values: Mapping[str, Any]) -> Iterator[None]:
        """Names that mean something else for a while."""
        before = self.bound
        self.bound = {**before, **values}
        try:
            yield
        finally:
            self.bound = before

    def scalar(self, node: Node) -> Any:
        """The value of a tree; raises KlsymError where it has none."""
        match node:
            case Number():
                return sizes.number(node.text, node.span)
            case Name():
                return self.name(node)
            case Binary(operator="+" | "-") | Negative():
                return self._sum(node)
            case Binary(operator="*" | "/"):
                return self._product(node)
            case Binary(operator="^"):
                return self._part(self._power(node))
            case Call():
                return self._part(self.call(node))
            case Bars(double=False):
                return sympy.Abs(self.scalar(node.content))
            case Root():
                degree = sympy.Integer(2) if node.degree is None else self.scalar(node.degree)
                return self._part(sizes.power(self.scalar(node.radicand), 1 / degree, node.span))
            case Factorial() if (product := self._juxtaposed(node)) is not node:
                return self.scalar(product)
            case Factorial():
                value = functions.apply("factorial", [self.scalar(node.operand)], node.span)
                return self._part(value)
            case Derivative():
                return self._derivative(node)
            case Cases():
                return self._cases(node)
            case _:
                return self.other(node)

    def _cases(self, node: Cases) -> Any:
        """A definition by cases; the last case may do without a condition."""
        rows = []
        for value, condition in node.rows:
            holds = sympy.true if condition is None else self._case(condition)
            rows.append((self.scalar(value), holds))
        return sympy.Piecewise(*rows)

    def _case(self, node: Node) -> Any:
        if not isinstance(node, Chain) or len(node.relations) != len(node.terms) - 1:
            raise self.unsupported("this condition", node)
        terms = [self.scalar(term) for term in node.terms]
        links = zip(terms, node.relations, terms[1:], strict=False)
        builders = [(RELATIONS.get(sign.sign), left, right) for left, sign, right in links]
        if any(build is None for build, _, _ in builders):
            raise self.unsupported("this condition", node)
        return sympy.And(*(build(left, right) for build, left, right in builders if build))

    def other(self, node: Node) -> Any:
        """The value of a node that is more than arithmetic."""
        what = _UNSUPPORTED.get(type(node), f"this kind of formula ({type(node).__name__})")
        raise self.unsupported(what, node)

    def unsupported(self, what: str, node: Node) -> KlsymError:
        """The error for something that is read but has no scalar value yet."""
        return KlsymError(
            "unsupported",
            f"{what} has no value klsym can use here",
            span=node.span,
            help="klsym reads scalar formulas, divergences, entropies and means",
        )

    def name(self, node: Name) -> Any:
        """The symbol or constant a name stands for."""
        for table in (self.bound, self.names, CONSTANTS):
            if node.name in table:
                return table[node.name]
        raise undeclared([node.name], node.span)

    def call(self, node: Call) -> Any:
        """The value of a function call, or of a bracket after a name that is no function."""
        if self.is_product(node):
            return self.scalar(product_of(node))
        if node.keywords:
            key, value = node.keywords[0]
            raise KlsymError(
                "arguments",
                f"{node.function} takes no {key}",
                span=value.span,
                help=f"{node.function}(x)",
            )
        if not functions.is_function(node.function):
            raise functions.unknown(node.function, node.span)
        subscript = None if node.subscript is None else self.scalar(node.subscript)
        arguments = [self.scalar(argument) for argument in node.arguments]
        return functions.apply(
            node.function, arguments, node.span, subscript=subscript, primes=node.primes
        )

    def _is_scalar(self, name: str) -> bool:
        return name in self.bound or name in self.names

    def is_product(self, node: Call) -> bool:
        """Whether what looks like a call is a number before a bracket."""
        if not self._is_scalar(node.function) or len(node.arguments) != 1 or node.keywords:
            return False
        bare = not (node.subscript or node.primes) and not functions.is_function(node.function)
        return bare or node.function == "gamma"

    def _juxtaposed(self, node: Node) -> Node:
        """The product that a number before a bracket makes, with what is raised in it."""
        match node:
            case Call() if self.is_product(node):
                return product_of(node)
            case Binary(operator="^", left=inner):
                product = self._juxtaposed(inner)
                return node if product is inner else raised(replace(node, left=product)) or node
            case Factorial(operand=inner):
                product = self._juxtaposed(inner)
                return node if product is inner else raised(replace(node, operand=product)) or node
        return node

    def _sum(self, node: Node) -> Any:
        """A sum, gathered along its left side, which may be as long as a page."""
        terms, sign = [], 1
        while True:
            if isinstance(node, Binary) and node.operator in "+-":
                term = self.scalar(node.right)
                terms.append(sign * term if node.operator == "+" else -sign * term)
                node = node.left
            elif isinstance(node, Negative):
                sign, node = -sign, node.operand
            else:
                terms.append(sign * self.scalar(node))
                return self._checked(sympy.Add(*reversed(terms)), node.span)

    def _product(self, node: Node) -> Any:
        factors = []
        while isinstance(node, Binary) and node.operator in "*/":
            factor = self.scalar(node.right)
            if node.operator == "/":
                if sizes.is_zero(factor):
                    raise sizes.division_by_zero(node.right.span)
                factor = self._part(1 / factor)
            factors.append(factor)
            node = node.left
        factors.append(self.scalar(node))
        return self._checked(sympy.Mul(*reversed(factors)), node.span)

    def _part(self, value: Any) -> Any:
        """The value, which is remembered; a quotient only where no point may be left out."""
        quotient = value.is_Pow and value.exp.is_Integer
        if quotient and not any(s.is_integer for s in value.free_symbols):
            return value
        heads = (DivergenceValue, Expectation)
        if isinstance(value, heads) or value.free_symbols or value.has(*heads):
            self.parts[value] = None
        return value

    def _checked(self, value: Any, span: Span) -> Any:
        if value is sympy.nan or value is sympy.zoo:
            raise KlsymError(
                "undefined",
                "this has no value",
                span=span,
                help="every part of a formula needs a finite value",
            )
        return value

    def _power(self, node: Binary) -> Any:
        product = self._juxtaposed(node)
        if product is not node:
            return self.scalar(product)
        base, exponent = self.scalar(node.left), self.scalar(node.right)
        if base == sympy.E:
            return sizes.exponential(exponent, node.span)
        return sizes.power(base, exponent, node.span)

    def _derivative(self, node: Derivative) -> Any:
        symbol = self.name(node.variable)
        if not symbol.is_Symbol or node.order > 8:
            raise self.unsupported("this derivative", node)
        body = self.scalar(node.body)
        if isinstance(node.body, Name) and body.is_Symbol and body != symbol:
            raise self.unsupported("the derivative of a letter of which nothing is known", node)
        return sympy.diff(body, symbol, node.order)


def require_real(value: Any, span: Span) -> Any:
    """The value, unless it is no real number or infinity; raises KlsymError ``not-real``."""
    if has_any(value, *_NOT_REAL) or value.is_extended_real is False:
        raise KlsymError(
            "not-real",
            "this has no real value",
            span=span,
            help="roots and logarithms are taken of positive numbers",
        )
    return value


def undeclared(names: list[str], span: Span | None, paste: str = "") -> KlsymError:
    """The error that lists every undeclared name, with what to paste to declare it."""
    plural = "s" if len(names) > 1 else ""
    return KlsymError(
        "undeclared",
        f"undeclared name{plural}: {', '.join(names)}",
        span=span,
        help=paste or f"--let '{', '.join(names)} positive'",
    )
