"""Normal distribution on the real line, with mean mu and standard deviation sigma.

p(x) = exp(-(x - mu)**2/(2*sigma**2)) / (sigma*sqrt(2*pi)),  x in R

The second parameter of ``Normal`` is the standard deviation, as in scipy, torch and sympy; papers
write ``N(mu, sigma**2)`` with the variance, and so ``N(a, b)`` and ``\\mathcal{N}(a, b)`` are read.

Parameters
    mu                 mean
    sigma              standard deviation
    variance=...       for sigma: sigma**2
    precision=...      for sigma: 1/sigma**2
    log_variance=...   for sigma: log(sigma**2)
    log_sd=...         for sigma: log(sigma)
    sd=...             another name for sigma
    loc=...            another name for mu
    scale=...          another name for sigma
    mean=...           another name for mu
    log_precision=...  for sigma: -log(sigma**2)

Moments
    mean mu
    variance sigma**2

Elsewhere
    torch      loc, scale
    TFP        loc, scale
    scipy      norm(loc, scale)
    Stan       mu, sigma
    Wikipedia  mu, sigma**2

>>> from klsym import derive
>>> print(derive("H(Normal(mu, sigma))"))
log(2*pi*sigma**2)/2 + 1/2

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 13.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="Normal",
    parameters=(
        Parameter("mu", REAL, "mean"),
        Parameter("sigma", POSITIVE, "standard deviation"),
    ),
    density="exp(-(x - mu)**2/(2*sigma**2))/(sigma*sqrt(2*pi))",
    support="(-oo, oo)",
    alternatives=(
        Alternative("variance", POSITIVE, "sigma", "sqrt(variance)", "variance, sigma**2"),
        Alternative("precision", POSITIVE, "sigma", "1/sqrt(precision)", "1/sigma**2"),
        Alternative("log_variance", REAL, "sigma", "exp(log_variance/2)", "log(sigma**2)"),
        Alternative("log_sd", REAL, "sigma", "exp(log_sd)", "log(sigma)"),
        Alternative("sd", POSITIVE, "sigma", "sd", "sigma"),
        Alternative("loc", REAL, "mu", "loc", "mean"),
        Alternative("scale", POSITIVE, "sigma", "scale", "sigma"),
        Alternative("mean", REAL, "mu", "mean", "mu"),
        Alternative("log_precision", REAL, "sigma", "exp(-log_precision/2)", "log(1/sigma**2)"),
    ),
    aliases=("Gaussian",),
)
