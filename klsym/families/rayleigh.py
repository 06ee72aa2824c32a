"""Rayleigh distribution: the length of a vector of two normal variates.

p(x) = x*exp(-x**2/(2*sigma**2))/sigma**2,  x > 0

Parameters
    sigma          scale: standard deviation of the components
    scale=...      another name for sigma
    mean=...       for sigma: sigma*sqrt(pi/2)
    variance=...   for sigma: (4 - pi)*sigma**2/2
    log_scale=...  for sigma: log(sigma)

Moments
    mean sigma*sqrt(pi/2)
    E[x**2] = 2*sigma**2

Elsewhere
    torch      not there
    TFP        not there
    scipy      rayleigh(scale)
    Stan       rayleigh(sigma)
    Wikipedia  sigma

>>> from klsym import derive
>>> print(derive("E(Rayleigh(s), x**2)"))
2*s**2

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 18.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="Rayleigh",
    parameters=(Parameter("sigma", POSITIVE, "scale: standard deviation of the components"),),
    density="x*exp(-x**2/(2*sigma**2))/sigma**2",
    support="(0, oo)",
    alternatives=(
        Alternative("scale", POSITIVE, "sigma", "scale", "scale"),
        Alternative("mean", POSITIVE, "sigma", "mean*sqrt(2/pi)", "mean"),
        Alternative("variance", POSITIVE, "sigma", "sqrt(2*variance/(4 - pi))", "variance of x"),
        Alternative("log_scale", REAL, "sigma", "exp(log_scale)", "log(sigma)"),
    ),
)
