"""Burr distribution of type XII, also of Singh and Maddala.

p(x) = c*k*(x/s)**(c - 1)/(s*(1 + (x/s)**c)**(k + 1)),  x > 0

Parameters
    c          first shape, the power
    k          second shape
    s          scale, 1 where none is given
    scale=...  another name for s

Moments
    E[log(x)] = log(s) - (digamma(k) + EulerGamma)/c

Elsewhere
    torch      not there
    TFP        not there
    scipy      burr12(c, d=k, scale=s)
    Stan       not there
    Wikipedia  c, k

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 12.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="Burr",
    parameters=(
        Parameter("c", POSITIVE, "first shape, the power"),
        Parameter("k", POSITIVE, "second shape"),
        Parameter("s", POSITIVE, "scale", default="1"),
    ),
    density="c*k*(x/s)**(c - 1)/(s*(1 + (x/s)**c)**(k + 1))",
    support="(0, oo)",
    alternatives=(Alternative("scale", POSITIVE, "s", "scale", "s"),),
    aliases=(
        "BurrXII",
        "SinghMaddala",
    ),
)
