"""Trigonometric functions by sine and cosine; ``acos(x) = pi/2 - asin(x)``; atan is odd."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy
from flint import fmpq
from sympy import S

from klsym.equality.cases import oriented
from klsym.equality.field import Ratio
from klsym.equality.signs import sign_of_ratio
from klsym.equality.trigonometry import cosine, sine

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra

_PAIRS = {
    sympy.tan: (sine, cosine, sympy.cos),
    sympy.cot: (cosine, sine, sympy.sin),
    sympy.sec: (None, cosine, sympy.cos),
    sympy.csc: (None, sine, sympy.sin),
}


def _sine(algebra: Algebra, expr: Any) -> Ratio:
    return sine(algebra, algebra.value(expr.args[0]))


def _cosine(algebra: Algebra, expr: Any) -> Ratio:
    return cosine(algebra, algebra.value(expr.args[0]))


def _quotient(algebra: Algebra, expr: Any) -> Ratio:
    algebra.use("trigonometric functions as sine and cosine")
    field = algebra.field
    above, below, head = _PAIRS[expr.func]
    angle = algebra.value(expr.args[0])
    bottom = below(algebra, angle)
    algebra.divisor(head(expr.args[0]), bottom)
    top = field.one if above is None else above(algebra, angle)
    return field.divide(top, bottom)


def _odd(algebra: Algebra, expr: Any) -> Ratio:
    value, sign = oriented(algebra, algebra.value(expr.args[0]))
    name = expr.func.__name__
    if expr.func is sympy.atan and sign_of_ratio(algebra, value) == 1:
        return algebra.field.scale(_atan(algebra, value), sign)
    if expr.func is sympy.atan or algebra.context.real(expr):
        return algebra.field.scale(algebra.function(name, expr.func, value), sign)
    return algebra.field.scale(algebra.doubt(name, expr.func, value), sign)


def _atan(algebra: Algebra, value: Ratio) -> Ratio:
    """Of a positive number or of its reciprocal: ``atan(x) + atan(1/x) = pi/2``."""
    field = algebra.field
    other = field.invert(value)
    if field.key(other) >= field.key(value):
        return algebra.function("atan", sympy.atan, value, sign=1)
    algebra.use("arctangent of a reciprocal")
    quarter = field.scale(algebra.value(S.Pi), fmpq(1, 2))
    return field.subtract(quarter, algebra.function("atan", sympy.atan, other, sign=1))


def _acos(algebra: Algebra, expr: Any) -> Ratio:
    algebra.use("acos by asin")
    field = algebra.field
    quarter = field.scale(algebra.value(S.Pi), fmpq(1, 2))
    return field.subtract(quarter, _odd(algebra, sympy.asin(expr.args[0], evaluate=False)))


RULES = {
    sympy.sin: _sine,
    sympy.cos: _cosine,
    sympy.tan: _quotient,
    sympy.cot: _quotient,
    sympy.sec: _quotient,
    sympy.csc: _quotient,
    sympy.atan: _odd,
    sympy.asin: _odd,
    sympy.acos: _acos,
}
