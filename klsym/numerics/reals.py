"""The real functions klsym can enclose, as functions of exact rationals and real balls.

A value is an exact ``fmpq`` for as long as only arithmetic has been done, then an ``arb``.  Each
function gives a ball that holds its value for every point of its arguments; where it may or may
not have one it gives a ball that is not finite, and more precision may help; where it certainly
has no real value, such as the logarithm of a negative number, it raises `Undefined`.

nan never turns finite: an argument that is not finite gives a value that is not.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import sympy
from flint import acb, arb, fmpq

from klsym.numerics.straightline import Function, Target

Number = Any
"""An fmpq or an arb."""

NAN = arb("nan")
LONGEST = 4096
"""An exact power of more bits than this becomes a ball."""


class Undefined(ArithmeticError):
    """There is certainly no real value here."""


def power(base: Number, exponent: int) -> Number:
    """An integer power; exact while it stays short."""
    if type(base) is fmpq:
        if not base:
            if exponent < 0:
                raise Undefined("a power of zero")
            return base
        if abs(exponent) * (base.p.bit_length() + base.q.bit_length()) <= LONGEST:
            return base**exponent
        base = arb(base)
    if not base.is_finite():
        return NAN
    return base**exponent


def root(base: Number) -> Number:
    """The square root of a number that is not negative."""
    base = arb(base)
    if base < 0:
        raise Undefined("the square root of a negative number")
    return base.sqrt()


def general(base: Number, exponent: Number) -> Number:
    """``base**exponent``; a negative base only with an integer, and ``0**0`` is 1."""
    if type(exponent) is fmpq and exponent.q == 1 and abs(exponent.p) < LONGEST:
        if exponent:
            return power(base, int(exponent.p))
        return fmpq(1) if arb(base).is_finite() else NAN
    base, exponent = arb(base), arb(exponent)
    if not (base.is_finite() and exponent.is_finite()):
        return NAN
    if base > 0:
        return base**exponent
    if base == 0:
        if exponent > 0:
            return arb(0)
        if exponent < 0:
            raise Undefined("a power of zero")
        return arb(1) if exponent == 0 else NAN
    if base < 0:
        if not exponent.contains_integer():
            raise Undefined("a fractional power of a negative number")
        return base**exponent if exponent.is_integer() else NAN
    if base >= 0 and exponent > 0:
        return arb(0).union(arb(base.upper()) ** exponent)
    return NAN


def divide(top: Number, bottom: Number) -> Number:
    """The quotient; nothing may be divided by zero."""
    if bottom == 0:
        raise Undefined("a division by zero")
    return top / bottom


def log(x: Number) -> Number:
    """The logarithm of a positive number."""
    x = arb(x)
    if x <= 0:
        raise Undefined("the logarithm of a number that is not positive")
    return x.log()


def absolute(x: Number) -> Number:
    """The absolute value."""
    return abs(x)


def sign(x: Number) -> Number:
    """-1, 0 or 1."""
    if x > 0:
        return fmpq(1)
    if x < 0:
        return fmpq(-1)
    if x == 0:
        return fmpq(0)
    return arb(0, 1) if arb(x).is_finite() else NAN


def maximum(*values: Number) -> Number:
    """The greatest."""
    return _extreme(values, arb.max)


def minimum(*values: Number) -> Number:
    """The least."""
    return _extreme(values, arb.min)


def _extreme(values: tuple[Number, ...], choose: Callable[[Any, Any], Any]) -> Number:
    if all(type(value) is fmpq for value in values):
        return max(values) if choose is arb.max else min(values)
    best, *rest = [arb(value) for value in values]
    for value in rest:
        best = choose(best, value)
    return best


def plain(
    method: Callable[[Any], Any],
    lower: int | None = None,
    *,
    closed: bool = True,
    upper: int | None = None,
) -> Function:
    """A function of one real number that has no real value outside the bounds given."""

    def function(x: Number) -> Number:
        x = arb(x)
        if not x.is_finite():
            return NAN
        if lower is not None and (x < lower if closed else x <= lower):
            raise Undefined(f"{method.__name__} below {lower}")
        if upper is not None and (x > upper if closed else x >= upper):
            raise Undefined(f"{method.__name__} above {upper}")
        return method(x)

    return function


def meromorphic(method: Callable[[Any], Any]) -> Function:
    """A function with poles at the integers up to zero, such as gamma."""

    def function(x: Number) -> Number:
        x = arb(x)
        if not x.is_finite():
            return NAN
        if x <= 0 and x.is_integer():
            raise Undefined(f"{method.__name__} at a pole")
        return method(x)

    return function


def quotient(top: Callable[[Any], Any], bottom: Callable[[Any], Any]) -> Function:
    """A quotient of two functions, such as the cotangent."""

    def function(x: Number) -> Number:
        x = arb(x)
        return divide(top(x), bottom(x)) if x.is_finite() else NAN

    return function


def polygamma(order: Number, x: Number) -> Number:
    """A derivative of digamma, of integer order."""
    if not (type(order) is fmpq and order.q == 1 and 0 <= order.p < LONGEST):
        return NAN
    if order == 0:
        return DIGAMMA(x)
    x = arb(x)
    if x <= 0 and x.is_integer():
        raise Undefined("polygamma at a pole")
    if not x > 0:
        return acb(x).polygamma(acb(order)).real if x.is_finite() else NAN
    n = int(order.p)
    return (-1) ** (n + 1) * arb.fac_ui(n) * arb(n + 1).zeta(x)


def beta_function(a: Number, b: Number) -> Number:
    """The beta function, by gamma functions."""
    return GAMMA(a) * GAMMA(b) * arb(a + b).rgamma()


def binomial(n: Number, k: Number) -> Number:
    """The binomial coefficient, by gamma functions; n negative is not known."""
    if type(n) is fmpq and type(k) is fmpq and n.q == k.q == 1 and n < 0:
        return NAN
    return GAMMA(n + 1) * arb(k + 1).rgamma() * arb(n - k + 1).rgamma()


def harmonic_number(n: Number, order: Number = 1) -> Number:
    """The harmonic number, of order 1 or of a greater integer."""
    if order == 1:
        return DIGAMMA(n + 1) + arb.const_euler()
    n = arb(n)
    if not (order > 1 and n > -1):
        return NAN
    return arb(order).zeta() - arb(order).zeta(n + 1)


def zeta(s: Number, a: Number = 1) -> Number:
    """Riemann's zeta function, or Hurwitz's for a positive second argument."""
    if s == 1:
        raise Undefined("zeta at its pole")
    s, a = arb(s), arb(a)
    if not (s.is_finite() and a > 0):
        return NAN
    return s.zeta() if a == 1 else s.zeta(a)


def incomplete(method: Callable[[Any, Any], Any]) -> Function:
    """A function of an order and a real number at least 0, such as the incomplete gamma."""

    def function(order: Number, x: Number) -> Number:
        order, x = arb(order), arb(x)
        if not (order.is_finite() and x.is_finite() and x >= 0):
            return NAN
        return method(x, order)

    return function


def bessel(method: Callable[[Any, Any], Any]) -> Function:
    """A Bessel function: order, then argument."""

    def function(order: Number, x: Number) -> Number:
        order, x = arb(order), arb(x)
        return method(x, order) if order.is_finite() and x.is_finite() else NAN

    return function


def polylog(order: Number, x: Number) -> Number:
    """The polylogarithm, real for an argument up to 1."""
    order, x = arb(order), arb(x)
    if x > 1:
        raise Undefined("polylog above 1")
    if x == 1:
        return order.zeta() if order > 1 else NAN
    return x.polylog(order) if x < 1 and order.is_finite() else NAN


def lambert(x: Number, branch: Number = 0) -> Number:
    """Lambert's W on its real branches, 0 and -1."""
    x = arb(x)
    if x < -1 / arb.const_e():
        raise Undefined("LambertW below -1/e")
    if not x.is_finite() or branch not in (0, -1):
        return NAN
    return x.lambertw(0 if branch == 0 else -1)


