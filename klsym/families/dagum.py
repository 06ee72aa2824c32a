"""Dagum distribution, of incomes: the reciprocal of a Burr variate.

p(x) = a*p*(x/b)**(a*p - 1)/(b*((x/b)**a + 1)**(p + 1)),  x > 0

Parameters
    p          first shape
    a          second shape, the power
    b          scale
    scale=...  another name for b

Moments
    E[log(x)] = log(b) + (digamma(p) + EulerGamma)/a

Elsewhere
    torch      not there
    TFP        not there
    scipy      burr(c=a, d=p, scale=b)
    Stan       not there
    Wikipedia  p, a, b

Reference: Kleiber and Kotz, Statistical Size Distributions in Economics (2003), ch. 6.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="Dagum",
    parameters=(
        Parameter("p", POSITIVE, "first shape"),
        Parameter("a", POSITIVE, "second shape, the power"),
        Parameter("b", POSITIVE, "scale"),
    ),
    density="a*p*(x/b)**(a*p - 1)/(b*((x/b)**a + 1)**(p + 1))",
    support="(0, oo)",
    alternatives=(Alternative("scale", POSITIVE, "b", "scale", "b"),),
)
