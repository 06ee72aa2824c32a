"""What gamma functions are at whole and half numbers, without sympy's long way to it.

>>> value_of(sympy.gamma, Rational(5, 2)), value_of(sympy.polygamma, Integer(0), Integer(3))
(3*sqrt(pi)/4, 3/2 - EulerGamma)
>>> value_of(sympy.polygamma, Integer(1), Integer(2)), value_of(sympy.loggamma, Integer(2))
(-1 + pi**2/6, None)
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import sympy
from sympy import Integer, Rational, S

from klsym.canonical.making import applied, raised, scaled
from klsym.canonical.nodes import power_of, product_of, sum_of

LARGEST = 30
"""Values at larger numbers are left to sympy."""


def value_of(function: Any, *arguments: Any) -> Any:
    """The value of the gamma function, of digamma or of trigamma; None if sympy is to find it."""
    *order, place = arguments
    twice = 2 * place
    if not (twice.is_Integer and 0 < twice.p <= LARGEST):
        return None
    if function is sympy.gamma:
        return _gamma(place)
    if function is sympy.polygamma and order[0] is S.Zero:
        return _digamma(place)
    if function is sympy.polygamma and order[0] is S.One and place.is_Integer:
        less = sum((Fraction(1, k**2) for k in range(1, int(place))), Fraction(0))
        square = scaled(Rational(1, 6), power_of(S.Pi, Integer(2)))
        return sum_of(square, Rational(-less.numerator, less.denominator))
    return None


def _gamma(place: Any) -> Any:
    if place.is_Integer:
        return Integer(math.factorial(int(place) - 1))
    above = math.prod(range(1, int(2 * place) - 1, 2))
    return scaled(Rational(above, 2 ** int(place)), raised(S.Pi, S.Half))


def _digamma(place: Any) -> Any:
    """A sum of unit fractions, less Euler's constant and at a half the log of 4."""
    half = not place.is_Integer
    steps = range(1, int(2 * place), 2) if half else range(1, int(place))
    total = sum((Fraction(1 + half, k) for k in steps), Fraction(0))
    log = product_of(Integer(-2), applied(sympy.log, Integer(2))) if half else S.Zero
    number = Rational(total.numerator, total.denominator)
    return sum_of(number, log, product_of(S.NegativeOne, S.EulerGamma))
