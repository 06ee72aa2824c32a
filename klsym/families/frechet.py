"""Frechet distribution, an extreme value distribution: the reciprocal of a Weibull variate.

p(x) = alpha/s * (x/s)**(-alpha - 1) * exp(-(x/s)**(-alpha)),  x > 0

Parameters
    alpha      shape
    s          scale
    scale=...  another name for s
    shape=...  another name for alpha

Moments
    mean s*gamma(1 - 1/alpha), for alpha > 1
    E[log(x)] = log(s) + EulerGamma/alpha

Elsewhere
    torch      not there
    TFP        not there
    scipy      invweibull(c, scale)
    Stan       frechet(alpha, sigma)
    Wikipedia  alpha, s

>>> from klsym import derive
>>> print(derive("E(Frechet(a, s), log(x))"))
log(s) + EulerGamma/a

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 22.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="Frechet",
    parameters=(
        Parameter("alpha", POSITIVE, "shape"),
        Parameter("s", POSITIVE, "scale"),
    ),
    density="alpha/s*(x/s)**(-alpha - 1)*exp(-(x/s)**(-alpha))",
    support="(0, oo)",
    alternatives=(
        Alternative("scale", POSITIVE, "s", "scale", "scale"),
        Alternative("shape", POSITIVE, "alpha", "shape", "shape"),
    ),
    aliases=("InverseWeibull",),
)
