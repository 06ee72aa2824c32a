"""Exponential-gamma distribution: the logarithm of a gamma variate.

p(x) = rate**shape*exp(shape*x - rate*exp(x))/gamma(shape),  x in R

Parameters
    shape              shape of the gamma variate
    rate=...           rate of the gamma variate
    scale=...          for rate: 1/rate
    concentration=...  another name for shape

Moments
    mean digamma(shape) - log(rate)
    variance polygamma(1, shape)

Elsewhere
    torch      not there
    TFP        concentration, rate
    scipy      loggamma(c)
    Stan       not there
    Wikipedia  not there

>>> from klsym import derive
>>> print(derive("E(ExpGamma(k, rate=b), x)"))
digamma(k) - log(b)

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 22.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="ExpGamma",
    parameters=(
        Parameter("shape", POSITIVE, "shape of the gamma variate"),
        Parameter("rate", POSITIVE, "rate of the gamma variate", keyword_only=True),
    ),
    density="rate**shape*exp(shape*x - rate*exp(x))/gamma(shape)",
    support="(-oo, oo)",
    alternatives=(
        Alternative("scale", POSITIVE, "rate", "1/scale", "scale of the gamma variate, 1/rate"),
        Alternative("concentration", POSITIVE, "shape", "concentration", "shape"),
    ),
    aliases=("LogGamma",),
)
