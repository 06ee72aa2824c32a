"""Gamma distribution with a shape, and a rate or a scale.

p(x) = rate**shape * x**(shape - 1) * exp(-rate*x) / gamma(shape),  x > 0

Usage is split between the rate (torch, Stan) and the scale (scipy, numpy, sympy), so the second
parameter is given by keyword: ``Gamma(k, rate=b)`` or ``Gamma(k, scale=t)``.

Parameters
    shape              shape
    rate=...           rate, the inverse of the scale
    scale=...          for rate: 1/rate
    mean=...           for rate: shape/rate
    log_rate=...       for rate: log(rate)
    log_scale=...      for rate: -log(rate)
    dispersion=...     for shape: 1/shape
    variance=...       for shape, with mean: shape/rate**2
    sd=...             for shape, with mean: sqrt(shape)/rate
    concentration=...  another name for shape

Moments
    mean shape/rate
    variance shape/rate**2
    E[log(x)] = digamma(shape) - log(rate)

Elsewhere
    torch      concentration, rate
    TFP        concentration, rate
    scipy      gamma(a, scale=1/rate)
    Stan       alpha, beta
    Wikipedia  alpha, lambda (rate), or k, theta (scale)

>>> from klsym import derive
>>> print(derive("E(Gamma(k, rate=b), log(x))"))
digamma(k) - log(b)

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 17.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="Gamma",
    parameters=(
        Parameter("shape", POSITIVE, "shape"),
        Parameter("rate", POSITIVE, "rate, the inverse of the scale", keyword_only=True),
    ),
    density="rate**shape*x**(shape - 1)*exp(-rate*x)/gamma(shape)",
    support="(0, oo)",
    alternatives=(
        Alternative("scale", POSITIVE, "rate", "1/scale", "scale, 1/rate"),
        Alternative("mean", POSITIVE, "rate", "shape/mean", "mean, shape/rate"),
        Alternative("log_rate", REAL, "rate", "exp(log_rate)", "log(rate)"),
        Alternative("log_scale", REAL, "rate", "exp(-log_scale)", "log(1/rate)"),
        Alternative("dispersion", POSITIVE, "shape", "1/dispersion", "1/shape"),
        Alternative("variance", POSITIVE, "shape", "mean**2/variance", "with mean: the variance"),
        Alternative("sd", POSITIVE, "shape", "mean**2/sd**2", "with mean: the standard deviation"),
        Alternative("concentration", POSITIVE, "shape", "concentration", "shape"),
    ),
    aliases=("Gam",),
)
