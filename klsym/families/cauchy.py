"""Cauchy distribution, without a mean.

p(x) = gamma/(pi*((x - x_0)**2 + gamma**2)),  x in R

Parameters
    x_0            location: the median
    gamma          scale: half the width at half the height
    location=...   another name for x_0
    scale=...      another name for gamma
    loc=...        another name for x_0
    log_scale=...  for gamma: log(gamma)
    rate=...       for gamma: 1/gamma

Moments
    no mean, no variance
    E[log((x - x_0)**2 + gamma**2)] = 2*log(2*gamma)

Elsewhere
    torch      loc, scale
    TFP        loc, scale
    scipy      loc, scale
    Stan       mu, sigma
    Wikipedia  x_0, gamma

>>> from klsym import derive
>>> print(derive("H(Cauchy(m, g))"))
log(4*pi*g)

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 16.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="Cauchy",
    parameters=(
        Parameter("x_0", REAL, "location: the median"),
        Parameter("gamma", POSITIVE, "scale: half the width at half the height"),
    ),
    density="gamma/(pi*((x - x_0)**2 + gamma**2))",
    support="(-oo, oo)",
    alternatives=(
        Alternative("location", REAL, "x_0", "location", "location"),
        Alternative("scale", POSITIVE, "gamma", "scale", "scale"),
        Alternative("loc", REAL, "x_0", "loc", "location"),
        Alternative("log_scale", REAL, "gamma", "exp(log_scale)", "log(gamma)"),
        Alternative("rate", POSITIVE, "gamma", "1/rate", "1/gamma"),
    ),
)
