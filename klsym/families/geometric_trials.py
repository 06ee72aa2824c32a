"""Geometric distribution that counts trials up to the first success, from 1.

p(x) = p*(1 - p)**(x - 1),  x in {1, 2, 3, ...}

Parameters
    p            probability of success
    failure=...  for p: 1 - p
    mean=...     for p: 1/p

Moments
    mean 1/p
    variance (1 - p)/p**2

Elsewhere
    torch      Geometric counts failures, from 0: Geometric
    TFP        the same
    scipy      geom(p)
    Stan       none
    Wikipedia  p, both conventions

>>> from klsym import derive
>>> print(derive("E(GeometricTrials(c), x)"))
1/c

Reference: Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 5.
"""

from __future__ import annotations

from fractions import Fraction

from klsym.density import Alternative, Family, Parameter
from klsym.domain import UNIT, Domain

FAMILY = Family(
    name="GeometricTrials",
    parameters=(Parameter("p", UNIT, "probability of success"),),
    density="p*(1 - p)**(x - 1)",
    support="{1..oo}",
    alternatives=(
        Alternative("failure", UNIT, "p", "1 - failure", "probability of failure, 1 - p"),
        Alternative("mean", Domain(lower=Fraction(1)), "p", "1/mean", "mean, 1/p"),
    ),
    aliases=("ShiftedGeometric",),
)
