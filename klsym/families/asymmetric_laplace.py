"""Asymmetric Laplace distribution: exponential tails of different rates.

p(x) = lambda/(kappa + 1/kappa) times exp(-lambda*kappa*(x - m)) for x > m and
exp(lambda*(x - m)/kappa) for x < m

With kappa = 1 it is the Laplace distribution of scale 1/lambda.

Parameters
    m          mode
    lambda     rate
    kappa      asymmetry
    scale=...  for lambda: 1/lambda
    rate=...   another name for lambda
    loc=...    another name for m

Moments
    mean m + (1 - kappa**2)/(lambda*kappa)
    variance (1 + kappa**4)/(lambda**2*kappa**2)

Elsewhere
    torch      not there
    TFP        not there
    scipy      laplace_asymmetric(kappa, loc, scale=1/lambda)
    Stan       skew_double_exponential(mu, sigma, tau)
    Wikipedia  m, lambda, kappa

Reference: Kotz, Kozubowski and Podgorski, The Laplace Distribution (2001), ch. 3.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="AsymmetricLaplace",
    parameters=(
        Parameter("m", REAL, "mode"),
        Parameter("lambda", POSITIVE, "rate"),
        Parameter("kappa", POSITIVE, "asymmetry"),
    ),
    density=(
        "lambda/(kappa + 1/kappa)"
        "*exp(-lambda*((kappa - 1/kappa)*(x - m) + (kappa + 1/kappa)*abs(x - m))/2)"
    ),
    support="(-oo, oo)",
    alternatives=(
        Alternative("scale", POSITIVE, "lambda", "1/scale", "1/lambda"),
        Alternative("rate", POSITIVE, "lambda", "rate", "lambda"),
        Alternative("loc", REAL, "m", "loc", "m"),
    ),
)
