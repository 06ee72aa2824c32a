"""Von Mises distribution on the circle.

p(x) = exp(kappa*cos(x - mu))/(2*pi*besseli(0, kappa)),  -pi < x < pi

Parameters
    mu                 mean direction
    kappa              concentration
    loc=...            another name for mu
    concentration=...  another name for kappa

Moments
    E[cos(x - mu)] = besseli(1, kappa)/besseli(0, kappa)

Elsewhere
    torch      loc, concentration
    TFP        loc, concentration
    scipy      vonmises(kappa, loc)
    Stan       mu, kappa
    Wikipedia  mu, kappa

>>> from klsym import derive
>>> print(derive("E(VonMises(m, k), cos(x - m))"))
besseli(1, k)/besseli(0, k)

Reference: Mardia and Jupp, Directional Statistics (2000), ch. 3.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="VonMises",
    parameters=(
        Parameter("mu", REAL, "mean direction"),
        Parameter("kappa", POSITIVE, "concentration"),
    ),
    density="exp(kappa*cos(x - mu))/(2*pi*besseli(0, kappa))",
    support="(-pi, pi)",
    alternatives=(
        Alternative("loc", REAL, "mu", "loc", "mean direction"),
        Alternative("concentration", POSITIVE, "kappa", "concentration", "kappa"),
    ),
)
