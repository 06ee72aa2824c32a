"""The special functions of real numbers that klsym can enclose, with where they have no value.

They keep the promises of :mod:`klsym.numerics.arithmetic`: a finite ball holds the value, a ball
that is not finite says nothing, and `Undefined` means that there is certainly no real value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import acb, arb, fmpq

from klsym.numerics.arithmetic import LONGEST, NAN, Number, Undefined, divide
from klsym.numerics.straightline import Function


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


def catalan_number(n: Number) -> Number:
    """The Catalan number, which sympy makes of some quotients of gamma functions."""
    return arb(4) ** arb(n) * GAMMA(n + fmpq(1, 2)) * arb(n + 2).rgamma() / arb.const_sqrt_pi()


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
    """A function of an order and a real number at least 0, such as the incomplete gamma.

    Left of 0 it is complex unless the order is an integer, and then nothing is said.
    """

    def function(order: Number, x: Number) -> Number:
        order, x = arb(order), arb(x)
        if not (order.is_finite() and x.is_finite()):
            return NAN
        if x < 0 and not order.contains_integer():
            raise Undefined("an incomplete gamma function left of 0")
        return method(x, order) if x >= 0 else NAN

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


GAMMA = meromorphic(arb.gamma)
DIGAMMA = meromorphic(arb.digamma)
