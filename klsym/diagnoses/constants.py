"""Constants: the simple number that a value is, so that it can be printed.

>>> from flint import arb
>>> from klsym.numerics.balls import precision
>>> with precision(128):
...     recognised(arb.pi() / 12), recognised(-arb(2).log() / 2), recognised(arb(2).exp())
('pi/12', '-log(2)/2', None)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from flint import arb, fmpq

from klsym.diagnoses.values import Ball
from klsym.numerics.balls import exact

LARGEST_DENOMINATOR = 24
LARGEST_NUMERATOR = 1000

_UNITS: tuple[tuple[str, Callable[[], Any]], ...] = (
    ("", lambda: arb(1)),
    ("pi", arb.pi),
    ("log(2)", lambda: arb(2).log()),
    ("log(pi)", lambda: arb.pi().log()),
    ("log(2*pi)", lambda: (2 * arb.pi()).log()),
    ("log(2*pi*e)", lambda: (2 * arb.pi()).log() + 1),
    ("pi^2", lambda: arb.pi() ** 2),
    ("sqrt(2)", lambda: arb(2).sqrt()),
    ("sqrt(pi)", lambda: arb.pi().sqrt()),
    ("sqrt(2*pi)", lambda: (2 * arb.pi()).sqrt()),
    ("1/pi", lambda: 1 / arb.pi()),
    ("1/log(2)", lambda: 1 / arb(2).log()),
    ("1/sqrt(2*pi)", lambda: 1 / (2 * arb.pi()).sqrt()),
    ("EulerGamma", arb.const_euler),
    ("log(3)", lambda: arb(3).log()),
    ("log(10)", lambda: arb(10).log()),
    ("1/log(10)", lambda: 1 / arb(10).log()),
)


@cache
def _units(bits: int) -> list[tuple[str, Any]]:
    return [(text, make()) for text, make in _UNITS]


def recognised(value: Ball) -> str | None:
    """A rational multiple of a known constant, in plain notation; None for anything else."""
    from flint import ctx

    value = arb(exact(value)) if isinstance(value, fmpq) else arb(value)
    if not value.is_finite():
        return None
    for text, unit in _units(int(ctx.prec)):
        ratio = value / unit
        guess = Fraction(float(ratio.mid())).limit_denominator(LARGEST_DENOMINATOR)
        if not guess or abs(guess.numerator) > LARGEST_NUMERATOR:
            continue
        if abs(ratio - arb(exact(guess))) < arb(2) ** -60:
            return _written(guess, text)
    return None


def _written(ratio: Fraction, unit: str) -> str:
    top, bottom = ratio.numerator, ratio.denominator
    if not unit:
        return str(ratio)
    sign = "-" if top < 0 else ""
    head, _, below = unit.partition("/")
    numerator = "" if abs(top) == 1 and head != "1" else str(abs(top))
    if head != "1":
        numerator = f"{numerator}*{head}" if numerator else head
    elif not numerator:
        numerator = "1"
    parts = [part for part in ("" if bottom == 1 else str(bottom), below) if part]
    denominator = "*".join(parts)
    if len(parts) > 1:
        denominator = f"({denominator})"
    return f"{sign}{numerator}" + (f"/{denominator}" if denominator else "")


def constant_of(values: Sequence[Ball]) -> str | None:
    """The simple constant that all the values are; None if they differ or it is not simple."""
    if not values or None in values:
        return None
    first, *others = (arb(v) for v in values)
    if not all(first.overlaps(other) for other in others):
        return None
    return recognised(min((arb(v) for v in values), key=lambda ball: float(ball.rad())))
