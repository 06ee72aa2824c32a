"""Gumbel distribution of the least of many values.

p(x) = exp(z - exp(z))/beta,  z = (x - mu)/beta,  x in R

It is the Gumbel distribution of -x.

Parameters
    mu         location: the mode
    beta       scale
    loc=...    another name for mu
    scale=...  another name for beta

Moments
    mean mu - EulerGamma*beta
    variance pi**2*beta**2/6

Elsewhere
    torch      not there
    TFP        not there
    scipy      gumbel_l(loc, scale)
    Stan       not there
    Wikipedia  mu, beta, of -x

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 22.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="GumbelMinimum",
    parameters=(
        Parameter("mu", REAL, "location: the mode"),
        Parameter("beta", POSITIVE, "scale"),
    ),
    density="exp((x - mu)/beta - exp((x - mu)/beta))/beta",
    support="(-oo, oo)",
    alternatives=(
        Alternative("loc", REAL, "mu", "loc", "mu"),
        Alternative("scale", POSITIVE, "beta", "scale", "beta"),
    ),
    aliases=(
        "GumbelMin",
        "SmallestExtremeValue",
    ),
)
