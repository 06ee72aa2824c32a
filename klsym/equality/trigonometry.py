"""Sine and cosine: polynomials in those of single angles, with ``s**2 = 1 - c**2``.

An angle is split into its terms by the addition theorems, and each term is an integer multiple of
a common part; multiples of pi by fractions with certain denominators have
their values, which are square roots.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy
from flint import fmpq
from sympy import S

from klsym.equality.contents import content
from klsym.equality.exponentials import power_of_number, power_of_ratio
from klsym.equality.field import Outside, Ratio
from klsym.equality.signs import sign_of_ratio

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra

HIGHEST_MULTIPLE = 24
DENOMINATORS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24)
"""The sines of multiples of pi with these denominators are square roots."""
Pair = tuple[Ratio, Ratio]
"""The sine and the cosine of an angle."""


def sine(algebra: Algebra, angle: Ratio) -> Ratio:
    """``sin(angle)``."""
    return _pair(algebra, angle)[0]


def cosine(algebra: Algebra, angle: Ratio) -> Ratio:
    """``cos(angle)``."""
    return _pair(algebra, angle)[1]


def _pair(algebra: Algebra, angle: Ratio) -> Pair:
    field = algebra.field
    top, bottom = field.cancel(angle)
    result: Pair = (field.zero, field.one)
    if top.is_zero():
        return result
    if len(bottom) > 1:
        share = content(top)
        if top.leading_coefficient() < 0:
            share = -share
        return _term(algebra, Ratio(top / share, bottom), share)
    for monomial, coefficient in top.to_dict().items():
        part = Ratio(field.context.from_dict({monomial: fmpq(1)}), bottom)
        part = field.cancel(part)
        result = _sum(algebra, result, _term(algebra, part, coefficient))
    return result


def _sum(algebra: Algebra, a: Pair, b: Pair) -> Pair:
    field = algebra.field
    if a[0].top.is_zero():
        return b if a[1].top.is_one() else (field.negate(b[0]), field.negate(b[1]))
    algebra.use("addition theorem of sine and cosine")
    return (
        field.add(field.multiply(a[0], b[1]), field.multiply(a[1], b[0])),
        field.subtract(field.multiply(a[1], b[1]), field.multiply(a[0], b[0])),
    )


def _term(algebra: Algebra, part: Ratio, share: fmpq) -> Pair:
    """Sine and cosine of ``share*part``."""
    field = algebra.field
    pi = algebra.value(S.Pi)
    if part == pi:
        known = _known(algebra, share)
        if known is not None:
            return known
        share = share - 2 * int((share / 2).p // (share / 2).q)
    unit = field.need_root(("angle", field.key(part)), int(share.q))
    multiple = int((share * unit).p)
    if abs(multiple) > HIGHEST_MULTIPLE:
        raise Outside("a sine of a high multiple")
    base = field.scale(part, fmpq(1, unit))
    both = _base(algebra, base)
    result: Pair = (field.zero, field.one)
    for _ in range(abs(multiple)):
        result = _sum(algebra, result, both)
    return result if multiple > 0 else (field.negate(result[0]), result[1])


def _base(algebra: Algebra, base: Ratio) -> Pair:
    field = algebra.field
    cos = algebra.function("cos", sympy.cos, base)
    sin = algebra.function("sin", sympy.sin, base, sign=_sign_of_sine(algebra, base))
    place = next(i for i, atom in enumerate(field.atoms) if field.generators[i] == sin.top)
    field.relate(place, 2, field.unit - cos.top**2)
    return sin, cos


def _sign_of_sine(algebra: Algebra, angle: Ratio) -> int | None:
    """The sign of ``sin(angle)`` for an angle between 0 and pi."""
    field = algebra.field
    if sign_of_ratio(algebra, angle) != 1:
        return None
    rest = field.subtract(algebra.value(S.Pi), angle)
    return 1 if sign_of_ratio(algebra, rest) == 1 else None


def _known(algebra: Algebra, turns: fmpq) -> Pair | None:
    """Sine and cosine of a multiple of pi whose denominator is one of `DENOMINATORS`."""
    if int(turns.q) not in DENOMINATORS:
        return None
    return _exact(algebra, fmpq(1, 2) - turns), _exact(algebra, turns)


def _exact(algebra: Algebra, turns: fmpq) -> Ratio:
    """``cos(turns*pi)``: from 0, pi/3, pi/5 and pi/2 by halving."""
    field = algebra.field
    turns = turns - 2 * ((turns / 2).p // (turns / 2).q)
    if turns > 1:
        turns = 2 - turns
    if 2 * turns > 1:
        return field.negate(_exact(algebra, 1 - turns))
    if turns == 0:
        return field.one
    if 2 * turns == 1:
        return field.zero
    if 3 * turns == 1:
        return field.number(fmpq(1, 2))
    if turns.q == 5:
        root = power_of_number(algebra, fmpq(5), fmpq(1, 2))
        sign = 1 if turns.p == 1 else -1
        return field.scale(field.add(root, field.number(sign)), fmpq(1, 4))
    half = field.scale(field.add(field.one, _exact(algebra, 2 * turns)), fmpq(1, 2))
    return power_of_ratio(algebra, half, fmpq(1, 2))
