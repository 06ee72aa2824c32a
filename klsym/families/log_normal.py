"""Log-normal distribution: the exponential of a normal variate.

p(x) = exp(-(log(x) - mu)**2/(2*sigma**2)) / (x*sigma*sqrt(2*pi)),  x > 0

Parameters
    mu             mean of log(x)
    sigma          standard deviation of log(x)
    variance=...   for sigma: its square
    precision=...  for sigma: 1/sigma**2

Moments
    mean exp(mu + sigma**2/2)
    E[log(x)] = mu

Elsewhere
    torch      loc, scale
    TFP        loc, scale
    scipy      lognorm(sigma, scale=exp(mu))
    Stan       mu, sigma
    Wikipedia  mu, sigma**2

>>> from klsym import derive
>>> print(derive("E(LogNormal(mu, sigma), log(x))"))
mu

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 14.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="LogNormal",
    parameters=(
        Parameter("mu", REAL, "mean of log(x)"),
        Parameter("sigma", POSITIVE, "standard deviation of log(x)"),
    ),
    density="exp(-(log(x) - mu)**2/(2*sigma**2))/(x*sigma*sqrt(2*pi))",
    support="(0, oo)",
    alternatives=(
        Alternative("variance", POSITIVE, "sigma", "sqrt(variance)", "variance of log(x)"),
        Alternative("precision", POSITIVE, "sigma", "1/sqrt(precision)", "1/sigma**2"),
    ),
    aliases=("Lognormal",),
)
