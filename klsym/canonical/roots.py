"""Square roots of rational numbers as sympy writes them: a fraction times the root of an integer.

>>> square_root(Rational(1, 2), S.Half), square_root(Integer(12), Rational(-3, 2))
(sqrt(2)/2, sqrt(3)/72)
"""

from __future__ import annotations

from typing import Any

from sympy import Integer, Mul, Rational, S

from klsym.canonical.making import made, raised

LARGEST = 10_000
"""Roots of larger numbers are left to sympy."""


def square_root(number: Any, exponent: Any) -> Any:
    """A positive number to a multiple of a half; None of a large one, or of one below zero."""
    p, q = int(number.p), int(number.q)
    if p <= 0 or p * q > LARGEST:
        return None
    whole, odd = divmod(int(2 * exponent), 2)
    above, below = (p, q) if whole >= 0 else (q, p)
    factor = Rational(above ** abs(whole), below ** abs(whole))
    if not odd:
        return factor
    outside, inside = 1, p * q
    for root in range(2, int(inside**0.5) + 1):
        while inside % root**2 == 0:
            outside, inside = outside * root, inside // root**2
    factor *= Rational(outside, q)
    if inside == 1:
        return factor
    root = raised(Integer(inside), S.Half)
    return root if factor is S.One else made(Mul, (factor, root), S.One)
