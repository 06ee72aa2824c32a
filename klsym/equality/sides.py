"""Two expressions side by side, evaluated at exact points in certified balls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Protocol

from flint import arb, ctx, fmpq
from sympy import Expr, Rational, S

from klsym.domain import Context
from klsym.expectation import DivergenceValue, Expectation
from klsym.numerics.balls import Unsupported, compile_balls, exact, precision
from klsym.numerics.enclose import enclose

if TYPE_CHECKING:
    from sympy import Symbol

MOST_BITS = 4096
"""The highest precision for closed expressions."""
MOST_BITS_OF_MEANS = 128
"""The same where an integral or a sum has to be enclosed for each value."""
NEIGHBOURHOOD = fmpq(1, 2**40)


class Function(Protocol):
    """An expression as a function of its symbols, at the precision of the moment."""

    def evaluate_real(self, values: Sequence[fmpq | arb]) -> arb | None:
        """A ball around the value; None if there is certainly none."""


class _Mean:
    """An expression with means in it, each enclosed from its definition."""

    def __init__(self, expr: Expr, symbols: tuple[Symbol, ...]) -> None:
        self.expr, self.symbols = expr, symbols

    def evaluate_real(self, values: Sequence[fmpq | arb]) -> arb | None:
        point = {
            symbol: Rational(int(value.p), int(value.q))
            for symbol, value in zip(self.symbols, values, strict=True)
            if isinstance(value, fmpq)
        }
        try:
            return enclose(self.expr, point, int(ctx.prec * 0.25))
        except Unsupported:
            return arb("nan")


class _Infinite:
    """Plus or minus infinity."""

    def __init__(self, value: Expr) -> None:
        self.ball = arb("inf") if value is S.Infinity else arb("-inf")

    def evaluate_real(self, values: Sequence[fmpq | arb]) -> arb | None:
        return self.ball


INFINITIES = (S.Infinity, S.NegativeInfinity)


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
        self.functions = [self._function(side) for side in (left, right)]
        self.means = any(isinstance(function, _Mean) for function in self.functions)

    def _function(self, side: Expr) -> Function:
        if side in INFINITIES:
            return _Infinite(side)
        if side.has(DivergenceValue):
            raise Unsupported("a divergence in it has no closed form")
        if side.has(Expectation):
            return _Mean(side, self.symbols)
        return compile_balls(side, self.symbols)

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
            return [function.evaluate_real(values) for function in self.functions]

    def compare(self, point: Any, most_bits: int = MOST_BITS) -> Comparison:
        """Compare at an exact point, at a precision rising from 64 bits."""
        values = self.values(point)
        most_bits = min(most_bits, MOST_BITS_OF_MEANS) if self.means else most_bits
        bits = 64
        while True:
            left, right = self.balls(values, bits)
            if left is None:
                return Comparison(Outcome.ELSEWHERE, bits)
            infinite = [side in INFINITIES for side in (self.left, self.right)]
            if right is None:
                if infinite[0] or left.is_finite():
                    open_part = self._undefined_around(values)
                    return Comparison(Outcome.UNDEFINED if open_part else Outcome.ELSEWHERE, bits)
            elif any(infinite):
                if all(infinite):
                    same = self.left is self.right
                    return Comparison(Outcome.SAME if same else Outcome.APART, bits)
                if (right if infinite[0] else left).is_finite():
                    return Comparison(Outcome.APART, bits)
            elif left.is_finite() and right.is_finite():
                if not left.overlaps(right):
                    return Comparison(Outcome.APART, bits)
                if bits >= most_bits:
                    return Comparison(Outcome.SAME, bits, _agreeing_digits(left, right))
            if bits >= most_bits:
                return Comparison(Outcome.UNKNOWN, bits)
            bits = min(4 * bits, most_bits)

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
