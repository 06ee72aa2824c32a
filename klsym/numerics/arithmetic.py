"""Arithmetic, comparison and case distinction on exact rationals and real balls.

A value is an exact ``fmpq`` for as long as only arithmetic has been done, then an ``arb``.  Each
function gives a ball that holds its value for every point of its arguments; where it may or may
not have one it gives a ball that is not finite, and more precision may help; where it certainly
has no real value, such as the logarithm of a negative number, it raises `Undefined`.

nan never turns finite: an argument that is not finite gives a value that is not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb, fmpq

from klsym.numerics.straightline import Function

Number = Any
"""An fmpq or an arb."""

NAN = arb("nan")
LONGEST = 4096
"""An exact power of more bits than this becomes a ball."""


class Undefined(ArithmeticError):
    """There is certainly no real value here."""


def power(base: Number, exponent: int) -> Number:
    """An integer power; exact while it stays short."""
    if type(base) is fmpq:
        if not base:
            if exponent < 0:
                raise Undefined("a power of zero")
            return base
        if abs(exponent) * (base.p.bit_length() + base.q.bit_length()) <= LONGEST:
            return base**exponent
        base = arb(base)
    if not base.is_finite():
        return NAN
    return base**exponent


def root(base: Number) -> Number:
    """The square root of a number that is not negative."""
    base = arb(base)
    if base < 0:
        raise Undefined("the square root of a negative number")
    return base.sqrt()


def general(base: Number, exponent: Number) -> Number:
    """``base**exponent``; a negative base only with an integer, and ``0**0`` is 1."""
    if type(exponent) is fmpq and exponent.q == 1 and abs(exponent.p) < LONGEST:
        if exponent:
            return power(base, int(exponent.p))
        return fmpq(1) if arb(base).is_finite() else NAN
    base, exponent = arb(base), arb(exponent)
    if not (base.is_finite() and exponent.is_finite()):
        return NAN
    if base > 0:
        return base**exponent
    if base == 0:
        if exponent > 0:
            return arb(0)
        if exponent < 0:
            raise Undefined("a power of zero")
        return arb(1) if exponent == 0 else NAN
    if base < 0:
        if not exponent.contains_integer():
            raise Undefined("a fractional power of a negative number")
        return base**exponent if exponent.is_integer() else NAN
    if base >= 0 and exponent > 0:
        return arb(0).union(arb(base.upper()) ** exponent)
    return NAN


def divide(top: Number, bottom: Number) -> Number:
    """The quotient; nothing may be divided by zero."""
    if bottom == 0:
        raise Undefined("a division by zero")
    return top / bottom


def log(x: Number) -> Number:
    """The logarithm of a positive number."""
    x = arb(x)
    if x <= 0:
        raise Undefined("the logarithm of a number that is not positive")
    return x.log()


def absolute(x: Number) -> Number:
    """The absolute value."""
    return abs(x)


def sign(x: Number) -> Number:
    """-1, 0 or 1."""
    if x > 0:
        return fmpq(1)
    if x < 0:
        return fmpq(-1)
    if x == 0:
        return fmpq(0)
    return arb(0, 1) if arb(x).is_finite() else NAN


def maximum(*values: Number) -> Number:
    """The greatest."""
    return _extreme(values, arb.max)


def minimum(*values: Number) -> Number:
    """The least."""
    return _extreme(values, arb.min)


def _extreme(values: tuple[Number, ...], choose: Callable[[Any, Any], Any]) -> Number:
    if all(type(value) is fmpq for value in values):
        return max(values) if choose is arb.max else min(values)
    best, *rest = [arb(value) for value in values]
    for value in rest:
        best = choose(best, value)
    return best


def compare(relation: Callable[[Any, Any], bool], opposite: Callable[[Any, Any], bool]) -> Function:
    """A relation as True, False, or None where balls cannot tell."""

    def function(a: Number, b: Number) -> bool | None:
        if relation(a, b):
            return True
        return False if opposite(a, b) else None

    return function


def apart(a: Number, b: Number) -> bool:
    """Certainly different."""
    return bool(a < b or a > b)


def both(*values: bool | None) -> bool | None:
    """Three-valued and."""
    return False if False in values else None if None in values else True


def either(*values: bool | None) -> bool | None:
    """Three-valued or."""
    return True if True in values else None if None in values else False


def negation(value: bool | None) -> bool | None:
    """Three-valued not."""
    return None if value is None else not value


def choose(cases: tuple[tuple[Callable[[], bool | None], Callable[[], Number]], ...]) -> Number:
    """The value of the first case whose condition holds; nan where that cannot be told."""
    for condition, value in cases:
        holds = condition()
        if holds is None:
            return NAN
        if holds:
            return value()
    raise Undefined("no case of a distinction holds")
