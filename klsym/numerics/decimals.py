"""Balls as decimals of which every printed digit is right."""

from __future__ import annotations

from flint import arb

from klsym.numerics.straightline import Unsupported

PLAIN = 21
"""A number from 1e-6 up to this many digits is written without an exponent."""


def decimal(ball: arb, digits: int) -> str:
    """The ball rounded to at most ``digits`` significant digits, all of them right.

    A digit is printed only if every number of the ball rounds to it.  An exact ball that is short
    is printed in full; a ball around zero as the zeros it is sure of.  Raises `Unsupported` if
    not one digit is sure.

    >>> decimal(arb("0.31468614308431742 +/- 1e-17"), 15)
    '0.314686143084317'
    >>> decimal(arb("5000 +/- 1e-8"), 15)
    '5000.0000000'
    >>> decimal(arb(3) / 8, 15), decimal(arb(-7), 15), decimal(arb("0 +/- 1e-6"), 15)
    ('0.375', '-7', '0.00000')
    >>> decimal(arb("1.5e-20 +/- 1e-25"), 15)
    '1.5000e-20'
    """
    if not ball.is_finite():
        raise Unsupported("a value that is not finite")
    if ball == 0:
        return "0"
    middle, radius, exponent = (int(part) for part in ball.mid_rad_10exp(digits + 8))
    if abs(middle) <= radius:
        return _zeros(abs(middle) + radius, exponent, digits)
    length = len(str(abs(middle)))
    for kept in range(min(digits, length), 0, -1):
        shift = length - kept
        low, high = (_rounded(abs(middle) + side * radius, shift) for side in (-1, 1))
        if low == high:
            sign = "-" if middle < 0 else ""
            whole = not radius and abs(middle) % 10**shift == 0
            return sign + _written(str(low), exponent + shift, whole)
    return _zeros(abs(middle) + radius, exponent, digits)


def _rounded(value: int, shift: int) -> int:
    """Half a unit and more goes up."""
    return value if shift <= 0 else (value + 5 * 10 ** (shift - 1)) // 10**shift


def _written(text: str, exponent: int, exact: bool) -> str:
    """The digits times a power of ten; trailing zeros are dropped only where exact."""
    if exact:
        stripped = text.rstrip("0")
        exponent += len(text) - len(stripped)
        text = stripped
    top = exponent + len(text) - 1
    if exact and exponent >= 0 and top < PLAIN:
        return text + "0" * exponent
    if exponent > 0 or not -7 < top < PLAIN:
        fraction = f".{text[1:]}" if text[1:] else ""
        return f"{text[0]}{fraction}e{top:+03d}"
    if exponent == 0:
        return text
    if top >= 0:
        return f"{text[:exponent]}.{text[exponent:]}"
    return "0." + "0" * (-top - 1) + text


def _zeros(most: int, exponent: int, digits: int) -> str:
    """A number no further from zero than ``most * 10**exponent``: the zeros that are sure."""
    places = -exponent - len(str(2 * most))
    if places < 1:
        raise Unsupported("not one digit of the value is sure")
    return "0." + "0" * min(places, digits)


def rounded_away(ball: arb) -> str:
    """A ball of which not one digit is sure, rounded to the power of ten that leaves zero.

    >>> rounded_away(arb("3 +/- 40"))
    '0e+02'
    """
    middle, slack, exponent = (int(part) for part in ball.mid_rad_10exp(6))
    return f"0e{exponent + len(str(2 * (abs(middle) + slack))):+03d}"


def radius(ball: arb) -> str:
    """The radius of the ball, rounded up to two digits.

    >>> radius(arb(1) / 4), radius(arb("0.25 +/- 1.234e-9"))
    ('0', '1.3e-09')
    """
    if not ball.is_finite():
        return "oo"
    if ball.is_exact():
        return "0"
    middle, slack, exponent = (int(part) for part in ball.rad().mid_rad_10exp(6))
    value = middle + slack
    while value >= 100:
        value, exponent = -(-value // 10), exponent + 1
    text = str(value)
    exponent += len(text) - 1
    return f"{text[0]}.{text[1:] or '0'}e{exponent:+03d}"
