"""Levy distribution, stable and without a mean.

p(x) = sqrt(c/(2*pi)) * exp(-c/(2*x)) / x**(3/2),  x > 0

Parameters
    c          scale
    scale=...  another name for c

Moments
    no mean
    E[1/x] = 1/c

Elsewhere
    torch      not there
    TFP        not there
    scipy      levy(scale)
    Stan       not there
    Wikipedia  c, beside location mu

>>> from klsym import derive
>>> print(derive("E(Levy(c), 1/x)"))
1/c

Reference: Nolan, Univariate Stable Distributions (2020), ch. 1.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="Levy",
    parameters=(Parameter("c", POSITIVE, "scale"),),
    density="sqrt(c/(2*pi))*exp(-c/(2*x))*x**(-3/2)",
    support="(0, oo)",
    alternatives=(Alternative("scale", POSITIVE, "c", "scale", "scale"),),
)
