"""Half-normal distribution: the absolute value of a normal variate about 0.

p(x) = sqrt(2)*exp(-x**2/(2*sigma**2))/(sigma*sqrt(pi)),  x > 0

Parameters
    sigma         standard deviation of the normal variate
    scale=...     for sigma: scale, sigma
    variance=...  for sigma: variance of the normal variate

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
from klsym.domain import POSITIVE

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
    ),
)
