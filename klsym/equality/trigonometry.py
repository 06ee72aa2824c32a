"""Sine and cosine: polynomials in those of single angles, with ``s**2 = 1 - c**2``.

An angle is split into its terms by the addition theorems, and each term is an integer multiple of
a common part; multiples of pi/2, pi/3, pi/4 and pi/6 have their values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy
from flint import fmpq
from sympy import S

from klsym.equality.arguments import content
from klsym.equality.exponentials import power_of_number
from klsym.equality.field import Outside, Ratio
from klsym.equality.signs import sign_of_ratio

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra

HIGHEST_MULTIPLE = 24
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
    """Sine and cosine of a multiple of pi with denominator 1, 2, 3, 4 or 6."""
    if 12 % int(turns.q) or turns.q == 12:
        return None
    steps = int((turns * 12).p) % 24
    return _exact(algebra, steps), _exact(algebra, (steps + 6) % 24)


def _exact(algebra: Algebra, steps: int) -> Ratio:
    """``sin(steps*pi/12)`` for the steps that are multiples of 2 or 3."""
    field = algebra.field
    sign = 1
    if steps >= 12:
        steps, sign = steps - 12, -1
    steps = min(steps, 12 - steps)
    squares = {0: fmpq(0), 2: fmpq(1, 4), 3: fmpq(1, 2), 4: fmpq(3, 4), 6: fmpq(1)}
    if steps == 0:
        return field.zero
    return field.scale(power_of_number(algebra, squares[steps], fmpq(1, 2)), sign)
