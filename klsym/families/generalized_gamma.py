"""Generalized gamma distribution: Gamma, Weibull, Maxwell and others in one.

p(x) = p*x**(d - 1)*exp(-(x/a)**p)/(a**d*gamma(d/p)),  x > 0

Parameters
    a          scale
    d          shape of the power
    p          shape of the exponent
    scale=...  another name for a

Moments
    mean a*gamma((d + 1)/p)/gamma(d/p)
    E[log(x)] = log(a) + digamma(d/p)/p

Elsewhere
    torch      not there
    TFP        not there
    scipy      gengamma(d/p, p, scale=a)
    Stan       not there
    Wikipedia  a, d, p

>>> from klsym import derive
>>> print(derive("E(GeneralizedGamma(a, d, p), log(x))"))
log(a) + digamma(d/p)/p

Reference: Stacy (1962), A generalization of the gamma distribution.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="GeneralizedGamma",
    parameters=(
        Parameter("a", POSITIVE, "scale"),
        Parameter("d", POSITIVE, "shape of the power"),
        Parameter("p", POSITIVE, "shape of the exponent"),
    ),
    density="p*x**(d - 1)*exp(-(x/a)**p)/(a**d*gamma(d/p))",
    support="(0, oo)",
    alternatives=(Alternative("scale", POSITIVE, "a", "scale", "a"),),
)
