"""Erlang distribution: the sum of k exponential variates.

p(x) = rate**k*x**(k - 1)*exp(-rate*x)/(k - 1)!,  x > 0

Parameters
    k          number of variates, a natural number
    rate=...   rate, the inverse of the scale
    scale=...  for rate: 1/rate
    mean=...   for rate: k/rate
    shape=...  another name for k

Moments
    mean k/rate
    variance k/rate**2
    E[log(x)] = digamma(k) - log(rate)

Elsewhere
    torch      not there
    TFP        not there
    scipy      erlang(a, scale=1/rate)
    Stan       gamma(alpha, beta)
    Wikipedia  k, lambda (rate), or k, beta (scale)

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 17.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import NATURAL, POSITIVE

FAMILY = Family(
    name="Erlang",
    parameters=(
        Parameter("k", NATURAL, "number of variates, a natural number"),
        Parameter("rate", POSITIVE, "rate, the inverse of the scale", keyword_only=True),
    ),
    density="rate**k*x**(k - 1)*exp(-rate*x)/factorial(k - 1)",
    support="(0, oo)",
    alternatives=(
        Alternative("scale", POSITIVE, "rate", "1/scale", "1/rate"),
        Alternative("mean", POSITIVE, "rate", "k/mean", "k/rate"),
        Alternative("shape", NATURAL, "k", "shape", "k"),
    ),
)
