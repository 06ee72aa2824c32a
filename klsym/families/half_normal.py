"""Half-normal distribution: the absolute value of a normal variate about 0.

p(x) = sqrt(2)*exp(-x**2/(2*sigma**2))/(sigma*sqrt(pi)),  x > 0

Parameters
    sigma          standard deviation of the normal variate
    scale=...      another name for sigma
    variance=...   for sigma: sigma**2
    precision=...  for sigma: 1/sigma**2
    log_scale=...  for sigma: log(sigma)
    mean=...       for sigma: sigma*sqrt(2/pi)

Moments
    mean sigma*sqrt(2/pi)
    E[x**2] = sigma**2

Elsewhere
    torch      scale
    TFP        scale
    scipy      halfnorm(scale)
    Stan       normal(0, sigma) with a bound
    Wikipedia  sigma

>>> from klsym import derive
>>> print(derive("E(HalfNormal(s), x**2)"))
s**2

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 13.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="HalfNormal",
    parameters=(Parameter("sigma", POSITIVE, "standard deviation of the normal variate"),),
    density="sqrt(2)*exp(-x**2/(2*sigma**2))/(sigma*sqrt(pi))",
    support="(0, oo)",
    alternatives=(
        Alternative("scale", POSITIVE, "sigma", "scale", "scale, sigma"),
        Alternative(
            "variance", POSITIVE, "sigma", "sqrt(variance)", "variance of the normal variate"
        ),
        Alternative("precision", POSITIVE, "sigma", "1/sqrt(precision)", "1/sigma**2"),
        Alternative("log_scale", REAL, "sigma", "exp(log_scale)", "log(sigma)"),
        Alternative("mean", POSITIVE, "sigma", "mean*sqrt(pi/2)", "mean"),
    ),
)
