"""Refutations: an exact point of the domain at which two enclosures are disjoint.

Both sides are compiled to FLINT balls and evaluated at random exact points, at a precision that
rises until the balls are apart.  Then the simplest points are tried in order, so that what is
shown can be checked by hand.  No simplifier and no floating-point number has a say.

>>> from sympy import log, symbols
>>> from klsym.domain import POSITIVE, Context
>>> context = Context().declare("a", POSITIVE)
>>> a = context.symbol("a")
>>> found = refute(log(a**2), log(a)**2, context)
>>> found.point, found.difference, found.exact
({'a': 2}, '0.905841347240092...', -log(2)**2 + 2*log(2))

A formula is refuted as well where it has no real value on an open part of the domain (at any
point, if all symbols stand for integers) while the derived side, the left one, has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice
from typing import TYPE_CHECKING, Any

from flint import arb, fmpq
from klsym.numerics.enclose import decimal
from sympy import Expr, S

from klsym.domain import Context
from klsym.equality.constants import exact_value
from klsym.numerics.balls import BallFunction, Unsupported, compile_balls, exact, precision
from klsym.verdict import Agreement, Counterexample

if TYPE_CHECKING:
    from sympy import Rational, Symbol

POINTS = 24
"""How many random points are tried."""
SPARE = 10
"""How many times as many, where the left side has no value at most of them."""
MOST_BITS = 4096
SMALL_POINTS = 1500
"""How many simple points are tried once there is a refutation."""
DISCRETE_POINTS = 60
DIGITS = 30
"""How many digits of a counterexample are computed."""
NEIGHBOURHOOD = fmpq(1, 2**40)


class Outcome(Enum):
    """What a comparison at one point says."""

    APART = auto()
    """Two finite balls that are disjoint."""
    SAME = auto()
    """Two finite balls that overlap at the highest precision."""
    UNDEFINED = auto()
    """The right side has no real value around the point, the left one has."""
    ELSEWHERE = auto()
    """The left side has no real value here: the statement says nothing of this point."""
    UNKNOWN = auto()
    """A ball stays infinite."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome at a point, the precision it took, and how many digits agree."""

    outcome: Outcome
    bits: int
    digits: int = 0


class Sides:
    """Two expressions, compiled, in the part of the context that concerns them.

    Raises `Unsupported` if one of them cannot be enclosed.
    """

    def __init__(self, left: Expr, right: Expr, context: Context) -> None:
        symbols = left.free_symbols | right.free_symbols
        self.left, self.right = left, right
        self.context = _relevant(context, symbols)
        self.symbols: tuple[Symbol, ...] = tuple(s for s in context.symbols if s in symbols)
        if len(self.symbols) < len(symbols):
            missing = min(str(s) for s in symbols.difference(self.symbols))
            raise Unsupported(f"{missing} is not declared")
        self.functions: list[BallFunction | None] = [
            None if side is S.Infinity else compile_balls(side, self.symbols)
            for side in (left, right)
        ]

    @property
    def discrete(self) -> bool:
        """Whether some symbol stands for integers."""
        return any(symbol.is_integer for symbol in self.symbols)

    def values(self, point: Any) -> list[fmpq]:
        """The coordinates of a point, exactly."""
        return [exact(point[symbol]) for symbol in self.symbols]

    def balls(self, values: Sequence[fmpq | arb], bits: int) -> list[arb | None]:
        """Both sides at that precision: None has no real value, infinite stands for oo."""
        with precision(bits):
            return [
                arb("inf") if function is None else function.evaluate_real(values)
                for function in self.functions
            ]

    def compare(self, point: Any, most_bits: int = MOST_BITS) -> Comparison:
        """Compare at an exact point, at a precision rising from 64 bits."""
        values = self.values(point)
        bits = 64
        while True:
            left, right = self.balls(values, bits)
            if left is None:
                return Comparison(Outcome.ELSEWHERE, bits)
            left_infinite = self.left is S.Infinity
            if right is None:
                if left_infinite or left.is_finite():
                    open_part = self._undefined_around(values)
                    return Comparison(Outcome.UNDEFINED if open_part else Outcome.ELSEWHERE, bits)
            elif left_infinite or self.right is S.Infinity:
                if left_infinite and self.right is S.Infinity:
                    return Comparison(Outcome.SAME, bits)
                if (right if left_infinite else left).is_finite():
                    return Comparison(Outcome.APART, bits)
            elif left.is_finite() and right.is_finite():
                if not left.overlaps(right):
                    return Comparison(Outcome.APART, bits)
                if bits >= most_bits:
                    return Comparison(Outcome.SAME, bits, _agreeing_digits(left, right))
            if bits >= most_bits:
                return Comparison(Outcome.UNKNOWN, bits)
            bits *= 4

    def _undefined_around(self, values: Sequence[fmpq]) -> bool:
        """Whether the right side has no real value in a whole neighbourhood of the point."""
        moving = [not symbol.is_integer for symbol in self.symbols]
        if not any(moving):
            return True
        with precision(128):
            around = [
                arb(value, abs(arb(value)) * NEIGHBOURHOOD + NEIGHBOURHOOD) if moves else value
                for value, moves in zip(values, moving, strict=True)
            ]
        return self.balls(around, 128)[1] is None

    def random_points(self, seed: int = 0) -> Iterator[dict[Symbol, Rational]]:
        """Random points; a single empty one if there are no symbols."""
        return self.context.points(seed) if self.symbols else iter(({},))

    def small_points(self) -> Iterator[dict[Symbol, Rational]]:
        """The simplest points first."""
        return self.context.small_points() if self.symbols else iter(({},))


