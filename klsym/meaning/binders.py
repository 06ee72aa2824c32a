r"""Integrals and sums: a mean where the integrand holds a density, else what they say.

``\int q(z) \log p(z) \, dz`` is the mean of ``log p(z)`` under q, ``\sum_x P(x) g(x)`` one under P.
An integral without a density stays an integral; a sum whose summand does not depend on its index
is the number of its terms times the summand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

import sympy

from klsym.density import Support
from klsym.divergences import divergences_by_any_name
from klsym.errors import KlsymError, Span
from klsym.expectation import DensityAt, Expectation, IndexSum
from klsym.meaning import sizes
from klsym.meaning.indices import is_indexed
from klsym.meaning.limits import letter_of
from klsym.meaning.setting import variate
from klsym.syntax.tree import (
    BigOperator,
    Binary,
    Call,
    Evaluated,
    Integral,
    Limit,
    Mean,
    Name,
    Negative,
    Node,
)
from klsym.syntax.walk import children, walk

if TYPE_CHECKING:
    from klsym.meaning.heads import Heads

_WORDS = {"sum": "sum", "prod": "product"}
_TERMS = {"sum": "summand", "prod": "factor"}
MOST_TERMS = 1000
"""A sum of more terms is not written out."""
_COMPARING = frozenset({"H", "h", *divergences_by_any_name()})
CONTINUOUS_SUM = "sum-over-density"
"""The error's name where a sum runs over a continuous distribution."""


Binder = Integral | BigOperator | Evaluated | Limit
"""What binds a letter."""


def variable_of(node: Binder, laws: Collection[str]) -> str | None:
    """The letter an integral or a sum binds; where none is printed, the one densities are at."""
    if isinstance(node, Evaluated):
        return letter_of(node)
    if isinstance(node, Limit):
        return node.variable.name
    name = node.variable if isinstance(node, Integral) else node.index
    if name is not None:
        return name.name
    points = {point for point, _ in densities_at(node.body, laws)}
    return points.pop() if len(points) == 1 and isinstance(node, Integral) else None


def densities_at(tree: Node, laws: Collection[str]) -> Iterator[tuple[str, str]]:
    """The letters at which densities stand, each with the density's name."""
    for node in walk(tree):
        if isinstance(node, Call) and node.function in laws and node.arguments:
            point = node.arguments[0]
            if isinstance(point, Name):
                yield point.name, node.function


def random_variable(tree: Node, laws: Collection[str]) -> str | None:
    """The one distribution a tree uses as a number, as ``E[X**2]`` uses ``X``."""
    found: set[str] = set()
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, Name) and node.name in laws:
            found.add(node.name)
        compares = isinstance(node, Call) and node.function in _COMPARING
        if not compares and not isinstance(node, Mean):
            pending += children(node)
    return found.pop() if len(found) == 1 else None


def weights(tree: Node, letter: str, laws: Collection[str]) -> Iterator[str]:
    """The densities at a letter that are factors of an integrand, not inside a function."""
    match tree:
        case Call(function="sqrt", arguments=(root,)):
            yield from weights(root, letter, laws)
        case Binary():
            yield from weights(tree.left, letter, laws)
            yield from weights(tree.right, letter, laws)
        case Negative():
            yield from weights(tree.operand, letter, laws)
        case Call(arguments=(Name(name=point), *_)) if point == letter and tree.function in laws:
            yield tree.function


def integral(heads: Heads, node: Integral) -> Any:
    """The value of an integral; raises KlsymError where it has none klsym can use."""
    laws = heads.setting.laws
    letter = variable_of(node, laws)
    if letter is None:
        raise KlsymError(
            "differential",
            "this integral does not say over what",
            span=node.span,
            help="end it with its differential, such as dx",
        )
    if node.variable is None:
        heads.setting.note(f"the integral without a differential is read over d{letter}")
    weight = next(weights(node.body, letter, laws), None)
    if weight is None:
        return _plain_integral(heads, node, letter)
    density = laws[weight]
    try:
        _require_whole(heads, node, density.support)
    except KlsymError:
        if not _within(heads, node, letter):
            raise
        return _plain_integral(heads, node, letter)
    with heads.binding({letter: density.variate}):
        return _mean(heads.abstracted(node.body), density.variate, node.span)


def total(heads: Heads, node: BigOperator) -> Any:
    """The value of a sum; raises KlsymError where it has none klsym can use."""
    if node.index is None:
        raise KlsymError(
            "index",
            f"this {_WORDS[node.operator]} does not say over what",
            span=node.span,
            help=r"such as \sum_{i=1}^{n}",
        )
    letter = node.index.name
    product = node.operator == "prod"
    weight = None if product else next(weights(node.body, letter, heads.setting.laws), None)
    if weight is not None:
        return _discrete_mean(heads, node, weight)
    if not product and is_indexed(node, heads.setting.laws):
        return _sum_of_components(heads, node, letter)
    if any(_carries(name, letter) for name in walk(node.body)):
        raise heads.unsupported(f"a {_WORDS[node.operator]} of indexed names", node)
    if isinstance(node.upper, Name) and node.upper.name == "oo" and node.lower is not None:
        lower, upper = heads.scalar(node.lower), sympy.oo
    else:
        lower, upper = heads.range_of(node)
    index = variate(letter, lower, upper, True, heads.setting.context)
    before = dict(heads.parts)
    with heads.binding({letter: index}):
        body = heads.scalar(node.body)
    # What has no value at one term only is found where the term is.
    heads.parts = before | {p: None for p in heads.parts if index not in p.free_symbols}
    if not body.has(index):
        if upper.has(sympy.oo):
            raise heads.unsupported("a sum without an end of equal terms", node)
        heads.setting.note(f"the {_TERMS[node.operator]} does not depend on {letter}")
        terms = upper - lower + 1
        return sizes.power(body, terms, node.span) if product else terms * body
    count = upper - lower
    if lower.is_Integer and count.is_Integer and 0 <= count <= MOST_TERMS:
        every = [body.xreplace({index: lower + k}) for k in range(int(count) + 1)]
        return sympy.Mul(*every) if product else sympy.Add(*every)
    if product:
        raise heads.unsupported("a product of symbolic length", node)
    return sympy.Sum(body, (index, lower, upper))


