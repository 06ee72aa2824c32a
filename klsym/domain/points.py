"""Exact points of a Context: random ones from the whole of it, and the simplest ones in order."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sympy

from klsym.domain.interval import Domain
from klsym.domain.ranges import Bound, bounds, excess, narrowed, ranges

if TYPE_CHECKING:
    from klsym.domain.context import Context

TRIES = 400
"""How many draws one random point may take."""
SIMPLEST = 200_000
"""How many tuples of simple values are looked at before the search for small points ends."""


def satisfies(context: Context, point: Mapping[Any, Any]) -> bool:
    """Whether the point has a value for each symbol, in its domain, with all relations true."""
    for symbol, domain in zip(context.symbols, context.domains.values(), strict=True):
        value = point.get(symbol)
        if value is None or not domain.contains(_fraction(value)):
            return False
    return all(_true(relation, point) for relation in context.relations)


def _true(relation: Any, point: Mapping[Any, Any]) -> bool:
    expr, sense = excess(relation)
    value = expr.xreplace(dict(point))
    if value.is_Rational:
        return bool({">": value > 0, ">=": value >= 0, "==": value == 0, "!=": value != 0}[sense])
    known = {
        ">": value.is_positive,
        ">=": value.is_nonnegative,
        "==": value.is_zero,
        "!=": value.is_nonzero,
    }[sense]
    return known is True


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _rational(value: Fraction) -> Any:
    return sympy.Rational(value.numerator, value.denominator)


def _solved(context: Context) -> tuple[tuple[Bound, ...], dict[Any, Domain], dict[Any, Bound]]:
    """Bounds, ranges, and for each equality one symbol that follows from the others."""
    from klsym.domain.context import Context

    found = tuple(bounds(context, Context(context.domains).sign)) if context.relations else ()
    following: dict[Any, Bound] = {}
    used: set[Any] = set()
    for bound in found:
        if bound.side or bound.relation in used or bound.symbol in following:
            continue
        if not any(bound.symbol in b.expr.free_symbols for b in following.values()):
            following[bound.symbol] = bound
            used.add(bound.relation)
    return found, ranges(context, found), following


class _Remembered:
    """An iterator that can be begun again: its first items are remembered."""

    def __init__(self, source: Iterator[dict[Any, Any]]) -> None:
        self.source = source
        self.items: list[dict[Any, Any]] = []

    def __iter__(self) -> Iterator[dict[Any, Any]]:
        for place in itertools.count():
            if place == len(self.items):
                item = next(self.source, None)
                if item is None:
                    return
                self.items.append(item)
            yield self.items[place]


@lru_cache(maxsize=128)
def random_points(context: Context, seed: int) -> Iterable[dict[Any, Any]]:
    """Random exact points; ends when one takes more than a bounded number of tries."""
    return _Remembered(_random_points(context, seed))


@lru_cache(maxsize=128)
def small_points(context: Context) -> Iterable[dict[Any, Any]]:
    """Points by total height, the simplest first, up to a bounded number of tuples."""
    return _Remembered(_small_points(context))


def _random_points(context: Context, seed: int) -> Iterator[dict[Any, Any]]:
    rng = random.Random(seed)
    found, domains, following = _solved(context)
    names = [s for s in context.symbols if s not in following]
    while True:
        for _ in range(TRIES):
            rng.shuffle(names)
            point: dict[Any, Any] = {}
            for symbol in names:
                domain = _narrow(domains[symbol], symbol, found, point)
                if domain.is_empty:
                    break
                point[symbol] = _rational(draw(domain, rng))
            else:
                complete = _complete(context, point, following)
                if complete is not None:
                    yield complete
                    break
        else:
            return


def _complete(
    context: Context, point: dict[Any, Any], following: Mapping[Any, Bound]
) -> dict[Any, Any] | None:
    """The point with the symbols that follow by equalities, in order; None outside the domain."""
    for _ in following:
        for symbol, bound in following.items():
            if symbol not in point and bound.expr.free_symbols <= point.keys():
                value = bound.expr.xreplace(point)
                if not value.is_Rational:
                    return None
                point[symbol] = value
    if len(point) < len(context.symbols) or not satisfies(context, point):
        return None
    return {symbol: point[symbol] for symbol in context.symbols}


def _narrow(
    domain: Domain, symbol: Any, found: tuple[Bound, ...], point: Mapping[Any, Any]
) -> Domain:
    for bound in found:
        if bound.symbol == symbol and bound.side and bound.expr.free_symbols <= point.keys():
            value = bound.expr.xreplace(dict(point))
            if value.is_Rational:
                domain = narrowed(domain, bound.side, _fraction(value), bound.closed)
    return domain


def draw(domain: Domain, rng: random.Random) -> Fraction:
    """A random rational of a domain that is not empty: of any size, now and then near an end."""
    lower, upper = domain.lower, domain.upper
    if domain.integer:
        if lower is not None and upper is not None:
            return Fraction(rng.randint(int(lower), int(upper)))
        step = Fraction(_size(rng, 200) - 1)
        if lower is not None:
            return lower + step
        return upper - step if upper is not None else step * rng.choice((1, -1))
    largest = rng.choice((9, 97, 997))
    size = Fraction(_size(rng, largest), _size(rng, largest))
    if lower is not None and upper is not None:
        if lower == upper:
            return lower
        return lower + (upper - lower) * size / (1 + size)
    if lower is not None:
        return lower + size
    if upper is not None:
        return upper - size
    return size * rng.choice((1, -1)) if rng.random() > 0.05 else Fraction(0)


def _size(rng: random.Random, largest: int) -> int:
    """An integer from 1 to ``largest``, each order of magnitude as likely as another."""
    return min(largest, int(math.exp(rng.random() * math.log(largest + 1))))


def height(value: Fraction) -> int:
    """How much there is to write: 0 for 0, 1 for 1 and -1, 2 for 2 and 1/2."""
    return abs(value.numerator) + value.denominator - 1 if value else 0


@lru_cache(maxsize=256)
def simple_values(domain: Domain, largest: int = 12) -> tuple[Fraction, ...]:
    """The simplest numbers of a domain, in order.

    >>> from klsym.domain import REAL, UNIT
    >>> [str(v) for v in simple_values(REAL)[:7]], [str(v) for v in simple_values(UNIT)[:3]]
    (['0', '1', '-1', '2', '1/2', '-2', '-1/2'], ['1/2', '1/3', '2/3'])
    """
    values = {
        sign * Fraction(p, q)
        for p in range(largest + 1)
        for q in range(1, (1 if domain.integer else largest) + 1)
        if p + q <= largest + 2
        for sign in (1, -1)
    }
    inside = {v for v in values if domain.contains(v)}
    if len(inside) < 8:
        inside |= {v for v in _shifted(domain) if domain.contains(v)}
    return tuple(sorted(inside, key=lambda v: (height(v), v < 0, v.denominator)))


def _shifted(domain: Domain) -> Iterator[Fraction]:
    """Some numbers of a domain that has few or no small ones."""
    lower, upper = domain.lower, domain.upper
    parts = [Fraction(p, q) for q in range(1, 8) for p in range(q + 1)]
    if lower is not None and upper is not None:
        yield from (lower + (upper - lower) * part for part in parts)
        if domain.integer:
            yield from (lower + k for k in range(min(20, int(upper - lower) + 1)))
    elif lower is not None:
        yield from (Fraction(math.floor(lower)) + k for k in range(12))
        yield from (lower + part for part in parts)
    elif upper is not None:
        yield from (Fraction(math.ceil(upper)) - k for k in range(12))
        yield from (upper - part for part in parts)


def _small_points(context: Context) -> Iterator[dict[Any, Any]]:
    _, domains, following = _solved(context)
    names = [s for s in context.symbols if s not in following]
    levels: list[dict[int, list[Any]]] = []
    for symbol in names:
        by_height: dict[int, list[Any]] = {}
        for value in simple_values(domains[symbol]):
            by_height.setdefault(height(value), []).append(_rational(value))
        levels.append(by_height)
    if not all(levels):
        return
    heights = [sorted(level) for level in levels]
    last: dict[Any, list[Any]] = {}
    for relation in context.relations:
        if relation.free_symbols <= set(names):
            last.setdefault(max(relation.free_symbols, key=names.index), []).append(relation)
    looked = 0
    for budget in range(sum(h[0] for h in heights), sum(h[-1] for h in heights) + 1):
        for split in _splits(heights, budget):
            choices = [level[h] for level, h in zip(levels, split, strict=True)]
            for point in _choices(names, choices, last, {}):
                looked += 1
                if looked > SIMPLEST:
                    return
                if len(point) < len(names):
                    continue
                complete = _complete(context, point, following)
                if complete is not None:
                    yield complete


def _choices(
    names: list[Any], choices: list[list[Any]], last: Mapping[Any, list[Any]], point: dict[Any, Any]
) -> Iterator[dict[Any, Any]]:
    """The points with one of its choices for each name; one that breaks a relation ends early.

    ``last`` holds the relations that can be told once a name has its value.
    """
    if len(point) == len(names):
        yield dict(point)
        return
    name = names[len(point)]
    for value in choices[len(point)]:
        longer = point | {name: value}
        if all(_true(relation, longer) for relation in last.get(name, ())):
            yield from _choices(names, choices, last, longer)
        else:
            yield longer


def _splits(heights: list[list[int]], budget: int) -> Iterator[tuple[int, ...]]:
    """The ways to spend ``budget`` on one height for each symbol."""
    if not heights:
        if budget == 0:
            yield ()
        return
    first, *rest = heights
    least = sum(h[0] for h in rest)
    most = sum(h[-1] for h in rest)
    for one in first:
        if least <= budget - one <= most:
            for others in _splits(rest, budget - one):
                yield (one, *others)
