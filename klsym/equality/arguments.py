"""Arguments of functions with a shift: ``z = r*P/s + c`` brought to one form.

A gamma function of ``z`` is reduced by ``gamma(z + 1) = z*gamma(z)``, by Gauss's multiplication
and by reflection to gamma functions of ``P/S + c`` with ``0 <= c < 1``, where P is primitive (its
coefficients are coprime integers), S is common to all arguments over that P, and P is oriented
to be positive where that is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm
from typing import TYPE_CHECKING

from flint import fmpq

from klsym.equality.contents import content
from klsym.equality.field import Ratio, Restart
from klsym.equality.signs import sign_of_ratio

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra

MOST_COPIES = 12
"""Gauss's multiplication is used for up to so many factors."""


@dataclass(frozen=True, slots=True)
class Argument:
    """``z = copies * (direction*base + shift)``, where ``base`` is P/S, or zero for a number."""

    base: Ratio
    direction: int
    shift: fmpq
    copies: int

    @property
    def constant(self) -> bool:
        """Whether z is a rational number."""
        return bool(self.base.top.is_zero())


def split(algebra: Algebra, value: Ratio, *, multiply: bool = True) -> Argument:
    """A fraction as an `Argument`; with ``multiply`` False there is always one copy."""
    field = algebra.field
    top, bottom = field.cancel(value)
    leading = bottom.monoms()[0]
    constant = top[leading] / bottom.leading_coefficient()
    rest = top - bottom * constant
    if rest.is_zero():
        return Argument(field.zero, 1, constant, 1)
    share = content(rest)
    primitive = Ratio(rest / share, bottom)
    sign = sign_of_ratio(algebra, primitive)
    if sign is None:
        sign = 1 if primitive.top.leading_coefficient() > 0 else -1
    if sign < 0:
        primitive = field.negate(primitive)
    if not multiply:
        return Argument(field.scale(primitive, share), sign, constant, 1)
    key = ("unit", field.key(primitive))
    held = field.shape.roots.get(key, 1)
    unit = lcm(held, int(share.q))
    copies = int(share.p) * (unit // int(share.q))
    if unit > MOST_COPIES or copies > MOST_COPIES:
        return Argument(field.scale(primitive, share), sign, constant, 1)
    if unit != held:
        field.shape.roots[key] = unit
        raise Restart
    return Argument(field.scale(primitive, fmpq(1, unit)), sign, constant / copies, copies)


def shifted(algebra: Algebra, base: Ratio, direction: int, shift: fmpq) -> tuple[Ratio, int]:
    """``direction*base + shift`` as a reduced argument plus an integer.

    A number is reduced to (0, 1], so that no pole is met; anything else to a shift in [0, 1).
    """
    whole = int(shift.p // shift.q)
    if base.top.is_zero() and shift.q == 1:
        whole -= 1
    rest = shift - whole
    field = algebra.field
    part = base if direction > 0 else field.negate(base)
    return field.add(part, field.number(rest)), whole
