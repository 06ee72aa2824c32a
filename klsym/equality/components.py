r"""Sums over components written out: their instances for one, two and three components.

A sum over j up to J is a function of J and of as many values of ``sigma_j`` as there are terms.
For a given J it is a closed expression of ``sigma_1``, ``sigma_2``, ...

>>> from sympy import Integer, log
>>> from klsym.domain import NATURAL, POSITIVE, Context
>>> context = Context().declare("J", NATURAL).declare("sigma_j", POSITIVE)
>>> J, s = context.symbols
>>> total = IndexSum(log(s), sympy.Symbol("j", integer=True), Integer(1), J)
>>> found = instance((total,), context, {J: Integer(2)})
>>> found.values, found.sizes
((log(sigma_1) + log(sigma_2),), {'J': 2})
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, product
from typing import Any

import sympy
from sympy import Expr, Integer

from klsym.density import Mixture, Support
from klsym.domain import Context
from klsym.errors import KlsymError
from klsym.expectation import IndexSum, Law
from klsym.syntax.indices import at_index, carries

MOST_COMPONENTS = 50
"""A sum of more terms is not written out."""
LARGEST_COUNT = 6
"""Up to what number of components instances are looked for."""


@dataclass(frozen=True)
class Instance:
    """Expressions with their sums written out, in the context of the components' values.

    ``sizes`` are the numbers of components, and the component that an unbound index stands for.
    """

    values: tuple[Any, ...]
    context: Context
    sizes: Mapping[str, Any]


def counts(*values: Any) -> list[Any]:
    """The symbols that say how many components there are."""
    sums = set().union(*(value.atoms(IndexSum) for value in values))
    found = {s for one in sums for end in one.bounds for s in end.free_symbols}
    return sorted(found, key=lambda s: str(s.name))


def instances(values: Sequence[Any], context: Context, most: int = 3) -> Iterator[Instance]:
    """Instances for small numbers of components, the smallest first.

    Where a name is meant to carry the index and does not, that shows at two components: these
    come first then.
    """
    symbols = counts(*values)
    sizes = sorted(product(range(1, LARGEST_COUNT + 1), repeat=len(symbols)), key=sum)
    if _astray(values):
        sizes.sort(key=lambda size: any(n == 1 for n in size))
    found = (
        instance(values, context, dict(zip(symbols, map(Integer, size), strict=True)))
        for size in sizes
    )
    yield from islice((one for one in found if one is not None), most)


def _astray(values: Sequence[Any]) -> bool:
    """Whether a symbol stands outside all sums that is, but for the index, one inside."""
    sums = set().union(*(value.atoms(IndexSum) for value in values))
    outside = {s.name for value in values for s in value.free_symbols}
    for one in sums:
        letter = one.index.name
        inside = {s.name.replace(f"_{letter}", "") for s in one.components}
        if inside & outside or any(carries(name, letter) for name in outside):
            return True
    return False


def instance(values: Sequence[Any], context: Context, sizes: Mapping[Any, Any]) -> Instance | None:
    """The expressions for given numbers of components; None where these cannot be.

    Also None where a sum would be too long, or its range does not consist of integers.
    """
    sums = set().union(*(value.atoms(IndexSum) for value in values))
    reach: dict[str, tuple[int, int]] = {}
    for one in sums:
        ends = [end.xreplace(dict(sizes)) for end in one.bounds]
        if not all(end.is_Integer for end in ends) or ends[1] - ends[0] >= MOST_COMPONENTS:
            return None
        low, high = reach.get(one.index.name, ends)
        reach[one.index.name] = min(low, int(ends[0])), max(high, int(ends[1]))
    for symbol, size in sizes.items():
        domain = context.domains.get(symbol.name)
        if domain is not None and not domain.contains(Fraction(int(size))):
            return None
    try:
        inner, symbols = _declared(context, reach, sizes)
    except KlsymError:
        return None
    shown = {symbol.name: size for symbol, size in sizes.items()}
    unbound: dict[Any, Any] = dict(sizes)
    for symbol in set().union(*(value.free_symbols for value in values)):
        for letter, (low, _) in reach.items():
            if carries(symbol.name, letter):
                # An index that no sum binds stands for any component: it is the first one.
                unbound[symbol] = symbols[at_index(symbol.name, letter, str(low))]
                shown[letter] = Integer(low)
        if symbol.name in symbols:
            unbound[symbol] = symbols[symbol.name]
    written = tuple(substituted(_written_out(value, sizes, symbols), unbound) for value in values)
    return Instance(written, inner, shown)


def _declared(
    context: Context, reach: Mapping[str, tuple[int, int]], sizes: Mapping[Any, Any]
) -> tuple[Context, dict[str, Any]]:
    """The context in which each component has a symbol of its own; raises KlsymError if empty."""
    fixed = {symbol.name for symbol in sizes}
    inner = Context({n: d for n, d in context.domains.items() if not _carried(n, reach, fixed)})
    names: list[str] = []
    for name, domain in context.domains.items():
        for letter, (low, high) in reach.items():
            if carries(name, letter):
                for k in range(int(low), int(high) + 1):
                    names.append(at_index(name, letter, str(k)))
                    inner = inner.declare(names[-1], domain)
    symbols = {name: inner.symbol(name) for name in inner.domains}
    for relation in context.relations:
        inner = inner.assume(*_related(relation.xreplace(dict(sizes)), reach, symbols))
    return inner, symbols


def _carried(name: str, reach: Mapping[str, Any], fixed: set[str]) -> bool:
    return name in fixed or any(carries(name, letter) for letter in reach)


def _related(
    relation: Any, reach: Mapping[str, tuple[int, int]], symbols: Mapping[str, Any]
) -> Iterator[Any]:
    """A relation for each component it speaks of."""
    letters = [x for x in reach if any(carries(s.name, x) for s in relation.free_symbols)]
    ranges = [range(int(reach[x][0]), int(reach[x][1]) + 1) for x in letters]
    for places in product(*ranges):
        mapping = {}
        for symbol in relation.free_symbols:
            name = symbol.name
            for letter, place in zip(letters, places, strict=True):
                name = at_index(name, letter, str(place))
            mapping[symbol] = symbols.get(name, symbol)
        yield relation.xreplace(mapping)


def _written_out(expr: Any, sizes: Mapping[Any, Any], symbols: Mapping[str, Any]) -> Any:
    """The expression with each sum as an ordinary sum."""
    if not expr.has(IndexSum):
        return expr
    if not isinstance(expr, IndexSum):
        return expr.func(*(_written_out(part, sizes, symbols) for part in expr.args))
    lower, upper = (int(end.xreplace(dict(sizes))) for end in expr.bounds)
    body = _written_out(expr.body, sizes, symbols)
    terms = []
    for k in range(lower, upper + 1):
        mapping: dict[Any, Any] = {expr.index: Integer(k)}
        for symbol in expr.components:
            name = at_index(symbol.name, expr.index.name, str(k))
            mapping[symbol] = symbols.get(name, sympy.Symbol(name, **symbol.assumptions0))
        terms.append(substituted(body, mapping))
    return sympy.Add(*terms)


def substituted(expr: Any, mapping: Mapping[Any, Any]) -> Any:
    """The expression with symbols replaced, in the laws of its means too."""
    laws = {
        law: Law(_density(law.density, mapping))
        for law in expr.atoms(Law)
        if law.free_symbols & mapping.keys()
    }
    return expr.xreplace({**mapping, **laws})


def _density(density: Any, mapping: Mapping[Any, Any]) -> Any:
    mapping = dict(mapping)
    if isinstance(density, Mixture):
        parts = ((w.xreplace(mapping), _density(d, mapping)) for w, d in density.components)
        return Mixture(tuple(parts), density.label, density.name, density.mass)
    support = density.support
    ends = (support.lower.xreplace(mapping), support.upper.xreplace(mapping))
    return replace(
        density,
        support=Support(*ends, support.discrete),
        expression=density.expression.xreplace(mapping),
        arguments={k: v.xreplace(mapping) for k, v in density.arguments.items()},
    )


def at_point(values: Sequence[Any], context: Context, point: Mapping[Any, Any]) -> Instance:
    """The expressions for the numbers of components that a point gives.

    Raises KlsymError ``point`` if these cannot be.
    """
    sizes = {symbol: point[symbol] for symbol in counts(*values)}
    found = instance(values, context, sizes)
    if found is None:
        shown = ", ".join(f"{symbol} = {size}" for symbol, size in sizes.items())
        raise KlsymError(
            "point",
            f"there is no value for {shown}",
            place="--at",
            help=f"at most {MOST_COMPONENTS} components",
        )
    return found


def is_sum(*values: Any) -> bool:
    """Whether one of the expressions has a sum over components in it."""
    return any(isinstance(value, Expr) and value.has(IndexSum) for value in values)
