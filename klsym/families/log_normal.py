"""Log-normal distribution: the exponential of a normal variate.

p(x) = exp(-(log(x) - mu)**2/(2*sigma**2)) / (x*sigma*sqrt(2*pi)),  x > 0

Parameters
    mu                mean of log(x)
    sigma             standard deviation of log(x)
    variance=...      for sigma: sigma**2
    precision=...     for sigma: 1/sigma**2
    log_variance=...  for sigma: log(sigma**2)
    log_sd=...        for sigma: log(sigma)
    median=...        for mu: exp(mu)
    mean=...          for mu: exp(mu + sigma**2/2)
    loc=...           another name for mu
    scale=...         another name for sigma

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
        Alternative("log_variance", REAL, "sigma", "exp(log_variance/2)", "log(sigma**2)"),
        Alternative("log_sd", REAL, "sigma", "exp(log_sd)", "log(sigma)"),
        Alternative("median", POSITIVE, "mu", "log(median)", "median, exp(mu)"),
        Alternative("mean", POSITIVE, "mu", "log(mean) - sigma**2/2", "mean of x"),
        Alternative("loc", REAL, "mu", "loc", "mean of log(x)"),
        Alternative("scale", POSITIVE, "sigma", "scale", "standard deviation of log(x)"),
    ),
    aliases=("Lognormal",),
)
