"""Zeta distribution, also Zipf's: a power law on the positive integers.

p(x) = x**(-s)/zeta(s),  x in {1, 2, 3, ...},  s > 1

Parameters
    s          exponent, greater than 1

Moments
    mean zeta(s - 1)/zeta(s), for s > 2
    E[log(x)] = -zeta'(s)/zeta(s)

Elsewhere
    torch      none
    TFP        Zipf(power)
    scipy      zipf(a)
    Stan       none
    Wikipedia  s

>>> from klsym import derive
>>> result = derive("E(Zeta(s), x)")
>>> print(result, result.conditions)
zeta(s - 1)/zeta(s) (s > 2,)

Reference: Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 11.
"""

from __future__ import annotations

from fractions import Fraction

from klsym.density import Family, Parameter
from klsym.domain import Domain

FAMILY = Family(
    name="Zeta",
    parameters=(Parameter("s", Domain(lower=Fraction(1)), "exponent, greater than 1"),),
    density="x**(-s)/zeta(s)",
    support="{1..oo}",
    aliases=("Zipf",),
)
