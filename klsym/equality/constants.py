"""The exact value of a constant: its normal form, if that is short and a ball confirms it."""

from __future__ import annotations

from typing import Any

from flint import arb
from sympy import Expr, expand

from klsym.domain import Context
from klsym.equality.algebra import Algebra, Split
from klsym.equality.atoms import rules
from klsym.equality.field import Outside, Restart, Shape
from klsym.numerics.balls import Unsupported, constant, precision

MOST_OPERATIONS = 24
MOST_RESTARTS = 8
CHECK_BITS = 256


def exact_value(expr: Expr) -> Expr | None:
    """A short closed form of an expression without symbols, or None.

    >>> from sympy import Rational, log
    >>> exact_value(log(Rational(4, 3)) + log(3) - Rational(1, 2))
    -1/2 + 2*log(2)
    """
    if expr.is_Rational:
        return expr
    form = _normal_form(expr)
    if form is None or form.count_ops() > MOST_OPERATIONS:
        return None
    form = expand(form)
    with precision(CHECK_BITS):
        try:
            first, second = constant(expr), constant(form)
        except Unsupported:
            return None
        close = first.overlaps(second) and _narrow(first) and _narrow(second)
    return form if close else None


def _narrow(ball: arb) -> bool:
    return bool(ball.rad() < arb(2) ** (-CHECK_BITS // 2))


def _normal_form(expr: Expr) -> Any:
    shape = Shape()
    for _ in range(MOST_RESTARTS):
        try:
            algebra = Algebra(Context(), shape, rules())
            value = algebra.value(expr)
            return None if algebra.doubts else algebra.express(algebra.field.cancel(value))
        except Restart:
            continue
        except (Outside, Split, RecursionError):
            return None
    return None
