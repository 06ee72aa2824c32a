"""Exponential distribution from a left end on.

p(x) = rate*exp(-rate*(x - loc)),  x > loc

Parameters
    loc        left end
    rate=...   rate, the inverse of the scale
    scale=...  for rate: 1/rate

Moments
    mean loc + 1/rate
    variance 1/rate**2

Elsewhere
    torch      not there
    TFP        a shifted Exponential(rate)
    scipy      expon(loc, scale=1/rate)
    Stan       not there
    Wikipedia  the exponential distribution with two parameters

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 19.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="ShiftedExponential",
    parameters=(
        Parameter("loc", REAL, "left end"),
        Parameter("rate", POSITIVE, "rate, the inverse of the scale", keyword_only=True),
    ),
    density="rate*exp(-rate*(x - loc))",
    support="(loc, oo)",
    alternatives=(Alternative("scale", POSITIVE, "rate", "1/scale", "1/rate"),),
    aliases=("TwoParameterExponential",),
)
