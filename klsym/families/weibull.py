"""Weibull distribution of lifetimes.

p(x) = k/lambda * (x/lambda)**(k - 1) * exp(-(x/lambda)**k),  x > 0

Parameters
    k                  shape
    lambda             scale
    scale=...          another name for lambda
    shape=...          another name for k
    rate=...           for lambda: lambda**(-k)
    mean=...           for lambda: lambda*gamma(1 + 1/k)
    log_scale=...      for lambda: log(lambda)
    concentration=...  another name for k

Moments
    mean lambda*gamma(1 + 1/k)
    E[log(x)] = log(lambda) - EulerGamma/k

Elsewhere
    torch      Weibull(scale, concentration)
    TFP        concentration, scale
    scipy      weibull_min(c, scale)
    Stan       alpha, sigma
    Wikipedia  k, lambda

>>> from klsym import derive
>>> print(derive("E(Weibull(k, l), log(x))"))
log(l) - EulerGamma/k

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 21.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="Weibull",
    parameters=(
        Parameter("k", POSITIVE, "shape"),
        Parameter("lambda", POSITIVE, "scale"),
    ),
    density="k/lambda*(x/lambda)**(k - 1)*exp(-(x/lambda)**k)",
    support="(0, oo)",
    alternatives=(
        Alternative("scale", POSITIVE, "lambda", "scale", "scale"),
        Alternative("shape", POSITIVE, "k", "shape", "shape"),
        Alternative("rate", POSITIVE, "lambda", "rate**(-1/k)", "rate b of exp(-b*x**k)"),
        Alternative("mean", POSITIVE, "lambda", "mean/gamma(1 + 1/k)", "mean"),
        Alternative("log_scale", REAL, "lambda", "exp(log_scale)", "log(lambda)"),
        Alternative("concentration", POSITIVE, "k", "concentration", "k"),
    ),
)
