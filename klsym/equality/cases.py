"""Deciding a sign: proved if that can be, else by cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flint import fmpq

from klsym.equality.exponentials import power_of_ratio
from klsym.equality.field import Outside, Ratio
from klsym.equality.signs import sign_of

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra


def absolute(algebra: Algebra, expr: Any) -> Ratio:
    """``|expr|``; raises `Split` where the sign is not known."""
    field = algebra.field
    value = algebra.value(expr)
    sign = sign_of(algebra, expr)
    if sign is not None:
        return field.scale(value, sign)
    return power_of_ratio(algebra, value, fmpq(1))


def decided_sign(algebra: Algebra, expr: Any) -> int:
    """+1, 0 or -1; raises `Split` where it is not known."""
    sign = sign_of(algebra, expr)
    if sign is not None:
        return sign
    field = algebra.field
    value = algebra.value(expr)
    if field.is_zero(value):
        return 0
    ratio = field.integer(field.divide(value, absolute(algebra, expr)))
    if ratio is None:
        raise Outside(f"the sign of {expr}")
    return ratio


def oriented(algebra: Algebra, value: Ratio) -> tuple[Ratio, int]:
    """The fraction or its negative, the same for both, and which of the two it is."""
    field = algebra.field
    value = field.cancel(value)
    if not value.top.is_zero() and value.top.leading_coefficient() < 0:
        return field.negate(value), -1
    return value, 1
