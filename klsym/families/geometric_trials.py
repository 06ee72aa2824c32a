"""Geometric distribution that counts trials up to the first success, from 1.

p(x) = p*(1 - p)**(x - 1),  x in {1, 2, 3, ...}

Parameters
    p          probability of success

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

from klsym.density import Family, Parameter
from klsym.domain import UNIT

FAMILY = Family(
    name="GeometricTrials",
    parameters=(Parameter("p", UNIT, "probability of success"),),
    density="p*(1 - p)**(x - 1)",
    support="{1..oo}",
    aliases=("ShiftedGeometric",),
)
