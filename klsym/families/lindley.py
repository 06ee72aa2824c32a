"""Lindley distribution of waiting times.

p(x) = theta**2*(1 + x)*exp(-theta*x)/(theta + 1),  x > 0

Parameters
    theta  shape

Moments
    mean (theta + 2)/(theta*(theta + 1))

Elsewhere
    torch      not there
    TFP        not there
    scipy      not there
    Stan       not there
    Wikipedia  theta

Reference: Ghitany, Atieh and Nadarajah (2008), Lindley distribution and its application.
"""

from __future__ import annotations

from klsym.density import Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="Lindley",
    parameters=(Parameter("theta", POSITIVE, "shape"),),
    density="theta**2*(1 + x)*exp(-theta*x)/(theta + 1)",
    support="(0, oo)",
)
