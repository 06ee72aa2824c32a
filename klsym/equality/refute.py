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
({'a': 2}, '0.905841347201689194167361716590', -log(2)**2 + 2*log(2))

A formula is refuted as well where it has no real value on an open part of the domain (at any
point, if all symbols stand for integers) while the derived side, the left one, has one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from flint import arb, fmpq
from sympy import Expr

from klsym.equality.constants import exact_value
from klsym.equality.sides import (
    INFINITIES,
    MOST_BITS,
    MOST_BITS_OF_MEANS,
    Comparison,
    Outcome,
    Sides,
)
from klsym.numerics.balls import Unsupported, compile_balls, precision
from klsym.numerics.decimals import decimal, rounded_away
from klsym.verdict import Agreement, Counterexample

if TYPE_CHECKING:
    from sympy import Rational, Symbol

    from klsym.domain import Context

POINTS = 24
"""How many random points are tried."""
SPARE = 10
"""How many times as many, where the left side has no value at most of them."""
SMALL_POINTS = 1500
"""How many simple points are tried once there is a refutation."""
DISCRETE_POINTS = 60
POINTS_OF_MEANS = 4
SMALL_POINTS_OF_MEANS = 12
DIGITS = 30
"""How many digits of a counterexample are computed."""


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
    if sides.means:
        points = min(points, POINTS_OF_MEANS)
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


def undefined(
    left: Expr, part: Expr, context: Context, stated: Sequence[Expr] = ()
) -> Counterexample | None:
    """A point around which ``part`` of a formula has no real value, though the left side has one.

    ``stated`` are parts of the left side, which must have values there too.  None if no such
    point is found.
    """
    nowhere = part.is_extended_real is False
    try:
        sides = Sides(left, left if nowhere else part, context)
        others = [compile_balls(other, sides.symbols) for other in stated]
    except Unsupported:
        return None

    def accept(point: Any) -> bool:
        with precision(128):
            balls = [other.evaluate_real(sides.values(point)) for other in others]
        return all(ball is not None and ball.is_finite() for ball in balls)

    sought = Outcome.SAME if nowhere else Outcome.UNDEFINED
    for point in _points(sides, POINTS_OF_MEANS if sides.means else POINTS):
        comparison = sides.compare(point, 128)
        if comparison.outcome is sought and accept(point):
            found = counterexample(sides, point, comparison, accept)
            return replace(
                found, right="undefined", difference="undefined", find_exact=lambda: None
            )
    return None


def _points(sides: Sides, count: int) -> Iterator[dict[Symbol, Rational]]:
    """Where there are integers the first simple points, then random ones, more than needed."""
    if sides.discrete:
        yield from islice(sides.small_points(), DISCRETE_POINTS)
        yield from islice(sides.random_points(), count)
    else:
        yield from islice(sides.random_points(), SPARE * count)


def counterexample(
    sides: Sides,
    point: Any,
    comparison: Comparison,
    accept: Callable[[Any], bool] = lambda point: True,
) -> Counterexample:
    """The simplest point, acceptable if that is asked, at which the same is seen as at this one."""
    most = SMALL_POINTS_OF_MEANS if sides.means else SMALL_POINTS
    for simple in islice(sides.small_points(), most):
        other = sides.compare(simple, 256)
        if other.outcome is comparison.outcome and accept(simple):
            point, comparison = simple, other
            break
    undefined = comparison.outcome is Outcome.UNDEFINED
    named = {symbol.name: point[symbol] for symbol in sides.symbols}
    infinite = sides.left in INFINITIES or sides.right in INFINITIES
    texts = _texts(sides, sides.values(point), undefined, comparison.bits)

    def exact_difference() -> Expr | None:
        if undefined or infinite or sides.means:
            return None
        return exact_value(sides.left.xreplace(point) - sides.right.xreplace(point))

    return Counterexample(named, *texts, DIGITS, comparison.bits, exact_difference)


def _texts(
    sides: Sides, values: Sequence[fmpq], undefined: bool, bits: int
) -> tuple[str, str, str]:
    """Both sides and their difference in decimals, seen at ``bits`` to be what they are."""
    most = MOST_BITS_OF_MEANS if sides.means else MOST_BITS
    bits = min(max(bits, 128), most)
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
            if done or bits >= most:
                break
        bits *= 2
    with precision(bits):
        texts = [_text(ball) for ball in parts]
    if undefined:
        return texts[0], "undefined", "undefined"
    if sides.left in INFINITIES:
        return str(sides.left), texts[1], str(sides.left)
    if sides.right in INFINITIES:
        return texts[0], str(sides.right), str(-sides.right)
    return texts[0], texts[1], texts[2]


def _text(ball: arb | None) -> str:
    if ball is None:
        return "undefined"
    if ball.is_finite():
        try:
            return decimal(ball, DIGITS)
        except Unsupported:
            return rounded_away(ball)
    return "-oo" if ball < 0 else "oo"
