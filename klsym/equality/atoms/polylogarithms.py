"""The polylogarithm: ``polylog(1, z) = -log(1 - z)``, ``polylog(0, z) = z/(1 - z)``, for z < 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy

from klsym.equality.field import Ratio
from klsym.equality.logarithms import log

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra


def _polylog(algebra: Algebra, expr: Any) -> Ratio:
    field = algebra.field
    order, z = expr.args
    if order == 1:
        algebra.use("polylogarithm as a logarithm")
        return field.negate(log(algebra, 1 - z))
    if order == 0:
        algebra.use("polylogarithm as a fraction")
        below = algebra.value(1 - z)
        algebra.divisor(1 - z, below)
        return field.divide(algebra.value(z), below)
    return algebra.opaque(expr)


RULES = {sympy.polylog: _polylog}
