"""The content of a polynomial over Q."""

from __future__ import annotations

from math import gcd, lcm

from flint import fmpq, fmpq_mpoly


def content(p: fmpq_mpoly) -> fmpq:
    """The positive rational number by which p is a multiple of a primitive polynomial."""
    numerator, denominator = 0, 1
    coefficients = p.coeffs()
    for c in coefficients:
        denominator = lcm(denominator, int(c.q))
    for c in coefficients:
        numerator = gcd(numerator, int((c * denominator).p))
    return fmpq(numerator, denominator)
