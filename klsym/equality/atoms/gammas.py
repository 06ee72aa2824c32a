"""gamma, loggamma, polygamma, and what they are made into: beta, binomial, factorial, harmonic.

``beta(a, b) = gamma(a)*gamma(b)/gamma(a + b)``, ``factorial(n) = gamma(n + 1)``,
``binomial(n, k) = gamma(n + 1)/(gamma(k + 1)*gamma(n - k + 1))``,
``harmonic(n) = psi(n + 1) + EulerGamma``.  For gamma itself see :mod:`klsym.equality.gammas`.
"""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING, Any

import sympy
from flint import fmpq
from sympy import S

from klsym.equality.doubts import must_be_positive
from klsym.equality.field import Ratio
from klsym.equality.gammas import gamma, log_gamma, polygamma
from klsym.equality.signs import sign_of

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra


MOST_CHOSEN = 30


def _quotient(expr: Any) -> tuple[list[Any], list[Any]]:
    """The arguments of the gamma functions above and below that make up ``expr``."""
    head, args = expr.func, expr.args
    if head is sympy.gamma:
        return [args[0]], []
    if head is sympy.factorial:
        return [args[0] + 1], []
    if head is sympy.beta:
        return [args[0], args[-1]], [args[0] + args[-1]]
    if head is sympy.binomial:
        return [args[0] + 1], [args[1] + 1, args[0] - args[1] + 1]
    if head is sympy.RisingFactorial:
        return [args[0] + args[1]], [args[0]]
    return [args[0] + 1], [args[0] - args[1] + 1]


def _defined(algebra: Algebra, z: Any) -> bool:
    """Whether z is a pole of gamma on a thin set at most."""
    if sign_of(algebra, z) == 1:
        return True
    value = algebra.value(z)
    if z.free_symbols & algebra.strict:
        return False
    number = algebra.field.integer(value)
    return number is None or number > 0


def _gammas(algebra: Algebra, expr: Any) -> Ratio:
    field = algebra.field
    if expr.func is sympy.binomial and expr.args[1].is_Integer:
        return _chosen(algebra, expr)
    above, below = _quotient(expr)
    if not all(_defined(algebra, z) for z in (*above, *below)):
        return algebra.doubt(expr.func.__name__, expr.func, *map(algebra.value, expr.args))
    if expr.func is not sympy.gamma:
        algebra.use(f"{expr.func.__name__} as gamma functions")
    result = field.one
    for z in above:
        result = field.multiply(result, gamma(algebra, algebra.value(z)))
    for z in below:
        result = field.divide(result, gamma(algebra, algebra.value(z)))
    return result


def _chosen(algebra: Algebra, expr: Any) -> Ratio:
    """``binomial(n, k)`` for a number k: a polynomial in n."""
    field = algebra.field
    n, k = expr.args
    if k < 0 or k > MOST_CHOSEN:
        return algebra.doubt("binomial", sympy.binomial, *map(algebra.value, expr.args))
    algebra.use("binomial as a polynomial")
    result, value = field.one, algebra.value(n)
    for i in range(int(k)):
        factor = field.subtract(value, field.number(i))
        result = field.multiply(result, field.scale(factor, fmpq(1, i + 1)))
    return result


def _log_of_gammas(algebra: Algebra, expr: Any) -> Ratio | None:
    """``log|expr|``, without the exponentials that Gauss's multiplication would bring."""
    field = algebra.field
    above, below = _quotient(expr)
    if not all(_defined(algebra, z) for z in (*above, *below)):
        return None
    algebra.use("log of gamma functions")
    total = field.sum([log_gamma(algebra, algebra.value(z)) for z in above])
    for z in below:
        total = field.subtract(total, log_gamma(algebra, algebra.value(z)))
    return total


def _loggamma(algebra: Algebra, expr: Any) -> Ratio:
    z = expr.args[0]
    must_be_positive(algebra, "loggamma", z)
    return log_gamma(algebra, algebra.value(z))


def _polygamma(algebra: Algebra, expr: Any) -> Ratio:
    order, z = (S.Zero, expr.args[0]) if len(expr.args) == 1 else expr.args
    if expr.func is sympy.trigamma:
        order = S.One
    if not (order.is_Integer and 0 <= order.p <= 20 and _defined(algebra, z)):
        return algebra.doubt("polygamma", sympy.polygamma, *map(algebra.value, (order, z)))
    return polygamma(algebra, int(order.p), algebra.value(z))


def _harmonic(algebra: Algebra, expr: Any) -> Ratio:
    field = algebra.field
    n, order = expr.args if len(expr.args) == 2 else (expr.args[0], S.One)
    if not (order.is_Integer and 1 <= order.p <= 20 and _defined(algebra, n + 1)):
        return algebra.doubt("harmonic", sympy.harmonic, *map(algebra.value, (n, order)))
    algebra.use("harmonic number as digamma")
    shifted = algebra.value(n + 1)
    if order == 1:
        return field.add(polygamma(algebra, 0, shifted), algebra.value(S.EulerGamma))
    m = int(order.p) - 1
    tail = field.scale(polygamma(algebra, m, shifted), (-1) ** m)
    tail = field.divide(tail, field.number(factorial(m)))
    return field.add(algebra.value(sympy.zeta(order)), tail)


RULES = {
    sympy.gamma: _gammas,
    sympy.factorial: _gammas,
    sympy.beta: _gammas,
    sympy.binomial: _gammas,
    sympy.RisingFactorial: _gammas,
    sympy.FallingFactorial: _gammas,
    sympy.loggamma: _loggamma,
    sympy.polygamma: _polygamma,
    sympy.digamma: _polygamma,
    sympy.trigamma: _polygamma,
    sympy.harmonic: _harmonic,
}

LOGARITHMS = {
    sympy.gamma: _log_of_gammas,
    sympy.factorial: _log_of_gammas,
    sympy.beta: _log_of_gammas,
    sympy.binomial: _log_of_gammas,
    sympy.RisingFactorial: _log_of_gammas,
    sympy.FallingFactorial: _log_of_gammas,
}
