"""Generalized Pareto distribution with a heavy tail.

p(x) = (1 + xi*(x - mu)/sigma)**(-1/xi - 1)/sigma,  x > mu

The shape xi is positive here: a Lomax variate, moved.  xi = 0 is the exponential distribution.

Parameters
    mu                 location, the left end
    sigma              scale
    xi                 shape: the inverse of the power of the tail
    loc=...            another name for mu
    scale=...          another name for sigma
    concentration=...  another name for xi

Moments
    mean mu + sigma/(1 - xi), for xi < 1

Elsewhere
    torch      GeneralizedPareto(loc, scale, concentration)
    TFP        loc, scale, concentration
    scipy      genpareto(c, loc, scale)
    Stan       mu, sigma, xi of pareto_type_2 with alpha = 1/xi
    Wikipedia  mu, sigma, xi

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 20.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="GeneralizedPareto",
    parameters=(
        Parameter("mu", REAL, "location, the left end"),
        Parameter("sigma", POSITIVE, "scale"),
        Parameter("xi", POSITIVE, "shape: the inverse of the power of the tail"),
    ),
    density="(1 + xi*(x - mu)/sigma)**(-1/xi - 1)/sigma",
    support="(mu, oo)",
    alternatives=(
        Alternative("loc", REAL, "mu", "loc", "mu"),
        Alternative("scale", POSITIVE, "sigma", "scale", "sigma"),
        Alternative("concentration", POSITIVE, "xi", "concentration", "xi"),
    ),
    aliases=("GPD",),
)
