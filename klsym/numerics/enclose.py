"""Certified values of expressions that hold means: integrals and sums with rigorous tails.

>>> from sympy import S, Symbol, exp, log, oo
>>> from klsym.density import Density, Support
>>> from klsym.expectation import Expectation, Law
>>> x, a = Symbol("x", positive=True), Symbol("a", positive=True)
>>> p = Density(x, Support(S.Zero, oo), a*exp(-a*x), "Exponential(a)")
>>> mean = Expectation(Law(p), log(p.expression / exp(-x)))
>>> decimal(enclose(mean, {a: S(2)}, 20), 20)
'0.19314718055994530942'
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flint import arb, ctx
from sympy import Dummy, Expr, Rational, S, Symbol

from klsym.density import Density, Mixture
from klsym.expectation import Expectation
from klsym.numerics.balls import Unsupported, compile_balls, exact, precision
from klsym.numerics.decimals import decimal, radius
from klsym.numerics.quadrature import enclose_integral
from klsym.numerics.sums import enclose_sum

__all__ = ["decimal", "enclose", "enclose_expectation", "enclose_mass", "radius"]

ROUNDS = 5
"""How often the precision is raised before a wider ball is given."""


def enclose(expr: Expr, point: Mapping[Symbol, Rational], digits: int) -> arb:
    """A ball around the value of an expression at an exact point.

    The expression may hold `Expectation` heads; each is integrated or summed from its definition,
    never from a closed form.  Precision rises until ``digits`` digits are right; after five
    rounds the ball is given as it is, wider, so look at it with `decimal`.  A value of exactly
    zero has no right digits: its ball shrinks to about ``10**(-2*digits)``.

    Raises `Unsupported`, with the reason, where the value cannot be enclosed: it has no real
    value, an integral diverges or is outside what the tails cover, or a head is not known.
    """
    means = [node for node in expr.atoms(Expectation) if not node.integrand.has(Expectation)]
    names = {mean: _placeholder(i) for i, mean in enumerate(means)}
    outer = expr.xreplace(names)
    if outer.has(Expectation):
        raise Unsupported("a mean within a mean")
    symbols = tuple(point)
    function = compile_balls(outer, (*symbols, *names.values()))
    values = [exact(point[symbol]) for symbol in symbols]
    bits, tolerance = int(digits * 3.33) + 60, arb(10) ** -(digits + 3)
    best: arb | None = None
    for _ in range(ROUNDS):
        with precision(bits):
            try:
                balls = [
                    enclose_expectation(mean.density, mean.integrand, point, tolerance)
                    for mean in means
                ]
            except Unsupported:
                if best is None:
                    raise
                break
            result = function.evaluate_real((*values, *balls))
            if result is None:
                raise Unsupported("the expression has no real value here")
            best = result if result.is_finite() else best
            missing = _missing(result, digits)
            nearly_zero = not abs(result) > 0 and tolerance < arb(10) ** (-2 * digits)
            if missing <= 0 or nearly_zero:
                break
        step = min(missing, 2 * bits) + 12
        bits, tolerance = bits + step, tolerance * arb(2) ** -step
    if best is None:
        raise Unsupported("the value could not be enclosed")
    return best


@lru_cache(maxsize=64)
def _placeholder(index: int) -> Any:
    """What stands for a mean in the expression around it; one for all, so that it compiles once."""
    return Dummy(f"mean_{index}", real=True)


def _missing(ball: arb, digits: int) -> int:
    """How many more bits the ball needs for that many right digits."""
    if ball.is_exact() and ball.is_finite():
        return 0
    return int(digits * 3.322) + 3 - int(ball.rel_accuracy_bits())


def enclose_expectation(
    density: Density | Mixture, integrand: Expr, point: Mapping[Symbol, Rational], tolerance: arb
) -> arb:
    """A ball around the mean of ``integrand``, with the precision of the moment.

    Its radius is about ``tolerance``, unless rounding makes it greater.  Raises `Unsupported`.
    """
    support = density.support
    lower, upper = (_placed(bound, point) for bound in (support.lower, support.upper))
    inner = {s: value for s, value in point.items() if s != density.variate}
    weight, function = density.expression.xreplace(inner), integrand.xreplace(inner)
    for part in (weight, function, lower, upper):
        unknown = part.free_symbols - {density.variate}
        if unknown:
            raise Unsupported(f"no value for {min(map(str, unknown))}")
    mantissa, exponent = tolerance.mid().man_exp()
    ends = (lower, upper, support.discrete)
    return _enclosed(
        weight, function, density.variate, ends, (int(mantissa), int(exponent)), ctx.prec
    )


@lru_cache(maxsize=32)
def _enclosed(
    weight: Expr,
    function: Expr,
    variate: Symbol,
    ends: tuple[Expr, Expr, bool],
    tolerance: tuple[int, int],
    bits: int,
) -> arb:
    """The mean at the precision of the moment, ``bits``; the steps of a derivation share many."""
    lower, upper, discrete = ends
    mantissa, exponent = tolerance
    method = enclose_sum if discrete else enclose_integral
    return method(weight, function, variate, lower, upper, arb(mantissa) * arb(2) ** exponent)


def _placed(bound: Expr, point: Mapping[Symbol, Rational]) -> Expr:
    return bound.xreplace(dict(point))


def enclose_mass(density: Density | Mixture, point: Mapping[Symbol, Rational], digits: int) -> arb:
    """A ball around the integral (or sum) of the density itself, which should hold 1.

    Raises `Unsupported`, often because the integral diverges.
    """
    with precision(int(digits * 3.33) + 60):
        return enclose_expectation(density, S.One, point, arb(10) ** -(digits + 2))
