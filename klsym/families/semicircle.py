"""Wigner's semicircle distribution.

p(x) = 2*sqrt(R**2 - x**2)/(pi*R**2),  -R < x < R

Parameters
    R           radius
    radius=...  another name for R

Moments
    mean 0
    variance R**2/4

Elsewhere
    torch      not there
    TFP        not there
    scipy      semicircular(scale)
    Stan       not there
    Wikipedia  R

>>> from klsym import derive
>>> print(derive("E(Semicircle(R), x**2)"))
R**2/4

Reference: Wigner (1958), On the distribution of the roots of certain symmetric matrices.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="Semicircle",
    parameters=(Parameter("R", POSITIVE, "radius"),),
    density="2*sqrt(R**2 - x**2)/(pi*R**2)",
    support="(-R, R)",
    alternatives=(Alternative("radius", POSITIVE, "R", "radius", "radius"),),
    aliases=("WignerSemicircle",),
)