def _sum_of_components(heads: Heads, node: BigOperator, letter: str) -> Any:
    """A sum over components, which stays a sum."""
    if heads.active:
        raise heads.unsupported("a sum within a sum", node)
    lower, upper = heads.range_of(node)
    before = dict(heads.parts)
    with heads.over(letter) as index:
        body = heads.scalar(node.body)
    context = heads.setting.context
    # What is real whatever the component need not be looked at again.
    heads.parts = before | {
        part: None for part in heads.parts if part not in before and not context.real(part)
    }
    return IndexSum(body, index, lower, upper)


def _carries(node: Node, letter: str) -> bool:
    """Whether a name has the index in its subscript."""
    if not isinstance(node, Name) or node.subscript is None:
        return False
    return any(isinstance(n, Name) and n.name == letter for n in walk(node.subscript))


def _discrete_mean(heads: Heads, node: BigOperator, weight: str) -> Any:
    density = heads.setting.laws[weight]
    if not density.support.discrete:
        raise KlsymError(
            CONTINUOUS_SUM,
            f"{weight} is continuous, and this is a sum over it",
            span=node.span,
            help="an integral is meant, or another distribution",
        )
    _require_whole(heads, node, density.support)
    assert node.index is not None
    with heads.binding({node.index.name: density.variate}):
        return _mean(heads.abstracted(node.body), density.variate, node.span)


def _mean(value: Any, symbol: Any, span: Span) -> Any:
    """A sum of terms, each a density times something, as means."""
    if not value.is_Mul:
        value = sympy.expand_mul(value)
    parts: dict[Any, list[Any]] = {}
    for term in sympy.Add.make_args(value):
        weight, rest = _weight(term, symbol)
        if weight is None:
            expanded = sympy.expand_mul(term)
            if expanded == term:
                raise KlsymError(
                    "unsupported",
                    "a part of this integrand has no density in it",
                    span=span,
                    help="klsym integrates against one density at a time",
                )
            return _mean(sympy.expand_mul(value), symbol, span)
        law = weight.args[0]
        parts.setdefault(law, []).append(rest.xreplace({symbol: law.density.variate}))
    return sympy.Add(*(Expectation(law, sympy.Add(*rest)) for law, rest in parts.items()))


def _weight(term: Any, symbol: Any) -> tuple[Any, Any]:
    """A density at the symbol that is a factor of the term, and the other factors."""
    factors = list(sympy.Mul.make_args(term))
    for number, factor in enumerate(factors):
        base, power = factor.as_base_exp()
        if isinstance(base, DensityAt) and base.args[1] == symbol and power.is_positive:
            rest = [*factors[:number], *factors[number + 1 :], base ** (power - 1)]
            return base, sympy.Mul(*rest)
    return None, term


def _plain_integral(heads: Heads, node: Integral, letter: str) -> Any:
    named = isinstance(node.lower, Name) and node.upper is None
    lower = -sympy.oo if node.lower is None or named else heads.scalar(node.lower)
    upper = sympy.oo if node.upper is None else heads.scalar(node.upper)
    symbol = variate(heads.setting.letter(letter), lower, upper, False, heads.setting.context)
    with heads.binding({letter: symbol}):
        body = heads.scalar(node.body)
    return sympy.Integral(body, (symbol, lower, upper))


def _within(heads: Heads, node: Integral, letter: str) -> bool:
    """Whether the limits are within the support of every density at the letter."""
    if node.lower is None or node.upper is None or heads.abstract:
        return False
    lower, upper = heads.scalar(node.lower), heads.scalar(node.upper)
    names = {name for point, name in densities_at(node.body, heads.setting.laws) if point == letter}
    supports = [heads.setting.laws[name].support for name in names]
    holds = heads.setting.context.holds
    return all(
        (lower == support.lower or holds(support.lower <= lower))
        and (upper == support.upper or holds(upper <= support.upper))
        for support in supports
    )


def _require_whole(heads: Heads, node: Integral | BigOperator, support: Support) -> None:
    """Refuse an integral over only a part of a density's support."""
    if node.lower is None or (isinstance(node.lower, Name) and node.upper is None):
        return
    lower, upper = heads.scalar(node.lower), None
    if node.upper is not None:
        upper = heads.scalar(node.upper)
    context = heads.setting.context
    below = lower in (support.lower, -sympy.oo) or context.holds(lower <= support.lower)
    above = upper in (support.upper, sympy.oo) or (
        upper is not None and context.holds(upper >= support.upper)
    )
    if not (below and above):
        raise KlsymError(
            "part-of-support",
            "this runs over a part of the support only",
            span=node.span,
            help=f"the support reaches from {support.lower} to {support.upper}",
        )