def _relevant(context: Context, symbols: set[Symbol]) -> Context:
    """The context without the symbols that neither side nor a relation ties to them needs."""
    needed = {symbol.name for symbol in symbols}
    while True:
        tied = [
            relation
            for relation in context.relations
            if any(symbol.name in needed for symbol in relation.free_symbols)
        ]
        wider = needed | {s.name for relation in tied for s in relation.free_symbols}
        if wider == needed:
            break
        needed = wider
    if needed.issuperset(context.domains):
        return context
    domains = {name: d for name, d in context.domains.items() if name in needed}
    return Context(domains, tuple(tied))


def _agreeing_digits(left: arb, right: arb) -> int:
    """To how many significant digits two overlapping balls are the same."""
    gap = abs(left - right).abs_upper()
    size = max(left.abs_upper(), right.abs_upper())
    if gap == 0 or size == 0:
        return int(MOST_BITS * 0.3)
    return max(0, int(float((size / gap).log() / arb(10).log())))


def refute(
    left: Expr,
    right: Expr,
    context: Context,
    *,
    points: int = POINTS,
    most_bits: int = MOST_BITS,
    reason: str = "no proof was tried",
) -> Counterexample | Agreement | str:
    """A point at which the two differ; how far they agree; or why neither can be said.

    ``reason`` goes into an agreement: why there is no proof.
    """
    try:
        sides = Sides(left, right, context)
    except Unsupported as error:
        return str(error)
    same: list[int] = []
    unknown = tried = 0
    for point in _points(sides, points):
        comparison = sides.compare(point, most_bits)
        if comparison.outcome in (Outcome.APART, Outcome.UNDEFINED):
            return counterexample(sides, point, comparison)
        tried += 1
        if comparison.outcome is Outcome.SAME:
            same.append(comparison.digits)
        unknown += comparison.outcome is Outcome.UNKNOWN
        if unknown + len(same) >= points and not sides.discrete:
            break
    if same:
        return Agreement(min(same), len(same), reason)
    if tried:
        return "no point was found at which both sides can be enclosed"
    return "no point was found that satisfies the assumptions"


def _points(sides: Sides, count: int) -> Iterator[dict[Symbol, Rational]]:
    """Where there are integers the first simple points, then random ones, more than needed."""
    if sides.discrete:
        yield from islice(sides.small_points(), DISCRETE_POINTS)
        yield from islice(sides.random_points(), count)
    else:
        yield from islice(sides.random_points(), SPARE * count)


def counterexample(sides: Sides, point: Any, comparison: Comparison) -> Counterexample:
    """The simplest point at which the same is seen as at the one found."""
    for simple in islice(sides.small_points(), SMALL_POINTS):
        other = sides.compare(simple, 256)
        if other.outcome is comparison.outcome:
            point, comparison = simple, other
            break
    undefined = comparison.outcome is Outcome.UNDEFINED
    named = {symbol.name: point[symbol] for symbol in sides.symbols}
    exact_difference = None
    infinite = sides.left is S.Infinity or sides.right is S.Infinity
    if not undefined and not infinite:
        difference = sides.left.xreplace(point) - sides.right.xreplace(point)
        exact_difference = exact_value(difference)
    texts = _texts(sides, sides.values(point), undefined)
    return Counterexample(named, *texts, DIGITS, comparison.bits, exact_difference)


def _texts(sides: Sides, values: Sequence[fmpq], undefined: bool) -> tuple[str, str, str]:
    """Both sides and their difference in decimals."""
    bits = 128
    while True:
        left, right = sides.balls(values, bits)
        parts = [left, right]
        with precision(bits):
            if left is not None and right is not None:
                parts.append(left - right)
            done = all(
                ball is None or not ball.is_finite() or ball.rel_accuracy_bits() > DIGITS * 3.33
                for ball in parts
            )
            if done or bits >= MOST_BITS:
                break
        bits *= 2
    with precision(bits):
        texts = [_text(ball) for ball in parts]
    if undefined:
        return texts[0], "undefined", "undefined"
    if sides.left is S.Infinity:
        return "oo", texts[1], "oo"
    if sides.right is S.Infinity:
        return texts[0], "oo", "-oo"
    return texts[0], texts[1], texts[2]


def _text(ball: arb | None) -> str:
    if ball is None:
        return "undefined"
    return decimal(ball, DIGITS) if ball.is_finite() else "oo"
