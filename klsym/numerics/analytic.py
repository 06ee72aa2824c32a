"""The functions an integrand may be made of, on complex balls, with the flag of the integrator.

`flint.acb.integral` bounds an integrand on complex discs, and asks for a value that is not finite
wherever the function is not analytic.  Whoever ignores that flag for a function with a branch
cut gets a wrong value with a tiny error bound: the integral of ``sqrt(x)`` on (0, 4) comes out as
5.65686 +/- 2e-16.  So a function stands here only if it is meromorphic, for then a pole answers
for itself, or if it hears the flag.  All others are for what is free of the integration variable.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from flint import acb, fmpq

from klsym.numerics.straightline import Function, Target

NAN = acb("nan")
Complex = Any
"""An acb; or, for a part free of the variable, an fmpq or arb."""


def log(z: Complex, analytic: bool) -> Complex:
    """The principal logarithm; its cut is the negative axis."""
    return acb(z).log(analytic=analytic)


def root(z: Complex, analytic: bool) -> Complex:
    """The principal square root."""
    return acb(z).sqrt(analytic=analytic)


def general(base: Complex, exponent: Complex, analytic: bool) -> Complex:
    """The principal power."""
    base, exponent = acb(base), acb(exponent)
    if not (base.is_finite() and exponent.is_finite()):
        return NAN
    return base.pow(exponent, analytic=analytic)


def power(base: Complex, exponent: int) -> Complex:
    """An integer power."""
    return base**exponent if acb(base).is_finite() else NAN


def absolute(z: Complex, analytic: bool) -> Complex:
    """The absolute value of a real function, continued to each side of its zeros."""
    z = acb(z)
    if not z.is_finite() or (not analytic and not z.imag.contains(0)):
        return NAN
    return z.real_abs(analytic=analytic)


def sign(z: Complex, analytic: bool) -> Complex:
    """The sign of a real function, continued to each side of its zeros."""
    z = acb(z)
    if not z.is_finite() or (not analytic and not z.imag.contains(0)):
        return NAN
    return z.real_sgn(analytic=analytic)


def _extreme(method: Callable[..., Any]) -> Function:
    def function(*values: Any) -> Complex:
        *numbers, analytic = values
        best, *rest = [acb(number) for number in numbers]
        for number in rest:
            best = method(best, number, analytic=analytic)
        return best if all(acb(number).is_finite() for number in numbers) else NAN

    return function


def loggamma(z: Complex, analytic: bool) -> Complex:
    """The principal log-gamma function; FLINT's has no flag, so its cut is kept clear of here."""
    z = acb(z)
    if analytic and not z.real > 0:
        return NAN
    return z.lgamma()


def entire(method: Callable[[Any], Any]) -> Function:
    """A meromorphic function, whose poles answer for themselves."""

    def function(z: Complex) -> Complex:
        z = acb(z)
        return method(z) if z.is_finite() else NAN

    return function


def polygamma(order: Complex, z: Complex) -> Complex:
    """A derivative of digamma, of fixed integer order."""
    if not (type(order) is fmpq and order.q == 1 and order >= 0):
        return NAN
    z = acb(z)
    return z.polygamma(acb(order)) if order and z.is_finite() else DIGAMMA(z)


def binomial(n: Complex, k: Complex) -> Complex:
    """The binomial coefficient, by gamma functions."""
    n, k = acb(n), acb(k)
    return GAMMA(n + 1) * (k + 1).rgamma() * (n - k + 1).rgamma()


def divide(top: Complex, bottom: Complex) -> Complex:
    """The quotient, a complex one even of two exact numbers."""
    return acb(top) / bottom


GAMMA = entire(acb.gamma)
DIGAMMA = entire(acb.digamma)

FLAGGED: dict[Any, Function] = {
    sympy.log: log,
    sympy.Abs: absolute,
    sympy.sign: sign,
    sympy.Max: _extreme(acb.real_max),
    sympy.Min: _extreme(acb.real_min),
    sympy.loggamma: loggamma,
}
"""Heads with branch cuts or kinks."""

MEROMORPHIC: dict[Any, Function] = {
    sympy.exp: entire(acb.exp),
    sympy.gamma: GAMMA,
    sympy.digamma: DIGAMMA,
    sympy.polygamma: polygamma,
    sympy.factorial: lambda n: GAMMA(acb(n) + 1),
    sympy.binomial: binomial,
    sympy.erf: entire(acb.erf),
    sympy.erfc: entire(acb.erfc),
    sympy.erfi: entire(acb.erfi),
    sympy.sin: entire(acb.sin),
    sympy.cos: entire(acb.cos),
    sympy.tan: entire(acb.tan),
    sympy.cot: entire(acb.cot),
    sympy.sec: entire(acb.sec),
    sympy.csc: entire(acb.csc),
    sympy.sinh: entire(acb.sinh),
    sympy.cosh: entire(acb.cosh),
    sympy.tanh: entire(acb.tanh),
    sympy.coth: entire(acb.coth),
    sympy.sech: entire(acb.sech),
    sympy.csch: entire(acb.csch),
}
"""Heads that need no flag."""

ANALYTIC = Target(
    functions={**MEROMORPHIC, **FLAGGED},
    constants={},
    rational=fmpq,
    power=power,
    root=root,
    general=general,
    choose=None,
    divide=divide,
    flagged=frozenset([*FLAGGED, "general", "root"]),
)
"""Generates the moving part of an integrand."""
