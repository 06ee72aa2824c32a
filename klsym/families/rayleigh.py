"""Rayleigh distribution: the length of a vector of two normal variates.

p(x) = x*exp(-x**2/(2*sigma**2))/sigma**2,  x > 0

Parameters
    sigma      scale: standard deviation of the components
    scale=...  another name for sigma

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
from klsym.domain import POSITIVE

FAMILY = Family(
    name="Rayleigh",
    parameters=(Parameter("sigma", POSITIVE, "scale: standard deviation of the components"),),
    density="x*exp(-x**2/(2*sigma**2))/sigma**2",
    support="(0, oo)",
    alternatives=(Alternative("scale", POSITIVE, "sigma", "scale", "scale"),),
)
