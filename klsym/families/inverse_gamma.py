"""Inverse gamma distribution: the reciprocal of a gamma variate.

p(x) = scale**shape*x**(-shape - 1)*exp(-scale/x)/gamma(shape),  x > 0

What torch calls the rate and TFP the scale is one and the same number, so it is given by keyword.

Parameters
    shape              shape
    scale=...          scale: the rate of the gamma variate
    rate=...           another name for scale
    concentration=...  another name for shape
    mean=...           for scale: scale/(shape - 1)

Moments
    mean scale/(shape - 1), for shape > 1
    E[1/x] = shape/scale

Elsewhere
    torch      concentration, rate
    TFP        concentration, scale
    scipy      invgamma(a, scale)
    Stan       alpha, beta
    Wikipedia  alpha, beta

>>> from klsym import derive
>>> print(derive("E(InverseGamma(a, scale=b), 1/x)"))
a/b

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 17.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="InverseGamma",
    parameters=(
        Parameter("shape", POSITIVE, "shape"),
        Parameter("scale", POSITIVE, "scale: the rate of the gamma variate", keyword_only=True),
    ),
    density="scale**shape*x**(-shape - 1)*exp(-scale/x)/gamma(shape)",
    support="(0, oo)",
    alternatives=(
        Alternative("rate", POSITIVE, "scale", "rate", "rate of the gamma variate 1/x"),
        Alternative("concentration", POSITIVE, "shape", "concentration", "shape"),
        Alternative("mean", POSITIVE, "scale", "mean*(shape - 1)", "mean, for shape > 1"),
    ),
    aliases=("InvGamma",),
)
