"""Error functions: ``erfc(x) = 1 - erf(x)``, ``erf(-x) = -erf(x)``, ``erfi(-x) = -erfi(x)``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy

from klsym.equality.cases import oriented
from klsym.equality.field import Ratio
from klsym.equality.signs import sign_of_ratio

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra


def error_function(algebra: Algebra, value: Ratio, head: Any = sympy.erf) -> Ratio:
    """``erf(value)``, or ``erfi(value)``."""
    value, sign = oriented(algebra, value)
    if algebra.field.is_zero(value):
        return algebra.field.zero
    own = sign_of_ratio(algebra, value) or None
    atom = algebra.function(head.__name__, head, value, sign=own)
    return algebra.field.scale(atom, sign)


def _erf(algebra: Algebra, expr: Any) -> Ratio:
    return error_function(algebra, algebra.value(expr.args[0]))


def _erfi(algebra: Algebra, expr: Any) -> Ratio:
    return error_function(algebra, algebra.value(expr.args[0]), sympy.erfi)


def _erfc(algebra: Algebra, expr: Any) -> Ratio:
    algebra.use("erfc = 1 - erf")
    return algebra.field.subtract(algebra.field.one, _erf(algebra, expr))


def _erf2(algebra: Algebra, expr: Any) -> Ratio:
    algebra.use("erf between two numbers as a difference")
    low, high = (error_function(algebra, algebra.value(arg)) for arg in expr.args)
    return algebra.field.subtract(high, low)


RULES = {sympy.erf: _erf, sympy.erfc: _erfc, sympy.erfi: _erfi, sympy.erf2: _erf2}