def compare(relation: Callable[[Any, Any], bool], opposite: Callable[[Any, Any], bool]) -> Function:
    """A relation as True, False, or None where balls cannot tell."""

    def function(a: Number, b: Number) -> bool | None:
        if relation(a, b):
            return True
        return False if opposite(a, b) else None

    return function


def _apart(a: Number, b: Number) -> bool:
    return bool(a < b or a > b)


def both(*values: bool | None) -> bool | None:
    """Three-valued and."""
    return False if False in values else None if None in values else True


def either(*values: bool | None) -> bool | None:
    """Three-valued or."""
    return True if True in values else None if None in values else False


def negation(value: bool | None) -> bool | None:
    """Three-valued not."""
    return None if value is None else not value


def choose(cases: tuple[tuple[Callable[[], bool | None], Callable[[], Number]], ...]) -> Number:
    """The value of the first case whose condition holds; nan where that cannot be told."""
    for condition, value in cases:
        holds = condition()
        if holds is None:
            return NAN
        if holds:
            return value()
    raise Undefined("no case of a distinction holds")


GAMMA = meromorphic(arb.gamma)
DIGAMMA = meromorphic(arb.digamma)

FUNCTIONS: dict[Any, Function] = {
    sympy.exp: plain(arb.exp),
    sympy.log: log,
    sympy.Abs: absolute,
    sympy.sign: sign,
    sympy.Max: maximum,
    sympy.Min: minimum,
    sympy.gamma: GAMMA,
    sympy.loggamma: plain(arb.lgamma, 0, closed=False),
    sympy.digamma: DIGAMMA,
    sympy.polygamma: polygamma,
    sympy.beta: beta_function,
    sympy.factorial: lambda n: GAMMA(n + 1),
    sympy.binomial: binomial,
    sympy.harmonic: harmonic_number,
    sympy.zeta: zeta,
    sympy.polylog: polylog,
    sympy.LambertW: lambert,
    sympy.erf: plain(arb.erf),
    sympy.erfc: plain(arb.erfc),
    sympy.erfi: plain(arb.erfi),
    sympy.sin: plain(arb.sin),
    sympy.cos: plain(arb.cos),
    sympy.tan: quotient(arb.sin, arb.cos),
    sympy.cot: quotient(arb.cos, arb.sin),
    sympy.sec: quotient(lambda x: arb(1), arb.cos),
    sympy.csc: quotient(lambda x: arb(1), arb.sin),
    sympy.sinh: plain(arb.sinh),
    sympy.cosh: plain(arb.cosh),
    sympy.tanh: plain(arb.tanh),
    sympy.coth: quotient(arb.cosh, arb.sinh),
    sympy.sech: plain(arb.sech),
    sympy.csch: quotient(lambda x: arb(1), arb.sinh),
    sympy.asin: plain(arb.asin, -1, upper=1),
    sympy.acos: plain(arb.acos, -1, upper=1),
    sympy.atan: plain(arb.atan),
    sympy.asinh: plain(arb.asinh),
    sympy.acosh: plain(arb.acosh, 1),
    sympy.atanh: plain(arb.atanh, -1, upper=1, closed=False),
    sympy.besseli: bessel(arb.bessel_i),
    sympy.besselj: bessel(arb.bessel_j),
    sympy.besselk: bessel(arb.bessel_k),
    sympy.Ei: plain(arb.ei),
    sympy.expint: incomplete(arb.expint),
    sympy.uppergamma: incomplete(arb.gamma_upper),
    sympy.lowergamma: incomplete(arb.gamma_lower),
    sympy.Lt: compare(operator.lt, operator.ge),
    sympy.Le: compare(operator.le, operator.gt),
    sympy.Gt: compare(operator.gt, operator.le),
    sympy.Ge: compare(operator.ge, operator.lt),
    sympy.Eq: compare(operator.eq, _apart),
    sympy.Ne: compare(_apart, operator.eq),
    sympy.And: both,
    sympy.Or: either,
    sympy.Not: negation,
}
"""The white list of real functions, by sympy class."""

CONSTANTS: dict[Any, Function] = {
    sympy.pi: arb.pi,
    sympy.E: arb.const_e,
    sympy.EulerGamma: arb.const_euler,
    sympy.Catalan: arb.const_catalan,
}
"""Constants, computed anew at each call so that a raised precision is heard."""

REAL = Target(FUNCTIONS, CONSTANTS, fmpq, power, root, general, choose, divide)
"""Generates functions of fmpq or arb."""
