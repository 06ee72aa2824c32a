"""Generalized normal distribution: Laplace and Normal in one.

p(x) = beta*exp(-(|x - mu|/alpha)**beta)/(2*alpha*gamma(1/beta)),  x in R

Parameters
    mu             mean
    alpha          scale
    beta           shape: 1 is Laplace, 2 is normal
    loc=...        another name for mu
    scale=...      another name for alpha
    power=...      another name for beta
    log_scale=...  for alpha: log(alpha)

Moments
    mean mu
    variance alpha**2*gamma(3/beta)/gamma(1/beta)

Elsewhere
    torch      not there
    TFP        loc, scale, power
    scipy      gennorm(beta, loc, scale)
    Stan       not there
    Wikipedia  mu, alpha, beta

>>> from klsym import derive
>>> print(derive("E(GeneralizedNormal(m, a, b), x)"))
m

Reference: Nadarajah (2005), A generalized normal distribution.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="GeneralizedNormal",
    parameters=(
        Parameter("mu", REAL, "mean"),
        Parameter("alpha", POSITIVE, "scale"),
        Parameter("beta", POSITIVE, "shape: 1 is Laplace, 2 is normal"),
    ),
    density="beta*exp(-(abs(x - mu)/alpha)**beta)/(2*alpha*gamma(1/beta))",
    support="(-oo, oo)",
    alternatives=(
        Alternative("loc", REAL, "mu", "loc", "location"),
        Alternative("scale", POSITIVE, "alpha", "scale", "alpha"),
        Alternative("power", POSITIVE, "beta", "power", "beta"),
        Alternative("log_scale", REAL, "alpha", "exp(log_scale)", "log(alpha)"),
    ),
)
