"""Negative binomial distribution: failures before the r-th success; r may be any positive number.

p(x) = gamma(x + r)/(x!*gamma(r)) * p**r * (1 - p)**x,  x in {0, 1, 2, ...}

Parameters
    r                number of successes
    p                probability of success
    failure=...      for p: 1 - p
    logit=...        for p: log(p/(1 - p))
    mean=...         for p: r*(1 - p)/p
    size=...         another name for r
    dispersion=...   for r: 1/r
    total_count=...  another name for r
    variance=...     for r, with mean: r*(1 - p)/p**2
    phi=...          another name for r
    log_mean=...     for p: log(r*(1 - p)/p)

Moments
    mean r*(1 - p)/p
    variance r*(1 - p)/p**2

Elsewhere
    torch      NegativeBinomial(total_count, probs), probs the probability of failure
    TFP        total_count, probs or logits as torch; from_mean_dispersion
    scipy      nbinom(n, p)
    Stan       neg_binomial_2(mu, phi), phi the size
    Wikipedia  r, p

By its mean m the variance is m + m**2/r.  The divergence of two with different r has no closed
form.

>>> from klsym import derive
>>> print(derive("E(NegativeBinomial(r, mean=m), x)"))
m

Reference: Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 5.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL, UNIT

FAMILY = Family(
    name="NegativeBinomial",
    parameters=(
        Parameter("r", POSITIVE, "number of successes, the size"),
        Parameter("p", UNIT, "probability of success"),
    ),
    density="gamma(x + r)/(factorial(x)*gamma(r))*p**r*(1 - p)**x",
    support="{0..oo}",
    alternatives=(
        Alternative("failure", UNIT, "p", "1 - failure", "probability of failure, 1 - p"),
        Alternative("logit", REAL, "p", "1/(1 + exp(-logit))", "log(p/(1 - p))"),
        Alternative("mean", POSITIVE, "p", "r/(r + mean)", "mean, r*(1 - p)/p"),
        Alternative("size", POSITIVE, "r", "size", "r"),
        Alternative("dispersion", POSITIVE, "r", "1/dispersion", "1/r"),
        Alternative("total_count", POSITIVE, "r", "total_count", "r"),
        Alternative(
            "variance", POSITIVE, "r", "mean**2/(variance - mean)", "with mean: the variance"
        ),
        Alternative("phi", POSITIVE, "r", "phi", "r"),
        Alternative("log_mean", REAL, "p", "r/(r + exp(log_mean))", "log of the mean"),
    ),
    aliases=("NegBinomial", "NegBin", "Pascal"),
)
