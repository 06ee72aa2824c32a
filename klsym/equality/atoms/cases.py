"""Absolute values, signs, extremes and pieces: by the sign that decides, case by case.

``|a - b|`` is ``a - b`` where ``a > b`` and ``b - a`` where ``a < b``; ``max(a, b)``, ``sign`` and
a piecewise function likewise.  What holds in every case holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy
from flint import fmpq
from sympy.core.relational import Relational

from klsym.equality.cases import absolute, decided_sign
from klsym.equality.field import Outside, Ratio

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra

_HOLDS = {
    sympy.StrictGreaterThan: (1,),
    sympy.GreaterThan: (0, 1),
    sympy.StrictLessThan: (-1,),
    sympy.LessThan: (-1, 0),
    sympy.Equality: (0,),
    sympy.Unequality: (-1, 1),
}


def _absolute(algebra: Algebra, expr: Any) -> Ratio:
    algebra.use("absolute value by sign")
    return absolute(algebra, expr.args[0])


def _sign(algebra: Algebra, expr: Any) -> Ratio:
    algebra.use("sign by cases")
    return algebra.field.number(decided_sign(algebra, expr.args[0]))


def _step(algebra: Algebra, expr: Any) -> Ratio:
    algebra.use("sign by cases")
    return algebra.field.number(fmpq(1 + decided_sign(algebra, expr.args[0]), 2))


def _maximum(algebra: Algebra, expr: Any) -> Ratio:
    return _extreme(algebra, expr, 1)


def _minimum(algebra: Algebra, expr: Any) -> Ratio:
    return _extreme(algebra, expr, -1)


def _extreme(algebra: Algebra, expr: Any, wanted: int) -> Ratio:
    algebra.use("maximum by cases" if wanted > 0 else "minimum by cases")
    best, *others = sorted(expr.args, key=sympy.default_sort_key)
    for other in others:
        if decided_sign(algebra, other - best) == wanted:
            best = other
    return algebra.value(best)


def _piecewise(algebra: Algebra, expr: Any) -> Ratio:
    algebra.use("piecewise by cases")
    for value, condition in expr.args:
        if _holds(algebra, condition):
            return algebra.value(value)
    raise Outside("a piecewise function outside its cases")


def _holds(algebra: Algebra, condition: Any) -> bool:
    if condition in (sympy.true, sympy.false):
        return bool(condition)
    if isinstance(condition, sympy.And):
        return all(_holds(algebra, part) for part in condition.args)
    if isinstance(condition, sympy.Or):
        return any(_holds(algebra, part) for part in condition.args)
    if isinstance(condition, sympy.Not):
        return not _holds(algebra, condition.args[0])
    if isinstance(condition, Relational):
        return decided_sign(algebra, condition.lhs - condition.rhs) in _HOLDS[type(condition)]
    raise Outside(f"the condition {condition}")


RULES = {
    sympy.Abs: _absolute,
    sympy.sign: _sign,
    sympy.Heaviside: _step,
    sympy.Max: _maximum,
    sympy.Min: _minimum,
    sympy.Piecewise: _piecewise,
}
