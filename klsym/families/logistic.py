"""Logistic distribution.

p(x) = exp(-(x - mu)/s)/(s*(1 + exp(-(x - mu)/s))**2),  x in R

Parameters
    mu             mean
    s              scale
    scale=...      another name for s
    loc=...        another name for mu
    rate=...       for s: 1/s
    variance=...   for s: pi**2*s**2/3
    sd=...         for s: pi*s/sqrt(3)
    log_scale=...  for s: log(s)

Moments
    mean mu
    variance pi**2*s**2/3

Elsewhere
    torch      not there
    TFP        loc, scale
    scipy      loc, scale
    Stan       mu, sigma
    Wikipedia  mu, s

>>> from klsym import derive
>>> print(derive("H(Logistic(m, s))"))
log(s) + 2

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 23.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="Logistic",
    parameters=(
        Parameter("mu", REAL, "mean"),
        Parameter("s", POSITIVE, "scale"),
    ),
    density="exp(-(x - mu)/s)/(s*(1 + exp(-(x - mu)/s))**2)",
    support="(-oo, oo)",
    alternatives=(
        Alternative("scale", POSITIVE, "s", "scale", "scale"),
        Alternative("loc", REAL, "mu", "loc", "mean"),
        Alternative("rate", POSITIVE, "s", "1/rate", "1/s"),
        Alternative("variance", POSITIVE, "s", "sqrt(3*variance)/pi", "variance"),
        Alternative("sd", POSITIVE, "s", "sqrt(3)*sd/pi", "standard deviation"),
        Alternative("log_scale", REAL, "s", "exp(log_scale)", "log(s)"),
    ),
)
