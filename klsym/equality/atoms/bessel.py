"""Modified Bessel functions by their recurrences, at an order reduced to [0, 1) and one above.

``I(n + 1, x) = I(n - 1, x) - 2*n/x*I(n, x)``, ``K(n + 1, x) = K(n - 1, x) + 2*n/x*K(n, x)``,
``I(-n, x) = I(n, x)`` for integers n, ``K(-nu, x) = K(nu, x)``; at half-integers
``K(1/2, x) = sqrt(pi/(2*x))*exp(-x)`` and ``I(1/2, x) = sqrt(2/(pi*x))*sinh(x)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy
from flint import fmpq
from sympy import S

from klsym.equality.arguments import split
from klsym.equality.cases import oriented
from klsym.equality.exponentials import exp_of, power_of_ratio
from klsym.equality.field import Ratio
from klsym.equality.signs import sign_of

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra

LONGEST_SHIFT = 40


def _bessel(algebra: Algebra, expr: Any) -> Ratio:
    field = algebra.field
    head = expr.func
    order, x = map(algebra.value, expr.args)
    whole_order = field.integer(order)
    entire = head is sympy.besseli and whole_order is not None
    positive = sign_of(algebra, expr.args[1]) == 1
    if not (positive or entire):
        return algebra.doubt(head.__name__, head, order, x)
    if whole_order is not None:
        order = field.number(abs(whole_order))
    elif head is sympy.besselk:
        order, _ = oriented(algebra, order)
    if expr.free_symbols & algebra.strict and not positive:
        # The recurrence divides by x, which may be zero at one of its values.
        return algebra.function(head.__name__, head, order, x)
    shift = split(algebra, order, multiply=False).shift
    steps = int(shift.p // shift.q)
    if abs(steps) > LONGEST_SHIFT:
        return algebra.function(head.__name__, head, order, x)
    low = field.subtract(order, field.number(steps))
    if steps in (0, 1):
        return _reduced(algebra, head, order, x, positive)
    algebra.use("Bessel recurrence")
    turn = -1 if head is sympy.besseli else 1
    first = _reduced(algebra, head, low, x, positive)
    second = _reduced(algebra, head, field.add(low, field.one), x, positive)
    index = field.add(low, field.one)
    for _ in range(steps - 1):
        factor = field.scale(field.divide(index, x), 2 * turn)
        first, second = second, field.add(first, field.multiply(factor, second))
        index = field.add(index, field.one)
    if steps > 1:
        return second
    index = low
    for _ in range(-steps):
        factor = field.scale(field.divide(index, x), 2 * turn)
        first, second = field.subtract(second, field.multiply(factor, first)), first
        index = field.subtract(index, field.one)
    return first


def _reduced(algebra: Algebra, head: Any, order: Ratio, x: Ratio, positive: bool) -> Ratio:
    """At an order in [0, 2)."""
    field = algebra.field
    number = field.rational(order)
    if number not in (fmpq(1, 2), fmpq(3, 2)):
        return algebra.function(head.__name__, head, order, x, sign=1 if positive else None)
    algebra.use("Bessel function at a half-integer")
    pi = algebra.value(S.Pi)
    decay = exp_of(algebra, field.negate(x))
    half = fmpq(1, 2)
    if head is sympy.besselk:
        factor = power_of_ratio(algebra, field.divide(pi, field.scale(x, 2)), half)
        value = field.multiply(factor, decay)
        if number == half:
            return value
        return field.multiply(value, field.add(field.one, field.invert(x)))
    factor = power_of_ratio(algebra, field.divide(field.number(2), field.multiply(pi, x)), half)
    grown = field.invert(decay)
    sinh = field.scale(field.subtract(grown, decay), half)
    if number == half:
        return field.multiply(factor, sinh)
    cosh = field.scale(field.add(grown, decay), half)
    return field.multiply(factor, field.subtract(cosh, field.divide(sinh, x)))


RULES = {sympy.besseli: _bessel, sympy.besselk: _bessel}
