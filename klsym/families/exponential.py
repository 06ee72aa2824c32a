"""Exponential distribution: waiting times of a given rate.

p(x) = rate*exp(-rate*x),  x > 0

The one positional parameter is the rate, as in torch, Stan and sympy; ``Exponential(scale=s)``
gives its inverse, which is what scipy and numpy take.

Parameters
    rate          rate, the inverse of the mean
    scale=...     for rate: 1/rate
    mean=...      for rate: 1/rate
    log_rate=...  for rate: log(rate)

Moments
    mean 1/rate
    variance 1/rate**2

Elsewhere
    torch      rate
    TFP        rate
    scipy      expon(scale=1/rate)
    Stan       beta, the rate
    Wikipedia  lambda, the rate

>>> from klsym import derive
>>> print(derive("H(Exponential(a))"))
1 - log(a)

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 19.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="Exponential",
    parameters=(Parameter("rate", POSITIVE, "rate, the inverse of the mean"),),
    density="rate*exp(-rate*x)",
    support="(0, oo)",
    alternatives=(
        Alternative("scale", POSITIVE, "rate", "1/scale", "scale, the mean"),
        Alternative("mean", POSITIVE, "rate", "1/mean", "mean, 1/rate"),
        Alternative("log_rate", REAL, "rate", "exp(log_rate)", "log(rate)"),
    ),
    aliases=("Exp",),
)
