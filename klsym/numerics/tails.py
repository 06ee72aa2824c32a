"""Rigorous bounds of what lies beyond a cut: the tails of an integral or a sum.

Every end of a support is mapped to ``y -> oo``: ``x = y``, ``x = -y``, ``x = a + 1/y`` or
``x = b - 1/y``.  There the integrand is expanded into a germ (:mod:`klsym.numerics.germs`), whose
integral over all ``y >= Y`` has a bound; `cut` looks for a Y at which that bound is as small as
wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sympy
from flint import arb, fmpq
from sympy import Expr, Symbol

from klsym.numerics.balls import constant, exact
from klsym.numerics.beyond import Beyond
from klsym.numerics.germs import (
    ONE,
    Germ,
    Number,
    TooNear,
    add,
    fixed,
    monomial,
    multiply,
    times,
)
from klsym.numerics.straightline import Unsupported

FARTHEST = 1 << 16
"""No cut lies beyond ``Y = 2**FARTHEST``."""


@dataclass(frozen=True, slots=True)
class End:
    """An end of an interval, approached as ``y -> oo``.

    ``point`` is None for an end at infinity; ``side`` is +1 for an upper end (``y``, ``b - 1/y``)
    and -1 for a lower one (``-y``, ``a + 1/y``).
    """

    side: int
    point: Expr | None = None

    def germ(self) -> Germ:
        """The variate as a germ."""
        if self.point is None:
            return monomial(a=ONE, times=fmpq(self.side))
        return add(fixed(number(self.point)), monomial(a=-ONE, times=fmpq(-self.side)))

    def jacobian(self) -> Germ:
        """``|dx/dy|``."""
        return fixed(ONE) if self.point is None else monomial(a=fmpq(-2))

    def place(self, y: fmpq) -> Number:
        """The variate at y."""
        if self.point is None:
            return self.side * y
        return number(self.point) - self.side / y


def number(expr: Expr) -> Number:
    """An exact rational, or the ball of a constant."""
    return exact(expr) if expr.is_Rational else constant(expr)


class Expansion:
    """Expands expressions in one variable for all ``y >= Y``."""

    def __init__(self, variable: Symbol, value: Germ, beyond: Beyond) -> None:
        self.variable = variable
        self.beyond = beyond
        self.memo: dict[Any, Germ] = {variable: value}

    def __call__(self, expr: Any) -> Germ:
        """The germ of an expression; raises `Unsupported`, or `TooNear` where Y is too small."""
        known = self.memo.get(expr)
        if known is None:
            known = self.memo[expr] = self._expand(expr)
        return known

    def _expand(self, expr: Any) -> Germ:
        if self.variable not in expr.free_symbols:
            return fixed(number(expr))
        if expr.is_Add:
            return add(*map(self, expr.args))
        if expr.is_Mul:
            product = fixed(ONE)
            for arg in expr.args:
                product = multiply(product, self(arg))
            return product
        if expr.is_Pow:
            return self._power(expr.base, expr.exp)
        rule = RULES.get(expr.func)
        if rule is None:
            raise Unsupported(f"no bound for {expr.func.__name__} at an end of the support")
        return rule(self.beyond, *map(self, expr.args))

    def _power(self, base: Any, exponent: Any) -> Germ:
        if self.variable not in exponent.free_symbols:
            if base is sympy.E:
                return fixed(constant(base**exponent))
            return self.beyond.power(self(base), number(exponent))
        log = fixed(ONE) if base is sympy.E else self.beyond.logarithm(self(base))
        return self.beyond.exponential(multiply(self(exponent), log))


def _between(lower: arb, upper: arb) -> Callable[..., Germ]:
    return lambda beyond, *_: fixed(lower.union(upper))


def _absolute(beyond: Beyond, germ: Germ) -> Germ:
    return times(fmpq(beyond.sign(germ)), germ)


def _hyperbolic(sign: int) -> Callable[[Beyond, Germ], Germ]:
    def rule(beyond: Beyond, germ: Germ) -> Germ:
        other = times(fmpq(sign), beyond.exponential(times(fmpq(-1), germ)))
        return times(fmpq(1, 2), add(beyond.exponential(germ), other))

    return rule


def _gamma(shift: int) -> Callable[[Beyond, Germ], Germ]:
    def rule(beyond: Beyond, germ: Germ) -> Germ:
        return beyond.exponential(beyond.loggamma(add(germ, fixed(fmpq(shift)))))

    return rule


def _polygamma(beyond: Beyond, order: Germ, germ: Germ) -> Germ:
    if order.terms:
        raise Unsupported("no bound for a derivative of digamma at an end of the support")
    return beyond.digamma(germ)


def _binomial(beyond: Beyond, n: Germ, k: Germ) -> Germ:
    one, rest = fixed(ONE), add(n, times(fmpq(-1), k))
    logs = [beyond.loggamma(add(part, one)) for part in (n, k, rest)]
    return beyond.exponential(add(logs[0], *(times(fmpq(-1), log) for log in logs[1:])))


RULES: dict[Any, Callable[..., Germ]] = {
    sympy.exp: Beyond.exponential,
    sympy.log: Beyond.logarithm,
    sympy.Abs: _absolute,
    sympy.sign: lambda beyond, germ: fixed(fmpq(beyond.sign(germ))),
    sympy.loggamma: Beyond.loggamma,
    sympy.polygamma: _polygamma,
    sympy.gamma: _gamma(0),
    sympy.factorial: _gamma(1),
    sympy.binomial: _binomial,
    sympy.cosh: _hyperbolic(1),
    sympy.sinh: _hyperbolic(-1),
    sympy.sin: _between(arb(-1), arb(1)),
    sympy.cos: _between(arb(-1), arb(1)),
    sympy.tanh: _between(arb(-1), arb(1)),
    sympy.erf: _between(arb(-1), arb(1)),
    sympy.erfc: _between(arb(0), arb(2)),
    sympy.sech: lambda beyond, germ: beyond.power(_hyperbolic(1)(beyond, germ), -ONE),
    sympy.atan: _between(arb(-2), arb(2)),
}
"""How each head acts on germs; a bounded function is a constant ball."""


def beyond_bound(
    factors: Sequence[Expr], variable: Symbol, end: End, start: fmpq, *, discrete: bool = False
) -> arb:
    """An upper bound of the absolute integral (or sum) of a product from the cut to the end.

    Raises `TooNear` if none can be shown for this cut, `Unsupported` if for no cut.
    """
    beyond = Beyond(start)
    expand = Expansion(variable, end.germ(), beyond)
    product = end.jacobian()
    for factor in factors:
        product = multiply(product, expand(factor))
    return beyond.series(product) if discrete else beyond.integral(product)


def cut(
    factors: Sequence[Expr],
    variable: Symbol,
    end: End,
    target: arb,
    size: Callable[[Number], arb],
    *,
    nearest: fmpq,
    discrete: bool = False,
) -> tuple[fmpq, arb]:
    """A cut Y, not before ``nearest``, with the bound of what lies beyond it below ``target``.

    ``size`` gives the integrand at a value of the variate, for a first guess only.  Raises
    `Unsupported` if no cut is found: often because the integral diverges there.
    """
    reason = "no cut was found"

    def attempt(exponent: float) -> tuple[fmpq, arb] | None:
        nonlocal reason
        start = _dyadic(exponent, discrete)
        if start < nearest:
            return None
        try:
            bound = beyond_bound(factors, variable, end, start, discrete=discrete)
        except TooNear as error:
            reason = str(error)
            return None
        return (start, bound) if bound < target else None

    exponent, step = _guess(end, target, size, discrete), 0.25
    last, found = exponent, attempt(exponent)
    while found is None:
        last, exponent, step = exponent, exponent + step, step * 2
        if exponent > FARTHEST:
            raise Unsupported(f"a tail could not be bounded: {reason}")
        found = attempt(exponent)
    while exponent - last > max(0.3, exponent / 64):
        middle = (last + exponent) / 2
        nearer = attempt(middle)
        if nearer is None:
            last = middle
        else:
            exponent, found = middle, nearer
    return found


def _dyadic(exponent: float, discrete: bool) -> fmpq:
    """About ``2**exponent``, short in binary; an integer for a sum."""
    if exponent > 30:
        return fmpq(1 << round(exponent))
    return fmpq(round(2**exponent)) if discrete else fmpq(round(16 * 2**exponent), 16)


def _guess(end: End, target: arb, size: Callable[[Number], arb], discrete: bool) -> float:
    """The exponent from which on the integrand, times the distance, looks small enough."""
    exponent, step, best, calm, blind = 2.0, 0.5, 2.0, 0, 0
    while exponent < FARTHEST and calm < 3 and blind < 6:
        y = _dyadic(exponent, discrete)
        weight = y if end.point is None else 1 / y
        value = abs(size(end.place(y))) * weight
        if not value.is_finite():
            # Too close to an end for this precision, or no value at all: nothing is learnt.
            blind += 1
        elif value < target:
            calm, blind = calm + 1, 0
        else:
            best, calm, blind = exponent + step, 0, 0
        exponent += step
        step = max(step, exponent / 32)
    return best
