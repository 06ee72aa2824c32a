"""Laplace distribution, the double exponential, with location mu and scale b.

p(x) = exp(-|x - mu|/b) / (2*b),  x in R

Parameters
    mu         location: mean and median
    b          scale: mean absolute deviation
    scale=...  another name for b

Moments
    mean mu
    variance 2*b**2

Elsewhere
    torch      loc, scale
    TFP        loc, scale
    scipy      laplace(loc, scale)
    Stan       double_exponential(mu, sigma)
    Wikipedia  mu, b

>>> from klsym import derive
>>> print(derive("H(Laplace(mu, b))"))
log(2*b) + 1

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 24.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="Laplace",
    parameters=(
        Parameter("mu", REAL, "location: mean and median"),
        Parameter("b", POSITIVE, "scale: mean absolute deviation"),
    ),
    density="exp(-abs(x - mu)/b)/(2*b)",
    support="(-oo, oo)",
    alternatives=(Alternative("scale", POSITIVE, "b", "scale", "scale"),),
)
