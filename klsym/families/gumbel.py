"""Gumbel distribution, an extreme value distribution.

p(x) = exp(-(x - mu)/beta - exp(-(x - mu)/beta))/beta,  x in R

Parameters
    mu             location: the mode
    beta           scale
    scale=...      another name for beta
    location=...   another name for mu
    loc=...        another name for mu
    log_scale=...  for beta: log(beta)
    variance=...   for beta: pi**2*beta**2/6
    rate=...       for beta: 1/beta

Moments
    mean mu + EulerGamma*beta
    variance pi**2*beta**2/6

Elsewhere
    torch      loc, scale
    TFP        loc, scale
    scipy      gumbel_r(loc, scale)
    Stan       mu, beta
    Wikipedia  mu, beta

>>> from klsym import derive
>>> print(derive("E(Gumbel(m, s), (x - m)**2)"))
s**2*(6*EulerGamma**2 + pi**2)/6

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 22.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="Gumbel",
    parameters=(
        Parameter("mu", REAL, "location: the mode"),
        Parameter("beta", POSITIVE, "scale"),
    ),
    density="exp(-(x - mu)/beta - exp(-(x - mu)/beta))/beta",
    support="(-oo, oo)",
    alternatives=(
        Alternative("scale", POSITIVE, "beta", "scale", "scale"),
        Alternative("location", REAL, "mu", "location", "location"),
        Alternative("loc", REAL, "mu", "loc", "location"),
        Alternative("log_scale", REAL, "beta", "exp(log_scale)", "log(beta)"),
        Alternative("variance", POSITIVE, "beta", "sqrt(6*variance)/pi", "variance"),
        Alternative("rate", POSITIVE, "beta", "1/rate", "1/beta"),
    ),
)
