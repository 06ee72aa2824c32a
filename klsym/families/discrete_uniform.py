"""Uniform distribution on consecutive integers, both ends included.

p(x) = 1/(b - a + 1),  x in {a, a + 1, ..., b}

Parameters
    a         least value
    b         greatest value
    low=...   another name for a
    high=...  another name for b

Moments
    mean (a + b)/2
    variance ((b - a + 1)**2 - 1)/12

Elsewhere
    torch      none
    TFP        none
    scipy      randint(low, high), high left out
    Stan       discrete_range(l, u)
    Wikipedia  a, b

>>> from klsym import derive
>>> print(derive("E(DiscreteUniform(1, n), x)"))
n/2 + 1/2

Reference: Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), section 6.10.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import INTEGER

FAMILY = Family(
    name="DiscreteUniform",
    parameters=(
        Parameter("a", INTEGER, "least value"),
        Parameter("b", INTEGER, "greatest value"),
    ),
    density="1/(b - a + 1)",
    support="{a..b}",
    alternatives=(
        Alternative("low", INTEGER, "a", "low", "a"),
        Alternative("high", INTEGER, "b", "high", "b"),
    ),
    constraints=("a <= b",),
    aliases=("UniformInteger",),
)
