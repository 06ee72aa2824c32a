"""Inverse Gaussian distribution, also called Wald.

p(x) = sqrt(lambda/(2*pi*x**3)) * exp(-lambda*(x - mu)**2/(2*mu**2*x)),  x > 0

Parameters
    mu                 mean
    lambda             shape
    shape=...          another name for lambda
    dispersion=...     for lambda: 1/lambda
    variance=...       for lambda: mu**3/lambda
    loc=...            another name for mu
    concentration=...  another name for lambda
    mean=...           another name for mu

Moments
    mean mu
    variance mu**3/lambda
    E[1/x] = 1/mu + 1/lambda

Elsewhere
    torch      not there
    TFP        loc, concentration
    scipy      invgauss(mu/lambda, scale=lambda)
    Stan       not there
    Wikipedia  mu, lambda

>>> from klsym import derive
>>> print(derive("E(InverseGaussian(m, l), x)"))
m

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 15.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="InverseGaussian",
    parameters=(
        Parameter("mu", POSITIVE, "mean"),
        Parameter("lambda", POSITIVE, "shape"),
    ),
    density="sqrt(lambda/(2*pi*x**3))*exp(-lambda*(x - mu)**2/(2*mu**2*x))",
    support="(0, oo)",
    alternatives=(
        Alternative("shape", POSITIVE, "lambda", "shape", "shape"),
        Alternative("dispersion", POSITIVE, "lambda", "1/dispersion", "1/lambda"),
        Alternative("variance", POSITIVE, "lambda", "mu**3/variance", "variance"),
        Alternative("loc", POSITIVE, "mu", "loc", "mean"),
        Alternative("concentration", POSITIVE, "lambda", "concentration", "lambda"),
        Alternative("mean", POSITIVE, "mu", "mean", "mu"),
    ),
    aliases=(
        "Wald",
        "InvGaussian",
    ),
)
