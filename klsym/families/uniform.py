"""Uniform distribution on an interval.

p(x) = 1/(b - a),  a < x < b

Parameters
    a          left end
    b          right end
    low=...    another name for a
    high=...   another name for b
    width=...  for b: b - a
    mean=...   for a, with width: (a + b)/2

Moments
    mean (a + b)/2
    variance (b - a)**2/12

Elsewhere
    torch      low, high
    TFP        low, high
    scipy      uniform(a, b - a)
    Stan       alpha, beta
    Wikipedia  a, b

>>> from klsym import derive
>>> print(derive("H(Uniform(a, b))"))
log(b - a)

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 26.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="Uniform",
    parameters=(
        Parameter("a", REAL, "left end"),
        Parameter("b", REAL, "right end"),
    ),
    density="1/(b - a)",
    support="(a, b)",
    alternatives=(
        Alternative("low", REAL, "a", "low", "left end"),
        Alternative("high", REAL, "b", "high", "right end"),
        Alternative("width", POSITIVE, "b", "a + width", "b - a"),
        Alternative("mean", REAL, "a", "mean - width/2", "with width: the mean"),
    ),
    constraints=("a < b",),
    aliases=("ContinuousUniform",),
)
