"""Confirmation: a closed form against quadrature of its definition, by mpmath at one point.

The definition is integrated as it stands, split at its kinks, by the trapezoidal rule after a
change of variable under which the integrand dies out double-exponentially (Takahasi and Mori).
The mass is looked for first: mpmath's own ``quad`` silently returns 0 for a Gaussian of mean
100.  The step is halved until the sum agrees with the closed form to the digits wanted, which
cannot happen by accident; where it does not, nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, pairwise, product
from typing import Any

import mpmath
from sympy import Dummy, Expr, Rational, Symbol

from klsym.domain import Context
from klsym.expectation import Expectation
from klsym.numerics.integrand import kinks
from klsym.numerics.multiprecision import MULTIPRECISION
from klsym.numerics.straightline import Unsupported, generate, generate_integrand
from klsym.verdict import Confirmation

mp = mpmath.mp
LEVELS = 7
"""How often the step is halved."""
MOST_TERMS = 30_000
"""A sum of more terms takes too long."""
FIRST_LOOK = 1_024
"""The term at which a sum is given up if its terms fall off like a low power."""
MOST_NODES = 3_000
"""An integrand that has not died out by then dies out too slowly."""
NICE = tuple(
    Fraction(p, q)
    for p, q in [
        *((3, 2), (5, 4), (2, 1), (2, 3), (3, 4), (5, 2), (1, 3), (7, 4), (1, 4), (3, 1), (4, 5)),
        *((5, 1), (2, 5), (7, 2), (1, 5), (4, 1), (6, 1), (7, 1), (-1, 2), (-2, 1), (-4, 3)),
    ]
)
"""Values at which closed forms are well conditioned, in the order they are handed out."""


class Slow(Unsupported):
    """It would take too long, at any precision."""


Transform = Callable[[Any], tuple[Any, Any]]
"""From t to the variate and its derivative."""


def confirm(
    statement: Expr, closed_form: Expr, where: Context | Mapping[Any, Any], digits: int = 15
) -> Confirmation | None:
    """Do the numbers agree, to ``digits`` digits, at one exact point?

    ``statement`` holds `Expectation` heads; ``where`` is the point, or a Context that has one.
    None where numbers cannot confirm it; `confirmation` says why.
    """
    result = confirmation(statement, closed_form, where, digits)
    return None if isinstance(result, str) else result


def confirmation(
    statement: Expr, closed_form: Expr, where: Context | Mapping[Any, Any], digits: int = 15
) -> Confirmation | str:
    """As `confirm`, with the reason as a text where there is no confirmation."""
    free = statement.free_symbols | closed_form.free_symbols
    reason = "no exact point was found"
    points = well_conditioned(where, free) if isinstance(where, Context) else iter([where])
    slow: Any = None
    for point, spare in product(islice(points, 2), (10, digits + 20)):
        if point is slow:
            continue
        try:
            with mp.workdps(digits + spare):
                if _agrees(statement, closed_form, point, digits):
                    return Confirmation(digits, 1)
            reason = f"quadrature did not reach {digits} digits"
        except Slow as error:
            reason, slow = error.reason, point
        except Unsupported as error:
            reason = error.reason
        except (
            ZeroDivisionError,
            ValueError,
            TypeError,
            OverflowError,
            mpmath.libmp.NoConvergence,
        ):
            reason = "the definition could not be evaluated at the point"
    return reason


def well_conditioned(context: Context, free: set[Any]) -> Iterator[dict[Any, Any]]:
    """Exact points at which the parameters are moderate and, if possible, all different."""
    wanted = [s for s in context.symbols if s in free]
    for offset in (0, 1, 2, 5):
        values = [*NICE[offset:], *NICE[:offset]]
        point: dict[Any, Any] = {}
        for symbol in context.symbols:
            domain = context.domains[symbol.name]
            choice = next((v for v in values if domain.contains(v)), None)
            if choice is not None:
                values.remove(choice)
                point[symbol] = Rational(choice.numerator, choice.denominator)
        if len(point) == len(context.symbols) and context.satisfies(point):
            yield point
    seen = 0
    for point in islice(context.small_points(), 400):
        if len({point[symbol] for symbol in wanted}) == len(wanted):
            seen += 1
            yield point
    if not seen:
        yield from islice(context.points(), 2)


def _agrees(statement: Expr, closed: Expr, point: Mapping[Any, Any], digits: int) -> bool:
    means = list(statement.atoms(Expectation))
    names = [Dummy() for _ in means]
    values = dict(point)
    outer = statement.xreplace(dict(zip(means, names, strict=True))).xreplace(values)
    combine = generate(outer, names, MULTIPRECISION)
    expected = generate(closed.xreplace(values), (), MULTIPRECISION)()
    tolerance = mp.mpf(10) ** -digits * (abs(expected) if expected else 1)
    rules = [_rule(mean, values) for mean in means]
    for level in range(LEVELS):
        if abs(combine(*(rule(level) for rule in rules)) - expected) <= tolerance:
            return True
    return False


def _rule(mean: Any, point: dict[Any, Any]) -> Callable[[int], Any]:
    """The value of a mean at each level of refinement."""
    density, x = mean.density, mean.density.variate
    inner = {symbol: value for symbol, value in point.items() if symbol != x}
    weight = density.expression.xreplace(inner)
    function = mean.integrand.xreplace(inner)
    ends = [bound.xreplace(inner) for bound in (density.support.lower, density.support.upper)]
    p, g = (_compiled(part, x) for part in (weight, function))
    if density.support.discrete:
        total = _series(p, g, *ends)
        return lambda level: total
    inside = {place for part in (weight, function) for place in kinks(part, x)}
    low, high = (_number(bound) for bound in ends)
    places = sorted(place for place in map(_number, inside) if low < place < high)
    marks = [low, *places, high]
    pieces = [_Piece(p, g, (a, b), _transform(p, a, b)) for a, b in pairwise(marks)]
    return lambda level: mp.fsum(piece.refined(level) for piece in pieces)


def _compiled(expr: Expr, x: Symbol) -> Callable[[Any], Any]:
    function = generate_integrand(expr, (x,), MULTIPRECISION, MULTIPRECISION)()
    return lambda value: function(value, False)


def _number(bound: Expr) -> Any:
    if bound.is_infinite:
        return mp.inf if bound.is_extended_positive else -mp.inf
    return generate(bound, (), MULTIPRECISION)()


@dataclass
class _Piece:
    """The trapezoidal rule on one piece, refined level by level."""

    p: Callable[[Any], Any]
    g: Callable[[Any], Any]
    ends: tuple[Any, Any]
    transform: Transform
    sum: Any = 0
    largest: Any = 0
    level: int = -1

    def refined(self, level: int) -> Any:
        """The value with step ``1/2**(level + 1)``; earlier nodes are kept."""
        while self.level < level:
            self.level += 1
            step = mp.ldexp(1, -self.level - 1)
            stride, first = (step, 0) if self.level == 0 else (2 * step, step)
            self.sum += self._side(first, stride) + self._side(first - stride, -stride)
        return self.sum * mp.ldexp(1, -self.level - 1)

    def _side(self, start: Any, stride: Any) -> Any:
        """The terms from ``start`` on until eight in a row do not matter."""
        total, calm = mp.zero, 0
        for i in range(MOST_NODES):
            x, slope = self.transform(start + i * stride)
            # A node that rounds to an end of the piece is beyond what this precision can see.
            weight = self.p(x) * slope if slope and x not in self.ends else mp.zero
            term = weight * self.g(x) if weight else mp.zero
            total += term
            self.largest = max(self.largest, abs(term))
            calm = calm + 1 if abs(term) <= self.largest * mp.eps else 0
            if calm >= 3 and i >= 3:
                return total
        raise Unsupported("an integrand that does not die out")


def _transform(p: Callable[[Any], Any], low: Any, high: Any) -> Transform:
    """The change of variable for a piece: by its ends, its mass and how fast it dies out."""
    half = mp.pi / 2
    if mp.isfinite(low) and mp.isfinite(high):
        width = high - low

        def finite(t: Any) -> tuple[Any, Any]:
            # From the nearer end, so that the distance to it keeps all its digits.
            share = mp.exp(-2 * half * mp.sinh(abs(t)))
            part = share / (1 + share)
            slope = 2 * half * mp.cosh(t) * part / (1 + share) * width
            return (low + width * part if t < 0 else high - width * part), slope

        return finite
    if mp.isinf(low) and mp.isinf(high):
        center = _highest(p)
        scale = _width(p, center)
        if p(center + 30 * scale) + p(center - 30 * scale) < p(center) * mp.mpf(10) ** -40:
            return lambda t: (center + scale * t, scale)
        if _light(p, center, scale) and _light(p, center, -scale):
            return lambda t: (center + scale * mp.sinh(t), scale * mp.cosh(t))

        def heavy(t: Any) -> tuple[Any, Any]:
            inner = half * mp.sinh(t)
            return center + scale * mp.sinh(inner), scale * mp.cosh(inner) * half * mp.cosh(t)

        return heavy
    end, side = (low, 1) if mp.isfinite(low) else (high, -1)
    reach = 2 ** max(range(-20, 21), key=lambda k: p(end + side * mp.ldexp(1, k)) * mp.ldexp(1, k))
    if _light(p, end, side * mp.mpf(reach)):

        def light(t: Any) -> tuple[Any, Any]:
            fall = mp.exp(-t)
            distance = reach * mp.exp(t - fall)
            return end + side * distance, distance * (1 + fall)

        return light

    def slow(t: Any) -> tuple[Any, Any]:
        distance = reach * mp.exp(half * mp.sinh(t))
        return end + side * distance, distance * half * mp.cosh(t)

    return slow


def _highest(p: Callable[[Any], Any]) -> Any:
    """About where a density on the real line is highest: from a coarse scan, then uphill."""
    scan = [mp.zero, *(side * mp.ldexp(1, k) for k in range(-3, 12) for side in (1, -1))]
    best = max(scan, key=p)
    step = max(abs(best) / 4, mp.mpf(1) / 4)
    while step > mp.ldexp(1, -6):
        best, before = max((best, best - step, best + step), key=p), best
        if best == before:
            step /= 2
    return best


def _width(p: Callable[[Any], Any], center: Any) -> Any:
    """How far from the centre the density has fallen to about a half."""
    width, top = mp.ldexp(1, -12), p(center)
    while 2 * max(p(center + width), p(center - width)) > top and width < 1e6:
        width *= 2
    return width


def _light(p: Callable[[Any], Any], start: Any, scale: Any) -> bool:
    """Does the density die out faster than any power?"""
    return bool(p(start + scale * 10**4) < p(start + scale) * mp.mpf(10) ** -200)


def _series(p: Callable[[Any], Any], g: Callable[[Any], Any], low: Expr, high: Expr) -> Any:
    """The sum over the integers of a support, outwards from an end or from 0."""
    if not low.is_infinite and not high.is_infinite:
        return mp.fsum(p(mp.mpf(k)) * g(mp.mpf(k)) for k in range(int(low), int(high) + 1))
    if low.is_infinite and high.is_infinite:
        return _tail(p, g, 0, 1) + _tail(p, g, -1, -1)
    return _tail(p, g, int(high), -1) if low.is_infinite else _tail(p, g, int(low), 1)


def _tail(p: Callable[[Any], Any], g: Callable[[Any], Any], first: int, step: int) -> Any:
    """The sum from an integer upwards or downwards, until its terms have died out."""
    total, largest, half, calm = mp.zero, mp.zero, mp.zero, 0
    for n in range(MOST_TERMS):
        k = mp.mpf(first + step * n)
        term = p(k) * g(k)
        total += term
        largest = max(largest, abs(term))
        if n == FIRST_LOOK // 2:
            half = abs(term)
        if n == FIRST_LOOK and abs(term) > half / 64:
            break
        calm = calm + 1 if abs(term) <= largest * mp.eps else 0
        if calm >= 8:
            return total
    raise Slow("a sum that converges slowly")
