"""Laplace distribution, the double exponential, with location mu and scale b.

p(x) = exp(-|x - mu|/b) / (2*b),  x in R

Parameters
    mu             location: mean and median
    b              scale: mean absolute deviation
    scale=...      another name for b
    loc=...        another name for mu
    rate=...       for b: 1/b
    variance=...   for b: 2*b**2
    sd=...         for b: b*sqrt(2)
    log_scale=...  for b: log(b)

Moments
    mean mu
    variance 2*b**2

Elsewhere
    torch      loc, scale
    TFP        loc, scale
    scipy      laplace(loc, scale)
    Stan       double_exponential(mu, sigma)
    Wikipedia  mu, b

>>> from klsym import derive
>>> print(derive("H(Laplace(mu, b))"))
log(2*b) + 1

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 24.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="Laplace",
    parameters=(
        Parameter("mu", REAL, "location: mean and median"),
        Parameter("b", POSITIVE, "scale: mean absolute deviation"),
    ),
    density="exp(-abs(x - mu)/b)/(2*b)",
    support="(-oo, oo)",
    alternatives=(
        Alternative("scale", POSITIVE, "b", "scale", "scale"),
        Alternative("loc", REAL, "mu", "loc", "location"),
        Alternative("rate", POSITIVE, "b", "1/rate", "1/b"),
        Alternative("variance", POSITIVE, "b", "sqrt(variance/2)", "variance"),
        Alternative("sd", POSITIVE, "b", "sd/sqrt(2)", "standard deviation"),
        Alternative("log_scale", REAL, "b", "exp(log_scale)", "log(b)"),
    ),
)
