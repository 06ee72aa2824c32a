"""Exponential distribution truncated to an interval from 0.

p(x) = rate*exp(-rate*x)/(1 - exp(-rate*T)),  0 < x < T

Parameters
    rate       rate of the exponential
    T          right end
    scale=...  for rate: 1/rate

Moments
    mean 1/rate - T/(exp(rate*T) - 1)

Elsewhere
    torch      not there
    TFP        not there
    scipy      truncexpon(rate*T, scale=1/rate)
    Stan       exponential(beta) T[, T]
    Wikipedia  truncated distribution

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 19.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="TruncExp",
    parameters=(
        Parameter("rate", POSITIVE, "rate of the exponential"),
        Parameter("T", POSITIVE, "right end"),
    ),
    density="rate*exp(-rate*x)/(1 - exp(-rate*T))",
    support="(0, T)",
    alternatives=(Alternative("scale", POSITIVE, "rate", "1/scale", "scale, 1/rate"),),
    aliases=("TruncatedExponential",),
)
