"""Moyal distribution: of -log(y), shifted and scaled, for y chi-squared with 1 degree.

p(x) = exp(-((x - mu)/sigma + exp(-(x - mu)/sigma))/2)/(sigma*sqrt(2*pi)),  x in R

Parameters
    mu         location: the mode
    sigma      scale
    loc=...    another name for mu
    scale=...  another name for sigma

Moments
    mean mu + sigma*(EulerGamma + log(2))
    variance pi**2*sigma**2/2

Elsewhere
    torch      not there
    TFP        loc, scale
    scipy      moyal(loc, scale)
    Stan       not there
    Wikipedia  mu, sigma

Reference: Moyal (1955), Theory of ionization fluctuations.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="Moyal",
    parameters=(
        Parameter("mu", REAL, "location: the mode"),
        Parameter("sigma", POSITIVE, "scale"),
    ),
    density="exp(-((x - mu)/sigma + exp(-(x - mu)/sigma))/2)/(sigma*sqrt(2*pi))",
    support="(-oo, oo)",
    alternatives=(
        Alternative("loc", REAL, "mu", "loc", "location"),
        Alternative("scale", POSITIVE, "sigma", "scale", "sigma"),
    ),
)
