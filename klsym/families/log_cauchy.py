"""Log-Cauchy distribution: the log of x has a Cauchy distribution.

p(x) = sigma/(pi*x*((log(x) - mu)**2 + sigma**2)),  x > 0

Parameters
    mu          median of log(x)
    sigma       scale of log(x)
    median=...  for mu: exp(mu)
    scale=...   another name for sigma

Moments
    no mean
    E[log((log(x) - mu)**2 + sigma**2)] = 2*log(2*sigma)

Elsewhere
    torch      not there
    TFP        not there
    scipy      not there
    Stan       not there
    Wikipedia  mu, sigma

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 16.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="LogCauchy",
    parameters=(
        Parameter("mu", REAL, "median of log(x)"),
        Parameter("sigma", POSITIVE, "scale of log(x)"),
    ),
    density="sigma/(pi*x*((log(x) - mu)**2 + sigma**2))",
    support="(0, oo)",
    alternatives=(
        Alternative("median", POSITIVE, "mu", "log(median)", "exp(mu)"),
        Alternative("scale", POSITIVE, "sigma", "scale", "sigma"),
    ),
)
